"""Days by their number in a month: written out, in figures, or the number alone."""

from typing import Final

from bot.understanding import calendar_days as calendar
from bot.understanding.calendar_days import Days
from bot.understanding.day_mentions import (
    DayClause,
    Match,
    Mention,
    naming,
    silent,
)
from bot.understanding.day_tokens import TokenKind
from bot.understanding.token_patterns import pattern

_HOUR_BEHIND: Final = pattern(
    "FILLING* at? [time figure number part half_before half_past and_half quarter_past quarter_to"
    " quarter_of_the_hour_before and_quarter less_quarter past]"
)


def with_month(clause: DayClause, match: Match) -> Mention:
    year = clause.value(match, "year", 0)
    month = clause.value(match, "month")
    return naming(match, calendar.dated(clause.today, clause.value(match, "day"), month, year))


def numeric(clause: DayClause, match: Match) -> Mention:
    value = clause.tokens[match.start()].value
    day, month, *year = value if isinstance(value, tuple) else (0, 0)
    return naming(match, calendar.dated(clause.today, day, month, year[0] if year else 0))


def day_of_month(clause: DayClause, match: Match) -> Mention:
    return naming(match, calendar.day_of_month(clause.today, clause.value(match, "day")))


def day_said(clause: DayClause, match: Match) -> Mention:
    """ "Le trente"; but "le un" and "ein Tag" are one of something."""
    one = clause.value(match, "day") == 1
    return silent(clause, match) if one else day_of_month(clause, match)


def numbered_weekday(clause: DayClause, match: Match) -> Mention:
    """ "Friday 4" may be the fourth or four o'clock: both, if the fourth is one."""
    weekday, figure = clause.value(match, "weekday"), clause.tokens[match.start("day")]
    dated = calendar.day_of_month(clause.today, clause.value(match, "day"))
    if not dated or dated[0].weekday() != weekday:
        named = calendar.named(clause.today, weekday)
        return Mention(match.start(), match.start("weekday") + 1, named, weekday=weekday)
    if figure.kind is not TokenKind.FIGURE or _HOUR_BEHIND.match(match.string, match.end()):
        return naming(match, dated)
    return naming(match, tuple(sorted({*calendar.named(clause.today, weekday), *dated})))


def span_of_month(clause: DayClause, match: Match) -> Mention:
    month = clause.value(match, "month")
    first = calendar.dated(clause.today, clause.value(match, "day"), month, 0)
    last = calendar.dated(clause.today, clause.value(match, "last"), month, 0)
    return _closed(match, first, last)


def dashed_span(clause: DayClause, match: Match) -> Mention:
    """ "3.-5. December"."""
    value = clause.tokens[match.start()].value
    month = clause.value(match, "month")
    ends = value if isinstance(value, tuple) else (0, 0)
    first, last = (calendar.dated(clause.today, day, month, 0) for day in ends)
    return _closed(match, first, last)


def _closed(match: Match, first: Days, last: Days) -> Mention:
    if not first or not last or first > last:
        return Mention(match.start(), match.end())
    return Mention(match.start(), match.end(), span=(first[0], last[0]), closed=True)
