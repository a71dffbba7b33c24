"""What a row of the table of appointments holds."""

import json
import logging
from dataclasses import asdict

from bot.domain.appointment import Answer, Appointment, Status, Wishes
from bot.observability.logs import fields
from bot.storage.engine.database import Row

log = logging.getLogger(__name__)


def wishes_json(wishes: Wishes) -> str:
    """How wishes are kept."""
    return json.dumps(asdict(wishes))


def from_row(row: Row) -> Appointment:
    """The appointment a row of the table holds."""
    return Appointment(
        id=row["id"],
        code=row["code"],
        person_id=row["person_id"],
        case_manager_id=row["case_manager_id"],
        office_id=row["office_id"],
        start=row["start_at"],
        end=row["end_at"],
        status=_status(row),
        sequence=row["sequence"],
        language=row["language"],
        wishes=wishes_of(row),
        answer=Answer(row["answer"]),
        seen_at=row["seen_at"],
        help_arranged=None if row["help_arranged"] is None else bool(row["help_arranged"]),
    )


def readable(row: Row) -> Appointment | None:
    """The appointment a row holds, or None, with a line in the log, where it cannot be read."""
    try:
        return from_row(row)
    except ValueError:
        log.error("an appointment cannot be read", extra=fields(appointment=row["id"]))
        return None


def wishes_of(row: Row) -> Wishes:
    """The wishes in a row of the table; of what cannot be read nothing but that is known.

    An appointment is shown, told of and called off all the same.
    """
    found = Wishes.read(row["wishes"])
    if found is None:
        log.error(
            "the wishes of an appointment cannot be read", extra=fields(appointment=row["id"])
        )
        return Wishes()
    return found


def _status(row: Row) -> Status:
    """Who cancelled has a column of its own."""
    called_off = row["status"] == Status.CANCELLED and not row["cancelled_by_client"]
    return Status.CALLED_OFF if called_off else Status(row["status"])
