"""Appointments booked for somebody without a chat, until a chat claims them, once."""

from bot.storage.engine.database import Tx
from bot.storage.records import cells


def keep(tx: Tx, token_hash: str, appointment_id: int, expires_at: int) -> None:
    """Let a token claim an appointment until then (UTC epoch seconds)."""
    tx.run(
        "INSERT INTO claims (token_hash, appointment_id, expires_at)"
        " VALUES (:hash, :about, :expires)",
        hash=token_hash,
        about=appointment_id,
        expires=expires_at,
    )


def is_open(tx: Tx, appointment_id: int, now: int) -> bool:
    """Whether an appointment still waits to be claimed."""
    found = tx.one(
        "SELECT 1 AS x FROM claims WHERE appointment_id = :about AND expires_at > :now",
        about=appointment_id,
        now=now,
    )
    return found is not None


def claimable(tx: Tx, token_hash: str, now: int) -> int | None:
    """The appointment a token can claim; None if unknown, used or expired."""
    row = tx.one(
        "SELECT appointment_id FROM claims WHERE token_hash = :hash AND expires_at > :now",
        hash=token_hash,
        now=now,
    )
    return None if row is None else int(row["appointment_id"])


def use_up(tx: Tx, token_hash: str) -> bool:
    """Let a token claim nothing any more; False if somebody else has used it."""
    return tx.run("DELETE FROM claims WHERE token_hash = :hash", hash=token_hash) == 1


def hand_over(tx: Tx, appointment_id: int, giver: int, taker: int) -> None:
    """Make the appointment of one person another's, who must be free at that time.

    The giver, who had no chat, is gone then, with what could not be told them.
    """
    tx.run(
        "UPDATE appointments SET person_id = :taker WHERE id = :about",
        taker=taker,
        about=appointment_id,
    )
    cells.hand_over(tx, appointment_id, taker)
    tx.run("DELETE FROM outbox WHERE person_id = :giver", giver=giver)
    tx.run("DELETE FROM persons WHERE id = :giver", giver=giver)
