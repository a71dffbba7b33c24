"""The numbers of our own messages in each chat: what is needed to take them away again."""

from bot.storage.engine.database import Tx

DELETABLE_SECONDS = 48 * 3600 - 60
"""Telegram deletes for 48 hours; the minute is for the way there."""


def note(tx: Tx, person_id: int, message_id: int, now: int) -> None:
    """Keep that a new message of ours stands in the chat."""
    tx.run(
        "INSERT INTO sent_messages (person_id, message_id, sent_at)"
        " VALUES (:person, :message, :now) ON CONFLICT DO NOTHING",
        person=person_id,
        message=message_id,
        now=now,
    )


def of(tx: Tx, person_id: int) -> dict[int, int]:
    """When each known message was sent (UTC epoch seconds), by its number."""
    rows = tx.all(
        "SELECT message_id, sent_at FROM sent_messages WHERE person_id = :person"
        " ORDER BY message_id",
        person=person_id,
    )
    return {row["message_id"]: row["sent_at"] for row in rows}


def farewell(tx: Tx, person_id: int, message_id: int, now: int, *, traceless: bool) -> str:
    """The kind of outbox row that ends a screen which another message has taken over from.

    It loses its buttons; a traceless one all it says, and itself where Telegram still deletes it.
    """
    if not traceless:
        return "strip"
    row = tx.one(
        "SELECT sent_at FROM sent_messages WHERE person_id = :person AND message_id = :message",
        person=person_id,
        message=message_id,
    )
    return "delete" if row is None or is_deletable(row["sent_at"], now) else "blank"


def is_deletable(sent_at: int, now: int) -> bool:
    """Whether Telegram still deletes a message of that time."""
    return sent_at >= now - DELETABLE_SECONDS


def forget(tx: Tx, person_id: int, *, but: int | None) -> None:
    """Drop the numbers of a chat's messages, all but one."""
    tx.run(
        "DELETE FROM sent_messages WHERE person_id = :person AND message_id <> :but",
        person=person_id,
        but=but or 0,
    )
