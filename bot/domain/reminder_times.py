"""When a client is reminded of an appointment.

The day before at the same wall clock, and two hours before. In quiet hours nothing is sent: the
first then goes at 19:45 the evening before, the second at 7:00 if at least 45 minutes
remain. What would have been due before the booking was made is left out. These times are never
within twelve hours of each other.
"""

from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain import local_time
from bot.domain.quiet_hours import QUIET_FROM, QUIET_UNTIL, is_quiet

EVENING = time(19, 45)
TWO_HOURS = 2 * 3600
LEAST_NOTICE = 45 * 60


class ReminderKind(StrEnum):
    """Which of the two reminders it is."""

    DAY_BEFORE = "day_before"
    HOURS_BEFORE = "hours_before"


@dataclass(frozen=True, slots=True)
class PlannedReminder:
    """One reminder: sent from `due` on, and not after `not_after` (UTC epoch seconds)."""

    kind: ReminderKind
    due: int
    not_after: int


def plan(start: int, booked_at: int, zone: ZoneInfo) -> tuple[PlannedReminder, ...]:
    """The reminders of an appointment at `start` that was booked or moved at `booked_at`."""
    wanted = (_day_before(start, zone), _hours_before(start, zone))
    return tuple(reminder for reminder in wanted if reminder and reminder.due > booked_at)


def _day_before(start: int, zone: ZoneInfo) -> PlannedReminder:
    begins = local_time.local(start, zone)
    eve = begins.date() - timedelta(days=1)
    at = EVENING if is_quiet(begins.time()) else begins.time()
    return PlannedReminder(
        ReminderKind.DAY_BEFORE, local_time.epoch(eve, at, zone), _evening_ends(eve, zone)
    )


def _evening_ends(day: date, zone: ZoneInfo) -> int:
    return local_time.epoch(day, QUIET_FROM, zone)


def _hours_before(start: int, zone: ZoneInfo) -> PlannedReminder | None:
    due, latest = start - TWO_HOURS, start - LEAST_NOTICE
    at = local_time.local(due, zone)
    if at.time() >= QUIET_FROM:
        return None
    if at.time() < QUIET_UNTIL:
        due = local_time.epoch(at.date(), QUIET_UNTIL, zone)
    return PlannedReminder(ReminderKind.HOURS_BEFORE, due, latest) if due <= latest else None
