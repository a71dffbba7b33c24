"""What is kept of a call that was made: the row's end, and what now stands in the chat."""

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
    Rejected,
    RewriteMessage,
    Sent,
    Unfound,
    Unreachable,
    Unsure,
)
from bot.delivery.retries import Away, Finding
from bot.messages.payloads import Kind
from bot.observability.logs import fields
from bot.services import chat_clearing, outgoing
from bot.services.unit import Unit
from bot.storage.queues import outbox
from bot.storage.queues.claimed_messages import ClaimedMessage
from bot.storage.records import chats, sent_messages
from bot.storage.upkeep import erasure

log = logging.getLogger(__name__)

ABOUT_A_TIME = frozenset(
    (
        *(Kind.CONFIRMATION, Kind.NEW_TIME, Kind.HANDED_OVER),
        *(Kind.POSSIBLE_AGAIN, Kind.REMINDER, Kind.TIME_ASKED),
    )
)
"""What stays in a client's chat and is marked when the time it speaks of holds no more."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """A claimed row and its call: none for a row that is void, or what is known without a call.

    `failures` are those in a row.
    """

    claimed: ClaimedMessage
    call: Call | Rejected | Unreachable | None
    failures: int = 0


Made = tuple[Attempt, Finding]
"""A call that was made, and what came of it."""


def settle(unit: Unit, attempt: Attempt, found: Finding) -> None:
    """Keep what came of an attempt, in the transaction that keeps its message id."""
    tx, now, claimed = unit.tx, unit.now, attempt.claimed
    match found:
        case None:
            outbox.settle(tx, claimed.id, "expired", now)
        case Sent(message_id):
            outbox.settle(tx, claimed.id, "sent", now)
            if (shown := message_id or _changed(attempt.call)) is not None:
                _note(unit, attempt, shown)
        case Missing() if isinstance(attempt.call, EditMessage):
            chats.forget_live_screen(tx, claimed.person_id)
            outbox.count_attempt(tx, claimed.id)
        case Missing():
            outbox.settle(tx, claimed.id, "sent", now)
        case Unreachable():
            chats.mark_unreachable(tx, claimed.person_id)
            outbox.fail_all_of(tx, claimed.person_id, now)
        case Rejected():
            outbox.settle(tx, claimed.id, "failed", now)
        case Unsure():
            outbox.count_attempt(tx, claimed.id)
        case Later() | Away() | Locked() | Unfound():
            pass
    if claimed.leaving:
        erasure.forget_if_served(tx, claimed.person_id, now)


def report(attempt: Attempt, found: Finding) -> None:
    """Tell the operator of a message that nobody will get; once it is settled, and only once."""
    if isinstance(found, Rejected):
        told = fields(kind=attempt.claimed.kind, reason=found.reason)
        log.error("a message was refused", extra=told)


def _changed(call: Call | Rejected | Unreachable | None) -> int | None:
    """The message that says what it should, also where it did so before the call."""
    return call.message_id if isinstance(call, EditMessage | RewriteMessage) else None


def _note(unit: Unit, attempt: Attempt, message_id: int) -> None:
    """Keep what now stands in the chat; a screen left behind loses its buttons, or all it says."""
    tx, claimed, call = unit.tx, attempt.claimed, attempt.call
    is_screen = claimed.kind == Kind.SCREEN
    if claimed.kind in ABOUT_A_TIME:
        sent_messages.note_about(
            tx, claimed.person_id, message_id, claimed.appointment_id, unit.now
        )
    traceless = isinstance(call, NewMessage | EditMessage) and call.message.traceless
    chats.note_sent(tx, claimed.person_id, message_id, live=is_screen, traceless=traceless)
    if isinstance(call, ADDING):
        sent_messages.note(tx, claimed.person_id, message_id, unit.now)
    left = claimed.live_message
    if is_screen and left is not None and left != message_id:
        person_id, traceless = claimed.person_id, claimed.live_traceless
        ended = chat_clearing.farewell(unit, person_id, left, traceless=traceless)
        outgoing.tidy_up(unit, person_id, f"strip:{claimed.id}", ended)
