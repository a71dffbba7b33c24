"""What a case manager sees in chat. No client's name, and the topic in no list."""

from datetime import timedelta

from bot.conversation.content import Code, Day, Language, Line, Name, Time, say
from bot.conversation.desk import Desk
from bot.conversation.screens import confirming
from bot.conversation.screens.view import Key, View, column
from bot.conversation.session import Session
from bot.domain.appointments import Answer, Appointment

MOST_LINES = 40


def desk_menu(session: Session, desk: Desk) -> View:
    """The case manager's first screen."""
    person = desk.case_manager()
    name = Name(person.name if person else "")
    return View(
        ((say("staff.hello", name=name),), (say("staff.explained"),)),
        column(Key(say("staff.today"), "today"), Key(say("staff.week"), "week")),
    )


def today(session: Session, desk: Desk) -> View:
    """Today's appointments."""
    booked = desk.diary(desk.today, desk.today)
    title = say("staff.today_title" if booked else "staff.today_none")
    return View(((title,), *(_entry(a) for a in booked)), _switch())


def week(session: Session, desk: Desk) -> View:
    """The appointments from today to Sunday, by day."""
    sunday = desk.today + timedelta(days=6 - desk.today.weekday())
    booked = desk.diary(desk.today, sunday)
    title = say("staff.week_title" if booked else "staff.week_none")
    shown = tuple((say("staff.day", day=Day(a.start)), *_entry(a)) for a in booked[:MOST_LINES])
    return View(((title,), *shown), _switch())


def _entry(appointment: Appointment) -> tuple[Line, ...]:
    facts = say(
        "staff.entry",
        time=Time(appointment.start),
        code=Code(appointment.code),
        language=Language(appointment.language),
    )
    coming = (say("staff.coming"),) if appointment.answer is Answer.COMING else ()
    return (facts, *confirming.wish_lines(appointment.wishes), *coming)


def _switch() -> tuple[tuple[Key, ...], ...]:
    return column(Key(say("staff.today"), "today"), Key(say("staff.week"), "week"))
