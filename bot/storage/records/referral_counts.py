"""How many people a source sends, by month: new chats and bookings, and nothing of who they are.

Sources are those the city file names and one for all others, so that links somebody has invented
fill nothing.
"""

from dataclasses import dataclass

from bot.domain.referral import Referred
from bot.storage.engine.database import Tx


@dataclass(frozen=True, slots=True)
class MonthlyReferrals:
    """How many came from a source in a month (`2026-11`), and how many appointments they booked."""

    month: str
    source: str
    started: int
    booked: int


def count(tx: Tx, month: str, source: str, what: Referred) -> None:
    """Add one to what somebody from this source has done in this month."""
    tx.write(
        "INSERT INTO referral_counts (month, source, started, booked)"
        " VALUES (:month, :source, :started, :booked) ON CONFLICT (month, source) DO UPDATE"
        " SET started = referral_counts.started + excluded.started,"
        " booked = referral_counts.booked + excluded.booked",
        month=month,
        source=source,
        started=int(what is Referred.STARTED),
        booked=int(what is Referred.BOOKED),
    )


def everything(tx: Tx) -> list[MonthlyReferrals]:
    """All counts, the oldest month first."""
    rows = tx.all("SELECT * FROM referral_counts ORDER BY month, source")
    names = MonthlyReferrals.__slots__
    return [MonthlyReferrals(**{name: row[name] for name in names}) for row in rows]
