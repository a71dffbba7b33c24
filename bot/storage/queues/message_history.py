"""What came of the messages about appointments, from the rows of the outbox kept with them."""

from collections.abc import Sequence
from functools import lru_cache

from bot.domain.appointment import Appointment
from bot.domain.delivery_status import Fate, MessageRecord
from bot.domain.staffing import OFFICE, Mailbox
from bot.messages.payloads import Kind
from bot.storage.engine.database import Row, Tx

FATES = {
    "sent": Fate.ARRIVED,
    "failed": Fate.FAILED,
    "expired": Fate.NEVER,
    "unaddressed": Fate.NEVER,
}
"""What has become of a row in each state; in any other state it is on its way."""
PARTS_OF_KEY = 4
"""`appt:id:sequence:what`: all that follows says by which way, and to whom."""


def messages(tx: Tx, about: Sequence[Appointment]) -> dict[int, list[MessageRecord]]:
    """The messages about each of these appointments, by its id, in one statement."""
    found: dict[int, list[MessageRecord]] = {each.id: [] for each in about}
    known = {each.id: each for each in about}
    numbered = {f"v{n}": each.id for n, each in enumerate(about)}
    for row in tx.all(_sql(len(numbered)), **numbered):
        found[row["appointment_id"]].append(_record(row, known[row["appointment_id"]]))
    return found


def not_reached(tx: Tx, since: int, now: int) -> list[int]:
    """Appointments not over, a message to whose client failed since a moment.

    Left out are those of which that was noted since they were booked, moved or called off.
    """
    rows = tx.all(
        "SELECT DISTINCT a.id FROM outbox o JOIN appointments a ON a.id = o.appointment_id"
        " WHERE o.settled_at >= :since AND o.state = 'failed' AND o.case_manager_id IS NULL"
        " AND o.person_id = a.person_id AND a.end_at > :now AND a.cancelled_by_client = 0"
        " AND NOT EXISTS (SELECT 1 FROM audit n WHERE n.appointment_id = a.id"
        " AND n.action = 'not_reached' AND n.at >= COALESCE(a.cancelled_at, a.booked_at, 0))"
        " ORDER BY a.id",
        since=since,
        now=now,
    )
    return [int(row["id"]) for row in rows]


def _record(row: Row, about: Appointment) -> MessageRecord:
    key = row["dedupe_key"].split(":")
    as_it_stands = key[:3] == ["appt", str(about.id), str(about.sequence)]
    own, office = about.case_manager_id, Mailbox(OFFICE, about.office_id)
    of_client = row["person_id"] == about.person_id and row["case_manager_id"] is None
    return MessageRecord(
        tells=":".join(key[:PARTS_OF_KEY]),
        fate=FATES.get(row["state"], Fate.OPEN),
        settled_at=row["settled_at"],
        to_client=of_client and as_it_stands,
        to_its_staff=row["case_manager_id"] == own or row["mailbox"] == str(office),
        is_reminder=row["kind"] == Kind.REMINDER,
    )


@lru_cache(maxsize=256)
def _sql(appointments: int) -> str:
    names = ", ".join(f":v{n}" for n in range(appointments))
    return (
        "SELECT appointment_id, kind, person_id, case_manager_id, mailbox, state, settled_at,"  # noqa: S608  (names of ours)
        f" dedupe_key FROM outbox WHERE appointment_id IN ({names})"
    )
