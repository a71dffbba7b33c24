"""How far the lists of the staff reach: back as long as talks are kept, on as far as any goes.

So that what was yesterday can still be noted, and no talk is in no list.
"""

from datetime import date, timedelta

from bot.domain.calendar import FURTHEST_HORIZON_DAYS

DAYS_BACK = 14


def list_range(today: date) -> tuple[date, date]:
    """The first and the last day of the lists."""
    return (
        today - timedelta(days=DAYS_BACK),
        today + timedelta(days=FURTHEST_HORIZON_DAYS),
    )
