"""The outbox: every message is a row first, and one row is one call.

Rows of one person go out in order of id. A person's open rows all carry the best priority among
them, so that an answer is not stuck behind a reminder of the same chat.
"""

from dataclasses import dataclass
from enum import IntEnum

from bot.storage.database import Row, Tx

SCREEN = "screen"


class Priority(IntEnum):
    """What goes first: the answer somebody waits for, then news, then reminders."""

    ANSWER = 0
    NOTICE = 1
    REMINDER = 2


@dataclass(frozen=True, slots=True)
class Draft:
    """A message to be written: for a person, or for whoever speaks for a case manager.

    `due_at` and `not_after` are UTC epoch seconds; `content` is JSON of its `kind`. The dedupe
    key makes a second row for the same thing impossible.
    """

    kind: str
    content: str
    dedupe_key: str
    priority: Priority
    due_at: int
    person_id: int | None = None
    case_manager_id: str | None = None
    appointment_id: int | None = None
    not_after: int | None = None


@dataclass(frozen=True, slots=True)
class Parcel:
    """A claimed row with what is known of its recipient at this moment."""

    id: int
    person_id: int
    chat_sealed: str
    language: str | None
    reachable: bool
    live_message: int | None
    last_message: int
    kind: str
    content: str
    appointment_id: int | None
    not_after: int | None
    attempts: int


def put(tx: Tx, draft: Draft, now: int) -> bool:
    """Write a message. False if its dedupe key is there already. A screen supersedes an older."""
    if draft.kind == SCREEN:
        _supersede_screens(tx, draft.person_id)
    written = tx.run(
        "INSERT INTO outbox (person_id, case_manager_id, kind, content, appointment_id, due_at,"
        " not_after, priority, state, dedupe_key)"
        " VALUES (:person, :staff, :kind, :content, :appointment, :due, :not_after, :priority,"
        " :state, :dedupe) ON CONFLICT (dedupe_key) DO NOTHING",
        person=draft.person_id,
        staff=draft.case_manager_id,
        kind=draft.kind,
        content=draft.content,
        appointment=draft.appointment_id,
        due=draft.due_at,
        not_after=draft.not_after,
        priority=int(draft.priority),
        state=_first_state(draft, now),
        dedupe=draft.dedupe_key,
    )
    if written and draft.priority is Priority.ANSWER:
        _hurry(tx, draft.person_id, Priority.ANSWER)
    return written == 1


def promote_due(tx: Tx, now: int) -> int:
    """Let rows whose time has come wait for the courier; how many.

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
    return sum(tx.run(f"{late} '{state}'", now=now) for state in ("waiting", "homeless"))


def release_abandoned(tx: Tx) -> int:
    """Let rows wait again that were being sent when the last process ended; how many."""
    return tx.run("UPDATE outbox SET state = 'waiting' WHERE state = 'sending'")


def claim(tx: Tx, limit: int) -> list[Parcel]:
    """Take the first row of each of the most urgent recipients nothing is being sent to."""
    rows = tx.all(
        "SELECT o.id FROM outbox o WHERE o.state = 'waiting' AND NOT EXISTS ("
        "SELECT 1 FROM outbox e WHERE e.person_id = o.person_id"
        " AND e.state IN ('waiting', 'sending') AND (e.state = 'sending' OR e.id < o.id))"
        " ORDER BY o.priority, o.id LIMIT :limit",
        limit=limit,
    )
    return [taken for row in rows if (taken := _take(tx, row["id"])) is not None]


def take_again(tx: Tx, row_id: int) -> Parcel | None:
    """The same row once more, for another attempt; None if it was closed in the meantime."""
    row = tx.one("SELECT state FROM outbox WHERE id = :id", id=row_id)
    return _take(tx, row_id) if row is not None and row["state"] == "sending" else None


def settle(tx: Tx, row_id: int, state: str, now: int) -> None:
    """Close a row as sent, expired or failed. What is of no appointment is simply gone."""
    tx.run(
        "UPDATE outbox SET state = :state, settled_at = :now WHERE id = :id"
        " AND (appointment_id IS NOT NULL OR :state = 'failed')",
        state=state,
        now=now,
        id=row_id,
    )
    tx.run("DELETE FROM outbox WHERE id = :id AND state = 'sending'", id=row_id)


def count_attempt(tx: Tx, row_id: int) -> None:
    """Keep that a call was made and did not settle the row."""
    tx.run("UPDATE outbox SET attempts = attempts + 1 WHERE id = :id", id=row_id)


def fail_all_of(tx: Tx, person_id: int, now: int) -> int:
    """Close everything open to a person who cannot be reached; how many.

    What is for a case manager is kept until a chat of theirs can be reached again.
    """
    kept = tx.run(
        "UPDATE outbox SET state = 'homeless', person_id = NULL"
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


def drop_planned(tx: Tx, appointment_id: int) -> int:
    """Forget the reminders of an appointment that was moved or cancelled; how many."""
    return tx.run(
        "DELETE FROM outbox WHERE appointment_id = :id AND kind = 'reminder'"
        " AND state IN ('planned', 'waiting')",
        id=appointment_id,
    )


def address_homeless(tx: Tx, case_manager_id: str, person_id: int) -> int:
    """Deliver what was kept for a case manager until a chat was tied; how many."""
    return tx.run(
        "UPDATE outbox SET person_id = :person, state = 'waiting'"
        " WHERE case_manager_id = :staff AND state = 'homeless'",
        person=person_id,
        staff=case_manager_id,
    )


def forget_settled(tx: Tx, before: int) -> int:
    """Drop rows closed before `before`; how many."""
    return tx.run("DELETE FROM outbox WHERE settled_at < :before", before=before)


def _first_state(draft: Draft, now: int) -> str:
    if draft.person_id is None:
        return "homeless"
    return "planned" if draft.due_at > now else "waiting"


def _supersede_screens(tx: Tx, person_id: int | None) -> None:
    tx.run(
        "DELETE FROM outbox WHERE person_id = :person AND kind = 'screen' AND state = 'waiting'",
        person=person_id,
    )


def _hurry(tx: Tx, person_id: int | None, priority: Priority) -> None:
    tx.run(
        "UPDATE outbox SET priority = :priority WHERE person_id = :person AND state = 'waiting'"
        " AND priority > :priority",
        priority=int(priority),
        person=person_id,
    )


def _take(tx: Tx, row_id: int) -> Parcel | None:
    taken = tx.run(
        "UPDATE outbox SET state = 'sending' WHERE id = :id AND state IN ('waiting', 'sending')",
        id=row_id,
    )
    if not taken:  # superseded or closed by another transaction since it was found
        return None
    row = tx.one(
        "SELECT o.id, o.person_id, p.chat_sealed, p.language, p.reachable, p.live_message,"
        " p.last_message, o.kind, o.content, o.appointment_id, o.not_after, o.attempts"
        " FROM outbox o JOIN persons p ON p.id = o.person_id WHERE o.id = :id",
        id=row_id,
    )
    assert row is not None
    return _parcel(row)


def _parcel(row: Row) -> Parcel:
    return Parcel(
        id=row["id"],
        person_id=row["person_id"],
        chat_sealed=row["chat_sealed"],
        language=row["language"],
        reachable=bool(row["reachable"]),
        live_message=row["live_message"],
        last_message=row["last_message"],
        kind=row["kind"],
        content=row["content"],
        appointment_id=row["appointment_id"],
        not_after=row["not_after"],
        attempts=row["attempts"],
    )
