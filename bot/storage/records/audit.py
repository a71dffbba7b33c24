"""What happened to which appointment, and by whose doing; a row goes with its appointment."""

from dataclasses import dataclass

from bot.storage.engine.database import Tx


@dataclass(frozen=True, slots=True)
class Deed:
    """Something done at a moment (UTC epoch seconds); the actor as `role:id`."""

    at: int
    actor: str
    action: str


def note(tx: Tx, appointment_id: int | None, actor: str, action: str, now: int) -> int:
    """Keep a deed; its number."""
    row = tx.one(
        "INSERT INTO audit (appointment_id, at, actor, action)"
        " VALUES (:about, :now, :actor, :action) RETURNING id",
        about=appointment_id,
        now=now,
        actor=actor,
        action=action,
    )
    assert row is not None
    return int(row["id"])


def of(tx: Tx, appointment_id: int) -> list[Deed]:
    """What was done to an appointment, in order."""
    rows = tx.all(
        "SELECT at, actor, action FROM audit WHERE appointment_id = :about ORDER BY id",
        about=appointment_id,
    )
    return [Deed(row["at"], row["actor"], row["action"]) for row in rows]


def forget_past(tx: Tx, before: int, most: int) -> int:
    """Drop at most so many deeds from before a moment (UTC epoch seconds) about no appointment."""
    return tx.run(
        "DELETE FROM audit WHERE id IN (SELECT id FROM audit"
        " WHERE appointment_id IS NULL AND at < :before LIMIT :most)",
        before=before,
        most=most,
    )
