"""Clients who are kept from booking by an operator.

A blocked chat is known by the hash it is found by, which outlives its person's row. Who has no
chat cannot be blocked.
"""

from bot.storage.engine.database import Tx


def block(tx: Tx, code: str, now: int) -> bool:
    """Keep the client behind an appointment from booking; whether there is one of this code.

    Codes of times that are only held have been shown to nobody. `now` is in UTC epoch seconds.
    """
    written = tx.run(
        "INSERT INTO blocked (chat_key, code, blocked_at)"
        " SELECT c.chat_key, a.code, :now"
        " FROM appointments a JOIN chats c ON c.person_id = a.person_id"
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


def blocks(tx: Tx) -> dict[str, int]:
    """The codes that clients are blocked by, and since when (UTC epoch seconds)."""
    rows = tx.all("SELECT code, blocked_at FROM blocked ORDER BY blocked_at, code")
    return {row["code"]: int(row["blocked_at"]) for row in rows}


def is_blocked(tx: Tx, person_id: int, since: int) -> bool:
    """Whether a person was blocked after `since` (UTC epoch seconds)."""
    row = tx.one(
        "SELECT 1 AS x FROM chats c JOIN blocked b ON b.chat_key = c.chat_key"
        " WHERE c.person_id = :person AND b.blocked_at > :since",
        person=person_id,
        since=since,
    )
    return row is not None


def rename(tx: Tx, chat_key: str, new_key: str) -> None:
    """Let a chat that is blocked be found by another hash."""
    tx.write("UPDATE blocked SET chat_key = :new WHERE chat_key = :was", new=new_key, was=chat_key)


def forget_strangers(tx: Tx) -> None:
    """Lift the blocks of chats that are not known any more."""
    tx.write("DELETE FROM blocked WHERE chat_key NOT IN (SELECT chat_key FROM chats)")


def forget_past(tx: Tx, before: int) -> None:
    """Lift the blocks from before a moment in UTC epoch seconds."""
    tx.write("DELETE FROM blocked WHERE blocked_at < :before", before=before)
