"""What a client answers who was asked about another time: one of those offered, or none."""

from bot.conversation import slot_values
from bot.conversation.outcome import Outcome
from bot.conversation.port import Port
from bot.conversation.session import Session
from bot.conversation.steps import choosing
from bot.conversation.steps.entry import call_instead
from bot.conversation.steps.own_appointments import answered, changed, no_longer, show_own, too_late
from bot.domain import lifecycle
from bot.domain.lifecycle import Act


def take(session: Session, value: str, port: Port) -> Outcome:
    """One of the times: hold it while the client reads; the old time stays until they confirm."""
    number, sequence, slot = (*value.split(".", 2), "", "")[:3]
    seen = slot_values.to_version(f"{number}.{sequence}")
    found = port.appointment(seen.id) if seen is not None else None
    if seen is None or found is None:
        return no_longer(session)
    if found.version != seen:
        return changed(session, found.id, port, "appointment")
    if lifecycle.refusal(Act.MOVE, found, port.now) is not None:
        return too_late(session, found)
    if refused := port.barred(found.id):
        return call_instead(session, refused.reason, port, found)
    moving = show_own(session, found, "appointment").session.choosing(
        moving=found.id,
        sequence=found.sequence,
        office_id=found.office_id,
        wishes=found.wishes,
    )
    return choosing.time(moving, slot, port)


def keep(session: Session, value: str, port: Port) -> Outcome:
    """The time they have."""
    return answered(session, value, port, port.keep_time, "time_asked.kept")
