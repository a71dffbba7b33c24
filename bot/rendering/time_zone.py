"""A time zone as yearly rules, for every calendar object there is, the client's file too.

Outlook and Exchange read no list of dates in a VTIMEZONE (RDATE), nor do many phones.
"""

from calendar import monthrange
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

FIRST_YEAR = 1970
STEP = timedelta(minutes=15)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@lru_cache(maxsize=64)
def time_zone(zone: ZoneInfo, year: int) -> Timezone:
    """The zone with the clock changes of `year` as rules that hold for every year."""
    component = Timezone()
    component.add("tzid", zone.key)
    changes = [_observance(moment, zone) for moment in _changes(zone, year)]
    for observance in changes or [_unchanging(datetime(year, 1, 1, tzinfo=zone))]:
        component.add_component(observance)
    return component


def _changes(zone: ZoneInfo, year: int) -> Iterator[datetime]:
    """The first moments (UTC) after each change of the zone's offset within the year."""
    moment, end = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
    while moment < end:
        next_day = moment + timedelta(days=1)
        if _offset(moment, zone) != _offset(next_day, zone):
            yield _first_after_change(moment, zone)
        moment = next_day


def _first_after_change(moment: datetime, zone: ZoneInfo) -> datetime:
    before = _offset(moment, zone)
    while _offset(moment, zone) == before:
        moment += STEP
    return moment


def _offset(moment: datetime, zone: ZoneInfo) -> timedelta:
    offset = moment.astimezone(zone).utcoffset()
    assert offset is not None
    return offset


def _observance(change: datetime, zone: ZoneInfo) -> TimezoneDaylight | TimezoneStandard:
    before, after = _offset(change - STEP, zone), _offset(change, zone)
    wall = (change + before).replace(tzinfo=None)
    weekday, nth = wall.weekday(), _place_in_month(wall.date())
    local = change.astimezone(zone)
    observance = TimezoneDaylight() if local.dst() else TimezoneStandard()
    first = _nth_weekday(FIRST_YEAR, wall.month, weekday, nth)
    observance.add("dtstart", datetime.combine(first, wall.time()))
    rule = {"freq": "yearly", "bymonth": wall.month, "byday": f"{nth}{WEEKDAYS[weekday]}"}
    observance.add("rrule", rule)
    observance.add("tzoffsetfrom", before)
    observance.add("tzoffsetto", after)
    observance.add("tzname", local.tzname())
    return observance


def _unchanging(local: datetime) -> TimezoneStandard:
    observance = TimezoneStandard()
    observance.add("dtstart", datetime(FIRST_YEAR, 1, 1))  # noqa: DTZ001 - the wall clock itself
    observance.add("tzoffsetfrom", local.utcoffset())
    observance.add("tzoffsetto", local.utcoffset())
    observance.add("tzname", local.tzname())
    return observance


def _place_in_month(day: date) -> int:
    """Which of its weekday a day is in its month; -1 for the last."""
    is_last = day.day + 7 > monthrange(day.year, day.month)[1]
    return -1 if is_last else (day.day - 1) // 7 + 1


def _nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    days = (date(year, month, n + 1) for n in range(monthrange(year, month)[1]))
    matching = [day for day in days if day.weekday() == weekday]
    return matching[nth - 1 if nth > 0 else nth]
