"""When case managers cannot be booked, a row for each stretch."""

from bot.domain.absence import Absence
from bot.storage.engine.database import Row, Tx


def add(tx: Tx, case_manager_id: str, start: int, end: int) -> Absence:
    """Keep a stretch of UTC epoch seconds; the case manager's row must be taken before."""
    row = tx.one(
        "INSERT INTO absences (case_manager_id, start_at, end_at)"
        " VALUES (:person, :start, :end) RETURNING *",
        person=case_manager_id,
        start=start,
        end=end,
    )
    assert row is not None
    return _absence(row)


def by_id(tx: Tx, absence_id: int) -> Absence | None:
    """The absence, or None."""
    row = tx.one("SELECT * FROM absences WHERE id = :id", id=absence_id)
    return None if row is None else _absence(row)


def coming(tx: Tx, case_manager_id: str, now: int) -> list[Absence]:
    """What is not over yet, in order."""
    rows = tx.all(
        "SELECT * FROM absences WHERE case_manager_id = :person AND end_at > :now"
        " ORDER BY start_at, id",
        person=case_manager_id,
        now=now,
    )
    return [_absence(row) for row in rows]


def away(tx: Tx, now: int) -> frozenset[str]:
    """The case managers who are not there at this moment, or no more."""
    rows = tx.all(
        "SELECT case_manager_id FROM absences WHERE start_at <= :now AND end_at > :now"
        " UNION SELECT id FROM departures WHERE leaves_at <= :now",
        now=now,
    )
    return frozenset(row["case_manager_id"] for row in rows)


def drop(tx: Tx, absence_id: int) -> None:
    """Let the case manager be booked again."""
    tx.write("DELETE FROM absences WHERE id = :id", id=absence_id)


def drop_from(tx: Tx, case_manager_id: str, start: int) -> None:
    """Drop what begins at this moment (UTC epoch seconds) or later."""
    tx.write(
        "DELETE FROM absences WHERE case_manager_id = :person AND start_at >= :start",
        person=case_manager_id,
        start=start,
    )


def forget_past(tx: Tx, before: int) -> None:
    """Drop what ended before a moment in UTC epoch seconds."""
    tx.write("DELETE FROM absences WHERE end_at < :before", before=before)


def _absence(row: Row) -> Absence:
    return Absence(row["id"], row["case_manager_id"], row["start_at"], row["end_at"])
