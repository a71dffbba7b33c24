"""What the staff see in chat. No client's name, and the topic in no list."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import accumulate, groupby

from bot.conversation import staff_facts, staff_lines
from bot.conversation.content import Day, Language, Line, Name, say
from bot.conversation.port import Port
from bot.conversation.screens import operator
from bot.conversation.screens.view import Key, View, column, grid
from bot.conversation.session import Session
from bot.conversation.staff_port import StaffPort
from bot.domain import bounds, local_time
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


def language(port: Port) -> View:
    """The picker of the staff: the languages in which there are words for them."""
    keys = [Key(Language(code), "language", code) for code in port.city.staff_languages]
    privacy = Key(say("staff.privacy"), "privacy")
    return View(((say("staff.choose_language"),),), (*grid(keys, 2), (privacy,)))


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
    staff = port.staff()
    booked = staff.diary(port.today, port.today) if staff else ()
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
    about, whose = view.about, staff_lines.whose(view, port.city)
    when, *more = staff_lines.entry(about, port.city, whose)
    open_now = (each.line for each in staff_lines.matters(view))
    return (say("staff.day", day=Day(about.start)), when, *open_now, *more)


def _fitting(entries: Sequence[tuple[Line, ...]]) -> list[tuple[Line, ...]]:
    """As many as a message holds; of the others, which the buttons open, only when and who."""
    ends = accumulate(map(len, entries))
    return [
        each if end <= MOST_LINES else each[:1] for each, end in zip(entries, ends, strict=True)
    ]


def week(session: Session, port: Port) -> View:
    """A week from today or from the day a button names; before today the latest day first."""
    staff = port.staff()
    known = staff.booked_days() if staff else ()
    wanted = bounds.day(session.draft.days_from or "", port.today)
    first = wanted if wanted in known else port.today
    before = [day for day in reversed(known) if day < port.today]
    past = first < port.today
    days = [day for day in before if day <= first] if past else [d for d in known if d >= first]
    shown, booked, rest = _days_that_fit(port, staff, first, days)
    onward = _turn("staff.earlier" if past else "staff.later_days", rest)
    back = _turn("staff.earlier", before) if first == port.today else ()
    title = say(_title(first, port.today) if shown else "staff.week_none")
    return View(((title,), *shown), (*_openers(booked), *column(*onward, *back), *switch()))


def _title(first: date, today: date) -> str:
    if first == today:
        return "staff.week_title"
    return "staff.past_title" if first < today else "staff.later_title"


def _turn(label: str, days: Sequence[date]) -> tuple[Key, ...]:
    """To the list that begins with the first of these days."""
    return (Key(say(label), "week", days[0].isoformat()),) if days else ()


def _days_that_fit(
    port: Port, staff: StaffPort | None, first: date, days: Sequence[date]
) -> tuple[list[tuple[Line, ...]], list[AppointmentView], Sequence[date]]:
    """A paragraph for each day of a week, its appointments, and the days for the next message."""
    soon = [day for day in days if abs(day - first) < timedelta(days=WEEK_DAYS)]
    found = _by_day(port, staff.diary(min(soon), max(soon))) if staff and soon else {}
    shown: list[tuple[Line, ...]] = []
    listed: list[AppointmentView] = []
    for number, day in enumerate(soon):
        booked = found.get(day, [])
        lines = [line for each in _fitting([_listed(v, port) for v in booked]) for line in each]
        if shown and sum(map(len, shown)) + len(lines) > MOST_LINES:
            return shown, listed, days[number:]
        shown.append((say("staff.day", day=Day(port.start_of(day))), *lines))
        listed.extend(booked)
    return shown, listed, days[len(soon) :]


def _by_day(port: Port, booked: Sequence[AppointmentView]) -> dict[date, list[AppointmentView]]:
    """The appointments of each day that has any."""
    zone = port.city.rules.time_zone
    days = groupby(booked, key=lambda each: local_time.local_day(each.about.start, zone))
    return {day: list(found) for day, found in days}


def _openers(booked: Sequence[AppointmentView]) -> tuple[tuple[Key, ...], ...]:
    return column(*(_opener(each.about) for each in booked[:MOST_KEYS]))


def _opener(about: Appointment) -> Key:
    return Key(staff_facts.item(about), "visit", str(about.id))


def _listed(view: AppointmentView, port: Port) -> tuple[Line, ...]:
    """With whom, where the list is not somebody's own, and what not everybody knows of."""
    remarks = staff_lines.remarks(view, port.now, ())
    entry = staff_lines.entry(view.about, port.city, staff_lines.whose(view, port.city))
    return (*entry, *(each.line for each in remarks))


def switch() -> tuple[tuple[Key, ...], ...]:
    """To one of the lists, or to the menu."""
    lists = (
        *(Key(say("staff.today"), "today"), Key(say("staff.week"), "week")),
        Key(say("staff.matters"), "matters"),
    )
    return column(*lists, Key(say("staff.menu"), "menu"))
