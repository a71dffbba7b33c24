"""What is kept of a call that was made: the row's end, and what now stands in the chat."""

import json
import logging
from dataclasses import dataclass

from bot.courier.channel import (
    Call,
    EditMessage,
    Later,
    Locked,
    Missing,
    Refused,
    Sent,
    Unreachable,
    Unsure,
)
from bot.courier.retries import Away, Finding
from bot.storage import outbox, persons
from bot.storage.database import Tx
from bot.storage.outbox import SCREEN, Draft, Parcel, Priority

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
            outbox.settle(tx, parcel.id, "expired", now)
        case Sent(message_id):
            outbox.settle(tx, parcel.id, "sent", now)
            if message_id is not None:
                _note(tx, parcel, message_id, now)
        case Missing() if isinstance(errand.call, EditMessage):
            persons.forget_live_screen(tx, parcel.person_id)
            outbox.count_attempt(tx, parcel.id)
        case Missing():
            outbox.settle(tx, parcel.id, "sent", now)
        case Unreachable():
            persons.mark_unreachable(tx, parcel.person_id)
            outbox.fail_all_of(tx, parcel.person_id, now)
        case Refused(reason):
            log.error("outbox row of kind %s refused: %s", parcel.kind, reason)
            outbox.settle(tx, parcel.id, "failed", now)
        case Unsure():
            outbox.count_attempt(tx, parcel.id)
        case Later() | Away() | Locked():
            pass


def _note(tx: Tx, parcel: Parcel, message_id: int, now: int) -> None:
    """Keep what now stands in the chat; a screen left behind loses its buttons."""
    is_screen = parcel.kind == SCREEN
    persons.note_sent(tx, parcel.person_id, message_id, live=is_screen)
    if is_screen and parcel.live_message not in (None, message_id):
        draft = Draft(
            kind="strip",
            content=json.dumps({"message": parcel.live_message}),
            dedupe_key=f"strip:{parcel.id}",
            priority=Priority.REMINDER,
            due_at=now,
            person_id=parcel.person_id,
        )
        outbox.put(tx, draft, now)
