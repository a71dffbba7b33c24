"""What a case manager sees in chat. No client's name, and the topic in no list."""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.conversation import slot_values
from bot.conversation.content import Code, Day, Language, Line, Name, ShortDay, Time, say
from bot.conversation.desk import Desk
from bot.conversation.screens import confirming
from bot.conversation.screens.view import Key, View, column
from bot.conversation.session import Session
from bot.domain.appointments import Answer, Appointment, Status

# A message holds 4096 characters; a day of six talks with every wish is some 40 lines.
MOST_LINES = 40
WEEK_DAYS = 7


def desk_menu(session: Session, desk: Desk) -> View:
    """The case manager's first screen."""
    person = desk.case_manager()
    name = Name(person.name if person else "")
    return View(
        ((say("staff.hello", name=name),), (say("staff.explained"),)),
        column(
            Key(say("staff.today"), "today"),
            Key(say("staff.week"), "week"),
            Key(say("staff.block"), "block"),
            Key(say("staff.away"), "away"),
        ),
    )


def today(session: Session, desk: Desk) -> View:
    """Today's appointments."""
    booked = desk.diary(desk.today, desk.today)
    title = say("staff.today_title" if booked else "staff.today_none")
    return View(((title,), *(entry(a) for a in booked)), (*_openers(booked), *switch()))


def week(session: Session, desk: Desk) -> View:
    """The appointments of the next days, or from a later one of them; as many days as fit."""
    first = max(desk.today, slot_values.to_day(session.draft.days_from or "") or desk.today)
    shown, booked, later = _days_that_fit(desk, first)
    title = say("staff.week_title" if shown else "staff.week_none")
    more = column(Key(say("days.later"), "week", later.isoformat())) if later else ()
    return View(((title,), *shown), (*_openers(booked), *more, *switch()))


def _days_that_fit(
    desk: Desk, first: date
) -> tuple[list[tuple[Line, ...]], list[Appointment], date | None]:
    """A paragraph for each day, its appointments, and the day the next message begins with."""
    end = desk.today + timedelta(days=WEEK_DAYS)
    shown: list[tuple[Line, ...]] = []
    listed: list[Appointment] = []
    for day in (first + timedelta(days=n) for n in range((end - first).days)):
        booked = desk.diary(day, day)
        entries = [line for appointment in booked for line in entry(appointment)]
        if shown and entries and sum(map(len, shown)) + len(entries) > MOST_LINES:
            return shown, listed, day
        if entries:
            shown.append((say("staff.day", day=Day(desk.start_of(day))), *entries))
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
            for a in booked
        )
    )


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


def _end(appointment: Appointment) -> tuple[Line, ...]:
    """What became of a talk that is over."""
    if appointment.status is Status.CAME:
        return (say("staff.has_come"),)
    return (say("staff.has_missed"),) if appointment.status is Status.MISSED else ()


def switch() -> tuple[tuple[Key, ...], ...]:
    """To either list, or to the menu."""
    lists = Key(say("staff.today"), "today"), Key(say("staff.week"), "week")
    return column(*lists, Key(say("around.menu"), "menu"))
