"""Which days a place of a clause means, for each pattern of signs in dates.py."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bot.understanding import calendar_days as calendar
from bot.understanding.calendar_days import Days
from bot.understanding.day_signs import FILLING as F
from bot.understanding.day_signs import Token

Match = re.Match[str]

_AWAY: Final = {">": 1, "v": 1, "=": 0, "}": 2}
"""Weeks or months from now, by the sign of which is meant."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Days named at a place of a clause; neither days nor a span where none can be meant."""

    start: int
    end: int
    days: Days = ()
    span: tuple[date, date] | None = None
    weekday: int | None = None
    """Of a weekday without a date: a date beside it says which."""
    closed: bool = False
    """Of a span of which both ends are named."""
    silent: bool = False
    """It only looked like a day: "in two hours"."""

    @property
    def over(self) -> bool:
        """Whether it names a day on which nobody can come."""
        return not (self.days or self.span or self.silent)


@dataclass(frozen=True, slots=True)
class DayClause:
    """The words of a clause, and the day on which it is read."""

    tokens: list[Token]
    today: date

    def value(self, match: Match, group: str, default: int = 1) -> int:
        """What the word at a group of the pattern counts; the default where there is none."""
        at = match.start(group) if group in match.re.groupindex else -1
        value = self.tokens[at].value if at >= 0 else default
        return value if isinstance(value, int) else default

    def count(self, match: Match) -> tuple[int, str]:
        """How many of which unit; "two weeks" may be one word."""
        unit = self.tokens[match.start("u")]
        each = unit.value if isinstance(unit.value, int) and unit.sign in "dKL" else 1
        letter = {"z": "d", "Q": "d", "y": "L"}.get(unit.sign, unit.sign)
        return self.value(match, "n") * each, letter


def _days(match: Match, days: Days, weekday: int | None = None) -> Mention:
    return Mention(match.start(), match.end(), days, weekday=weekday)


def _span(match: Match, first: date, last: date) -> Mention:
    return Mention(match.start(), match.end(), span=(first, last))


def silent(_: DayClause, match: Match) -> Mention:
    return Mention(match.start(), match.end(), silent=True)


def over(_: DayClause, match: Match) -> Mention:
    return Mention(match.start(), match.end())


def within(clause: DayClause, match: Match) -> Mention:
    last = calendar.ahead(clause.today, *clause.count(match))
    return _span(match, clause.today, last) if last else over(clause, match)


def jump(clause: DayClause, match: Match) -> Mention:
    value = clause.tokens[match.start()].value
    counts = value if isinstance(value, tuple) else (value,)
    return _days(match, tuple(clause.today + timedelta(count) for count in counts))


def jump_from_day(clause: DayClause, match: Match) -> Mention:
    """ "Lundi dans quinze jours": whole weeks from a day."""
    value = clause.tokens[match.start("j")].value
    weeks = (value[0] if isinstance(value, tuple) else value) // 7
    return _days(match, (_base(clause, match) + timedelta(weeks * 7),))


def _base(clause: DayClause, match: Match) -> date:
    value = clause.value(match, "base")
    relative = clause.tokens[match.start("base")].sign == "D"
    return clause.today + timedelta(value) if relative else calendar.coming(clause.today, value)


def ahead(clause: DayClause, match: Match) -> Mention:
    day = calendar.ahead(clause.today, *clause.count(match))
    return _days(match, (day,) if day else ())


def ahead_of_day(clause: DayClause, match: Match) -> Mention:
    """ "Monday in a week", "two weeks from tomorrow"."""
    day = calendar.ahead(_base(clause, match), *clause.count(match))
    return _days(match, (day,) if day else ())


def weekday_ahead(clause: DayClause, match: Match) -> Mention:
    """ "In two weeks on Monday": of the week then, or counted from the coming Monday."""
    count, unit = clause.count(match)
    weekday = clause.value(match, "w")
    then = calendar.ahead(clause.today, count, unit)
    counted = calendar.ahead(calendar.coming(clause.today, weekday), count, unit)
    if then is None or counted is None:
        return over(clause, match)
    return _days(match, tuple(sorted({calendar.in_week(then, weekday, 0), counted})))


def _which(match: Match) -> str:
    return match["r"] if "r" in match.re.groupindex else ""


def in_week(clause: DayClause, match: Match) -> Mention:
    weeks = _AWAY.get(match["r"])
    if weeks is None:
        return over(clause, match)
    day = calendar.in_week(clause.today, clause.value(match, "w"), weeks)
    if day < clause.today:
        return over(clause, match)
    week = calendar.monday(day), calendar.monday(day) + timedelta(6)
    return Mention(match.start(), match.end(), (day,), week)


def week(clause: DayClause, match: Match) -> Mention:
    weeks = _AWAY.get(match["r"])
    if weeks is None:
        return over(clause, match)
    first = calendar.in_week(clause.today, 0, weeks)
    return _span(match, max(first, clause.today), first + timedelta(6))


def weekend(clause: DayClause, match: Match) -> Mention:
    weeks = {">": 1, "}": 2, "<": -1}.get(match["r"] or "", 0)
    saturday = calendar.in_week(clause.today, 5, weeks)
    if saturday + timedelta(1) < clause.today:
        return over(clause, match)
    return _span(match, max(saturday, clause.today), saturday + timedelta(1))


def in_month(clause: DayClause, match: Match) -> Mention:
    months = _AWAY.get(match["r"])
    then = None if months is None else calendar.ahead(clause.today.replace(day=1), months, "L")
    if then is None:
        return over(clause, match)
    return _span(match, *calendar.month_span(max(then, clause.today), then.month))


def weekday(clause: DayClause, match: Match) -> Mention:
    weekday, today = clause.value(match, "w"), clause.today
    days: Callable[[date, int], Days] = {
        ">": calendar.next_named,
        "v": lambda day, named: (calendar.coming(day, named),),
        "=": calendar.this_named,
        "}": calendar.after_next,
        "<": lambda _, __: (),
        "": calendar.named,
    }[_which(match)]
    return _days(match, days(today, weekday), weekday)


def numbered_weekday(clause: DayClause, match: Match) -> Mention:
    """ "Friday 4" may be the fourth or four o'clock: both, if the fourth is one."""
    weekday, figure = clause.value(match, "w"), clause.tokens[match.start("d")]
    dated = calendar.day_of_month(clause.today, clause.value(match, "d"))
    if not dated or dated[0].weekday() != weekday:
        named = calendar.named(clause.today, weekday)
        return Mention(match.start(), match.start("w") + 1, named, weekday=weekday)
    if figure.sign != "N" or re.match(f"{F}C?{F}[TNnP1-9]", match.string[match.end() :]):
        return _days(match, dated)
    return _days(match, tuple(sorted({*calendar.named(clause.today, weekday), *dated})))


def relative(clause: DayClause, match: Match) -> Mention:
    return _days(match, (clause.today + timedelta(clause.value(match, "d")),))


def day_after(clause: DayClause, match: Match) -> Mention:
    """ "The day after tomorow", with a slip in it."""
    return _days(match, (clause.today + timedelta(clause.value(match, "d") + 1),))


def today(clause: DayClause, match: Match) -> Mention:
    return _days(match, (clause.today,))


def with_month(clause: DayClause, match: Match) -> Mention:
    year = clause.value(match, "y", 0)
    month = clause.value(match, "m")
    return _days(match, calendar.dated(clause.today, clause.value(match, "d"), month, year))


def span_of_month(clause: DayClause, match: Match) -> Mention:
    month = clause.value(match, "m")
    first = calendar.dated(clause.today, clause.value(match, "d"), month, 0)
    last = calendar.dated(clause.today, clause.value(match, "l"), month, 0)
    return _closed(match, first, last)


def dashed_span(clause: DayClause, match: Match) -> Mention:
    """ "3.-5. December"."""
    value = clause.tokens[match.start()].value
    month = clause.value(match, "m")
    ends = value if isinstance(value, tuple) else (0, 0)
    first, last = (calendar.dated(clause.today, day, month, 0) for day in ends)
    return _closed(match, first, last)


def _closed(match: Match, first: Days, last: Days) -> Mention:
    if not first or not last or first > last:
        return Mention(match.start(), match.end())
    return Mention(match.start(), match.end(), span=(first[0], last[0]), closed=True)


def numeric(clause: DayClause, match: Match) -> Mention:
    value = clause.tokens[match.start()].value
    day, month, *year = value if isinstance(value, tuple) else (0, 0)
    return _days(match, calendar.dated(clause.today, day, month, year[0] if year else 0))


def day_of_month(clause: DayClause, match: Match) -> Mention:
    return _days(match, calendar.day_of_month(clause.today, clause.value(match, "d")))


def day_said(clause: DayClause, match: Match) -> Mention:
    """ "Le trente"; but "le un" and "ein Tag" are one of something."""
    one = clause.value(match, "d") == 1
    return silent(clause, match) if one else day_of_month(clause, match)


def named_month(clause: DayClause, match: Match) -> Mention:
    return _span(match, *calendar.month_span(clause.today, clause.value(match, "m")))
