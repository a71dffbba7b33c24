"""A case manager closes an hour or whole days in chat, and opens them again. No reason is asked."""

from bot.conversation import slot_values
from bot.conversation.content import Name, say
from bot.conversation.desk import Desk
from bot.conversation.outcome import Outcome
from bot.conversation.session import Session
from bot.domain.absences import Absence, Closed

HOUR = 3600


def open_block(session: Session, value: str, desk: Desk) -> Outcome:
    """On which day is the hour?"""
    return _to(session, desk, "block")


def block_day(session: Session, value: str, desk: Desk) -> Outcome:
    """Which hour of this day?"""
    return _with_day(session, value, desk, "hours")


def open_away(session: Session, value: str, desk: Desk) -> Outcome:
    """What is closed, and from which day on more is to be."""
    return _to(session, desk, "away")


def away_from(session: Session, value: str, desk: Desk) -> Outcome:
    """Until which day?"""
    return _with_day(session, value, desk, "until")


def ask_close(session: Session, value: str, desk: Desk) -> Outcome:
    """Really? Here it says how many talks there are in it."""
    if desk.case_manager() is None or slot_values.to_stretch(value) is None:
        return Outcome(session, stale=True)
    return Outcome(session.choosing(stretch=value).to("closing"))


def close(session: Session, value: str, desk: Desk) -> Outcome:
    """Close it; whoever has a talk in it is told and offered other times."""
    stretch, person, staff = slot_values.to_stretch(value), desk.case_manager(), desk.staff()
    if stretch is None or person is None or staff is None:
        return Outcome(session, stale=True)
    closed = staff.absent(person.id, *stretch)
    session = session.only("desk_menu")
    if not isinstance(closed, Closed):
        return Outcome(session, notice=(say("staff.gone"),))
    told = Name(str(len(closed.called_off)))
    more = (say("staff.called_off_so_many", n=told),) if closed.called_off else ()
    return Outcome(session, notice=(say("staff.closed"), *more))


def present(session: Session, value: str, desk: Desk) -> Outcome:
    """There again."""
    number, staff = slot_values.to_number(value), desk.staff()
    if number is None or staff is None:
        return Outcome(session, stale=True)
    opened = isinstance(staff.present(number), Absence)
    notice = say("staff.opened" if opened else "staff.gone")
    return Outcome(session.only("desk_menu").to("away"), notice=(notice,))


def _to(session: Session, desk: Desk, screen: str) -> Outcome:
    if desk.case_manager() is None:
        return Outcome(session, stale=True)
    return Outcome(session.only("desk_menu").to(screen))


def _with_day(session: Session, value: str, desk: Desk, screen: str) -> Outcome:
    if slot_values.to_day(value) is None or desk.case_manager() is None:
        return Outcome(session, stale=True)
    return Outcome(session.choosing(day=value).to(screen))
