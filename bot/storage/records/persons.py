"""Persons: whom appointments and messages are for, whether they have a chat or came in person."""

from dataclasses import dataclass

from bot.storage.engine.database import Row, Tx

COLUMNS = "p.id, p.language, p.consent_version, p.last_case_manager_id, p.reminder_details"
"""What a Person is made of, of the table under the name `p`."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody we know, and nothing of how to reach them."""

    id: int
    language: str | None
    consent_version: str | None
    last_case_manager_id: str | None
    reminder_details: bool


def by_id(tx: Tx, person_id: int) -> Person | None:
    """The person with this id, or None."""
    row = tx.one(f"SELECT {COLUMNS} FROM persons p WHERE p.id = :id", id=person_id)  # noqa: S608  (names of ours)
    return None if row is None else from_row(row)


def add(tx: Tx, now: int) -> Person:
    """Take in somebody new, at a moment in UTC epoch seconds."""
    row = tx.one("INSERT INTO persons (created_at) VALUES (:now) RETURNING *", now=now)
    assert row is not None
    return from_row(row)


def set_language(tx: Tx, person_id: int, language: str | None) -> None:
    """Keep which language a person reads."""
    tx.write(
        "UPDATE persons SET language = :language WHERE id = :id", language=language, id=person_id
    )


def agree(tx: Tx, person_id: int, version: str, now: int) -> None:
    """Keep which version of the notice a person agreed to, and when."""
    tx.write(
        "UPDATE persons SET consent_version = :version, consent_at = :now WHERE id = :id",
        version=version,
        now=now,
        id=person_id,
    )


def remember_case_manager(tx: Tx, person_id: int, case_manager_id: str) -> None:
    """Keep whom a client booked last, so that the same person can be offered again."""
    tx.write(
        "UPDATE persons SET last_case_manager_id = :person WHERE id = :id",
        person=case_manager_id,
        id=person_id,
    )


def show_details(tx: Tx, person_id: int, on: bool) -> None:
    """Keep whether reminders name the person and the office."""
    tx.write("UPDATE persons SET reminder_details = :on WHERE id = :id", on=int(on), id=person_id)


def remember_talk(tx: Tx, appointment_id: int) -> None:
    """Keep, of an appointment that is about to be deleted, that there was a talk; no more of it."""
    tx.write(
        "UPDATE persons SET had_talk = 1 WHERE id = (SELECT person_id FROM appointments"
        " WHERE id = :id AND status IN ('booked', 'came'))",
        id=appointment_id,
    )


def lock(tx: Tx, person_id: int) -> None:
    """Take the client's row before anything that a limit per client depends on."""
    tx.write("UPDATE persons SET version = version + 1 WHERE id = :id", id=person_id)


def leave(tx: Tx, person_id: int, now: int) -> None:
    """Forget what a person agreed to and chose; the row stays until the last message is out."""
    tx.write(
        "UPDATE persons SET consent_version = NULL, consent_at = NULL,"
        " last_case_manager_id = NULL, had_talk = 0, left_at = :now WHERE id = :id",
        now=now,
        id=person_id,
    )


def stretch(tx: Tx, after: int, size: int) -> int | None:
    """The last of so many persons that follow on this one; None for no more."""
    row = tx.one(
        "SELECT MAX(id) AS last FROM (SELECT id FROM persons"
        " WHERE id > :after ORDER BY id LIMIT :size) s",
        after=after,
        size=size,
    )
    return None if row is None else row["last"]


def forget(tx: Tx, person_id: int) -> None:
    """Drop the row; what refers to it must be gone before."""
    tx.write("DELETE FROM persons WHERE id = :id", id=person_id)


def from_row(row: Row) -> Person:
    """The person in a row with these columns."""
    return Person(
        id=row["id"],
        language=row["language"],
        consent_version=row["consent_version"],
        last_case_manager_id=row["last_case_manager_id"],
        reminder_details=bool(row["reminder_details"]),
    )
