"""Appointments as the offices see them: seen, kept or missed, passed on, helped with."""

from collections.abc import Sequence
from functools import lru_cache

from bot.domain.appointment import Appointment
from bot.storage.engine.database import Tx
from bot.storage.records.appointment_rows import from_row, readable, wishes_of
from bot.storage.records.busy_times import LONGEST_TALK_SECONDS
from bot.storage.records.value_lists import numbered, placeholders

TAKEN = "status IN ('held', 'booked')"
"""The condition of an index, word for word: SQLite does not see that "booked" is a part of it."""

HELP_WANTED = """wishes LIKE '%"language_help": true%'"""
"""A part of the condition of another, by how wishes are kept."""


def all_of(tx: Tx, person_id: int) -> list[int]:
    """The ids of all that is kept of a client, over or not, the earliest first."""
    rows = tx.all(
        "SELECT id FROM appointments WHERE person_id = :person ORDER BY start_at, id",
        person=person_id,
    )
    return [int(row["id"]) for row in rows]


def by_code(tx: Tx, code: str) -> int | None:
    """The number of the appointment with this code, held or of any later status."""
    row = tx.one("SELECT id FROM appointments WHERE code = :code", code=code)
    return None if row is None else int(row["id"])


def made_by_form(tx: Tx, form: str) -> Appointment | None:
    """What a form has made already."""
    row = tx.one("SELECT * FROM appointments WHERE form = :form", form=form)
    return None if row is None else from_row(row)


def within(tx: Tx, case_manager_id: str, start: int, end: int) -> list[Appointment]:
    """The case manager's booked talks that share a second with [start, end), in order."""
    rows = tx.all(
        f"SELECT * FROM appointments WHERE {TAKEN} AND status = 'booked'"  # noqa: S608  (names of ours)
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
        f"SELECT id FROM appointments WHERE {TAKEN} AND status = 'held'"  # noqa: S608  (names of ours)
        " AND case_manager_id = :person AND start_at >= :earliest AND start_at < :end"
        " AND end_at > :start",
        person=case_manager_id,
        earliest=start - LONGEST_TALK_SECONDS,
        start=start,
        end=end,
    )
    return [int(row["id"]) for row in rows]


def unseen(
    tx: Tx,
    office_id: str,
    *,
    booked_before: int,
    start_before: int,
    settled_before: int,
    now: int,
) -> dict[int, str]:
    """An office's talks to come that nobody has seen or passed on, booked before a moment.

    Each with its case manager, those booked first first. Those that start before `start_before` as
    well, if they were booked before `settled_before`.
    """
    rows = tx.all(
        "SELECT id, case_manager_id FROM appointments WHERE status = 'booked' AND seen_at IS NULL"
        " AND passed_on_at IS NULL AND start_at > :now AND office_id = :office"
        " AND (booked_at <= :before OR (booked_at <= :settled AND start_at <= :soon))"
        " ORDER BY booked_at",
        office=office_id,
        before=booked_before,
        soon=start_before,
        settled=settled_before,
        now=now,
    )
    return {int(row["id"]): row["case_manager_id"] for row in rows}


def help_open(tx: Tx, start_before: int, booked_before: int, now: int) -> list[int]:
    """Talks before a moment whose help with the language is open and was not asked about."""
    rows = tx.all(
        "SELECT id, wishes FROM appointments WHERE status = 'booked' AND help_arranged IS NULL"  # noqa: S608  (names of ours)
        f" AND help_asked_at IS NULL AND {HELP_WANTED} AND start_at > :now"
        " AND start_at <= :before AND booked_at <= :booked ORDER BY id",
        now=now,
        before=start_before,
        booked=booked_before,
    )
    return [int(row["id"]) for row in rows if wishes_of(row).language_help]


def to_look_after(tx: Tx, case_manager_ids: Sequence[str], now: int) -> list[Appointment]:
    """The talks with these people that are not over, booked or called off by an office, in order.

    About them something may be left to do. One that cannot be read keeps nobody from the others.
    """
    rows = tx.all(_to_look_after_sql(len(case_manager_ids)), now=now, **numbered(case_manager_ids))
    return [found for row in rows if (found := readable(row)) is not None]


def diary(tx: Tx, case_manager_ids: Sequence[str], start: int, end: int) -> list[Appointment]:
    """The talks of these people that begin within [start, end) and were not cancelled, in order."""
    rows = tx.all(
        _diary_sql(len(case_manager_ids)), start=start, end=end, **numbered(case_manager_ids)
    )
    return [from_row(row) for row in rows]


def starts(tx: Tx, case_manager_ids: Sequence[str], start: int, end: int) -> list[int]:
    """When the talks of the diary begin, in UTC epoch seconds and in order; no more of them."""
    rows = tx.all(
        _diary_sql(len(case_manager_ids), "start_at"),
        start=start,
        end=end,
        **numbered(case_manager_ids),
    )
    return [int(row["start_at"]) for row in rows]


@lru_cache(maxsize=256)
def _diary_sql(people: int, columns: str = "*") -> str:
    stretch = (
        f"case_manager_id IN ({placeholders(people)}) AND start_at >= :start AND start_at < :end"
    )
    booked = f"SELECT {columns} FROM appointments WHERE {stretch} AND {TAKEN} AND status = 'booked'"  # noqa: S608  (names of ours)
    over = f"SELECT {columns} FROM appointments WHERE {stretch} AND status IN ('came', 'missed')"  # noqa: S608  (names of ours)
    return f"{booked} UNION ALL {over} ORDER BY start_at"


@lru_cache(maxsize=256)
def _to_look_after_sql(people: int) -> str:
    theirs = f"case_manager_id IN ({placeholders(people)}) AND end_at > :now"
    booked = f"SELECT * FROM appointments WHERE {theirs} AND {TAKEN} AND status = 'booked'"  # noqa: S608  (names of ours)
    off = f"SELECT * FROM appointments WHERE {theirs} AND status = 'cancelled'"  # noqa: S608  (names of ours)
    return f"{booked} UNION ALL {off} AND cancelled_by_client = 0 ORDER BY start_at, id"
