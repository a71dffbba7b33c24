"""What has passed its term leaves the database, with all that hangs on it."""

from bot.storage import appointments, cells
from bot.storage.database import Tx


def forget_appointments(tx: Tx, over_before: int, cancelled_before: int, held_before: int) -> int:
    """Drop appointments that ended, were cancelled, or whose hold ran out before; how many."""
    rows = tx.all(
        "SELECT id FROM appointments WHERE end_at < :over OR cancelled_at < :cancelled"
        " OR (status = 'held' AND hold_until < :held)",
        over=over_before,
        cancelled=cancelled_before,
        held=held_before,
    )
    for row in rows:
        for held in tx.all("SELECT id FROM appointments WHERE moves_id = :id", id=row["id"]):
            appointments.drop_hold(tx, held["id"])
        cells.free(tx, row["id"])
        tx.run("DELETE FROM outbox WHERE appointment_id = :id", id=row["id"])
        tx.run("DELETE FROM appointments WHERE id = :id", id=row["id"])
    return len(rows)


def forget_persons(tx: Tx, strangers_before: int, clients_before: int) -> int:
    """Drop people without appointments who were last here before: how many.

    Strangers are those who did not agree to the notice. A case manager's chat stays.
    """
    rows = tx.all(
        "SELECT id FROM persons p WHERE (seen_at < :clients"
        " OR (consent_version IS NULL AND seen_at < :strangers))"
        " AND NOT EXISTS (SELECT 1 FROM appointments a WHERE a.person_id = p.id)"
        " AND NOT EXISTS (SELECT 1 FROM staff_chats s WHERE s.person_id = p.id)",
        clients=clients_before,
        strangers=strangers_before,
    )
    for row in rows:
        tx.run("DELETE FROM outbox WHERE person_id = :id", id=row["id"])
        tx.run("DELETE FROM persons WHERE id = :id", id=row["id"])
    return len(rows)
