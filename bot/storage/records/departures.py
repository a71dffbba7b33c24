"""From when on somebody of the staff is no longer there: a case manager, or an office as a whole.

Moments are UTC epoch seconds.
"""

from collections.abc import Collection

from bot.domain.actors import Actor, Role
from bot.storage.engine.database import Row, Tx


def note(tx: Tx, who: Actor, leaves_at: int) -> None:
    """Let nobody be booked with them from this moment on; an earlier word no longer counts."""
    tx.write(
        "INSERT INTO departures (id, role, leaves_at) VALUES (:id, :role, :at)"
        " ON CONFLICT (id) DO UPDATE SET role = :role, leaves_at = :at",
        id=who.id,
        role=who.role.value,
        at=leaves_at,
    )


def take_back(tx: Tx, id: str) -> bool:
    """Let them stay; whether they were to leave."""
    return tx.run("DELETE FROM departures WHERE id = :id", id=id) == 1


def has_left(tx: Tx, id: str, now: int) -> bool:
    """Whether they are there no more."""
    left = "SELECT 1 AS x FROM departures WHERE id = :id AND leaves_at <= :now"
    return tx.one(left, id=id, now=now) is not None


def moments(tx: Tx) -> dict[str, int]:
    """When whoever leaves, or has left, does so, by id."""
    rows = tx.all("SELECT id, leaves_at FROM departures ORDER BY id")
    return {row["id"]: int(row["leaves_at"]) for row in rows}


def have_left(tx: Tx, now: int) -> list[Actor]:
    """Everybody who is there no more."""
    rows = tx.all("SELECT id, role FROM departures WHERE leaves_at <= :now ORDER BY id", now=now)
    return [_actor(row) for row in rows]


def forget_past(tx: Tx, before: int, but: Collection[str]) -> None:
    """Drop who left before a moment, but those of these ids."""
    kept = {f"k{n}": id for n, id in enumerate(but)}
    names = ", ".join(f":{name}" for name in kept) or "''"
    tx.write(
        f"DELETE FROM departures WHERE leaves_at < :before AND id NOT IN ({names})",  # noqa: S608  (names of ours)
        before=before,
        **kept,
    )


def _actor(row: Row) -> Actor:
    return Actor.speaking_as(Role(row["role"]), row["id"])
