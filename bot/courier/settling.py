"""What is kept of a call that was made: the row's end, and what now stands in the chat."""

import json
import logging
from dataclasses import dataclass

from bot.courier.channel import (
    ADDING,
    Call,
    EditMessage,
    Later,
    Locked,
    Missing,
    NewMessage,
    Refused,
    Sent,
    Unreachable,
    Unsure,
)
from bot.courier.retries import Away, Finding
from bot.logs import facts
from bot.storage import delivery, erasure, outbox, persons, sent_messages
from bot.storage.database import Tx
from bot.storage.delivery import Parcel
from bot.storage.outbox import SCREEN, Draft, Priority

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Errand:
    """A claimed row and its call: none for a row that is void, or what is known without a call.

    `failures` are those in a row, `arrived` is how many calls had arrived at the last of them.
    """

    parcel: Parcel
    call: Call | Refused | Unreachable | None
    failures: int = 0
    arrived: int = 0


def settle(tx: Tx, errand: Errand, found: Finding, now: int) -> None:
    """Keep what came of an errand, in the transaction that keeps its message id."""
    parcel = errand.parcel
    match found:
        case None:
            delivery.settle(tx, parcel.id, "expired", now)
        case Sent(message_id):
            delivery.settle(tx, parcel.id, "sent", now)
            if message_id is not None:
                _note(tx, errand, message_id, now)
        case Missing() if isinstance(errand.call, EditMessage):
            persons.forget_live_screen(tx, parcel.person_id)
            delivery.count_attempt(tx, parcel.id)
        case Missing():
            delivery.settle(tx, parcel.id, "sent", now)
        case Unreachable():
            persons.mark_unreachable(tx, parcel.person_id)
            delivery.fail_all_of(tx, parcel.person_id, now)
        case Refused():
            delivery.settle(tx, parcel.id, "failed", now)
        case Unsure():
            delivery.count_attempt(tx, parcel.id)
        case Later() | Away() | Locked():
            pass
    if parcel.leaving:
        erasure.forget_if_served(tx, parcel.person_id)


def report(errand: Errand, found: Finding) -> None:
    """Tell the operator of a message that nobody will get; once it is settled, and only once."""
    if isinstance(found, Refused):
        told = facts(kind=errand.parcel.kind, reason=found.reason)
        log.error("a message was refused", extra=told)


def _note(tx: Tx, errand: Errand, message_id: int, now: int) -> None:
    """Keep what now stands in the chat; a screen left behind loses its buttons, or all it says."""
    parcel, call = errand.parcel, errand.call
    is_screen = parcel.kind == SCREEN
    traceless = isinstance(call, NewMessage | EditMessage) and call.message.traceless
    persons.note_sent(tx, parcel.person_id, message_id, live=is_screen, traceless=traceless)
    if isinstance(call, ADDING):
        sent_messages.note(tx, parcel.person_id, message_id, now)
    left = parcel.live_message
    if is_screen and left is not None and left != message_id:
        draft = Draft(
            kind=sent_messages.farewell(
                tx, parcel.person_id, left, now, traceless=parcel.live_traceless
            ),
            content=json.dumps({"message": left}),
            dedupe_key=f"strip:{parcel.id}",
            priority=Priority.REMINDER,
            due_at=now,
            person_id=parcel.person_id,
        )
        outbox.put(tx, draft, now)
