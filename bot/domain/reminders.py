"""When a client is reminded of an appointment.

The day before at the same wall clock, and two hours before. Nothing is sent from 20:00 to 7:00:
the first then goes at 19:45 the evening before, the second at 7:00 if at least 45 minutes
remain. What would have been due before the booking was made is left out. These times are never
within twelve hours of each other.
"""

from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain import local_time

QUIET_FROM, QUIET_UNTIL = time(20, 0), time(7, 0)
EVENING = time(19, 45)
TWO_HOURS = 2 * 3600
LEAST_NOTICE = 45 * 60


class Kind(StrEnum):
    """Which of the two reminders it is."""

    DAY_BEFORE = "day_before"
    HOURS_BEFORE = "hours_before"


@dataclass(frozen=True, slots=True)
class Reminder:
    """One reminder: sent from `due` on, and not after `not_after` (UTC epoch seconds)."""

    kind: Kind
    due: int
    not_after: int


def plan(start: int, booked_at: int, zone: ZoneInfo) -> tuple[Reminder, ...]:
    """The reminders of an appointment at `start` that was booked or moved at `booked_at`."""
    wanted = (_day_before(start, zone), _hours_before(start, zone))
    return tuple(reminder for reminder in wanted if reminder and reminder.due > booked_at)


def is_quiet(at: time) -> bool:
    """Whether nobody is written to at this time of the day."""
    return at >= QUIET_FROM or at < QUIET_UNTIL


def _day_before(start: int, zone: ZoneInfo) -> Reminder:
    begins = local_time.local(start, zone)
    eve = begins.date() - timedelta(days=1)
    at = EVENING if is_quiet(begins.time()) else begins.time()
    return Reminder(Kind.DAY_BEFORE, local_time.epoch(eve, at, zone), _evening_ends(eve, zone))


def _evening_ends(day: date, zone: ZoneInfo) -> int:
    return local_time.epoch(day, QUIET_FROM, zone)


def _hours_before(start: int, zone: ZoneInfo) -> Reminder | None:
    due, latest = start - TWO_HOURS, start - LEAST_NOTICE
    at = local_time.local(due, zone)
    if at.time() >= QUIET_FROM:
        return None
    if at.time() < QUIET_UNTIL:
        due = local_time.epoch(at.date(), QUIET_UNTIL, zone)
    return Reminder(Kind.HOURS_BEFORE, due, latest) if due <= latest else None
