"""The outbox as the sender sees it: rows fall due, are claimed, and are settled."""

from collections.abc import Collection
from dataclasses import dataclass

from bot.storage.engine.database import Row, Tx
from bot.storage.queues.outbox import CHAT, Priority
from bot.storage.records import key_values

TERM = "courier_term"
CLAIMED = (
    "SELECT o.id, o.person_id, p.chat_sealed, p.language, p.reachable, p.live_message,"
    " p.last_message, p.live_traceless, p.reminder_details, p.left_at,"
    " o.kind, o.content, o.appointment_id, o.not_after, o.attempts"
    " FROM outbox o JOIN persons p ON p.id = o.person_id"
)


@dataclass(frozen=True, slots=True)
class ClaimedMessage:
    """A claimed row with what is known of its recipient at this moment."""

    id: int
    person_id: int
    chat_sealed: str
    language: str | None
    reachable: bool
    live_message: int | None
    last_message: int
    live_traceless: bool
    reminder_details: bool
    leaving: bool
    kind: str
    content: str
    appointment_id: int | None
    not_after: int | None
    attempts: int


def promote_due(tx: Tx, now: int) -> int:
    """Let rows whose time has come wait for the sender; how many.

    One of somebody who waits for an answer goes with the answer, not behind everybody's reminders.
    """
    due = tx.run(
        "UPDATE outbox SET state = 'waiting' WHERE state = 'planned' AND due_at <= :now", now=now
    )
    tx.run(
        "UPDATE outbox SET priority = :answer WHERE state = 'waiting' AND priority > :answer"
        " AND person_id IN (SELECT person_id FROM outbox"
        " WHERE state = 'waiting' AND priority = :answer)",
        answer=int(Priority.ANSWER),
    )
    return due


def expire(tx: Tx, now: int) -> int:
    """Close rows it has become too late for; how many."""
    late = (
        "UPDATE outbox SET state = 'expired', settled_at = :now WHERE not_after < :now AND state ="
    )
    # Each state by its own index: planned rows, of which there may be a million, are never read.
    return sum(tx.run(f"{late} '{state}'", now=now) for state in ("waiting", "unaddressed"))


def begin_term(tx: Tx, name: str = TERM) -> int:
    """Number the time in which one sender delivers; a sender of an earlier term claims no more.

    So two processes never send to one chat at once, not even while one of them has not yet
    noticed that it has lost the right to. The mail sender's terms go by another name.
    """
    term = int(key_values.get(tx, name) or 0) + 1
    key_values.put(tx, name, str(term))
    return term


def release_abandoned(tx: Tx, term: int, channel: str = CHAT) -> int:
    """Let rows wait again that were being sent when an earlier term ended; how many."""
    # The first condition is the index's own: planned rows are never read.
    return tx.run(
        "UPDATE outbox SET state = 'waiting' WHERE state IN ('waiting', 'sending')"
        " AND state = 'sending' AND term < :term AND channel = :channel",
        term=term,
        channel=channel,
    )


def release_all_but(tx: Tx, term: int, in_hand: Collection[int], channel: str = CHAT) -> int:
    """Let rows of this term wait again that nobody has `in_hand`; how many."""
    rows = tx.all(
        "SELECT id FROM outbox WHERE state IN ('waiting', 'sending') AND state = 'sending'"
        " AND term = :term AND channel = :channel",
        term=term,
        channel=channel,
    )
    lost = [row["id"] for row in rows if row["id"] not in in_hand]
    release = "UPDATE outbox SET state = 'waiting' WHERE id = :id AND state = 'sending'"
    return sum(tx.run(release, id=row_id) for row_id in lost)


def claim(tx: Tx, term: int, limit: int) -> list[ClaimedMessage]:
    """Take the first row of each of the most urgent recipients nothing is being sent to."""
    if key_values.get(tx, TERM) != str(term):
        return []
    rows = tx.all(
        f"{CLAIMED} WHERE o.state = 'waiting' AND NOT EXISTS ("  # noqa: S608
        "SELECT 1 FROM outbox e WHERE e.person_id = o.person_id"
        " AND e.state IN ('waiting', 'sending') AND (e.state = 'sending' OR e.id < o.id))"
        " ORDER BY o.priority, o.id LIMIT :limit",
        limit=limit,
    )
    return [_claimed(row) for row in rows if take(tx, row["id"], term)]


def take_again(tx: Tx, row_id: int, term: int) -> ClaimedMessage | None:
    """The same row once more, for another attempt; None if it was closed in the meantime."""
    ours = tx.run(
        "UPDATE outbox SET state = 'sending' WHERE id = :id AND state = 'sending' AND term = :term",
        id=row_id,
        term=term,
    )
    row = tx.one(f"{CLAIMED} WHERE o.id = :id", id=row_id) if ours else None
    return None if row is None else _claimed(row)


def settle(tx: Tx, row_id: int, state: str, now: int) -> None:
    """Close a row as sent, expired or failed. What is of no appointment is simply gone."""
    done_with = state != "failed" and tx.run(
        "DELETE FROM outbox WHERE id = :id AND state = 'sending' AND appointment_id IS NULL",
        id=row_id,
    )
    if not done_with:
        tx.run(
            "UPDATE outbox SET state = :state, settled_at = :now WHERE id = :id"
            " AND (appointment_id IS NOT NULL OR :state = 'failed')",
            state=state,
            now=now,
            id=row_id,
        )


def count_attempt(tx: Tx, row_id: int) -> None:
    """Keep that a call was made and did not settle the row."""
    tx.run("UPDATE outbox SET attempts = attempts + 1 WHERE id = :id", id=row_id)


def fail_all_of(tx: Tx, person_id: int, now: int) -> int:
    """Close everything open to a person who cannot be reached; how many.

    What is for a case manager is kept until a chat of theirs can be reached again.
    """
    kept = tx.run(
        "UPDATE outbox SET state = 'unaddressed', person_id = NULL"
        " WHERE person_id = :person AND state IN ('waiting', 'sending')"
        " AND case_manager_id IS NOT NULL",
        person=person_id,
    )
    return kept + tx.run(
        "UPDATE outbox SET state = 'failed', settled_at = :now"
        " WHERE person_id = :person AND state IN ('waiting', 'sending')",
        person=person_id,
        now=now,
    )


def take(tx: Tx, row_id: int, term: int) -> bool:
    """Whether it is ours now; not if another transaction has closed it since it was found."""
    taken = tx.run(
        "UPDATE outbox SET state = 'sending', term = :term WHERE id = :id AND state = 'waiting'",
        id=row_id,
        term=term,
    )
    return taken == 1


def _claimed(row: Row) -> ClaimedMessage:
    return ClaimedMessage(
        id=row["id"],
        person_id=row["person_id"],
        chat_sealed=row["chat_sealed"],
        language=row["language"],
        reachable=bool(row["reachable"]),
        live_message=row["live_message"],
        last_message=row["last_message"],
        live_traceless=bool(row["live_traceless"]),
        reminder_details=bool(row["reminder_details"]),
        leaving=row["left_at"] is not None,
        kind=row["kind"],
        content=row["content"],
        appointment_id=row["appointment_id"],
        not_after=row["not_after"],
        attempts=row["attempts"],
    )
