"""Somebody deletes everything: nothing stays but what the last message needs.

The row of the person loses its hash at once, so that the same chat is a stranger from then on. Its
address and language go with the last message, or with the chores a day later.
"""

from zoneinfo import ZoneInfo

from bot.storage.engine.database import Tx
from bot.storage.records import appointments, case_managers, cells, statistics


def leave(tx: Tx, person_id: int, now: int, zone: ZoneInfo) -> None:
    """Forget a person but for the address; appointments to come must be cancelled before.

    `now` is in UTC epoch seconds, `zone` tells in which month an appointment is counted.
    """
    tx.run(
        "DELETE FROM inbox WHERE set_aside = 1"
        " AND chat_key = (SELECT chat_key FROM persons WHERE id = :id)",
        id=person_id,
    )
    case_managers.speak_for_nobody(tx, person_id)
    _forget_appointments(tx, person_id, zone)
    tx.run("DELETE FROM outbox WHERE person_id = :id AND state <> 'sending'", id=person_id)
    tx.run(
        "UPDATE persons SET chat_key = :nobody, consent_version = NULL, consent_at = NULL,"
        " last_case_manager_id = NULL, left_at = :now WHERE id = :id",
        nobody=f"left-{person_id}",
        now=now,
        id=person_id,
    )


def forget_if_served(tx: Tx, person_id: int) -> None:
    """Forget the address of somebody who left, once nothing more is to be sent there."""
    waits = tx.one(
        "SELECT 1 AS x FROM outbox WHERE person_id = :id AND state IN ('waiting', 'sending')",
        id=person_id,
    )
    if waits is None:
        tx.run("DELETE FROM outbox WHERE person_id = :id", id=person_id)
        tx.run("DELETE FROM persons WHERE id = :id", id=person_id)


def _forget_appointments(tx: Tx, person_id: int, zone: ZoneInfo) -> None:
    if held := appointments.hold_of(tx, person_id):
        appointments.drop_hold(tx, held.id)
    rows = tx.all("SELECT * FROM appointments WHERE person_id = :id", id=person_id)
    statistics.add(tx, rows, zone)
    for row in rows:
        about = row["id"]
        tx.run("DELETE FROM outbox WHERE appointment_id = :id AND settled_at > 0", id=about)
        # What a case manager is still to hear keeps its frozen facts, and is gone once sent.
        tx.run("UPDATE outbox SET appointment_id = NULL WHERE appointment_id = :id", id=about)
        cells.free(tx, about)
        tx.run("DELETE FROM appointments WHERE id = :id", id=about)
