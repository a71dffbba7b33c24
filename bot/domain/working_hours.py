"""When case managers are at work: on working days, from eight to six.

Then a message may make a sound, and only then does the time run in which they should see a booking,
and the lead time before a talk. An appointment of the same day is worth a sound at any time. When
nobody is written to at all is said by `quiet_hours`.
"""

from collections.abc import Iterator
from datetime import date, time, timedelta

from bot.domain import local_time
from bot.domain.calendar import Calendar

WORK_FROM, WORK_UNTIL = time(8, 0), time(18, 0)
HOUR = 3600
FURTHEST_DAYS = 60


def may_ring(calendar: Calendar, about: int, now: int) -> bool:
    """Whether a notice about an appointment at `about` may (UTC epoch seconds, both)."""
    zone = calendar.rules.time_zone
    here = local_time.local(now, zone)
    if local_time.local_day(about, zone) == here.date():
        return True
    works = calendar.is_working_day(here.date())
    return works and WORK_FROM <= here.time() < WORK_UNTIL


def since(calendar: Calendar, hours: int, now: int) -> int:
    """The moment since which so many working hours have passed at `now` (UTC epoch seconds).

    Where there are not so many in the last weeks, the beginning of those weeks.
    """
    left = hours * HOUR
    for begins, ends in _worked(calendar, now, -1):
        worked = max(0, min(now, ends) - begins)
        if worked >= left:
            return min(now, ends) - left
        left -= worked
    return now - FURTHEST_DAYS * 24 * HOUR


def after(calendar: Calendar, hours: int, now: int) -> int:
    """The moment at which so many working hours will have passed since `now` (UTC epoch seconds).

    Where there are not so many in the next weeks, the end of those weeks.
    """
    left = hours * HOUR
    if left == 0:
        return now
    for begins, ends in _worked(calendar, now, 1):
        worked = max(0, ends - max(now, begins))
        if worked >= left:
            return max(now, begins) + left
        left -= worked
    return now + FURTHEST_DAYS * 24 * HOUR


def _worked(calendar: Calendar, now: int, step: int) -> Iterator[tuple[int, int]]:
    """The working hours of each working day of some weeks, from the day of `now` on or back."""
    zone = calendar.rules.time_zone
    today = local_time.local_day(now, zone)
    for day in (today + timedelta(days=step * number) for number in range(FURTHEST_DAYS)):
        if calendar.is_working_day(day):
            yield _hours(calendar, day)


def _hours(calendar: Calendar, day: date) -> tuple[int, int]:
    zone = calendar.rules.time_zone
    return local_time.epoch(day, WORK_FROM, zone), local_time.epoch(day, WORK_UNTIL, zone)
