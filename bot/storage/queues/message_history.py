"""What came of the messages about one appointment, from the rows of the outbox kept with it."""

from bot.domain.appointment import Answer, Appointment, Status
from bot.domain.delivery_status import Delivery
from bot.domain.staffing import OFFICE, Mailbox
from bot.storage.engine.database import Row, Tx
from bot.storage.records import appointments, persons

NOT_THERE = ("failed", "unaddressed", "expired")


def delivery(tx: Tx, appointment_id: int) -> Delivery | None:
    """What the client has been told of an appointment as it stands; None if there is none."""
    about = appointments.by_id(tx, appointment_id)
    if about is None:
        return None
    rows = tx.all(
        "SELECT kind, person_id, case_manager_id, mailbox, state, settled_at, dedupe_key"
        " FROM outbox WHERE appointment_id = :about",
        about=appointment_id,
    )
    own = f"appt:{about.id}:{about.sequence}:"
    to_client = [
        row
        for row in rows
        if row["person_id"] == about.person_id
        and row["case_manager_id"] is None
        and row["dedupe_key"].startswith(own)
    ]
    person = persons.by_id(tx, about.person_id)
    failed_at, sent_at = _last(to_client, "failed"), _last(to_client, "sent")
    missed = failed_at is not None and (sent_at is None or sent_at <= failed_at)
    reminded = [row for row in to_client if row["kind"] == "reminder"]
    told = [row for row in to_client if row["kind"] != "reminder"]
    return Delivery(
        told_at=_last(told, "sent") or _chosen_at(tx, about.id, about.status),
        reminded_at=_last(reminded, "sent"),
        answered=about.answer is Answer.COMING,
        reached=person is not None and person.reachable and not missed,
        failed=sum(row["state"] in NOT_THERE for row in rows if _is_for_staff_of(about, row)),
    )


def unreached(tx: Tx, since: int, now: int) -> list[Appointment]:
    """Appointments not over, a message of which failed since a moment, shown as not reached."""
    rows = tx.all(
        "SELECT DISTINCT a.id FROM outbox o JOIN appointments a ON a.id = o.appointment_id"
        " WHERE o.settled_at >= :since AND o.state = 'failed' AND o.case_manager_id IS NULL"
        " AND o.person_id = a.person_id AND a.end_at > :now AND a.cancelled_by_client = 0",
        since=since,
        now=now,
    )
    found = (appointments.by_id(tx, row["id"]) for row in rows)
    return [each for each in found if each is not None and not _is_reached(tx, each.id)]


def _is_reached(tx: Tx, appointment_id: int) -> bool:
    """The client may have come back since, and taken another time or got the next reminder."""
    found = delivery(tx, appointment_id)
    return found is not None and found.reached


def _is_for_staff_of(about: Appointment, row: Row) -> bool:
    """What is for a deputy, or for who had the appointment before, is not."""
    own, office = about.case_manager_id, Mailbox(OFFICE, about.office_id)
    return bool(row["case_manager_id"] == own or row["mailbox"] == str(office))


def _last(rows: list[Row], state: str) -> int | None:
    return max((int(row["settled_at"]) for row in rows if row["state"] == state), default=None)


def _chosen_at(tx: Tx, appointment_id: int, status: Status) -> int | None:
    """When the client pressed Confirm; what its office cancelled, they must be told of."""
    row = tx.one(
        "SELECT booked_at, cancelled_at, cancelled_by_client FROM appointments WHERE id = :id",
        id=appointment_id,
    )
    if row is None or status is Status.HELD:
        return None
    if status is Status.CANCELLED:
        return row["cancelled_at"] if row["cancelled_by_client"] else None
    return None if row["booked_at"] is None else int(row["booked_at"])
