"""Between UTC epoch seconds, which are stored, and the wall clock, which people read."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo


def local(epoch: int, zone: ZoneInfo) -> datetime:
    """The wall-clock moment of `epoch` (UTC seconds) in `zone`."""
    return datetime.fromtimestamp(epoch, zone)


def local_day(epoch: int, zone: ZoneInfo) -> date:
    """The calendar day people in `zone` have at `epoch` (UTC seconds)."""
    return local(epoch, zone).date()


@lru_cache(maxsize=4096)
def epoch(day: date, at: time, zone: ZoneInfo) -> int:
    """UTC seconds of the wall-clock time `at` on `day`; of a doubled hour, the first."""
    return int(datetime.combine(day, at, tzinfo=zone).timestamp())


def day_bounds(day: date, zone: ZoneInfo) -> tuple[int, int]:
    """UTC seconds of the midnights at which `day` begins and ends in `zone`."""
    return epoch(day, time.min, zone), epoch(day + timedelta(days=1), time.min, zone)
