"""Chats of the staff who are no case managers: of a front desk, of whoever runs the program.

There may be several of each; one chat speaks for nobody else at the same time.
"""

from bot.domain.actors import Actor, Role
from bot.storage.engine.database import Row, Tx
from bot.storage.records import case_managers


def invite(tx: Tx, token_hash: str, actor: Actor, expires_at: int) -> None:
    """Keep an invitation; only the hash of its token is stored."""
    tx.run(
        "INSERT INTO role_invites (token_hash, role, office_id, expires_at)"
        " VALUES (:hash, :role, :office, :expires)",
        hash=token_hash,
        role=actor.role.value,
        office=actor.office_id,
        expires=expires_at,
    )


def redeem(tx: Tx, token_hash: str, now: int) -> Actor | None:
    """Use up an invitation: whom it is for, or None if unknown, used or expired."""
    row = tx.one(
        "DELETE FROM role_invites WHERE token_hash = :hash RETURNING role, office_id, expires_at",
        hash=token_hash,
    )
    return None if row is None or row["expires_at"] <= now else _actor(row)


def tie(tx: Tx, actor: Actor, person_id: int, now: int) -> None:
    """Let this chat speak for a front desk or an operator, and for nobody else."""
    if of_chat(tx, person_id) == actor:
        return
    case_managers.speak_for_nobody(tx, person_id)
    tx.run(
        "INSERT INTO role_chats (person_id, role, office_id, tied_at)"
        " VALUES (:person, :role, :office, :now)",
        person=person_id,
        role=actor.role.value,
        office=actor.office_id,
        now=now,
    )


def untie(tx: Tx, actor: Actor) -> None:
    """Let no chat speak for a front desk, or for an operator, and no invitation be good."""
    for person_id in chats_of(tx, actor):
        case_managers.speak_for_nobody(tx, person_id)
    tx.run(
        "DELETE FROM role_invites WHERE role = :role AND COALESCE(office_id, '') = :office",
        role=actor.role.value,
        office=actor.office_id or "",
    )


def of_chat(tx: Tx, person_id: int) -> Actor | None:
    """Whom a chat speaks for; None for a client's and for a case manager's."""
    row = tx.one("SELECT role, office_id FROM role_chats WHERE person_id = :id", id=person_id)
    return None if row is None else _actor(row)


def chats_of(tx: Tx, actor: Actor) -> tuple[int, ...]:
    """The person ids of the chats that speak for a front desk, or for operators."""
    rows = tx.all(
        "SELECT person_id FROM role_chats WHERE role = :role"
        " AND COALESCE(office_id, '') = :office ORDER BY person_id",
        role=actor.role.value,
        office=actor.office_id or "",
    )
    return tuple(int(row["person_id"]) for row in rows)


def _actor(row: Row) -> Actor:
    return Actor(Role(row["role"]), office_id=row["office_id"])
