"""Clients who wait for a free time, one row each, and of which time they were told.

Moments are UTC epoch seconds.
"""

from bot.domain.slots import Slot
from bot.domain.waiting_for import WaitingFor
from bot.storage.engine.database import Row, Tx

_WAITS = "told_start_at IS NULL AND ends_at > :now"


def begin(tx: Tx, person_id: int, waiting: WaitingFor, now: int) -> None:
    """Let a client wait; what they waited for before ends."""
    tx.write(
        "INSERT INTO waiting_list (person_id, target, asked_at, ends_at)"
        " VALUES (:person, :target, :now, :until)"
        " ON CONFLICT (person_id) DO UPDATE SET target = :target, asked_at = :now,"
        " ends_at = :until, told_case_manager_id = NULL, told_start_at = NULL",
        person=person_id,
        target=waiting.target,
        now=now,
        until=waiting.until,
    )


def end(tx: Tx, person_id: int) -> None:
    """Let a client wait no more."""
    tx.write("DELETE FROM waiting_list WHERE person_id = :id", id=person_id)


def of(tx: Tx, person_id: int, now: int) -> WaitingFor | None:
    """What a client waits for; None for who does not, or was told."""
    row = tx.one(
        f"SELECT * FROM waiting_list WHERE person_id = :id AND {_WAITS}",  # noqa: S608  (names of ours)
        id=person_id,
        now=now,
    )
    return None if row is None else _waiting(row)


def in_order(tx: Tx, now: int) -> dict[int, WaitingFor]:
    """Everybody who waits, by person id, who has waited longest first."""
    rows = tx.all(
        f"SELECT * FROM waiting_list WHERE {_WAITS} ORDER BY asked_at, person_id",  # noqa: S608  (names of ours)
        now=now,
    )
    return {int(row["person_id"]): _waiting(row) for row in rows}


def note_told(tx: Tx, person_id: int, slot: Slot, until: int) -> None:
    """They wait no more; until this moment nobody else is told of the same time."""
    tx.write(
        "UPDATE waiting_list SET told_case_manager_id = :staff, told_start_at = :start,"
        " ends_at = :until WHERE person_id = :id",
        staff=slot.case_manager_id,
        start=slot.start,
        until=until,
        id=person_id,
    )


def told_of(tx: Tx, now: int) -> set[tuple[str, int]]:
    """The times somebody was told of a short while ago: whose, and when they begin."""
    rows = tx.all(
        "SELECT told_case_manager_id AS whose, told_start_at AS start FROM waiting_list"
        " WHERE told_start_at IS NOT NULL AND ends_at > :now",
        now=now,
    )
    return {(row["whose"], int(row["start"])) for row in rows}


def forget_past(tx: Tx, before: int) -> None:
    """Forget whose waiting ended before a moment."""
    tx.write("DELETE FROM waiting_list WHERE ends_at < :before", before=before)


def _waiting(row: Row) -> WaitingFor:
    return WaitingFor(row["target"], int(row["ends_at"]))
