"""The inbox: updates that cannot be handled before they are acknowledged are kept until they are.

An update is known by its channel and the number it has there. Moments are UTC epoch seconds.
"""

from collections.abc import Callable
from dataclasses import dataclass

from bot.storage.engine.database import Tx

MUCH_LATER_SECONDS = 60
THIS = "channel = :channel AND update_id = :update"


@dataclass(frozen=True, slots=True)
class UpdateKey:
    """Which update it is: each channel numbers its own."""

    channel: str
    update_id: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """An update that waits to be handled; the payload is sealed JSON as the channel sent it."""

    key: UpdateKey
    payload_sealed: str
    attempts: int


def keep(tx: Tx, key: UpdateKey, chat_key: str, payload_sealed: str, now: int) -> None:
    """Take an update in, unless it is here already.

    It may be handled already, or just now by a transaction that nobody sees: `done` tells.
    """
    tx.write(
        "INSERT INTO inbox (channel, update_id, chat_key, payload_sealed, received_at)"
        " VALUES (:channel, :update, :chat, :payload, :now)"
        " ON CONFLICT (channel, update_id) DO NOTHING",
        channel=key.channel,
        update=key.update_id,
        chat=chat_key,
        payload=payload_sealed,
        now=now,
    )


def handle_at_once(tx: Tx, key: UpdateKey, chat_key: str, now: int) -> Callable[[], bool]:
    """Count an update as handled that is new, and before which nothing of its chat waits.

    What is returned tells whether it is so; then what it leads to is done in the same transaction.
    """
    written = tx.ask(
        "INSERT INTO handled (channel, update_id, handled_at) SELECT :channel, :update, :now"
        " WHERE NOT EXISTS (SELECT 1 FROM inbox WHERE chat_key = :chat AND set_aside = 0)"
        " ON CONFLICT (channel, update_id) DO NOTHING RETURNING update_id",
        channel=key.channel,
        update=key.update_id,
        now=now,
        chat=chat_key,
    )
    return lambda: bool(written())


def first_two(tx: Tx, chat_key: str) -> list[Waiting]:
    """The chat's update whose turn it is and the next one, as far as there are any."""
    rows = tx.all(
        "SELECT channel, update_id, payload_sealed, attempts FROM inbox"
        " WHERE chat_key = :chat AND set_aside = 0 ORDER BY update_id LIMIT 2",
        chat=chat_key,
    )
    return [
        Waiting(UpdateKey(row["channel"], row["update_id"]), row["payload_sealed"], row["attempts"])
        for row in rows
    ]


def waiting_chats(tx: Tx, until: int) -> list[str]:
    """The chats with updates that had come by `until`, those waiting longest first.

    What came much later by its date came before the clock was set back.
    """
    rows = tx.all(
        "SELECT chat_key FROM inbox WHERE set_aside = 0"
        " AND (received_at <= :until OR received_at > :much_later)"
        " GROUP BY chat_key ORDER BY MIN(received_at), MIN(update_id)",
        until=until,
        much_later=until + MUCH_LATER_SECONDS,
    )
    return [row["chat_key"] for row in rows]


def done(tx: Tx, key: UpdateKey, now: int) -> Callable[[], bool]:
    """Count an update as handled: it is gone, only its number stays for a while.

    What is returned tells whether it is new; then what it leads to is done in the same transaction.
    """
    tx.write(
        f"DELETE FROM inbox WHERE {THIS}",  # noqa: S608  (names of ours)
        channel=key.channel,
        update=key.update_id,
    )
    written = tx.ask(
        "INSERT INTO handled (channel, update_id, handled_at) VALUES (:channel, :update, :now)"
        " ON CONFLICT (channel, update_id) DO NOTHING RETURNING update_id",
        channel=key.channel,
        update=key.update_id,
        now=now,
    )
    return lambda: bool(written())


def count_attempt(tx: Tx, key: UpdateKey) -> None:
    """Keep that handling this update failed."""
    tx.write(
        f"UPDATE inbox SET attempts = attempts + 1 WHERE {THIS}",  # noqa: S608  (names of ours)
        channel=key.channel,
        update=key.update_id,
    )


def set_aside(tx: Tx, key: UpdateKey) -> None:
    """Take a poison update out of the line; it stays visible and stops nobody."""
    tx.write(
        f"UPDATE inbox SET set_aside = 1 WHERE {THIS}",  # noqa: S608  (names of ours)
        channel=key.channel,
        update=key.update_id,
    )


def set_aside_past(tx: Tx, before: int) -> None:
    """Take what came before a moment out of the line."""
    tx.write("UPDATE inbox SET set_aside = 1 WHERE received_at < :before", before=before)


def forget_set_aside_of(tx: Tx, person_id: int) -> None:
    """Drop what could not be handled of a person's chat."""
    tx.write(
        "DELETE FROM inbox WHERE set_aside = 1"
        " AND chat_key = (SELECT chat_key FROM chats WHERE person_id = :id)",
        id=person_id,
    )


def forget_set_aside(tx: Tx, before: int, most: int) -> int:
    """Drop what could not be handled and came before a moment, at most so many; how many."""
    return tx.run(
        "DELETE FROM inbox WHERE (channel, update_id) IN (SELECT channel, update_id FROM inbox"
        " WHERE set_aside = 1 AND received_at < :before LIMIT :most)",
        before=before,
        most=most,
    )


def forget_handled(tx: Tx, before: int, most: int) -> int:
    """Drop at most so many numbers of what was handled before a moment; how many.

    An update whose number is gone and that comes again is taken in.
    """
    return tx.run(
        "DELETE FROM handled WHERE (channel, update_id) IN (SELECT channel, update_id FROM handled"
        " WHERE handled_at < :before LIMIT :most)",
        before=before,
        most=most,
    )
