"""News for clients: what became of their appointment through no act of their own."""

from dataclasses import dataclass
from typing import assert_never

from bot.conversation import presses, slot_labels, slot_values
from bot.conversation.content import (
    Button,
    Code,
    Day,
    Line,
    Name,
    Phone,
    Screen,
    Time,
    say,
)
from bot.domain.appointment import Appointment
from bot.domain.city import City
from bot.domain.contacts import public_name
from bot.domain.slots import Slot


@dataclass(frozen=True, slots=True)
class CalledOffNews:
    """The talk is not to be; the `others` were free when the office called it off."""

    about: Appointment
    others: tuple[Slot, ...] = ()


@dataclass(frozen=True, slots=True)
class HelpNews:
    """Whether somebody will help with the language."""

    about: Appointment
    arranged: bool


ClientNews = CalledOffNews | HelpNews


def screen(news: ClientNews, city: City) -> Screen:
    """The news as a message with lasting buttons."""
    match news:
        case CalledOffNews(about, others):
            return _called_off(about, others, city)
        case HelpNews(about, arranged):
            return _help(about, city, arranged=arranged)
        case _ as never:
            assert_never(never)


def _called_off(about: Appointment, others: tuple[Slot, ...], city: City) -> Screen:
    title = say(
        "called_off.title",
        name=_name(about, city),
        day=Day(about.start),
        time=Time(about.start),
        code=Code(about.code),
    )
    question = say("called_off.choose" if others else "called_off.none")
    return Screen(((title,), (question,), _phones(about, city)), _ways(about, others, city))


def _help(about: Appointment, city: City, *, arranged: bool) -> Screen:
    day, time, code = Day(about.start), Time(about.start), Code(about.code)
    told = say("help.arranged", day=day, time=time, code=code)
    phones: tuple[Line, ...] = ()
    if not arranged:
        told = say("help.not_arranged", day=day, time=time, code=code)
        phones = _phones(about, city)
    details = Button(say("reminder.details"), presses.encode("details", None, str(about.id)))
    return Screen(((told,), phones), ((details,),))


def _ways(
    gone: Appointment, others: tuple[Slot, ...], city: City
) -> tuple[tuple[Button, ...], ...]:
    free = [slot for slot in others if slot.case_manager_id in city.case_manager]
    labels = slot_labels.with_whom(city, free)
    times = [
        Button(label, presses.encode("rebook", None, f"{gone.id}.{slot_values.of_slot(slot)}"))
        for label, slot in zip(labels, free, strict=True)
    ]
    more = presses.encode("rebook_later", None, str(gone.id))
    return tuple((b,) for b in (*times, Button(say("confirm.other_times"), more)))


def _name(about: Appointment, city: City) -> Name:
    """Who was to hold the talk; the office, if the city file no longer names them."""
    person, office = city.case_manager.get(about.case_manager_id), city.office.get(about.office_id)
    if person is not None:
        return Name(public_name(city, person))
    return Name(office.provider if office else about.office_id)


def _phones(about: Appointment, city: City) -> tuple[Line, ...]:
    """How else to reach the office; nothing where it has no telephone."""
    office = city.office.get(about.office_id)
    if office is None or not office.phones:
        return ()
    return (
        say("called_off.call"),
        *(say("card.phone", phone=Phone(phone)) for phone in office.phones),
    )
