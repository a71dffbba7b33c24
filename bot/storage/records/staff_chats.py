"""Chats that speak for the staff: for a case manager one, for a front desk or operators several.

A chat speaks for one of them at a time. What else changes when it begins or ends to, stands in
upkeep.staff_ties.
"""

from collections.abc import Sequence

from bot.domain.actors import Actor, Role
from bot.storage.engine.database import Row, Tx
from bot.storage.records.value_lists import numbered, placeholders

WITH_ITS_CHAT = "CROSS JOIN chats c WHERE c.person_id = s.person_id"
"""From the few who speak for the staff to their chats: the other way round all chats are read."""


def tie(tx: Tx, actor: Actor, person_id: int, now: int) -> None:
    """Let a chat that speaks for nobody speak for this one; `now` is in UTC epoch seconds."""
    if actor.case_manager_id is not None:
        tx.write(
            "INSERT INTO staff_chats (case_manager_id, person_id, tied_at)"
            " VALUES (:staff, :person, :now)",
            staff=actor.case_manager_id,
            person=person_id,
            now=now,
        )
        return
    tx.write(
        "INSERT INTO role_chats (person_id, role, office_id, tied_at)"
        " VALUES (:person, :role, :office, :now)",
        person=person_id,
        role=actor.role.value,
        office=actor.office_id,
        now=now,
    )


def untie(tx: Tx, person_id: int) -> None:
    """Let a chat speak for nobody."""
    tx.write("DELETE FROM staff_chats WHERE person_id = :id", id=person_id)
    tx.write("DELETE FROM role_chats WHERE person_id = :id", id=person_id)


def of_case_manager(tx: Tx, case_manager_id: str) -> int | None:
    """The person id of the case manager's chat, or None while none is tied."""
    row = tx.one(
        "SELECT person_id FROM staff_chats WHERE case_manager_id = :id", id=case_manager_id
    )
    return None if row is None else int(row["person_id"])


def chats_of(tx: Tx, actor: Actor) -> tuple[int, ...]:
    """The person ids of the chats that speak for somebody; a case manager has one at most."""
    if actor.case_manager_id is not None:
        chat = of_case_manager(tx, actor.case_manager_id)
        return () if chat is None else (chat,)
    rows = tx.all(
        "SELECT person_id FROM role_chats WHERE role = :role"
        " AND COALESCE(office_id, '') = :office ORDER BY person_id",
        role=actor.role.value,
        office=actor.office_id or "",
    )
    return tuple(int(row["person_id"]) for row in rows)


def everybody(tx: Tx) -> dict[Actor, int]:
    """Whoever has a chat, and since when: UTC epoch seconds, of the newest where there are more."""
    rows = tx.all(
        "SELECT 'case_manager' AS role, case_manager_id AS id, tied_at FROM staff_chats"
        " UNION ALL SELECT role, office_id, tied_at FROM role_chats ORDER BY role, id, tied_at"
    )
    return {Actor.speaking_as(Role(row["role"]), row["id"]): int(row["tied_at"]) for row in rows}


def with_channel(tx: Tx) -> frozenset[str]:
    """The case managers who can be told of a booking: a tied chat that may be written to."""
    rows = tx.all(
        f"SELECT s.case_manager_id FROM staff_chats s {WITH_ITS_CHAT} AND c.reachable = 1"  # noqa: S608  (names of ours)
    )
    return frozenset(row["case_manager_id"] for row in rows)


def with_channel_among(tx: Tx, case_manager_ids: Sequence[str]) -> frozenset[str]:
    """Which of these can be told in a chat; of nobody else anything is read."""
    if not case_manager_ids:
        return frozenset()
    rows = tx.all(
        "SELECT s.case_manager_id FROM staff_chats s JOIN chats c ON c.person_id = s.person_id"  # noqa: S608  (names of ours)
        f" WHERE c.reachable = 1 AND s.case_manager_id IN ({placeholders(len(case_manager_ids))})",
        **numbered(case_manager_ids),
    )
    return frozenset(row["case_manager_id"] for row in rows)


def roles_with_channel(tx: Tx) -> frozenset[Actor]:
    """The front desks and the operator, as far as a chat of theirs may be written to."""
    rows = tx.all(
        f"SELECT DISTINCT s.role, s.office_id FROM role_chats s {WITH_ITS_CHAT} AND c.reachable = 1"  # noqa: S608  (names of ours)
    )
    return frozenset(map(_actor, rows))


def case_manager_of(tx: Tx, person_id: int) -> str | None:
    """The case manager a chat speaks for, or None for every other chat."""
    row = tx.one("SELECT case_manager_id FROM staff_chats WHERE person_id = :id", id=person_id)
    return None if row is None else str(row["case_manager_id"])


def role_of(tx: Tx, person_id: int) -> Actor | None:
    """For which role a chat speaks; None for a client's and for a case manager's."""
    row = tx.one("SELECT role, office_id FROM role_chats WHERE person_id = :id", id=person_id)
    return None if row is None else _actor(row)


def is_tied(tx: Tx, person_id: int) -> bool:
    """Whether a chat speaks for anybody of the staff."""
    own = case_manager_of(tx, person_id)
    return own is not None or role_of(tx, person_id) is not None


def _actor(row: Row) -> Actor:
    return Actor(Role(row["role"]), office_id=row["office_id"])
