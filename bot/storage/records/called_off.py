"""Appointments that an office called off: where, and whose they were."""

from bot.domain.appointment import Appointment
from bot.storage.engine.database import Tx
from bot.storage.records.appointment_rows import readable

CALLED_OFF = "status = 'cancelled' AND cancelled_by_client = 0"


def within(tx: Tx, case_manager_id: str, start: int, end: int) -> list[Appointment]:
    """The case manager's talks sharing a second with [start, end) that an office called off."""
    rows = tx.all(
        f"SELECT * FROM appointments WHERE {CALLED_OFF} AND case_manager_id = :person"  # noqa: S608  (names of ours)
        " AND end_at > :start AND start_at < :end"
        " ORDER BY start_at, id",
        person=case_manager_id,
        start=start,
        end=end,
    )
    return [found for row in rows if (found := readable(row)) is not None]


def had(tx: Tx, person_id: int, case_manager_id: str, start: int) -> bool:
    """Whether an office called off a talk that this client had at this very time."""
    row = tx.one(
        f"SELECT 1 AS x FROM appointments WHERE {CALLED_OFF} AND person_id = :person"  # noqa: S608  (names of ours)
        " AND case_manager_id = :with_whom AND start_at = :start LIMIT 1",
        person=person_id,
        with_whom=case_manager_id,
        start=start,
    )
    return row is not None
