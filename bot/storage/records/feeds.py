"""Calendars to subscribe to: one for each case manager who wants one, found by a token's hash."""

from bot.storage.engine.database import Tx


def make(tx: Tx, case_manager_id: str, token_hash: str, now: int) -> None:
    """Let this token open the case manager's calendar, and no longer any earlier one."""
    tx.write(
        "INSERT INTO feeds (case_manager_id, token_hash, made_at) VALUES (:id, :hash, :now)"
        " ON CONFLICT (case_manager_id) DO UPDATE SET token_hash = :hash, made_at = :now",
        id=case_manager_id,
        hash=token_hash,
        now=now,
    )


def revoke(tx: Tx, case_manager_id: str) -> bool:
    """Let no token open the calendar; whether one did."""
    return tx.run("DELETE FROM feeds WHERE case_manager_id = :id", id=case_manager_id) == 1


def revoke_everybodys(tx: Tx) -> None:
    """Let no token open any calendar."""
    tx.write("DELETE FROM feeds")


def made(tx: Tx) -> tuple[str, ...]:
    """The case managers for whose calendar there is a token."""
    rows = tx.all("SELECT case_manager_id FROM feeds ORDER BY case_manager_id")
    return tuple(row["case_manager_id"] for row in rows)


def is_made(tx: Tx, case_manager_id: str) -> bool:
    """Whether there is a token for this calendar."""
    found = tx.one("SELECT 1 AS x FROM feeds WHERE case_manager_id = :id", id=case_manager_id)
    return found is not None


def whose(tx: Tx, token_hash: str) -> str | None:
    """The case manager whose calendar a token opens."""
    row = tx.one("SELECT case_manager_id FROM feeds WHERE token_hash = :hash", hash=token_hash)
    return None if row is None else str(row["case_manager_id"])


def changed_at(tx: Tx, appointment_id: int) -> int:
    """When an appointment was booked or last moved, in UTC epoch seconds."""
    row = tx.one("SELECT booked_at FROM appointments WHERE id = :id", id=appointment_id)
    return int((row and row["booked_at"]) or 0)
