"""When a case manager cannot be booked: a stretch of time, and nothing about why."""

from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.domain import local_time
from bot.domain.appointment import Appointment
from bot.domain.list_range import DAYS_BACK


@dataclass(frozen=True, slots=True)
class Absence:
    """From `start` to `end`, both UTC epoch seconds."""

    id: int
    case_manager_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Closing:
    """A stretch that was closed, and the talks in it that were called off."""

    absence: Absence
    called_off: tuple[Appointment, ...]


@dataclass(frozen=True, slots=True)
class Opening:
    """A stretch that is open again, and what was called off in it and is possible after all.

    The clients of `asked` are asked in chat whether they want to keep it; those of `to_phone` have
    no chat that can be written to.
    """

    absence: Absence
    asked: tuple[Appointment, ...] = ()
    to_phone: tuple[Appointment, ...] = ()


HOURS = range(6, 21)
"""The full hours of a day at which a single hour can be closed."""
DAYS_AHEAD = 365
"""So many days from today a time can be closed."""


def can_be_closed(start: int, end: int, now: int, zone: ZoneInfo) -> bool:
    """Whether a stretch can be closed at `now` (UTC epoch seconds, all): it is not over, it goes
    back no further than the lists, and ahead as far as a time can be closed."""
    today = local_time.local_day(now, zone)
    first, _ = local_time.day_bounds(today - timedelta(days=DAYS_BACK), zone)
    _, last = local_time.day_bounds(today + timedelta(days=DAYS_AHEAD), zone)
    return first <= start < end <= last and end > now
