"""Appointments booked for somebody without a chat, until a chat claims them, once."""

from bot.storage.engine.database import Tx


def keep(tx: Tx, token_hash: str, appointment_id: int, expires_at: int) -> None:
    """Let a token claim an appointment until then (UTC epoch seconds), whatever held before."""
    tx.write(
        "INSERT INTO claims (token_hash, appointment_id, expires_at)"
        " VALUES (:hash, :about, :expires)"
        " ON CONFLICT (token_hash) DO UPDATE SET expires_at = excluded.expires_at",
        hash=token_hash,
        about=appointment_id,
        expires=expires_at,
    )


def claimable(tx: Tx, token_hash: str, now: int) -> int | None:
    """The appointment a token can claim; None if unknown, used or expired."""
    row = tx.one(
        "SELECT appointment_id FROM claims WHERE token_hash = :hash AND expires_at > :now"
        " AND claimed = 0",
        hash=token_hash,
        now=now,
    )
    return None if row is None else int(row["appointment_id"])


def use_up(tx: Tx, token_hash: str) -> bool:
    """Let a token claim nothing any more; False if somebody else has used it."""
    free = "token_hash = :hash AND claimed = 0"
    return tx.run(f"UPDATE claims SET claimed = 1 WHERE {free}", hash=token_hash) == 1  # noqa: S608  (names of ours)


def unused(tx: Tx) -> int:
    """How many tokens can claim an appointment, expired ones among them."""
    row = tx.one("SELECT COUNT(*) AS n FROM claims WHERE claimed = 0")
    return int(row["n"]) if row else 0


def use_up_all(tx: Tx) -> None:
    """Let no token that there is claim anything any more."""
    tx.write("UPDATE claims SET claimed = 1")


def used_for(tx: Tx, token_hash: str) -> int | None:
    """The appointment that was claimed with a token."""
    row = tx.one(
        "SELECT appointment_id FROM claims WHERE token_hash = :hash AND claimed = 1",
        hash=token_hash,
    )
    return None if row is None else int(row["appointment_id"])


def forget_expired(tx: Tx, until: int, most: int) -> int:
    """Drop at most so much of what has expired by a moment (UTC epoch seconds); how many."""
    return tx.run(
        "DELETE FROM claims WHERE token_hash IN"
        " (SELECT token_hash FROM claims WHERE expires_at <= :until LIMIT :most)",
        until=until,
        most=most,
    )
