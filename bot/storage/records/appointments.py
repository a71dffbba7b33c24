"""Appointments: a row each, from the hold to its end."""

import json
from dataclasses import asdict, dataclass

from bot.domain.appointment import Answer, Appointment, Status, Wishes
from bot.domain.slots import Slot
from bot.storage.engine.database import Row, Tx
from bot.storage.records import cells


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


def booked_by(tx: Tx, person_id: int, after: int) -> list[Appointment]:
    """The client's booked appointments that begin after `after`, in order."""
    rows = tx.all(
        "SELECT * FROM appointments WHERE person_id = :person AND status = 'booked'"
        " AND start_at > :after ORDER BY start_at",
        person=person_id,
        after=after,
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
        wishes=_wishes_json(Wishes()),
    )
    assert row is not None
    return int(row["id"])


def book(tx: Tx, hold_id: int, language: str, wishes: Wishes, now: int) -> None:
    """Turn a hold into a booked appointment."""
    tx.run(
        "UPDATE appointments SET status = 'booked', hold_until = NULL, language = :language,"
        " wishes = :wishes, booked_at = :now WHERE id = :id",
        language=language,
        wishes=_wishes_json(wishes),
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
    tx.run(
        "UPDATE appointments SET case_manager_id = :staff, office_id = :office, start_at = :start,"
        " end_at = :end, free_at = :free, language = :language, wishes = :wishes,"
        " sequence = sequence + 1, answer = 'none', booked_at = :now, seen_at = NULL,"
        " help_arranged = NULL, passed_on_at = NULL, help_asked_at = NULL WHERE id = :id",
        language=language,
        staff=slot.case_manager_id,
        office=office_id,
        start=slot.start,
        end=slot.end,
        free=slot.free_at,
        wishes=_wishes_json(wishes),
        now=now,
        id=appointment_id,
    )


def cancel(tx: Tx, appointment_id: int, now: int, *, by_client: bool) -> None:
    """Mark an appointment cancelled and free its cells."""
    tx.run(
        "UPDATE appointments SET status = 'cancelled', sequence = sequence + 1,"
        " cancelled_at = :now, cancelled_by_client = :own WHERE id = :id",
        now=now,
        own=int(by_client),
        id=appointment_id,
    )
    cells.free(tx, appointment_id)


def set_answer(tx: Tx, appointment_id: int, answer: Answer) -> None:
    """Keep what the client answered to a reminder."""
    tx.run(
        "UPDATE appointments SET answer = :answer WHERE id = :id",
        answer=answer.value,
        id=appointment_id,
    )


def drop_hold(tx: Tx, hold_id: int) -> None:
    """Forget a hold and free its cells."""
    cells.free(tx, hold_id)
    tx.run("DELETE FROM appointments WHERE id = :id AND status = 'held'", id=hold_id)


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


def is_first_talk(tx: Tx, about: Appointment) -> bool:
    """Whether no other talk with this client comes before, as far as appointments are kept."""
    earlier = tx.one(
        "SELECT 1 AS x FROM appointments WHERE person_id = :person AND start_at < :start"
        " AND id <> :id AND status IN ('booked', 'came')",
        person=about.person_id,
        start=about.start,
        id=about.id,
    )
    return earlier is None


def code_is_free(tx: Tx, code: str) -> bool:
    """Whether no stored appointment has this code."""
    return tx.one("SELECT 1 AS x FROM appointments WHERE code = :code", code=code) is None


def _wishes_json(wishes: Wishes) -> str:
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
        status=Status(row["status"]),
        sequence=row["sequence"],
        language=row["language"],
        wishes=Wishes(**json.loads(row["wishes"])),
        answer=Answer(row["answer"]),
        seen_at=row["seen_at"],
        help_arranged=None if row["help_arranged"] is None else bool(row["help_arranged"]),
    )
