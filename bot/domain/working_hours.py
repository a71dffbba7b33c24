"""When case managers are at work: on working days, from eight to six.

Then a message may make a sound, and only then does the time run in which they should see a booking.
An appointment of the same day is worth a sound at any time. When nobody is written to at all is
said by `quiet_hours`.
"""

from datetime import time, timedelta

from bot.domain import local_time
from bot.domain.calendar import Calendar
from bot.domain.city import City

WORK_FROM, WORK_UNTIL = time(8, 0), time(18, 0)
HOUR = 3600
FURTHEST_DAYS = 60


def may_ring(city: City, about: int, now: int) -> bool:
    """Whether a notice about an appointment at `about` may (UTC epoch seconds, both)."""
    zone = city.rules.time_zone
    here = local_time.local(now, zone)
    if local_time.local_day(about, zone) == here.date():
        return True
    works = Calendar.of(city).is_working_day(here.date())
    return works and WORK_FROM <= here.time() < WORK_UNTIL


def since(city: City, hours: int, now: int) -> int:
    """The moment since which so many working hours have passed at `now` (UTC epoch seconds).

    Where there are not so many in the last weeks, the beginning of those weeks.
    """
    zone, calendar, left = city.rules.time_zone, Calendar.of(city), hours * HOUR
    today = local_time.local_day(now, zone)
    for day in (today - timedelta(days=back) for back in range(FURTHEST_DAYS)):
        if not calendar.is_working_day(day):
            continue
        begins, ends = (
            local_time.epoch(day, WORK_FROM, zone),
            local_time.epoch(day, WORK_UNTIL, zone),
        )
        worked = max(0, min(now, ends) - begins)
        if worked >= left:
            return min(now, ends) - left
        left -= worked
    return now - FURTHEST_DAYS * 24 * HOUR
