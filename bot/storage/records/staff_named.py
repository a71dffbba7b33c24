"""Whom of the staff stored rows name, whether or not the city file still does."""

from collections.abc import Collection
from dataclasses import dataclass

from bot.domain.actors import Actor, Role
from bot.domain.appointment import Appointment
from bot.domain.city import CaseManager
from bot.storage.engine.database import Tx
from bot.storage.records.appointment_rows import from_row

TIES = (
    "SELECT 'case_manager' AS role, case_manager_id AS id, 1 AS chats, 0 AS invitations,"
    " 0 AS calendars, 0 AS links, 0 AS absences FROM staff_chats"
    " UNION ALL SELECT role, office_id, 1, 0, 0, 0, 0 FROM role_chats WHERE office_id IS NOT NULL"
    " UNION ALL SELECT 'case_manager', case_manager_id, 0, 1, 0, 0, 0 FROM invites"
    " WHERE expires_at > :now"
    " UNION ALL SELECT role, office_id, 0, 1, 0, 0, 0 FROM role_invites"
    " WHERE office_id IS NOT NULL AND expires_at > :now"
    " UNION ALL SELECT 'case_manager', case_manager_id, 0, 0, 1, 0, 0 FROM feeds"
    " UNION ALL SELECT role, holder, 0, 0, 0, 1, 0 FROM page_links WHERE expires_at > :now"
    " UNION ALL SELECT 'case_manager', case_manager_id, 0, 0, 0, 0, 1 FROM absences"
    " WHERE end_at > :now"
)

BOOKED = "status IN ('held', 'booked') AND status = 'booked'"


@dataclass(frozen=True, slots=True)
class Ties:
    """What lets somebody of the staff in, and when they said they are away: how many of each."""

    chats: int = 0
    invitations: int = 0
    calendars: int = 0
    links: int = 0
    absences: int = 0


NO_TIES = Ties()


def ties(tx: Tx, now: int) -> dict[Actor, Ties]:
    """Of everybody who has any at `now` (UTC epoch seconds)."""
    counted = ", ".join(f"SUM({name}) AS {name}" for name in Ties.__slots__)
    sql = f"SELECT role, id, {counted} FROM ({TIES}) t GROUP BY role, id ORDER BY id"  # noqa: S608  (names of ours)
    return {
        Actor.speaking_as(Role(row["role"]), row["id"]): Ties(
            *(int(row[name]) for name in Ties.__slots__)
        )
        for row in tx.all(sql, now=now)
    }


def booked_elsewhere(tx: Tx, people: Collection[CaseManager], now: int) -> list[Appointment]:
    """Booked talks to come whose case manager is none of these people, at the office they are at.

    `now` is in UTC epoch seconds.
    """
    known = {(person.id, person.office_id) for person in people}
    pairs = tx.all(
        f"SELECT DISTINCT case_manager_id, office_id FROM appointments WHERE {BOOKED}"  # noqa: S608  (names of ours)
        " AND start_at > :now",
        now=now,
    )
    found = [
        from_row(row)
        for pair in pairs
        if (pair["case_manager_id"], pair["office_id"]) not in known
        for row in tx.all(
            f"SELECT * FROM appointments WHERE {BOOKED} AND start_at > :now"  # noqa: S608  (names of ours)
            " AND case_manager_id = :who AND office_id = :office",
            now=now,
            who=pair["case_manager_id"],
            office=pair["office_id"],
        )
    ]
    return sorted(found, key=lambda each: (each.start, each.id))


def booked(tx: Tx, now: int) -> list[Appointment]:
    """All booked talks to come at `now` (UTC epoch seconds), in order."""
    rows = tx.all(
        "SELECT * FROM appointments WHERE status IN ('held', 'booked') AND status = 'booked'"
        " AND start_at > :now ORDER BY start_at, id",
        now=now,
    )
    return [from_row(row) for row in rows]


def times_booked(tx: Tx, case_manager_id: str, now: int) -> list[tuple[int, int]]:
    """From when to when a case manager's booked talks to come are; UTC epoch seconds."""
    rows = tx.all(
        f"SELECT start_at, end_at FROM appointments WHERE {BOOKED}"  # noqa: S608  (names of ours)
        " AND case_manager_id = :id AND start_at > :now",
        id=case_manager_id,
        now=now,
    )
    return [(row["start_at"], row["end_at"]) for row in rows]


def booked_from(tx: Tx, who: Actor, start: int) -> list[Appointment]:
    """The booked talks of a case manager, or at an office, from a moment (UTC epoch seconds) on."""
    whose = "case_manager_id" if who.role is Role.CASE_MANAGER else "office_id"
    rows = tx.all(
        "SELECT * FROM appointments WHERE status IN ('held', 'booked') AND status = 'booked'"  # noqa: S608  (names of ours)
        f" AND start_at >= :start AND {whose} = :id ORDER BY start_at, id",
        start=start,
        id=who.id,
    )
    return [from_row(row) for row in rows]


def formerly(tx: Tx, id: str) -> Actor | None:
    """Whom this id has ever named in a city file, as far as any row still tells."""
    if tx.one("SELECT 1 AS x FROM case_managers WHERE id = :id", id=id):
        return Actor(Role.CASE_MANAGER, id)
    office = tx.one(
        "SELECT 1 AS x FROM appointments WHERE office_id = :id"
        " UNION SELECT 1 FROM role_chats WHERE office_id = :id"
        " UNION SELECT 1 FROM role_invites WHERE office_id = :id",
        id=id,
    )
    return None if office is None else Actor(Role.FRONT_DESK, office_id=id)
