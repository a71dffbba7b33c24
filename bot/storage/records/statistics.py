"""What is left of appointments that are gone: how many, by month, office, language and outcome."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.domain import local_time
from bot.domain.appointment import Status
from bot.storage.engine.database import Row, Tx

OUTCOMES = ("booked", "came", "missed", "cancelled_by_client", "cancelled_by_office")
"""`booked` is an appointment of which nobody said whether the client came."""


@dataclass(frozen=True, slots=True)
class MonthlyCount:
    """How many appointments of one kind there were; `month` is the local one they stood in."""

    month: str
    office_id: str
    language: str
    outcome: str
    number: int


def add(tx: Tx, appointment_id: int, zone: ZoneInfo) -> None:
    """Count an appointment that is about to be deleted in this transaction; a hold was none."""
    row = tx.one(
        "SELECT status, start_at, office_id, language, cancelled_by_client FROM appointments"
        " WHERE id = :id AND status <> 'held'",
        id=appointment_id,
    )
    if row is not None:
        tx.write(
            "INSERT INTO counts (month, office_id, language, outcome, number)"
            " VALUES (:month, :office, :language, :outcome, 1)"
            " ON CONFLICT (month, office_id, language, outcome)"
            " DO UPDATE SET number = counts.number + 1",
            month=f"{local_time.local_day(row['start_at'], zone):%Y-%m}",
            office=row["office_id"],
            language=row["language"],
            outcome=_outcome(row),
        )


def everything(tx: Tx) -> list[MonthlyCount]:
    """All counts, the oldest month first."""
    rows = tx.all("SELECT * FROM counts ORDER BY month, office_id, language, outcome")
    return [MonthlyCount(**{name: row[name] for name in MonthlyCount.__slots__}) for row in rows]


def _outcome(row: Row) -> str:
    if row["status"] != Status.CANCELLED:
        return str(row["status"])
    return "cancelled_by_client" if row["cancelled_by_client"] else "cancelled_by_office"
