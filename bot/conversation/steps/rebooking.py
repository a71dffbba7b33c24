"""Another time instead of one the office called off: the wishes are kept."""

from bot.conversation import slot_values
from bot.conversation.outcome import Outcome
from bot.conversation.port import Port
from bot.conversation.session import Session
from bot.conversation.steps import choosing
from bot.conversation.steps.entry import call_instead, has_agreed
from bot.conversation.steps.own_appointments import no_longer, show_own
from bot.domain import bounds
from bot.domain.appointment import Appointment


def rebook(session: Session, value: str, port: Port) -> Outcome:
    """One of the times that were offered: hold it while the client reads the summary."""
    number, _, slot = value.partition(".")
    return _anew(session, number, port, slot)


def rebook_later(session: Session, value: str, port: Port) -> Outcome:
    """None of them: the days of the same office."""
    return _anew(session, value, port, None)


def _anew(session: Session, value: str, port: Port, slot: str | None) -> Outcome:
    number = bounds.number(value)
    found = port.called_off(number) if number is not None else None
    if found is None:
        return no_longer(session)
    if not has_agreed(session, port):
        return Outcome(session.only("notice"))
    if taken := _taken_already(slot, port):
        return show_own(session, taken, "appointment")
    if refused := port.barred(None):
        return call_instead(session, refused.reason, port, found)
    session = session.only("menu").choosing(office_id=found.office_id, wishes=found.wishes)
    if slot is None:
        return Outcome(session.to("days"))
    return choosing.time(session, slot, port)


def _taken_already(slot: str | None, port: Port) -> Appointment | None:
    """Their appointment at this very slot, where they press again on what they have taken."""
    wanted = None if slot is None else slot_values.to_slot(slot)
    own = port.coming_appointments() if wanted else ()
    return next((each for each in own if (each.case_manager_id, each.start) == wanted), None)
