"""What keeps a client from booking: cancellations of their own, and being blocked.

A blocked chat is known by the hash it is found by, which outlives its person's row.
"""

from bot.storage.engine.database import Tx


def block(tx: Tx, code: str, now: int) -> bool:
    """Keep the client behind an appointment from booking; whether there is one of this code.

    Codes of times that are only held have been shown to nobody. `now` is in UTC epoch seconds.
    """
    written = tx.run(
        "INSERT INTO blocked (chat_key, code, blocked_at)"
        " SELECT p.chat_key, a.code, :now FROM appointments a JOIN persons p ON p.id = a.person_id"
        " WHERE a.code = :code AND a.status <> 'held'"
        " ON CONFLICT (chat_key) DO UPDATE"
        " SET code = excluded.code, blocked_at = excluded.blocked_at",
        code=code,
        now=now,
    )
    return written > 0


def unblock(tx: Tx, code: str) -> bool:
    """Lift what was blocked by this code; whether there was anything."""
    return tx.run("DELETE FROM blocked WHERE code = :code", code=code) > 0


def is_blocked(tx: Tx, person_id: int, since: int) -> bool:
    """Whether a person was blocked after `since` (UTC epoch seconds)."""
    row = tx.one(
        "SELECT 1 AS x FROM persons p JOIN blocked b ON b.chat_key = p.chat_key"
        " WHERE p.id = :person AND b.blocked_at > :since",
        person=person_id,
        since=since,
    )
    return row is not None


def own_cancellations(tx: Tx, person_id: int, since: int) -> list[int]:
    """When the client, and not an office, cancelled an appointment after `since`."""
    rows = tx.all(
        "SELECT cancelled_at FROM appointments WHERE person_id = :person"
        " AND status = 'cancelled' AND cancelled_by_client = 1 AND cancelled_at > :since",
        person=person_id,
        since=since,
    )
    return [row["cancelled_at"] for row in rows]
