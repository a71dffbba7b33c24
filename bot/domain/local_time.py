"""Between UTC epoch seconds, which are stored, and the wall clock, which people read.

No moment and no day is too far away to be told: what lies before 1970 or after 2099, as an earlier
version may have stored it, is told as the edge of that time.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

LAST = 4_102_444_800
"""The beginning of the year 2100 in UTC epoch seconds."""
FIRST_DAY, LAST_DAY = date(1970, 1, 1), date(2100, 1, 1)
DAY_SECONDS = 86_400


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
    return _midnights(min(max(day, FIRST_DAY), LAST_DAY), zone)


def moments(day: date, seconds: Iterable[int], zone: ZoneInfo) -> list[int]:
    """UTC seconds of times on `day`, which are in seconds after midnight by the clock on the wall.

    Where no clock is changed that is a sum; elsewhere each is worked out, as by `epoch`.
    """
    begins, ends = _midnights(day, zone)
    if ends - begins == DAY_SECONDS:
        return [begins + at for at in seconds]
    return [epoch(day, _clock(at), zone) for at in seconds]


@lru_cache(maxsize=4096)
def _midnights(day: date, zone: ZoneInfo) -> tuple[int, int]:
    return epoch(day, time.min, zone), epoch(day + timedelta(days=1), time.min, zone)


def _clock(seconds: int) -> time:
    return time(seconds // 3600, seconds // 60 % 60)
