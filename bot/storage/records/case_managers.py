"""Case managers: the row that guards their time, their invitations and their chats."""

from collections.abc import Iterable

from bot.storage.engine.database import Tx


def enlist(tx: Tx, case_manager_ids: Iterable[str]) -> None:
    """Make sure that each case manager of the city file has a row."""
    for case_manager_id in sorted(case_manager_ids):
        tx.run(
            "INSERT INTO case_managers (id) VALUES (:id) ON CONFLICT (id) DO NOTHING",
            id=case_manager_id,
        )


def lock(tx: Tx, case_manager_id: str) -> None:
    """Take the case manager's row before anything that changes their time."""
    tx.run("UPDATE case_managers SET version = version + 1 WHERE id = :id", id=case_manager_id)


def invite(tx: Tx, token_hash: str, case_manager_id: str, expires_at: int) -> None:
    """Keep an invitation; only the hash of its token is stored."""
    tx.run(
        "INSERT INTO invites (token_hash, case_manager_id, expires_at)"
        " VALUES (:hash, :person, :expires)",
        hash=token_hash,
        person=case_manager_id,
        expires=expires_at,
    )


def redeem(tx: Tx, token_hash: str, now: int) -> str | None:
    """Use up an invitation: the case manager it is for, or None if unknown, used or expired."""
    row = tx.one(
        "DELETE FROM invites WHERE token_hash = :hash RETURNING case_manager_id, expires_at",
        hash=token_hash,
    )
    return None if row is None or row["expires_at"] <= now else str(row["case_manager_id"])


def tie(tx: Tx, case_manager_id: str, person_id: int, now: int) -> None:
    """Let this chat, and from now on only this chat, speak for the case manager."""
    lock(tx, case_manager_id)  # no notice may be written meanwhile to a chat that is not theirs
    _end_chat(tx, case_manager_id)
    speak_for_nobody(tx, person_id)
    tx.run(
        "INSERT INTO staff_chats (case_manager_id, person_id, tied_at)"
        " VALUES (:staff, :person, :now)",
        staff=case_manager_id,
        person=person_id,
        now=now,
    )


def untie(tx: Tx, case_manager_id: str) -> None:
    """Let no chat speak for the case manager, and no invitation be good; notices wait again."""
    lock(tx, case_manager_id)
    _end_chat(tx, case_manager_id)
    tx.run("DELETE FROM invites WHERE case_manager_id = :id", id=case_manager_id)


def _end_chat(tx: Tx, case_manager_id: str) -> None:
    if (chat := chat_of(tx, case_manager_id)) is not None:
        speak_for_nobody(tx, chat)


def speak_for_nobody(tx: Tx, person_id: int) -> None:
    """Let a chat speak for nobody of the staff.

    A case manager's notices it did not get wait for the next; a front desk's, and slips, are gone.
    """
    if own := case_manager_of(tx, person_id):
        lock(tx, own)
    tx.run(
        "UPDATE outbox SET state = 'unaddressed', person_id = NULL"
        " WHERE person_id = :id AND state = 'waiting' AND case_manager_id IS NOT NULL",
        id=person_id,
    )
    tx.run(
        "DELETE FROM outbox WHERE person_id = :id AND state = 'waiting'"
        " AND kind IN ('notice', 'slip')",
        id=person_id,
    )
    for table in ("staff_chats", "role_chats"):
        tx.run(f"DELETE FROM {table} WHERE person_id = :id", id=person_id)  # noqa: S608


def chat_of(tx: Tx, case_manager_id: str) -> int | None:
    """The person id of the case manager's chat, or None while none is tied."""
    row = tx.one(
        "SELECT person_id FROM staff_chats WHERE case_manager_id = :id", id=case_manager_id
    )
    return None if row is None else int(row["person_id"])


def with_channel(tx: Tx) -> frozenset[str]:
    """The case managers who can be told of a booking: a tied chat that may be written to."""
    rows = tx.all(
        "SELECT c.case_manager_id FROM staff_chats c JOIN persons p ON p.id = c.person_id"
        " WHERE p.reachable = 1"
    )
    return frozenset(row["case_manager_id"] for row in rows)


def case_manager_of(tx: Tx, person_id: int) -> str | None:
    """The case manager a chat speaks for, or None for a client's chat."""
    row = tx.one("SELECT case_manager_id FROM staff_chats WHERE person_id = :id", id=person_id)
    return None if row is None else str(row["case_manager_id"])
