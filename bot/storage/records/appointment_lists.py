"""Appointments as the offices see them: seen, kept or missed, passed on, helped with."""

from bot.domain.appointment import Appointment, Status
from bot.storage.engine.database import Tx
from bot.storage.records.appointments import from_row
from bot.storage.records.busy_times import LONGEST_TALK_SECONDS

TAKEN = "status IN ('held', 'booked')"
"""The condition of an index, word for word: SQLite does not see that "booked" is a part of it."""


def within(tx: Tx, case_manager_id: str, start: int, end: int) -> list[Appointment]:
    """The case manager's booked talks that share a second with [start, end), in order."""
    rows = tx.all(
        f"SELECT * FROM appointments WHERE {TAKEN} AND status = 'booked'"  # noqa: S608
        " AND case_manager_id = :person AND start_at >= :earliest AND start_at < :end"
        " AND end_at > :start ORDER BY start_at",
        person=case_manager_id,
        earliest=start - LONGEST_TALK_SECONDS,
        start=start,
        end=end,
    )
    return [from_row(row) for row in rows]


def held_within(tx: Tx, case_manager_id: str, start: int, end: int) -> list[int]:
    """The ids of the holds on the case manager's time in [start, end)."""
    rows = tx.all(
        f"SELECT id FROM appointments WHERE {TAKEN} AND status = 'held'"  # noqa: S608
        " AND case_manager_id = :person AND start_at >= :earliest AND start_at < :end"
        " AND end_at > :start",
        person=case_manager_id,
        earliest=start - LONGEST_TALK_SECONDS,
        start=start,
        end=end,
    )
    return [int(row["id"]) for row in rows]


def diary(tx: Tx, case_manager_id: str, start: int, end: int) -> list[Appointment]:
    """The talks that begin within [start, end) and were not cancelled, in order."""
    stretch = "case_manager_id = :person AND start_at >= :start AND start_at < :end"
    booked = f"SELECT * FROM appointments WHERE {stretch} AND {TAKEN} AND status = 'booked'"  # noqa: S608
    over = f"SELECT * FROM appointments WHERE {stretch} AND status IN ('came', 'missed')"  # noqa: S608
    rows = tx.all(
        f"{booked} UNION ALL {over} ORDER BY start_at",
        person=case_manager_id,
        start=start,
        end=end,
    )
    return [from_row(row) for row in rows]


def called_off(tx: Tx, appointment_id: int) -> Appointment | None:
    """An appointment its office cancelled, or None."""
    row = tx.one(
        "SELECT * FROM appointments WHERE id = :id AND status = 'cancelled'"
        " AND cancelled_by_client = 0",
        id=appointment_id,
    )
    return None if row is None else from_row(row)


def mark_seen(tx: Tx, appointment_id: int, now: int) -> None:
    """Keep when the case manager's side saw it first."""
    tx.run(
        "UPDATE appointments SET seen_at = :now WHERE id = :id AND seen_at IS NULL",
        now=now,
        id=appointment_id,
    )


def set_status(tx: Tx, appointment_id: int, status: Status) -> None:
    """Keep whether the client came, or that nobody has said."""
    tx.run(
        "UPDATE appointments SET status = :status WHERE id = :id",
        status=status.value,
        id=appointment_id,
    )


def set_help(tx: Tx, appointment_id: int, arranged: bool) -> None:
    """Keep whether somebody will help with the language."""
    tx.run(
        "UPDATE appointments SET help_arranged = :arranged WHERE id = :id",
        arranged=int(arranged),
        id=appointment_id,
    )


def unseen(
    tx: Tx, office_id: str, booked_before: int, start_before: int, settled_before: int, now: int
) -> list[Appointment]:
    """An office's talks to come that nobody has seen or passed on, booked before a moment.

    Those that start before `start_before` as well, if they were booked before `settled_before`.
    """
    rows = tx.all(
        "SELECT * FROM appointments WHERE status = 'booked' AND seen_at IS NULL"
        " AND passed_on_at IS NULL AND start_at > :now AND office_id = :office"
        " AND (booked_at <= :before OR (booked_at <= :settled AND start_at <= :soon))"
        " ORDER BY booked_at",
        office=office_id,
        before=booked_before,
        soon=start_before,
        settled=settled_before,
        now=now,
    )
    return [from_row(row) for row in rows]


def help_open(tx: Tx, start_before: int, booked_before: int, now: int) -> list[Appointment]:
    """Talks before a moment whose help with the language is open and was not asked about."""
    rows = tx.all(
        "SELECT * FROM appointments WHERE status = 'booked' AND help_arranged IS NULL"
        " AND help_asked_at IS NULL AND start_at > :now AND start_at <= :before"
        " AND booked_at <= :booked ORDER BY id",
        now=now,
        before=start_before,
        booked=booked_before,
    )
    return [found for row in rows if (found := from_row(row)).wishes.language_help]


def note_passed_on(tx: Tx, appointment_id: int, now: int) -> None:
    """Keep that somebody else was told of a booking nobody saw."""
    tx.run("UPDATE appointments SET passed_on_at = :now WHERE id = :id", now=now, id=appointment_id)


def note_asked(tx: Tx, appointment_id: int, now: int) -> None:
    """Keep that the case manager was asked about the help."""
    tx.run(
        "UPDATE appointments SET help_asked_at = :now WHERE id = :id", now=now, id=appointment_id
    )


def begin_digest(tx: Tx, case_manager_id: str, day: str) -> bool:
    """Whether this day's digest is still to be thought of; it is not a second time."""
    begun = tx.run(
        "UPDATE case_managers SET digest_day = :day WHERE id = :id"
        " AND (digest_day IS NULL OR digest_day < :day)",
        day=day,
        id=case_manager_id,
    )
    return begun == 1
