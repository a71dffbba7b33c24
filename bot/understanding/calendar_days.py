"""Which days are meant by a name of a day, counted from the day on which it was said."""

from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

Days = tuple[date, ...]

LONG_PAST: Final = 90
"""Days after which a date that is over this year means the next one; before, it is in doubt."""
_FARTHEST = 550
_FARTHEST_MONTHS = 12
_WEEK = 7


class CalendarUnit(StrEnum):
    """What days ahead are counted in."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


def ahead(today: date, count: int, unit: CalendarUnit) -> date | None:
    """So many days, weeks or months from a day; None where nobody plans so far."""
    if unit is CalendarUnit.MONTH:
        if count > _FARTHEST_MONTHS:
            return None
        months = today.year * 12 + today.month - 1 + count
        year, month = months // 12, months % 12 + 1
        return date(year, month, min(today.day, monthrange(year, month)[1]))
    days = count * (_WEEK if unit is CalendarUnit.WEEK else 1)
    return today + timedelta(days) if days <= _FARTHEST else None


def coming(today: date, weekday: int) -> date:
    """The first such weekday after today."""
    return today + timedelta((weekday - today.weekday() - 1) % _WEEK + 1)


def in_week(today: date, weekday: int, weeks: int) -> date:
    """The weekday of the calendar week so many weeks from now."""
    return monday(today) + timedelta(weeks * _WEEK + weekday)


def monday(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(day.weekday())


def named(today: date, weekday: int) -> Days:
    """A weekday without more: on that very weekday it may be today's or the next."""
    soon = coming(today, weekday)
    return (today, soon) if today.weekday() == weekday else (soon,)


def next_named(today: date, weekday: int) -> Days:
    """ "Next Thursday": the coming one for some, the one of next week for others."""
    return tuple(sorted({coming(today, weekday), in_week(today, weekday, 1)}))


def after_next(today: date, weekday: int) -> Days:
    """The one after the next, by either way of counting."""
    return tuple(sorted({coming(today, weekday) + timedelta(_WEEK), in_week(today, weekday, 2)}))


def this_named(today: date, weekday: int) -> Days:
    """ "This Thursday": of this week, or the coming one where that is over."""
    day = in_week(today, weekday, 0)
    return (day if day >= today else coming(today, weekday),)


def dated(today: date, day: int, month: int, year: int) -> Days:
    """A date; without a year (0) the next one. Nothing for what is over, in doubt or no date."""
    if year:
        return _ahead_of(today, _date(year, month, day))
    this_year = _date(today.year, month, day)
    if this_year is None:
        return _ahead_of(today, _date(today.year + (month < today.month), month, day))
    if this_year >= today:
        return (this_year,)
    over = (today - this_year).days
    return _ahead_of(today, _date(today.year + 1, month, day)) if over > LONG_PAST else ()


def day_of_month(today: date, day: int) -> Days:
    """The next such day of a month: of this month, else of the next that has it."""
    months = [divmod(today.month - 1 + later, 12) for later in range(3)]
    dates = [_date(today.year + years, month + 1, day) for years, month in months]
    return tuple(found for found in dates if found is not None and found >= today)[:1]


def month_span(today: date, month: int) -> tuple[date, date]:
    """What is left of the month that is meant."""
    year = today.year + (month < today.month)
    first, last = date(year, month, 1), date(year, month, monthrange(year, month)[1])
    return max(first, today), last


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _ahead_of(today: date, day: date | None) -> Days:
    return (day,) if day is not None and 0 <= (day - today).days <= _FARTHEST else ()
