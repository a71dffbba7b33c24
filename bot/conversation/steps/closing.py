"""Hours and days are closed in chat, and opened again. No reason is asked.

A case manager closes their own; a deputy or a front desk those of who is ill and has phoned in.
"""

from bot.conversation import slot_values
from bot.conversation.content import Line, Name, say
from bot.conversation.outcome import Outcome
from bot.conversation.port import Port
from bot.conversation.screens.closing import closable, whose
from bot.conversation.session import Session
from bot.domain import bounds
from bot.domain.absence import Closing, Opening


def open_block(session: Session, value: str, port: Port) -> Outcome:
    """On which day is the hour?"""
    if port.case_manager() is None:
        return Outcome(session, stale=True)
    return Outcome(session.only("staff_menu").to("block"))


def block_day(session: Session, value: str, port: Port) -> Outcome:
    """Which hour of this day?"""
    return _with_day(session, value, port, "hours")


def open_away(session: Session, value: str, port: Port) -> Outcome:
    """What is closed, and from which day on more is to be; of whom, if it may be somebody else."""
    people = closable(port)
    if not people:
        return Outcome(session, stale=True)
    alone = people == (port.case_manager(),)
    return Outcome(session.only("staff_menu").to("away" if alone else "who"))


def who(session: Session, value: str, port: Port) -> Outcome:
    """Somebody whose days they may close."""
    session = session.only("staff_menu").to("who").choosing(case_manager_id=value)
    if whose(session, port) is None:
        return Outcome(session.only("staff_menu"), notice=(say("staff.gone"),))
    return Outcome(session.to("away"))


def further(session: Session, value: str, port: Port) -> Outcome:
    """Days further ahead."""
    if bounds.day(value, port.today) is None:
        return Outcome(session, stale=True)
    return Outcome(session.choosing(days_from=value))


def away_from(session: Session, value: str, port: Port) -> Outcome:
    """Until which day?"""
    return _with_day(session, value, port, "until")


def ask_close(session: Session, value: str, port: Port) -> Outcome:
    """Really? Here it says how many talks there are in it."""
    if whose(session, port) is None or slot_values.to_stretch(value) is None:
        return Outcome(session, stale=True)
    return Outcome(session.choosing(stretch=value).to("closing"))


def close(session: Session, value: str, port: Port) -> Outcome:
    """Close it; whoever has a talk in it is told and offered other times."""
    stretch, person, staff = slot_values.to_stretch(value), whose(session, port), port.staff()
    if stretch is None or person is None or staff is None:
        return Outcome(session, stale=True)
    closed = staff.absent(person.id, *stretch)
    session = session.only("staff_menu")
    if not isinstance(closed, Closing):
        return Outcome(session, notice=(say("staff.gone"),))
    told = Name(str(len(closed.called_off)))
    more = (say("staff.called_off_so_many", n=told),) if closed.called_off else ()
    return Outcome(session, notice=(say("staff.closed"), *more))


def present(session: Session, value: str, port: Port) -> Outcome:
    """There again."""
    number, staff = bounds.number(value), port.staff()
    if number is None or staff is None:
        return Outcome(session, stale=True)
    opened = staff.present(number)
    told = _opened(opened) if isinstance(opened, Opening) else (say("staff.gone"),)
    return Outcome(session.to("away"), notice=told)


def _opened(opening: Opening) -> tuple[Line, ...]:
    """That it is open, how many are asked, and whom somebody must phone."""
    asked, phone = opening.asked, ", ".join(about.code for about in opening.to_phone)
    return (
        say("staff.opened"),
        *((say("staff.asked_so_many", n=Name(str(len(asked)))),) if asked else ()),
        *((say("staff.to_phone", codes=Name(phone)),) if phone else ()),
    )


def _with_day(session: Session, value: str, port: Port, screen: str) -> Outcome:
    if bounds.day(value, port.today) is None or whose(session, port) is None:
        return Outcome(session, stale=True)
    return Outcome(session.choosing(day=value, days_from=None).to(screen))
