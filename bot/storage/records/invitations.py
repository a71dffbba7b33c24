"""Invitations that let a chat speak for somebody of the staff; only hashes of their tokens.

Moments are UTC epoch seconds.
"""

from bot.domain.actors import Actor, Role
from bot.storage.engine.database import Tx


def keep(tx: Tx, token_hash: str, actor: Actor, expires_at: int) -> None:
    """Let a token invite somebody until then; a case manager must have a row."""
    if actor.case_manager_id is not None:
        tx.write(
            "INSERT INTO invites (token_hash, case_manager_id, expires_at)"
            " VALUES (:hash, :person, :expires)",
            hash=token_hash,
            person=actor.case_manager_id,
            expires=expires_at,
        )
        return
    tx.write(
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
        "DELETE FROM invites WHERE token_hash = :hash RETURNING case_manager_id, expires_at",
        hash=token_hash,
    )
    if row is not None:
        good = row["expires_at"] > now
        return Actor(Role.CASE_MANAGER, row["case_manager_id"]) if good else None
    row = tx.one(
        "DELETE FROM role_invites WHERE token_hash = :hash RETURNING role, office_id, expires_at",
        hash=token_hash,
    )
    if row is None or row["expires_at"] <= now:
        return None
    return Actor(Role(row["role"]), office_id=row["office_id"])


def withdraw(tx: Tx, actor: Actor) -> None:
    """Let no invitation of somebody be good any more."""
    if actor.case_manager_id is not None:
        tx.write("DELETE FROM invites WHERE case_manager_id = :id", id=actor.case_manager_id)
        return
    tx.write(
        "DELETE FROM role_invites WHERE role = :role AND COALESCE(office_id, '') = :office",
        role=actor.role.value,
        office=actor.office_id or "",
    )


def withdraw_all(tx: Tx) -> None:
    """Let no invitation of anybody be good any more."""
    tx.write("DELETE FROM invites")
    tx.write("DELETE FROM role_invites")


def forget_expired(tx: Tx, until: int, most: int) -> int:
    """Drop what has expired by a moment, of either kind at most so many; the larger number."""
    return max(
        tx.run(
            "DELETE FROM invites WHERE token_hash IN"
            " (SELECT token_hash FROM invites WHERE expires_at <= :until LIMIT :most)",
            until=until,
            most=most,
        ),
        tx.run(
            "DELETE FROM role_invites WHERE token_hash IN"
            " (SELECT token_hash FROM role_invites WHERE expires_at <= :until LIMIT :most)",
            until=until,
            most=most,
        ),
    )
