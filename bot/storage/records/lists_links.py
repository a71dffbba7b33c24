"""Links to somebody's own lists that are out, and links to appointments that were ended early.

A link to lists opens nothing once its row is gone. One to an appointment has no row: it was sent
with a mail and stands in a calendar. Moments are UTC epoch seconds.
"""

from bot.domain.actors import Actor
from bot.domain.appointment import Appointment
from bot.domain.lists_link import ListsLink
from bot.storage.engine.database import Tx


def make(tx: Tx, actor: Actor, made_at: int, expires_at: int) -> ListsLink:
    """Let there be one more link to somebody's lists."""
    row = tx.one(
        "INSERT INTO page_links (role, holder, made_at, expires_at)"
        " VALUES (:role, :holder, :made, :expires) RETURNING id",
        role=actor.role.value,
        holder=actor.id,
        made=made_at,
        expires=expires_at,
    )
    assert row is not None
    return ListsLink(int(row["id"]), made_at, expires_at)


def is_out(tx: Tx, number: int, actor: Actor) -> bool:
    """Whether somebody's link of this number was not ended."""
    found = tx.one(
        "SELECT 1 AS x FROM page_links WHERE id = :number AND role = :role AND holder = :holder",
        number=number,
        role=actor.role.value,
        holder=actor.id,
    )
    return found is not None


def out(tx: Tx, actor: Actor, now: int) -> list[ListsLink]:
    """Somebody's links that are good, in the order they were made."""
    rows = tx.all(
        "SELECT id, made_at, expires_at FROM page_links"
        " WHERE role = :role AND holder = :holder AND expires_at > :now ORDER BY id",
        role=actor.role.value,
        holder=actor.id,
        now=now,
    )
    return [ListsLink(row["id"], row["made_at"], row["expires_at"]) for row in rows]


def end(tx: Tx, actor: Actor, number: int) -> bool:
    """End one of somebody's links; whether it was out."""
    ended = tx.run(
        "DELETE FROM page_links WHERE id = :number AND role = :role AND holder = :holder",
        number=number,
        role=actor.role.value,
        holder=actor.id,
    )
    return ended == 1


def end_all(tx: Tx, actor: Actor) -> None:
    """End every link to somebody's lists."""
    tx.write(
        "DELETE FROM page_links WHERE role = :role AND holder = :holder",
        role=actor.role.value,
        holder=actor.id,
    )


def end_everybodys(tx: Tx) -> None:
    """End every link to lists."""
    tx.write("DELETE FROM page_links")


def end_to_appointment(tx: Tx, actor: Actor, about: Appointment) -> None:
    """End somebody's links to an appointment, but for those sent when its time changes again."""
    tx.write(
        "INSERT INTO ended_links (appointment_id, role, holder, sequence)"
        " VALUES (:about, :role, :holder, :sequence)"
        " ON CONFLICT (appointment_id, role, holder) DO UPDATE SET sequence = :sequence",
        about=about.id,
        role=actor.role.value,
        holder=actor.id,
        sequence=about.sequence,
    )


def end_to_appointments(tx: Tx, actor: Actor) -> None:
    """The same for all appointments there are."""
    tx.write(
        "INSERT INTO ended_links (appointment_id, role, holder, sequence)"
        " SELECT id, :role, :holder, sequence FROM appointments WHERE TRUE"
        " ON CONFLICT (appointment_id, role, holder) DO UPDATE SET sequence = excluded.sequence",
        role=actor.role.value,
        holder=actor.id,
    )


def has_ended(tx: Tx, actor: Actor, appointment_id: int, sequence: int) -> bool:
    """Whether somebody's link to an appointment, as it was at this change, was ended."""
    found = tx.one(
        "SELECT 1 AS x FROM ended_links WHERE appointment_id = :about AND role = :role"
        " AND holder = :holder AND sequence >= :sequence",
        about=appointment_id,
        role=actor.role.value,
        holder=actor.id,
        sequence=sequence,
    )
    return found is not None


def forget_past(tx: Tx, until: int, most: int) -> int:
    """Drop at most so many links that have expired by a moment; how many."""
    return tx.run(
        "DELETE FROM page_links WHERE id IN"
        " (SELECT id FROM page_links WHERE expires_at <= :until LIMIT :most)",
        until=until,
        most=most,
    )


def forget_ended(tx: Tx, appointment_id: int) -> None:
    """Drop whose links to an appointment were ended, as it is about to be deleted."""
    tx.write("DELETE FROM ended_links WHERE appointment_id = :about", about=appointment_id)
