"""The outbox: every message is a row first, and one row is one call, or one mail.

Rows of one person go out in order of id, and so do the mails to one mailbox; only what was put off,
as the chat was not found, is overtaken. A person's open rows all carry the best priority among
them, so that an answer is not stuck behind a reminder of the same chat; what only tidies the chat
comes after all of them. Whatever changes a row stands here; moments are UTC epoch seconds.
"""

from collections.abc import Callable, Collection, Iterable

from bot.messages.payloads import Kind
from bot.storage.engine.database import Tx, Value
from bot.storage.queues.outbox_row import CHAT, COLUMNS, OutboxRow, Priority
from bot.storage.queues.outbox_states import (
    OPEN,
    OPEN_OF_PERSON,
    OPEN_OR_PUT_OFF,
    SENDING,
    UNSENT,
    UNSENT_OF_PERSON,
    UNSENT_OR_PUT_OFF,
    UNSETTLED,
    WAITING_OF_PERSON,
)

TO_NOBODY_YET = "state = 'unaddressed', person_id = NULL"
SCREEN, REMINDER = Kind.SCREEN.value, Kind.REMINDER.value
HURRIED = f"priority = {Priority.ANSWER:d}"
SLOWER = f"priority IN ({Priority.NOTICE:d}, {Priority.REMINDER:d})"
FOR_STAFF = (Kind.NOTICE.value, Kind.DIGEST.value, Kind.SLIP.value)
MOST_PUT_OFF_SECONDS = 600
AT_ONCE = 500
"""So many rows become due, or too late, in one transaction; the next is a second away."""

INSERT = (
    f"INSERT INTO outbox ({', '.join(COLUMNS)}) VALUES ({', '.join(f':{c}' for c in COLUMNS)})"  # noqa: S608  (names of ours)
    " ON CONFLICT (dedupe_key) DO NOTHING RETURNING id"
)
NEVER_TAKEN = 0


def put(tx: Tx, new: OutboxRow, now: int) -> Callable[[], bool]:
    """Write a message, unless its dedupe key is there already. A screen supersedes an older.

    Who must know whether it was written calls what is returned.
    """
    if new.kind is Kind.SCREEN:
        older = {"person": new.person_id, "kind": SCREEN, "soon": now + MOST_PUT_OFF_SECONDS}
        _drop(tx, f"{UNSENT_OR_PUT_OFF} AND kind = :kind", **older)
    written = tx.ask(INSERT, **new.values(new.first_state(now), NEVER_TAKEN))
    if new.priority is Priority.ANSWER:
        _change(tx, HURRIED, f"{WAITING_OF_PERSON} AND {SLOWER}", person=new.person_id)
    return lambda: bool(written())


def put_taken(tx: Tx, new: OutboxRow, term: int) -> Callable[[], int | None]:
    """Write a message that the sender of this term takes with it, unless its key is there.

    What is returned tells its number. Nothing else is open for its person but what was taken along
    with it.
    """
    written = tx.ask(INSERT, **new.values("sending", term))
    return lambda: next((int(row["id"]) for row in written()), None)


def drop_unsent(tx: Tx, appointment_id: int, kind: Kind) -> None:
    """Forget what of a kind is still to be sent about an appointment."""
    unsent = "appointment_id = :about AND kind = :kind AND state IN ('planned', 'waiting')"
    _drop(tx, unsent, about=appointment_id, kind=kind.value)


def take_back(tx: Tx, row_id: int) -> bool:
    """Drop a message that nobody has got; whether it was so."""
    return _dropped(tx, f"id = :id AND {UNSENT}", id=row_id) == 1


def address_unaddressed(tx: Tx, case_manager_id: str, person_id: int) -> None:
    """Deliver what was kept for a case manager until a chat was tied."""
    kept = "case_manager_id = :staff AND state = 'unaddressed'"
    change = "person_id = :person, state = 'waiting'"
    _change(tx, change, kept, person=person_id, staff=case_manager_id)


def leave_to_the_next_chat(tx: Tx, person_id: int) -> None:
    """Keep what waits for a case manager until another chat is tied; drop a front desk's."""
    own = f"{UNSENT_OF_PERSON} AND case_manager_id IS NOT NULL"
    _change(tx, TO_NOBODY_YET, own, person=person_id)
    for kind in FOR_STAFF:
        _drop(tx, f"{UNSENT_OF_PERSON} AND kind = :kind", person=person_id, kind=kind)


def promote_due(tx: Tx, now: int) -> None:
    """Let rows whose time has come wait for the sender, at most `AT_ONCE`.

    One of somebody who waits for an answer goes with the answer, not behind everybody's reminders.
    """
    planned = "SELECT id FROM outbox WHERE state = 'planned' AND due_at <= :now ORDER BY due_at"
    _change(tx, "state = 'waiting'", f"id IN ({planned} LIMIT {AT_ONCE})", now=now)
    answered = f"SELECT person_id FROM outbox WHERE state = 'waiting' AND {HURRIED}"  # noqa: S608  (names of ours)
    _change(tx, HURRIED, f"state = 'waiting' AND {SLOWER} AND person_id IN ({answered})")


def expire(tx: Tx, now: int) -> None:
    """Close rows it has become too late for, at most twice `AT_ONCE`."""
    late = "SELECT id FROM outbox WHERE not_after < :now AND state = "
    for state in ("'waiting'", "'unaddressed'"):  # state by state: each has an index of its own
        _close(tx, "expired", f"id IN ({late}{state} LIMIT {AT_ONCE})", now)


def expire_past(tx: Tx, now: int, before: int) -> None:
    """Close the reminders that are due, and all else that was due before an earlier moment."""
    states = "state IN ('planned', 'unaddressed', 'waiting', 'sending')"
    _close(tx, "expired", f"{states} AND kind = :kind AND due_at <= :now", now, kind=REMINDER)
    _close(tx, "expired", f"{states} AND due_at < :before", now, before=before)


def take(tx: Tx, row_ids: Iterable[int], term: int) -> set[int]:
    """Those that are ours now; none that another transaction has closed since it was found."""
    taken = (
        "UPDATE outbox SET state = 'sending', term = :term"
        " WHERE id = :id AND state = 'waiting' RETURNING id"
    )
    asked = [tx.ask(taken, id=row_id, term=term) for row_id in row_ids]
    return {row["id"] for each in asked for row in each()}


def put_back(tx: Tx, row_id: int, term: int, *, counted: bool) -> None:
    """Let a row of this term wait again, the same one; `counted` if it may have arrived."""
    ours = "id = :id AND state = 'sending' AND term = :term"
    change = "state = 'waiting', attempts = attempts + :more"
    _change(tx, change, ours, id=row_id, term=term, more=int(counted))


def put_off(tx: Tx, row_id: int, term: int, due_at: int) -> None:
    """Plan another attempt of a row of this term, `MOST_PUT_OFF_SECONDS` away at most.

    What else is for the person need not wait for it. A screen that a newer one follows is dropped.
    """
    ours = "id = :id AND state = 'sending' AND term = :term"
    newer = f"SELECT 1 FROM outbox n WHERE n.person_id = outbox.person_id AND n.{UNSETTLED}"  # noqa: S608  (names of ours)
    followed = f"EXISTS ({newer} AND n.state <> 'planned' AND n.kind = :kind AND n.id > outbox.id)"
    if not _dropped(
        tx, f"{ours} AND kind = :kind AND {followed}", id=row_id, term=term, kind=SCREEN
    ):
        change = "state = 'planned', due_at = :due, attempts = attempts + 1"
        _change(tx, change, ours, id=row_id, term=term, due=due_at)


def release_abandoned(tx: Tx, term: int, channel: str = CHAT) -> None:
    """Let rows wait again that were being sent when an earlier term ended."""
    abandoned = f"{SENDING} AND term < :term AND channel = :channel"
    _change(tx, "state = 'waiting'", abandoned, term=term, channel=channel)


def release_all_but(tx: Tx, term: int, in_hand: Collection[int], channel: str = CHAT) -> None:
    """Let rows of this term wait again that nobody has `in_hand`."""
    ours = f"SELECT id FROM outbox WHERE {SENDING} AND term = :term AND channel = :channel"  # noqa: S608  (names of ours)
    found = {row["id"] for row in tx.all(ours, term=term, channel=channel)}
    for row_id in sorted(found - set(in_hand)):
        _change(tx, "state = 'waiting'", "id = :id AND state = 'sending'", id=row_id)


def settle(tx: Tx, row_id: int, state: str, now: int) -> None:
    """Close a row as sent, expired or failed. What is of no appointment is simply gone.

    One that was given up while it was on its way has arrived all the same.
    """
    if state != "failed":
        _drop(tx, "id = :id AND state = 'sending' AND appointment_id IS NULL", id=row_id)
    kept = "id = :id AND (appointment_id IS NOT NULL OR :state = 'failed')"
    open_still = f"({OPEN} OR (:state = 'sent' AND state <> 'planned'))"
    _close(tx, state, f"{kept} AND {open_still}", now, id=row_id)


def keep_entry(tx: Tx, row_id: int, entry: str | None, address_sealed: str | None) -> None:
    """Keep what a mail did to the calendar at an address, now that it may have arrived there."""
    change = "entry = :entry, address_sealed = :address"
    _change(tx, change, "id = :id", id=row_id, entry=entry, address=address_sealed)


def count_attempt(tx: Tx, row_id: int) -> None:
    """Keep that a call was made and did not settle the row."""
    _change(tx, "attempts = attempts + 1", "id = :id", id=row_id)


def fail_all_of(tx: Tx, person_id: int, now: int) -> None:
    """Close everything open to a person who cannot be reached.

    What is for a case manager is kept until a chat of theirs can be reached again.
    """
    own = f"{OPEN_OF_PERSON} AND case_manager_id IS NOT NULL"
    _change(tx, TO_NOBODY_YET, own, person=person_id)
    _close(tx, "failed", OPEN_OF_PERSON, now, person=person_id)


def has_open(tx: Tx, person_id: int, now: int) -> bool:
    """Whether anything is to be sent to a person now, or in the minutes it was put off for."""
    rows = f"SELECT 1 AS x FROM outbox WHERE {OPEN_OR_PUT_OFF} LIMIT 1"  # noqa: S608  (names of ours)
    return tx.one(rows, person=person_id, soon=now + MOST_PUT_OFF_SECONDS) is not None


def forget_all_of(tx: Tx, person_id: int) -> None:
    """Drop every message to a person."""
    _drop(tx, "person_id = :person", person=person_id)


def forget_untaken_of(tx: Tx, person_id: int) -> None:
    """Drop every message to a person but the one that is on its way."""
    _drop(tx, "person_id = :person AND state <> 'sending'", person=person_id)


def forget_kept_for(tx: Tx, case_manager_id: str) -> None:
    """Drop what waits for the next chat of a case manager who will have none."""
    _drop(tx, "case_manager_id = :staff AND state = 'unaddressed'", staff=case_manager_id)


def forget_closed_about(tx: Tx, appointment_id: int) -> None:
    """Drop what is over or to remind of an appointment, not what is still to be told of it."""
    over = f"NOT ({OPEN}) AND state <> 'unaddressed' AND (state <> 'planned' OR kind = :kind)"
    _drop(tx, f"appointment_id = :about AND {over}", about=appointment_id, kind=REMINDER)


def detach(tx: Tx, appointment_id: int) -> None:
    """Let what is still to be told of an appointment keep its facts, and be gone once sent."""
    _change(tx, "appointment_id = NULL", "appointment_id = :about", about=appointment_id)


def forget_settled(tx: Tx, before: int, most: int) -> int:
    """Drop at most so much of what was settled before a moment; how many.

    What tells of an appointment stays with it, and goes with it.
    """
    due = "SELECT id FROM outbox WHERE settled_at < :before AND appointment_id IS NULL LIMIT :most"
    return _dropped(tx, f"id IN ({due})", before=before, most=most)


def _close(tx: Tx, state: str, where: str, now: int, **values: Value) -> None:
    _change(tx, "state = :state, settled_at = :now", where, state=state, now=now, **values)


def _change(tx: Tx, change: str, where: str, **values: Value) -> None:
    tx.write(f"UPDATE outbox SET {change} WHERE {where}", **values)  # noqa: S608  (names of ours)


def _drop(tx: Tx, where: str, **values: Value) -> None:
    tx.write(f"DELETE FROM outbox WHERE {where}", **values)  # noqa: S608  (names of ours)


def _dropped(tx: Tx, where: str, **values: Value) -> int:
    return tx.run(f"DELETE FROM outbox WHERE {where}", **values)  # noqa: S608  (names of ours)
