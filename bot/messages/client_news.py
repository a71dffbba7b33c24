"""News for clients: what became of their appointment through no act of their own."""

from dataclasses import dataclass
from typing import assert_never

from bot.conversation import phone_lines, presses, slot_labels, slot_values, way_of_talking
from bot.conversation.appointment_lines import door_and_address, with_whom
from bot.conversation.content import (
    Button,
    Code,
    Day,
    Line,
    Screen,
    ShortDay,
    Time,
    say,
)
from bot.domain import lifecycle, slots
from bot.domain.appointment import Answer, Appointment
from bot.domain.city import City
from bot.domain.contacts import to_call
from bot.domain.lifecycle import Act
from bot.domain.slots import Slot

OR_CALL = say("called_off.call")


@dataclass(frozen=True, slots=True)
class CalledOffNews:
    """The talk is not to be; the `others` were free when the office called it off."""

    about: Appointment
    others: tuple[Slot, ...] = ()


@dataclass(frozen=True, slots=True)
class PossibleAgainNews:
    """The talk that was called off is possible after all: does its client want to keep it?"""

    about: Appointment


@dataclass(frozen=True, slots=True)
class HandedOverNews:
    """The talk is at the same time, with whom and where this says."""

    about: Appointment


@dataclass(frozen=True, slots=True)
class HelpNews:
    """Whether somebody will help with the language."""

    about: Appointment
    arranged: bool


@dataclass(frozen=True, slots=True)
class NewTimeNews:
    """The office gave the talk another time, as the two agreed.

    `was` is when it would have been (UTC epoch seconds).
    """

    about: Appointment
    was: int


@dataclass(frozen=True, slots=True)
class CancelledNews:
    """The office noted that the client cancelled."""

    about: Appointment


@dataclass(frozen=True, slots=True)
class AskedNews:
    """The office asks whether one of the `others` suits as well; until then the time stays."""

    about: Appointment
    others: tuple[Slot, ...]


ClientNews = (
    CalledOffNews
    | PossibleAgainNews
    | HandedOverNews
    | HelpNews
    | NewTimeNews
    | CancelledNews
    | AskedNews
)


def still_asks(news: AskedNews, about: Appointment, now: int) -> bool:
    """Whether the question is still one, of the appointment as it is at `now`."""
    waits = lifecycle.refusal(Act.KEEP, about, now) is None and about.answer is Answer.ASKED
    return waits and about.version == news.about.version


def screen(news: ClientNews, city: City) -> Screen:
    """The news as a message with lasting buttons."""
    match news:
        case CalledOffNews(about, others):
            return _called_off(about, others, city)
        case PossibleAgainNews(about):
            return _possible_again(about, city)
        case HandedOverNews(about):
            return _handed_over(about, city)
        case HelpNews(about, arranged):
            return _help(about, city, arranged=arranged)
        case NewTimeNews(about, was):
            return _new_time(about, was, city)
        case CancelledNews(about):
            return _cancelled(about, city)
        case AskedNews(about, others):
            return _asked(about, others, city)
        case _ as never:
            assert_never(never)


def _about(key: str, about: Appointment, city: City, **more: Line) -> Line:
    """A line that says when it is, its code and whatever `more` it names."""
    day, time, code = Day(about.start), Time(about.start), Code(about.code)
    if key in way_of_talking.BY_PHONE:
        return way_of_talking.told(city, about, key, day=day, time=time, code=code, **more)
    return say(key, day=day, time=time, code=code, **more)


def _called_off(about: Appointment, others: tuple[Slot, ...], city: City) -> Screen:
    title = _about("called_off.title", about, city)
    question = say("called_off.choose" if others else "called_off.none")
    return Screen(
        ((title,), (question,), _call_us(OR_CALL, about, city)),
        _ways(about, others, city),
    )


def _possible_again(about: Appointment, city: City) -> Screen:
    told = _about("possible_again.title", about, city, name=with_whom(city, about))
    question = say("possible_again.question")
    keep = [
        (Button(say("possible_again.keep"), _rebook(about, slots.slot_at(person, about.start))),)
        for person in city.case_managers
        if person.id == about.case_manager_id
    ]
    return Screen(
        ((told,), (question,), _call_us(OR_CALL, about, city)),
        (*keep, (_other_times(about),)),
    )


def _handed_over(about: Appointment, city: City) -> Screen:
    title = _about("handed_over.title", about, city, name=with_whom(city, about))
    if called := to_call(city, about):
        return Screen(((title, phone_lines.number(called)),), ((_details(about, city),),))
    where = door_and_address(city, about.office_id)
    return Screen(
        ((title,), where, _call_us(OR_CALL, about, city)),
        ((_details(about, city),),),
    )


def _help(about: Appointment, city: City, *, arranged: bool) -> Screen:
    told = _about("help.arranged" if arranged else "help.not_arranged", about, city)
    phones = () if arranged else _call_us(OR_CALL, about, city)
    return Screen(((told,), phones), ((_details(about, city),),))


def _details(about: Appointment, city: City) -> Button:
    label = way_of_talking.told(city, about, "reminder.details")
    return Button(label, presses.encode("details", None, str(about.id)))


def _new_time(about: Appointment, was: int, city: City) -> Screen:
    name, code = with_whom(city, about), Code(about.code)
    told = way_of_talking.told(city, about, "new_time.title", name=name, code=code)
    when = say("new_time.when", day=Day(about.start), time=Time(about.start))
    before = say("new_time.was", day=Day(was), time=Time(was))
    return Screen(
        ((told, when, before), _call_us(say("new_time.wrong"), about, city)),
        ((_details(about, city),),),
    )


def _cancelled(about: Appointment, city: City) -> Screen:
    told = _about("cancelled_for.title", about, city, name=with_whom(city, about))
    return Screen(((told,), _call_us(say("cancelled_for.wrong"), about, city)))


def _asked(about: Appointment, others: tuple[Slot, ...], city: City) -> Screen:
    day, time = Day(about.start), Time(about.start)
    asked = say("time_asked.title", name=with_whom(city, about), code=Code(about.code))
    stays = say("time_asked.until_then", day=day, time=time)
    seen = slot_values.of_version(about.version)
    free = [slot for slot in others if slot.case_manager_id in city.case_manager]
    times = (
        Button(
            slot_labels.unless_with(city, about.case_manager_id, slot, free),
            presses.encode("asked_time", None, f"{seen}.{slot_values.of_slot(slot)}"),
        )
        for slot in free
    )
    label = say("time_asked.keep", day=ShortDay(about.start), time=time)
    keep = Button(label, presses.encode("keep_time", None, seen))
    return Screen(((asked,), (stays,)), tuple((button,) for button in (*times, keep)))


def _ways(
    gone: Appointment, others: tuple[Slot, ...], city: City
) -> tuple[tuple[Button, ...], ...]:
    free = [slot for slot in others if slot.case_manager_id in city.case_manager]
    labels = slot_labels.with_whom(city, free)
    times = [Button(label, _rebook(gone, slot)) for label, slot in zip(labels, free, strict=True)]
    return tuple((b,) for b in (*times, _other_times(gone)))


def _rebook(gone: Appointment, slot: Slot) -> str:
    """The press that takes this slot instead."""
    return presses.encode("rebook", None, f"{gone.id}.{slot_values.of_slot(slot)}")


def _other_times(gone: Appointment) -> Button:
    return Button(say("confirm.other_times"), presses.encode("rebook_later", None, str(gone.id)))


def _call_us(asked: Line, about: Appointment, city: City) -> tuple[Line, ...]:
    """What to call for, the number that answers for it, and whose it is; nothing without one."""
    given = phone_lines.number_of(city, about)
    return (asked, *given) if given else ()
