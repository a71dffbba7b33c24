"""Weekdays, weeks, weekends and months: this, the next, the one after."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Final

from bot.understanding import calendar_days as calendar
from bot.understanding.calendar_days import CalendarUnit, Days
from bot.understanding.day_mentions import DayClause, Match, Mention, naming, over, spanning
from bot.understanding.day_tokens import TokenKind

_AWAY: Final = {
    TokenKind.NEXT: 1,
    TokenKind.COMING: 1,
    TokenKind.THIS: 0,
    TokenKind.AFTER_NEXT: 2,
}
"""Weeks or months from now."""
_WEEKENDS_AWAY: Final[Mapping[TokenKind | None, int]] = {
    TokenKind.NEXT: 1,
    TokenKind.AFTER_NEXT: 2,
    TokenKind.LAST: -1,
}
_WEEKDAYS: Final[Mapping[TokenKind | None, Callable[[date, int], Days]]] = {
    TokenKind.NEXT: calendar.next_named,
    TokenKind.COMING: lambda today, weekday: (calendar.coming(today, weekday),),
    TokenKind.THIS: calendar.this_named,
    TokenKind.AFTER_NEXT: calendar.after_next,
    TokenKind.LAST: lambda _, __: (),
    None: calendar.named,
}


def weekday(clause: DayClause, match: Match) -> Mention:
    weekday, today = clause.value(match, "weekday"), clause.today
    return naming(match, _WEEKDAYS[clause.which(match)](today, weekday), weekday)


def in_week(clause: DayClause, match: Match) -> Mention:
    weeks = _away(clause, match)
    if weeks is None:
        return over(clause, match)
    day = calendar.in_week(clause.today, clause.value(match, "weekday"), weeks)
    if day < clause.today:
        return over(clause, match)
    week = calendar.monday(day), calendar.monday(day) + timedelta(6)
    return Mention(match.start(), match.end(), (day,), week)


def week(clause: DayClause, match: Match) -> Mention:
    weeks = _away(clause, match)
    if weeks is None:
        return over(clause, match)
    first = calendar.in_week(clause.today, 0, weeks)
    return spanning(match, max(first, clause.today), first + timedelta(6))


def weekend(clause: DayClause, match: Match) -> Mention:
    weeks = _WEEKENDS_AWAY.get(clause.which(match), 0)
    saturday = calendar.in_week(clause.today, 5, weeks)
    if saturday + timedelta(1) < clause.today:
        return over(clause, match)
    return spanning(match, max(saturday, clause.today), saturday + timedelta(1))


def in_month(clause: DayClause, match: Match) -> Mention:
    months = _away(clause, match)
    then = (
        None
        if months is None
        else calendar.ahead(clause.today.replace(day=1), months, CalendarUnit.MONTH)
    )
    if then is None:
        return over(clause, match)
    return spanning(match, *calendar.month_span(max(then, clause.today), then.month))


def named_month(clause: DayClause, match: Match) -> Mention:
    return spanning(match, *calendar.month_span(clause.today, clause.value(match, "month")))


def _away(clause: DayClause, match: Match) -> int | None:
    """Weeks or months from now; None of those that are over."""
    which = clause.which(match)
    return None if which is None else _AWAY.get(which)
