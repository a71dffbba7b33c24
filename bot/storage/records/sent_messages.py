"""The numbers of our own messages in each chat: what is needed to take them away again."""

from bot.domain.deletion_limits import DeletionLimits
from bot.messages.payloads import Blank, Delete, Strip
from bot.storage.engine.database import Tx


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


def farewell(
    tx: Tx, person_id: int, message_id: int, now: int, limits: DeletionLimits, *, traceless: bool
) -> Strip | Delete | Blank:
    """What ends a screen which another message has taken over from.

    It loses its buttons; a traceless one all it says, and itself where it can still be deleted.
    """
    if not traceless:
        return Strip(message_id)
    row = tx.one(
        "SELECT sent_at FROM sent_messages WHERE person_id = :person AND message_id = :message",
        person=person_id,
        message=message_id,
    )
    gone = row is None or limits.deletes(row["sent_at"], now)
    return Delete(message_id) if gone else Blank(message_id)


def forget(tx: Tx, person_id: int, *, but: int | None) -> None:
    """Drop the numbers of a chat's messages, all but one."""
    tx.run(
        "DELETE FROM sent_messages WHERE person_id = :person AND message_id <> :but",
        person=person_id,
        but=but or 0,
    )


def forget_past(tx: Tx, before: int) -> None:
    """Drop the numbers of messages sent before a moment in UTC epoch seconds."""
    tx.run("DELETE FROM sent_messages WHERE sent_at < :before", before=before)
