"""When a message to a case manager may make a sound: on working days, from eight to six.

An appointment of the same day is worth a sound at any time.
"""

from datetime import time

from bot.domain import wall
from bot.domain.calendar import Calendar
from bot.domain.city import City

WORK_FROM, WORK_UNTIL = time(8, 0), time(18, 0)


def may_ring(city: City, about: int, now: int) -> bool:
    """Whether a notice about an appointment at `about` may (UTC epoch seconds, both)."""
    zone = city.rules.time_zone
    here = wall.local(now, zone)
    if wall.local_day(about, zone) == here.date():
        return True
    works = Calendar.of(city).is_working_day(here.date())
    return works and WORK_FROM <= here.time() < WORK_UNTIL
