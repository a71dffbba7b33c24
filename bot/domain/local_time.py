"""Between UTC epoch seconds, which are stored, and the wall clock, which people read.

No moment and no day is too far away to be told: what lies before 1970 or after 2099, as an earlier
version may have stored it, is told as the edge of that time.
"""

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

LAST = 4_102_444_800
"""The beginning of the year 2100 in UTC epoch seconds."""
FIRST_DAY, LAST_DAY = date(1970, 1, 1), date(2100, 1, 1)


def local(epoch: int, zone: ZoneInfo) -> datetime:
    """The wall-clock moment of `epoch` (UTC seconds) in `zone`."""
    return datetime.fromtimestamp(min(max(epoch, 0), LAST), zone)


def local_day(epoch: int, zone: ZoneInfo) -> date:
    """The calendar day people in `zone` have at `epoch` (UTC seconds)."""
    return local(epoch, zone).date()


@lru_cache(maxsize=4096)
def epoch(day: date, at: time, zone: ZoneInfo) -> int:
    """UTC seconds of the wall-clock time `at` on `day`; of a doubled hour, the first."""
    return int(datetime.combine(day, at, tzinfo=zone).timestamp())


def day_bounds(day: date, zone: ZoneInfo) -> tuple[int, int]:
    """UTC seconds of the midnights at which `day` begins and ends in `zone`."""
    day = min(max(day, FIRST_DAY), LAST_DAY)
    return epoch(day, time.min, zone), epoch(day + timedelta(days=1), time.min, zone)
