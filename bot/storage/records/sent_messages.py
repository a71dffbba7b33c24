"""The numbers of our own messages in each chat: what is needed to take them away again."""

from bot.storage.engine.database import Tx


def note(tx: Tx, person_id: int, message_id: int, now: int) -> None:
    """Keep that a new message of ours stands in the chat."""
    tx.write(
        "INSERT INTO sent_messages (person_id, message_id, sent_at)"
        " VALUES (:person, :message, :now) ON CONFLICT DO NOTHING",
        person=person_id,
        message=message_id,
        now=now,
    )


def note_about(
    tx: Tx, person_id: int, message_id: int, appointment_id: int | None, now: int
) -> None:
    """Keep that a message, new or edited, speaks of an appointment as it is."""
    tx.write(
        "INSERT INTO sent_messages (person_id, message_id, sent_at, appointment_id)"
        " VALUES (:person, :message, :now, :about) ON CONFLICT (person_id, message_id)"
        " DO UPDATE SET appointment_id = excluded.appointment_id",
        person=person_id,
        message=message_id,
        now=now,
        about=appointment_id,
    )


def let_go_of(tx: Tx, appointment_id: int) -> list[tuple[int, int]]:
    """The messages that speak of an appointment, each with whose chat it is in, a last time."""
    rows = tx.all(
        "UPDATE sent_messages SET appointment_id = NULL WHERE appointment_id = :about"
        " RETURNING person_id, message_id",
        about=appointment_id,
    )
    return sorted((int(row["person_id"]), int(row["message_id"])) for row in rows)


def is_of_a_time(tx: Tx, person_id: int, message_id: int) -> bool:
    """Whether a message speaks of an appointment as it is."""
    speaks = (
        "SELECT 1 AS x FROM sent_messages WHERE person_id = :person AND message_id = :message"
        " AND appointment_id IS NOT NULL"
    )
    return tx.one(speaks, person=person_id, message=message_id) is not None


def of(tx: Tx, person_id: int) -> dict[int, int]:
    """When each known message was sent (UTC epoch seconds), by its number."""
    rows = tx.all(
        "SELECT message_id, sent_at FROM sent_messages WHERE person_id = :person"
        " ORDER BY message_id",
        person=person_id,
    )
    return {row["message_id"]: row["sent_at"] for row in rows}


def sent_at(tx: Tx, person_id: int, message_id: int) -> int | None:
    """When a message was sent (UTC epoch seconds); None where that is not known."""
    row = tx.one(
        "SELECT sent_at FROM sent_messages WHERE person_id = :person AND message_id = :message",
        person=person_id,
        message=message_id,
    )
    return None if row is None else int(row["sent_at"])


def forget(tx: Tx, person_id: int, *, but: int | None) -> None:
    """Drop the numbers of a chat's messages, all but one."""
    tx.write(
        "DELETE FROM sent_messages WHERE person_id = :person AND message_id <> :but",
        person=person_id,
        but=but or 0,
    )


def forget_past(tx: Tx, before: int, most: int) -> int:
    """Drop at most so many numbers of messages sent before a moment (UTC epoch seconds)."""
    return tx.run(
        "DELETE FROM sent_messages WHERE (person_id, message_id) IN (SELECT person_id, message_id"
        " FROM sent_messages WHERE sent_at < :before LIMIT :most)",
        before=before,
        most=most,
    )
