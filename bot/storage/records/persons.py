"""Persons: everybody with a chat, and where their conversation stands."""

from dataclasses import dataclass

from bot.domain.rate_limits import ActionRate
from bot.storage.engine.database import Row, Tx
from bot.storage.vault import Vault


@dataclass(frozen=True, slots=True)
class Person:
    """A chat we know, found by its hash. The session is the conversation's own JSON."""

    id: int
    chat_sealed: str
    language: str | None
    consent_version: str | None
    session: str
    live_message: int | None
    last_message: int
    reachable: bool
    last_case_manager_id: str | None
    reminder_details: bool
    live_traceless: bool
    action_rate: ActionRate


def by_chat_key(tx: Tx, chat_key: str) -> Person | None:
    """The person behind a chat's hash, or None for a chat not seen before."""
    row = tx.one("SELECT * FROM persons WHERE chat_key = :key", key=chat_key)
    return None if row is None else _person(row)


def take(tx: Tx, chat_key: str) -> Person | None:
    """As by_chat_key, and nobody else can change the row until the transaction ends."""
    row = tx.one(
        f"SELECT * FROM persons WHERE chat_key = :key {tx.for_update}",  # noqa: S608
        key=chat_key,
    )
    return None if row is None else _person(row)


def by_id(tx: Tx, person_id: int) -> Person | None:
    """The person with this id, or None."""
    row = tx.one("SELECT * FROM persons WHERE id = :id", id=person_id)
    return None if row is None else _person(row)


def add(tx: Tx, vault: Vault, chat_id: int, session: str, now: int) -> Person:
    """Take in a chat not seen before."""
    row = tx.one(
        "INSERT INTO persons (chat_key, chat_sealed, session, created_at, seen_at)"
        " VALUES (:key, :sealed, :session, :now, :now) RETURNING *",
        key=vault.lookup(chat_id),
        sealed=vault.seal(str(chat_id)),
        session=session,
        now=now,
    )
    assert row is not None
    return _person(row)


def save(tx: Tx, person: Person, now: int) -> None:
    """Write what an update changed: language, session, pace and what is known of the chat."""
    tx.run(
        "UPDATE persons SET language = :language, session = :session, live_message = :live,"
        " last_message = :last, reachable = :reachable, live_traceless = :traceless,"
        " seen_at = :now, minute_at = :minute, actions = :actions WHERE id = :id",
        language=person.language,
        session=person.session,
        live=person.live_message,
        last=person.last_message,
        reachable=int(person.reachable),
        traceless=int(person.live_traceless),
        now=now,
        minute=person.action_rate.since,
        actions=person.action_rate.actions,
        id=person.id,
    )


def agree(tx: Tx, person_id: int, version: str, now: int) -> None:
    """Keep which version of the notice a person agreed to, and when."""
    tx.run(
        "UPDATE persons SET consent_version = :version, consent_at = :now WHERE id = :id",
        version=version,
        now=now,
        id=person_id,
    )


def remember_case_manager(tx: Tx, person_id: int, case_manager_id: str) -> None:
    """Keep whom a client booked last, so that the same person can be offered again."""
    tx.run(
        "UPDATE persons SET last_case_manager_id = :person WHERE id = :id",
        person=case_manager_id,
        id=person_id,
    )


def show_details(tx: Tx, person_id: int, on: bool) -> None:
    """Keep whether reminders name the person and the office."""
    tx.run("UPDATE persons SET reminder_details = :on WHERE id = :id", on=int(on), id=person_id)


def lock(tx: Tx, person_id: int) -> None:
    """Take the client's row before anything that a limit per client depends on."""
    tx.run("UPDATE persons SET version = version + 1 WHERE id = :id", id=person_id)


def note_sent(
    tx: Tx, person_id: int, message_id: int, *, live: bool, traceless: bool = False
) -> None:
    """Keep that `message_id` now stands in the chat, and whether it is the live screen.

    A traceless one must not stay once it is left.
    """
    tx.run(
        "UPDATE persons SET last_message = CASE WHEN last_message > :message"
        " THEN last_message ELSE :message END,"
        " live_message = CASE WHEN :live = 1 THEN :message ELSE live_message END,"
        " live_traceless = CASE WHEN :live = 1 THEN :traceless ELSE live_traceless END"
        " WHERE id = :id",
        message=message_id,
        live=int(live),
        traceless=int(traceless),
        id=person_id,
    )


def forget_live_screen(tx: Tx, person_id: int) -> None:
    """Keep that the live screen is gone from the chat; the next one is a new message."""
    tx.run("UPDATE persons SET live_message = NULL WHERE id = :id", id=person_id)


def mark_unreachable(tx: Tx, person_id: int) -> None:
    """Keep that the bot was blocked or the account deleted; any update from them undoes it."""
    tx.run("UPDATE persons SET reachable = 0 WHERE id = :id", id=person_id)


def _person(row: Row) -> Person:
    return Person(
        id=row["id"],
        chat_sealed=row["chat_sealed"],
        language=row["language"],
        consent_version=row["consent_version"],
        session=row["session"],
        live_message=row["live_message"],
        last_message=row["last_message"],
        reachable=bool(row["reachable"]),
        last_case_manager_id=row["last_case_manager_id"],
        reminder_details=bool(row["reminder_details"]),
        live_traceless=bool(row["live_traceless"]),
        action_rate=ActionRate(row["minute_at"], row["actions"]),
    )
