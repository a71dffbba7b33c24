"""What the staff see in chat. No client's name, and the topic in no list."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import accumulate, groupby

from bot.conversation import slot_values, staff_lines
from bot.conversation.content import Code, Day, Line, Name, ShortDay, Time, say
from bot.conversation.port import Port
from bot.conversation.screens import operator
from bot.conversation.screens.view import Key, View, column
from bot.conversation.session import Session
from bot.domain import local_time
from bot.domain.actors import Actor, Role
from bot.domain.appointment import Appointment
from bot.domain.appointment_view import AppointmentView

# What one message shows at once; a day of six talks with every wish is some 40 lines.
MOST_LINES = 40
MOST_KEYS = 90
WEEK_DAYS = 7


def staff_menu(session: Session, port: Port) -> View:
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
            Key(say("staff.matters"), "matters"),
            Key(say("staff.walk_in"), "walk_in"),
            *block,
            Key(say("staff.away"), "away"),
        ),
    )


def _office_id(actor: Actor | None) -> str:
    return (actor.office_id if actor else None) or ""


def today(session: Session, port: Port) -> View:
    """Today's appointments."""
    booked = _diary(port, port.today, port.today)
    title = say("staff.today_title" if port.case_manager() else "staff.office_today")
    if not booked:
        title = say("staff.today_none")
    listed = _fitting([_listed(each, port) for each in booked])
    return View(((title,), *listed), (*_openers(booked), *switch()))


def matters(session: Session, port: Port) -> View:
    """What is left to do, each with what it is; a press opens it."""
    staff = port.staff()
    found = staff.open_matters() if staff else ()
    title = say("staff.matters_title" if found else "staff.matters_none")
    listed = _fitting([_matter(each, port) for each in found])
    return View(((title,), *listed), (*_openers(found), *switch()))


def _matter(view: AppointmentView, port: Port) -> tuple[Line, ...]:
    about = view.about
    person = None if view.own else port.city.case_manager.get(about.case_manager_id)
    when, *more = staff_lines.entry(about, port.city, person.name if person else None)
    open_now = (each.line for each in staff_lines.matters(view))
    return (say("staff.day", day=Day(about.start)), when, *open_now, *more)


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
) -> tuple[list[tuple[Line, ...]], list[AppointmentView], date | None]:
    """A paragraph for each day, its appointments, and the day the next message begins with."""
    last = port.today + timedelta(days=WEEK_DAYS - 1)
    shown: list[tuple[Line, ...]] = []
    listed: list[AppointmentView] = []
    for day, booked in _by_day(port, first, last):
        lines = [line for each in _fitting([_listed(v, port) for v in booked]) for line in each]
        if shown and sum(map(len, shown)) + len(lines) > MOST_LINES:
            return shown, listed, day
        shown.append((say("staff.day", day=Day(port.start_of(day))), *lines))
        listed.extend(booked)
    return shown, listed, None


def _by_day(port: Port, first: date, last: date) -> Iterator[tuple[date, list[AppointmentView]]]:
    """The days that have appointments."""
    zone = port.city.rules.time_zone
    booked = _diary(port, first, last)
    for day, found in groupby(
        booked, key=lambda each: local_time.local_day(each.about.start, zone)
    ):
        yield day, list(found)


def _openers(booked: Sequence[AppointmentView]) -> tuple[tuple[Key, ...], ...]:
    return column(*(_opener(each.about) for each in booked[:MOST_KEYS]))


def _opener(about: Appointment) -> Key:
    day, time, code = ShortDay(about.start), Time(about.start), Code(about.code)
    return Key(say("mine.item", day=day, time=time, code=code), "visit", str(about.id))


def _diary(port: Port, first: date, last: date) -> tuple[AppointmentView, ...]:
    staff = port.staff()
    return staff.diary(first, last) if staff and first <= last else ()


def _listed(view: AppointmentView, port: Port) -> tuple[Line, ...]:
    """With whom, where the list is not somebody's own, and what not everybody knows of."""
    about = view.about
    person = None if view.own else port.city.case_manager.get(about.case_manager_id)
    remarks = staff_lines.remarks(view, port.now)
    entry = staff_lines.entry(about, port.city, person.name if person else None)
    return (*entry, *(each.line for each in remarks))


def switch() -> tuple[tuple[Key, ...], ...]:
    """To either list, or to the menu."""
    lists = Key(say("staff.today"), "today"), Key(say("staff.week"), "week")
    return column(*lists, Key(say("around.menu"), "menu"))
