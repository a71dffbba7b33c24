"""The screens on which an hour or whole days are closed, and opened again."""

from collections.abc import Sequence
from datetime import date, time, timedelta

from bot.conversation import slot_values, staff_facts
from bot.conversation.content import Day, Line, Name, ShortDay, Time, Times, say
from bot.conversation.port import Port
from bot.conversation.screens.view import Key, View, column, does, grid
from bot.conversation.session import Session
from bot.domain import bounds, local_time
from bot.domain.absence import DAYS_AHEAD, HOURS
from bot.domain.appointment_view import AppointmentView
from bot.domain.city import CaseManager

HOUR = 3600
NOON = 12
DAYS_A_SCREEN = 30
MOST_NAMED = 12
"""So many of the talks that would be called off are named; all of them are counted."""


def whose(session: Session, port: Port) -> CaseManager | None:
    """Whose time it is: that of whom they have chosen, else their own."""
    chosen = session.draft.case_manager_id
    if chosen is None:
        return port.case_manager()
    return next((each for each in closable(port) if each.id == chosen), None)


def who(session: Session, port: Port) -> View:
    """Who is not there?"""
    keys = [Key(Name(person.name), "who", person.id) for person in closable(port)]
    return View(((say("front_desk.who_is_away"),),), (*column(*keys), *_back()))


def closable(port: Port) -> tuple[CaseManager, ...]:
    """Whose days can be closed in this chat."""
    staff = port.staff()
    return staff.closable if staff else ()


def block(session: Session, port: Port) -> View:
    """On which day is the hour?"""
    days = _days(session, port, port.today, "block_day")
    return View(((say("staff.block_day"),),), (*days, *_back()))


def hours(session: Session, port: Port) -> View:
    """Which hour? Those that are over are not offered."""
    day = _day(session, port)
    starts = [_start(port, day, hour) for hour in HOURS]
    keys = [
        Key(Time(start), "close", slot_values.of_stretch(start, start + HOUR))
        for start in starts
        if start + HOUR > port.now
    ]
    title = say("staff.block_hour", day=Day(port.start_of(day)))
    return View(((*_named(session, port), title),), (*grid(keys, 3), *_back()))


def away(session: Session, port: Port) -> View:
    """What is closed; a press opens it again. And the first day of more."""
    staff, person = port.staff(), whose(session, port)
    known = staff.absences(person.id) if staff and person else ()
    keys = [
        Key(say("staff.open_again", stretch=staff_facts.shortly(a.start)), "present", str(a.id))
        for a in known
    ]
    listed = tuple(_stretch(port, a.start, a.end) for a in known)
    days = _days(session, port, port.today, "away_from")
    return View(
        (*((listed,) if listed else ()), (*_named(session, port), say("staff.away_from"))),
        (*column(*keys), *days, *_back()),
    )


def until(session: Session, port: Port) -> View:
    """Until which day? Or the first one in part: half of it, or hours."""
    first = _day(session, port)
    begins = max(port.start_of(first), port.now) if first == port.today else port.start_of(first)
    shown, more = _page(session, port, first)
    keys = [
        Key(ShortDay(port.start_of(day)), "close", slot_values.of_stretch(begins, _end(port, day)))
        for day in shown
    ]
    part = _part(port, begins, first) if first == shown[0] else ()
    title = say("staff.away_until", day=Day(port.start_of(first)))
    return View(
        ((*_named(session, port), title),),
        (*grid(keys, 3), *column(*part, *more), *_back()),
    )


def _part(port: Port, begins: int, day: date) -> tuple[Key, ...]:
    """Of a day from a moment on its morning, if some of it is left, its afternoon, or hours."""
    noon = _start(port, day, NOON)
    first = slot_values.of_stretch(begins, noon)
    second = slot_values.of_stretch(max(begins, noon), _end(port, day))
    morning = (Key(say("staff.until_noon", time=Time(noon)), "close", first),)
    afternoon = Key(say("staff.from_noon", time=Time(noon)), "close", second)
    some_hours = Key(say("staff.some_hours"), "block_day", day.isoformat())
    return (*(morning if begins < noon else ()), afternoon, some_hours)


def closing(session: Session, port: Port) -> View:
    """Really? With the times that go with it, and the talks there are in it."""
    staff, person = port.staff(), whose(session, port)
    stretch = slot_values.to_stretch(session.draft.stretch or "")
    if stretch is None or staff is None or person is None:
        return View(((say("staff.gone"),),), _back())
    free = staff.no_longer_free(person.id, *stretch)
    taken = (say("staff.no_longer_free", times=Times(tuple(s.start for s in free))),)
    yes = does(Key(say("staff.close"), "close_yes", slot_values.of_stretch(*stretch)))
    asked = (*_named(session, port), say("staff.closing"), _stretch(port, *stretch))
    return View(
        (asked, *((taken,) if free else ()), _hit(staff.affected(person.id, *stretch))),
        (*column(yes, *_longer(port, *stretch)), *_back()),
    )


def _hit(hit: Sequence[AppointmentView]) -> tuple[Line, ...]:
    """The talks that would be called off, by when and by code."""
    if not hit:
        return (say("staff.nobody_hit"),)
    named = (staff_facts.item(each.about) for each in hit[:MOST_NAMED])
    return (say("staff.so_many_hit", n=Name(str(len(hit)))), *named)


def _longer(port: Port, start: int, end: int) -> tuple[Key, ...]:
    """Hours of one day can be one more, as long as it is an hour that can be closed."""
    zone = port.city.rules.time_zone
    begins, ends = local_time.local(start, zone), local_time.local(end, zone)
    if begins.date() != ends.date() or begins.hour not in HOURS or ends.hour not in HOURS:
        return ()
    return (Key(say("staff.hour_longer"), "close", slot_values.of_stretch(start, end + HOUR)),)


def _named(session: Session, port: Port) -> tuple[Line, ...]:
    """Whose time it is, where it is not one's own."""
    person = whose(session, port)
    if person is None or person == port.case_manager():
        return ()
    return (say("staff.with", name=Name(person.name)),)


def _days(session: Session, port: Port, first: date, action: str) -> tuple[tuple[Key, ...], ...]:
    shown, more = _page(session, port, first)
    keys = [Key(ShortDay(port.start_of(day)), action, day.isoformat()) for day in shown]
    return (*grid(keys, 3), *column(*more))


def _page(session: Session, port: Port, first: date) -> tuple[list[date], list[Key]]:
    """The days of this screen, and the button to those after them."""
    asked = bounds.day(session.draft.days_from or "", port.today) or first
    last = port.today + timedelta(days=DAYS_AHEAD)
    begins = min(max(asked, first), last)
    after = begins + timedelta(days=DAYS_A_SCREEN)
    more = [Key(say("staff.later_days"), "further", after.isoformat())] if after <= last else []
    number = min(DAYS_A_SCREEN, (last - begins).days + 1)
    return [begins + timedelta(days=n) for n in range(number)], more


def _day(session: Session, port: Port) -> date:
    return max(port.today, bounds.day(session.draft.day or "", port.today) or port.today)


def _start(port: Port, day: date, hour: int) -> int:
    return local_time.epoch(day, time(hour), port.city.rules.time_zone)


def _end(port: Port, day: date) -> int:
    return port.start_of(day + timedelta(days=1))


def _stretch(port: Port, start: int, end: int) -> Line:
    return staff_facts.stretch(start, end, port.city.rules.time_zone)


def _back() -> tuple[tuple[Key, ...], ...]:
    return column(Key(say("staff.menu"), "menu"))
