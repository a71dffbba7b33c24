"""When a talk at one office can be booked: from the lead time to the horizon, on open days.

The lead time counts working days and working hours between booking and talk, so that somebody of
the staff can read of it at work. Who is booked for by the staff needs none: they are there.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from bot.domain import local_time, working_hours
from bot.domain.calendar import Calendar

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class BookingWindow:
    """A talk begins at `opens` (UTC epoch seconds), on the day `first`, at the soonest.

    And on the day `last` at the latest.
    """

    calendar: Calendar
    opens: int
    first: date
    last: date

    @classmethod
    def for_clients(cls, calendar: Calendar, now: int) -> Self:
        """What clients can book at `now` (UTC epoch seconds)."""
        rules = calendar.rules
        today = local_time.local_day(now, rules.time_zone)
        first = calendar.working_days_after(today, rules.lead_working_days)
        midnight, _ = local_time.day_bounds(first, rules.time_zone)
        hours_later = working_hours.after(calendar, rules.lead_working_hours, now)
        return cls._opening(calendar, max(now + 1, midnight, hours_later), today)

    @classmethod
    def for_staff(cls, calendar: Calendar, now: int) -> Self:
        """What the staff can book at `now` for somebody who is there."""
        today = local_time.local_day(now, calendar.rules.time_zone)
        return cls._opening(calendar, now + 1, today)

    @classmethod
    def _opening(cls, calendar: Calendar, opens: int, today: date) -> Self:
        first = local_time.local_day(opens, calendar.rules.time_zone)
        last = today + timedelta(days=calendar.rules.horizon_days)
        return cls(calendar, opens, first, last)

    def has(self, day: date) -> bool:
        """Whether a talk can begin on this day."""
        return self.first <= day <= self.last and not self.calendar.is_closed(day)


def days_of(windows: Collection[BookingWindow], first: date) -> Iterator[date]:
    """The days on which a talk can begin in one of them, not before `first`, in order."""
    day = first
    last = max((window.last for window in windows), default=date.min)
    while day <= last:
        for window in windows:
            if window.has(day):
                yield day
                break
        day += ONE_DAY
