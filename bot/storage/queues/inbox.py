"""The inbox: updates are kept before they are acknowledged, and gone when handled."""

from dataclasses import dataclass

from bot.storage.engine.database import Tx


@dataclass(frozen=True, slots=True)
class Waiting:
    """An update that waits to be handled; the payload is sealed JSON as Telegram sent it."""

    update_id: int
    payload_sealed: str
    attempts: int


def keep(tx: Tx, update_id: int, chat_key: str, payload_sealed: str, now: int) -> bool:
    """Take an update in. False if it is here already or was handled before."""
    written = tx.run(
        "INSERT INTO inbox (update_id, chat_key, payload_sealed, received_at)"
        " VALUES (:update, :chat, :payload, :now) ON CONFLICT (update_id) DO NOTHING",
        update=update_id,
        chat=chat_key,
        payload=payload_sealed,
        now=now,
    )
    if not written:
        return False
    # Looked up only now: the row may have been written because handling it has just ended.
    handled = tx.run(
        "DELETE FROM inbox WHERE update_id = :update"
        " AND EXISTS (SELECT 1 FROM handled h WHERE h.update_id = :update)",
        update=update_id,
    )
    return not handled


def first_two(tx: Tx, chat_key: str) -> list[Waiting]:
    """The chat's update whose turn it is and the next one, as far as there are any."""
    rows = tx.all(
        "SELECT update_id, payload_sealed, attempts FROM inbox"
        " WHERE chat_key = :chat AND set_aside = 0 ORDER BY update_id LIMIT 2",
        chat=chat_key,
    )
    return [Waiting(row["update_id"], row["payload_sealed"], row["attempts"]) for row in rows]


def waiting_chats(tx: Tx, until: int) -> list[str]:
    """The chats with updates that had come by `until`, those waiting longest first."""
    rows = tx.all(
        "SELECT chat_key FROM inbox WHERE set_aside = 0 AND received_at <= :until"
        " GROUP BY chat_key ORDER BY MIN(received_at), MIN(update_id)",
        until=until,
    )
    return [row["chat_key"] for row in rows]


def done(tx: Tx, update_id: int, now: int) -> None:
    """The update has had its effect: it is gone, only its number stays for a while."""
    tx.run("DELETE FROM inbox WHERE update_id = :update", update=update_id)
    tx.run(
        "INSERT INTO handled (update_id, handled_at) VALUES (:update, :now)"
        " ON CONFLICT (update_id) DO NOTHING",
        update=update_id,
        now=now,
    )


def count_attempt(tx: Tx, update_id: int) -> None:
    """Keep that handling this update failed."""
    tx.run("UPDATE inbox SET attempts = attempts + 1 WHERE update_id = :update", update=update_id)


def set_aside(tx: Tx, update_id: int) -> None:
    """Take a poison update out of the line; it stays visible and stops nobody."""
    tx.run("UPDATE inbox SET set_aside = 1 WHERE update_id = :update", update=update_id)
