"""What is left of appointments that are gone: how many, by month, office, language and outcome."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.domain import local_time
from bot.domain.appointment import Status
from bot.storage.engine.database import Row, Tx

OUTCOMES = ("booked", "came", "missed", "cancelled_by_client", "cancelled_by_office")
"""`booked` is an appointment of which nobody said whether the client came."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many appointments of one kind there were; `month` is the local one they stood in."""

    month: str
    office_id: str
    language: str
    outcome: str
    number: int


def add(tx: Tx, appointments: Iterable[Row], zone: ZoneInfo) -> None:
    """Count appointments that are about to be deleted in this transaction; holds were none."""
    kinds = Counter(_kind(row, zone) for row in appointments if row["status"] != Status.HELD)
    for (month, office, language, outcome), number in kinds.items():
        tx.run(
            "INSERT INTO counts (month, office_id, language, outcome, number)"
            " VALUES (:month, :office, :language, :outcome, :number)"
            " ON CONFLICT (month, office_id, language, outcome)"
            " DO UPDATE SET number = counts.number + excluded.number",
            month=month,
            office=office,
            language=language,
            outcome=outcome,
            number=number,
        )


def everything(tx: Tx) -> list[Count]:
    """All counts, the oldest month first."""
    rows = tx.all("SELECT * FROM counts ORDER BY month, office_id, language, outcome")
    return [Count(**{name: row[name] for name in Count.__slots__}) for row in rows]


def _kind(row: Row, zone: ZoneInfo) -> tuple[str, str, str, str]:
    month = f"{local_time.local_day(row['start_at'], zone):%Y-%m}"
    return month, row["office_id"], row["language"], _outcome(row)


def _outcome(row: Row) -> str:
    if row["status"] != Status.CANCELLED:
        return str(row["status"])
    return "cancelled_by_client" if row["cancelled_by_client"] else "cancelled_by_office"
