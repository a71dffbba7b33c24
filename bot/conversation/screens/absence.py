"""The screens on which an hour or whole days are closed, and opened again."""

from datetime import date, time, timedelta

from bot.conversation import slot_values
from bot.conversation.content import Day, Line, Name, ShortDay, Time, say
from bot.conversation.desk import Desk
from bot.conversation.screens.view import Key, View, column, grid
from bot.conversation.session import Session
from bot.domain import wall
from bot.domain.city import CaseManager

HOUR = 3600
FIRST_HOUR, LAST_HOUR = 8, 18
HOUR_DAYS, AWAY_DAYS = 15, 30


def whose(session: Session, desk: Desk) -> CaseManager | None:
    """Whose time it is: that of whom they have chosen, else their own."""
    chosen = session.draft.case_manager_id
    if chosen is None:
        return desk.case_manager()
    return next((each for each in closable(desk) if each.id == chosen), None)


def who(session: Session, desk: Desk) -> View:
    """Who is not there?"""
    keys = [Key(Name(person.name), "who", person.id) for person in closable(desk)]
    return View(((say("front_desk.who_is_away"),),), (*column(*keys), *_back()))


def closable(desk: Desk) -> tuple[CaseManager, ...]:
    """Whose days can be closed in this chat."""
    staff = desk.staff()
    return staff.closable if staff else ()


def block(session: Session, desk: Desk) -> View:
    """On which day is the hour?"""
    days = _days(desk, desk.today, HOUR_DAYS, "block_day")
    return View(((say("staff.block_day"),),), (*days, *_back()))


def hours(session: Session, desk: Desk) -> View:
    """Which hour? Those that are over are not offered."""
    day = _day(session, desk)
    starts = [_start(desk, day, hour) for hour in range(FIRST_HOUR, LAST_HOUR)]
    keys = [
        Key(Time(start), "close", slot_values.of_stretch(start, start + HOUR))
        for start in starts
        if start + HOUR > desk.now
    ]
    title = say("staff.block_hour", day=Day(desk.start_of(day)))
    return View(((title,),), (*grid(keys, 3), *_back()))


def away(session: Session, desk: Desk) -> View:
    """What is closed; a press opens it again. And the first day of more."""
    staff, person = desk.staff(), whose(session, desk)
    known = staff.absences(person.id) if staff and person else ()
    keys = [
        Key(say("staff.open_again", stretch=_shortly(a.start)), "present", str(a.id)) for a in known
    ]
    listed = tuple(_stretch(a.start, a.end) for a in known)
    days = _days(desk, desk.today, AWAY_DAYS, "away_from")
    return View(
        (*((listed,) if listed else ()), (*_named(session, desk), say("staff.away_from"))),
        (*column(*keys), *days, *_back()),
    )


def until(session: Session, desk: Desk) -> View:
    """Until which day?"""
    first = _day(session, desk)
    begins = max(desk.start_of(first), desk.now) if first == desk.today else desk.start_of(first)
    keys = [
        Key(ShortDay(desk.start_of(day)), "close", slot_values.of_stretch(begins, _end(desk, day)))
        for day in (first + timedelta(days=n) for n in range(AWAY_DAYS))
    ]
    title = say("staff.away_until", day=Day(desk.start_of(first)))
    return View(((*_named(session, desk), title),), (*grid(keys, 3), *_back()))


def closing(session: Session, desk: Desk) -> View:
    """Really? With how many talks there are in it."""
    staff, person = desk.staff(), whose(session, desk)
    stretch = slot_values.to_stretch(session.draft.stretch or "")
    if stretch is None or staff is None or person is None:
        return View(((say("staff.gone"),),), _back())
    hit = staff.affected(person.id, *stretch)
    told: Line = say("staff.nobody_hit")
    if hit:
        told = say("staff.so_many_hit", n=Name(str(len(hit))))
    yes = Key(say("staff.close"), "close_yes", slot_values.of_stretch(*stretch))
    asked = (*_named(session, desk), say("staff.closing"), _stretch(*stretch))
    return View((asked, (told,)), (*column(yes), *_back()))


def _named(session: Session, desk: Desk) -> tuple[Line, ...]:
    """Whose time it is, where it is not one's own."""
    person = whose(session, desk)
    if person is None or person == desk.case_manager():
        return ()
    return (say("staff.with", name=Name(person.name)),)


def _days(desk: Desk, first: date, number: int, action: str) -> tuple[tuple[Key, ...], ...]:
    days = (first + timedelta(days=n) for n in range(number))
    keys = [Key(ShortDay(desk.start_of(day)), action, day.isoformat()) for day in days]
    return grid(keys, 3)


def _day(session: Session, desk: Desk) -> date:
    return max(desk.today, slot_values.to_day(session.draft.day or "") or desk.today)


def _start(desk: Desk, day: date, hour: int) -> int:
    return wall.epoch(day, time(hour), desk.city.rules.time_zone)


def _end(desk: Desk, day: date) -> int:
    return desk.start_of(day + timedelta(days=1))


def _stretch(start: int, end: int) -> Line:
    """The last second before the end, so that whole days end on their last."""
    last = end - 1
    return say(
        "staff.stretch",
        day=Day(start),
        time=Time(start),
        last_day=Day(last),
        last_time=Time(last),
    )


def _shortly(start: int) -> Line:
    return say("alternatives.slot", day=ShortDay(start), time=Time(start))


def _back() -> tuple[tuple[Key, ...], ...]:
    return column(Key(say("around.menu"), "menu"))
