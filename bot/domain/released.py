"""Whether a talk lies where the city file releases time for it, as the file is now.

What was booked stays booked when hours change, a day is closed or a block runs out. Then this
tells it from what is still as it should be.
"""

from bot.domain import local_time
from bot.domain.calendar import Calendar
from bot.domain.city import CaseManager, City


def within_hours(city: City, case_manager: CaseManager, start: int, end: int) -> bool:
    """Whether [start, end), in UTC epoch seconds, is released by this person on an open day.

    Blocks that follow on one another without a gap are one.
    """
    zone = city.rules.time_zone
    day = local_time.local_day(start, zone)
    if Calendar.of(city, case_manager.office_id).is_closed(day):
        return False
    reached = start
    for block in sorted(case_manager.blocks, key=lambda block: block.start):
        if block.is_on(day) and local_time.epoch(day, block.start, zone) <= reached:
            reached = max(reached, local_time.epoch(day, block.end, zone))
    return reached >= end
