"""What the staff see in chat. No client's name, and the topic in no list."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import accumulate

from bot.conversation import slot_values
from bot.conversation.content import Code, Day, Language, Line, Name, ShortDay, Time, say
from bot.conversation.port import Port
from bot.conversation.screens import confirming, operator
from bot.conversation.screens.view import Key, View, column
from bot.conversation.session import Session
from bot.domain.actors import Actor, Role
from bot.domain.appointment import Answer, Appointment, Status
from bot.domain.city import CaseManager

# A message holds 4096 characters; a day of six talks with every wish is some 40 lines.
MOST_LINES = 40
# Telegram takes a hundred buttons.
MOST_KEYS = 90
WEEK_DAYS = 7


def desk_menu(session: Session, port: Port) -> View:
    """The first screen of somebody of the staff."""
    actor = port.actor()
    if actor is not None and actor.role is Role.OPERATOR:
        return operator.standing(port)
    return _menu(port, actor)


def _menu(port: Port, actor: Actor | None) -> View:
    person, office = port.case_manager(), port.city.office.get(_office_id(actor))
    name = person.name if person else office.provider if office else ""
    explained = "staff.explained" if person else "front_desk.explained"
    block = (Key(say("staff.block"), "block"),) if person else ()
    return View(
        ((say("staff.hello", name=Name(name)),), (say(explained),)),
        column(
            Key(say("staff.today"), "today"),
            Key(say("staff.week"), "week"),
            Key(say("staff.guest"), "walk_in"),
            *block,
            Key(say("staff.away"), "away"),
        ),
    )


def _office_id(actor: Actor | None) -> str:
    return (actor.office_id if actor else None) or ""


def today(session: Session, port: Port) -> View:
    """Today's appointments."""
    booked = _diary(port, port.today)
    title = say("staff.today_title" if port.case_manager() else "staff.office_today")
    if not booked:
        title = say("staff.today_none")
    listed = _fitting([_listed(a, port) for a in booked])
    return View(((title,), *listed), (*_openers(booked), *switch()))


def _fitting(entries: Sequence[tuple[Line, ...]]) -> list[tuple[Line, ...]]:
    """As many as a message holds; of the others, which the buttons open, only when and who."""
    ends = accumulate(map(len, entries))
    return [
        each if end <= MOST_LINES else each[:1] for each, end in zip(entries, ends, strict=True)
    ]


def week(session: Session, port: Port) -> View:
    """The appointments of the next days, or from a later one of them; as many days as fit."""
    first = max(port.today, slot_values.to_day(session.draft.days_from or "") or port.today)
    shown, booked, later = _days_that_fit(port, first)
    title = say("staff.week_title" if shown else "staff.week_none")
    more = column(Key(say("days.later"), "week", later.isoformat())) if later else ()
    return View(((title,), *shown), (*_openers(booked), *more, *switch()))


def _days_that_fit(
    port: Port, first: date
) -> tuple[list[tuple[Line, ...]], list[Appointment], date | None]:
    """A paragraph for each day, its appointments, and the day the next message begins with."""
    end = port.today + timedelta(days=WEEK_DAYS)
    shown: list[tuple[Line, ...]] = []
    listed: list[Appointment] = []
    for day in (first + timedelta(days=n) for n in range((end - first).days)):
        booked = _diary(port, day)
        entries = [line for each in _fitting([_listed(a, port) for a in booked]) for line in each]
        if shown and entries and sum(map(len, shown)) + len(entries) > MOST_LINES:
            return shown, listed, day
        if entries:
            shown.append((say("staff.day", day=Day(port.start_of(day))), *entries))
            listed.extend(booked)
    return shown, listed, None


def _openers(booked: Sequence[Appointment]) -> tuple[tuple[Key, ...], ...]:
    return column(
        *(
            Key(
                say("mine.item", day=ShortDay(a.start), time=Time(a.start), code=Code(a.code)),
                "visit",
                str(a.id),
            )
            for a in booked[:MOST_KEYS]
        )
    )


def _diary(port: Port, day: date) -> tuple[Appointment, ...]:
    staff = port.staff()
    return staff.diary(day, day) if staff else ()


def _listed(appointment: Appointment, port: Port) -> tuple[Line, ...]:
    """With whom, where the list is not somebody's own."""
    person = port.city.case_manager.get(appointment.case_manager_id)
    if port.case_manager() is not None or person is None:
        return entry(appointment)
    return entry_with(appointment, person)


def entry(appointment: Appointment) -> tuple[Line, ...]:
    """An appointment in a list: never the topic."""
    facts = say(
        "staff.entry",
        time=Time(appointment.start),
        code=Code(appointment.code),
        language=Language(appointment.language),
    )
    coming = (say("staff.coming"),) if appointment.answer is Answer.COMING else ()
    return (facts, *confirming.wish_lines(appointment.wishes), *coming, *_end(appointment))


def entry_with(appointment: Appointment, person: CaseManager) -> tuple[Line, ...]:
    """The same in the list of an office: with whom."""
    time, *more = entry(appointment)
    return (time, say("staff.with", name=Name(person.name)), *more)


def _end(appointment: Appointment) -> tuple[Line, ...]:
    """What became of a talk that is over."""
    if appointment.status is Status.CAME:
        return (say("staff.has_come"),)
    return (say("staff.has_missed"),) if appointment.status is Status.MISSED else ()


def switch() -> tuple[tuple[Key, ...], ...]:
    """To either list, or to the menu."""
    lists = Key(say("staff.today"), "today"), Key(say("staff.week"), "week")
    return column(*lists, Key(say("around.menu"), "menu"))
