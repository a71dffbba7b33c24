"""Appointments: a row each, from the hold to its end."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from bot.domain.appointment import Answer, Appointment, Status, Wishes
from bot.domain.slots import Slot
from bot.storage.engine.database import Tx, Value
from bot.storage.records import cells
from bot.storage.records.appointment_rows import from_row, wishes_json


@dataclass(frozen=True, slots=True)
class Hold:
    """A slot a client is reading about, until `until` (UTC epoch seconds).

    `moves_id` is the appointment the held time is meant to replace.
    """

    id: int
    slot: Slot
    until: int
    moves_id: int | None


def by_id(tx: Tx, appointment_id: int) -> Appointment | None:
    """The appointment, held or of any later status, or None."""
    row = tx.one("SELECT * FROM appointments WHERE id = :id", id=appointment_id)
    return None if row is None else from_row(row)


def known(tx: Tx, appointment_id: int) -> Appointment:
    """The appointment, which must be there. Raises LookupError."""
    found = by_id(tx, appointment_id)
    if found is None:
        raise LookupError("no such appointment")
    return found


def hold_of(tx: Tx, person_id: int) -> Hold | None:
    """The client's hold, run out or not."""
    row = tx.one(
        "SELECT * FROM appointments WHERE person_id = :person AND status = 'held'",
        person=person_id,
    )
    if row is None:
        return None
    slot = Slot(row["case_manager_id"], row["start_at"], row["end_at"], row["free_at"])
    return Hold(row["id"], slot, row["hold_until"], row["moves_id"])


def booked_by(tx: Tx, person_id: int, now: int) -> list[Appointment]:
    """The client's booked appointments that are not over at `now`, in order."""
    rows = tx.all(
        "SELECT * FROM appointments WHERE person_id = :person AND status = 'booked'"
        " AND end_at > :now ORDER BY start_at",
        person=person_id,
        now=now,
    )
    return [from_row(row) for row in rows]


def hold(
    tx: Tx,
    code: str,
    person_id: int,
    office_id: str,
    slot: Slot,
    language: str,
    *,
    until: int,
    moves_id: int | None,
) -> int:
    """Write a hold without its cells; its id."""
    row = tx.one(
        "INSERT INTO appointments (code, person_id, case_manager_id, office_id, start_at, end_at,"
        " free_at, status, hold_until, moves_id, language, wishes, answer)"
        " VALUES (:code, :person, :staff, :office, :start, :end, :free, 'held', :until, :moves,"
        " :language, :wishes, 'none') RETURNING id",
        code=code,
        person=person_id,
        staff=slot.case_manager_id,
        office=office_id,
        start=slot.start,
        end=slot.end,
        free=slot.free_at,
        until=until,
        moves=moves_id,
        language=language,
        wishes=wishes_json(Wishes()),
    )
    assert row is not None
    return int(row["id"])


def book(tx: Tx, hold_id: int, language: str, wishes: Wishes, now: int) -> None:
    """Turn a hold into a booked appointment."""
    tx.write(
        "UPDATE appointments SET status = 'booked', hold_until = NULL, language = :language,"
        " wishes = :wishes, booked_at = :now WHERE id = :id",
        language=language,
        wishes=wishes_json(wishes),
        now=now,
        id=hold_id,
    )


def move(
    tx: Tx,
    appointment_id: int,
    office_id: str,
    slot: Slot,
    language: str,
    wishes: Wishes,
    now: int,
) -> None:
    """Give a booked appointment another time and perhaps another person: a new sequence."""
    tx.write(
        "UPDATE appointments SET case_manager_id = :staff, office_id = :office, start_at = :start,"
        " end_at = :end, free_at = :free, language = :language, wishes = :wishes,"
        " sequence = sequence + 1, answer = 'none', booked_at = :now, seen_at = NULL,"
        " help_arranged = NULL, passed_on_at = NULL, help_asked_at = NULL,"
        " settled = '' WHERE id = :id",
        language=language,
        staff=slot.case_manager_id,
        office=office_id,
        start=slot.start,
        end=slot.end,
        free=slot.free_at,
        wishes=wishes_json(wishes),
        now=now,
        id=appointment_id,
    )


class CancelledBy(IntEnum):
    """Who cancelled, as the column `cancelled_by_client` keeps it.

    What the staff note for a client is the client's will, and counts against nobody.
    """

    OFFICE = 0
    CLIENT = 1
    STAFF_FOR_CLIENT = 2


def cancel(tx: Tx, appointment_id: int, now: int, by: CancelledBy) -> None:
    """Mark an appointment cancelled and free its cells."""
    tx.write(
        "UPDATE appointments SET status = 'cancelled', sequence = sequence + 1,"
        " cancelled_at = :now, cancelled_by_client = :by WHERE id = :id",
        now=now,
        by=by.value,
        id=appointment_id,
    )
    cells.free(tx, appointment_id)


def change_wishes(tx: Tx, appointment_id: int, wishes: Wishes, *, ask_anew: bool) -> None:
    """Other wishes for the same time; `ask_anew`, whether the help with the language is open."""
    asked = ", help_arranged = NULL, help_asked_at = NULL" if ask_anew else ""
    _change(tx, appointment_id, f"wishes = :value{asked}", wishes_json(wishes))


def set_answer(tx: Tx, appointment_id: int, answer: Answer) -> None:
    """Keep whether the client comes, comes late, or went elsewhere."""
    _change(tx, appointment_id, "answer = :value", answer.value)


def mark_seen(tx: Tx, appointment_id: int, now: int) -> None:
    """Keep when the case manager's side saw it first."""
    _change(tx, appointment_id, "seen_at = COALESCE(seen_at, :value)", now)


def set_status(tx: Tx, appointment_id: int, status: Status) -> None:
    """Keep whether the client came, or that nobody has said."""
    _change(tx, appointment_id, "status = :value", status.value)


def set_help(tx: Tx, appointment_id: int, arranged: bool) -> None:
    """Keep whether somebody will help with the language."""
    _change(tx, appointment_id, "help_arranged = :value", int(arranged))


def note_passed_on(tx: Tx, appointment_id: int, now: int) -> bool:
    """Keep that somebody else was told of a booking nobody saw; False if they were before."""
    first = "UPDATE appointments SET passed_on_at = :now WHERE id = :id AND passed_on_at IS NULL"
    return tx.run(first, now=now, id=appointment_id) == 1


def note_asked(tx: Tx, appointment_id: int, now: int) -> bool:
    """Keep that the case manager was asked about the help; False if they were before."""
    first = "UPDATE appointments SET help_asked_at = :now WHERE id = :id AND help_asked_at IS NULL"
    return tx.run(first, now=now, id=appointment_id) == 1


def note_form(tx: Tx, appointment_id: int, form: str) -> None:
    """Keep which form an appointment was made by."""
    _change(tx, appointment_id, "form = :value", form)


def settle(tx: Tx, appointment_id: int, matters: Iterable[str]) -> None:
    """Keep which open matters have been seen to, until it is moved."""
    _change(tx, appointment_id, "settled = :value", " ".join(sorted(matters)))


def hand_over(tx: Tx, appointment_id: int, person_id: int) -> None:
    """Make an appointment another person's, who must be free at that time."""
    _change(tx, appointment_id, "person_id = :value", person_id)
    cells.hand_over(tx, appointment_id, person_id)


def lock(tx: Tx, appointment_id: int) -> None:
    """Take an appointment's row: whatever else is about to be told of it has been written."""
    tx.one(f"SELECT id FROM appointments WHERE id = :id {tx.for_update}", id=appointment_id)  # noqa: S608  (names of ours)


def forget(tx: Tx, appointment_id: int) -> None:
    """Drop an appointment and what it occupies, and holds to move it along."""
    for row in tx.all("SELECT id FROM appointments WHERE moves_id = :id", id=appointment_id):
        drop_hold(tx, row["id"])
    cells.free(tx, appointment_id)
    tx.write("DELETE FROM appointments WHERE id = :id", id=appointment_id)


def drop_hold(tx: Tx, hold_id: int) -> None:
    """Forget a hold and free its cells."""
    cells.free(tx, hold_id)
    tx.write("DELETE FROM appointments WHERE id = :id AND status = 'held'", id=hold_id)


def drop_expired_holds(tx: Tx, case_manager_id: str, now: int) -> None:
    """Free what run-out holds still occupy of a case manager's time."""
    rows = tx.all(
        "SELECT id FROM appointments WHERE case_manager_id = :person AND status = 'held'"
        " AND hold_until <= :now",
        person=case_manager_id,
        now=now,
    )
    for row in rows:
        drop_hold(tx, row["id"])


def _change(tx: Tx, appointment_id: int, what: str, value: Value) -> None:
    tx.write(
        f"UPDATE appointments SET {what} WHERE id = :id",  # noqa: S608  (names of ours)
        value=value,
        id=appointment_id,
    )
