"""What is kept of a call that was made: the row's end, and what now stands in the chat."""

import json
import logging
from dataclasses import dataclass

from bot.delivery.channel import (
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
from bot.delivery.retries import Away, Finding
from bot.observability.logs import fields
from bot.storage.engine.database import Tx
from bot.storage.queues import claimed_messages, outbox
from bot.storage.queues.claimed_messages import ClaimedMessage
from bot.storage.queues.outbox import SCREEN, Draft, Priority
from bot.storage.records import persons, sent_messages
from bot.storage.upkeep import erasure

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Attempt:
    """A claimed row and its call: none for a row that is void, or what is known without a call.

    `failures` are those in a row, `arrived` is how many calls had arrived at the last of them.
    """

    claimed: ClaimedMessage
    call: Call | Refused | Unreachable | None
    failures: int = 0
    arrived: int = 0


def settle(tx: Tx, attempt: Attempt, found: Finding, now: int) -> None:
    """Keep what came of an attempt, in the transaction that keeps its message id."""
    claimed = attempt.claimed
    match found:
        case None:
            claimed_messages.settle(tx, claimed.id, "expired", now)
        case Sent(message_id):
            claimed_messages.settle(tx, claimed.id, "sent", now)
            if message_id is not None:
                _note(tx, attempt, message_id, now)
        case Missing() if isinstance(attempt.call, EditMessage):
            persons.forget_live_screen(tx, claimed.person_id)
            claimed_messages.count_attempt(tx, claimed.id)
        case Missing():
            claimed_messages.settle(tx, claimed.id, "sent", now)
        case Unreachable():
            persons.mark_unreachable(tx, claimed.person_id)
            claimed_messages.fail_all_of(tx, claimed.person_id, now)
        case Refused():
            claimed_messages.settle(tx, claimed.id, "failed", now)
        case Unsure():
            claimed_messages.count_attempt(tx, claimed.id)
        case Later() | Away() | Locked():
            pass
    if claimed.leaving:
        erasure.forget_if_served(tx, claimed.person_id)


def report(attempt: Attempt, found: Finding) -> None:
    """Tell the operator of a message that nobody will get; once it is settled, and only once."""
    if isinstance(found, Refused):
        told = fields(kind=attempt.claimed.kind, reason=found.reason)
        log.error("a message was refused", extra=told)


def _note(tx: Tx, attempt: Attempt, message_id: int, now: int) -> None:
    """Keep what now stands in the chat; a screen left behind loses its buttons, or all it says."""
    claimed, call = attempt.claimed, attempt.call
    is_screen = claimed.kind == SCREEN
    traceless = isinstance(call, NewMessage | EditMessage) and call.message.traceless
    persons.note_sent(tx, claimed.person_id, message_id, live=is_screen, traceless=traceless)
    if isinstance(call, ADDING):
        sent_messages.note(tx, claimed.person_id, message_id, now)
    left = claimed.live_message
    if is_screen and left is not None and left != message_id:
        draft = Draft(
            kind=sent_messages.farewell(
                tx, claimed.person_id, left, now, traceless=claimed.live_traceless
            ),
            content=json.dumps({"message": left}),
            dedupe_key=f"strip:{claimed.id}",
            priority=Priority.REMINDER,
            due_at=now,
            person_id=claimed.person_id,
        )
        outbox.put(tx, draft, now)
