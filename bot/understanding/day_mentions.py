"""A place of a clause that names days, and the words of a clause that say which."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.understanding.calendar_days import CalendarUnit, Days
from bot.understanding.day_tokens import Token, TokenKind

Match = re.Match[str]

_UNITS: Final = {
    TokenKind.DAYS: CalendarUnit.DAY,
    TokenKind.DAYS_OR_PM: CalendarUnit.DAY,
    TokenKind.DAYS_OR_ON_DAY: CalendarUnit.DAY,
    TokenKind.WEEKS: CalendarUnit.WEEK,
    TokenKind.MONTHS: CalendarUnit.MONTH,
    TokenKind.WEEKDAY_OR_MONTHS: CalendarUnit.MONTH,
}
_COUNTING: Final = (TokenKind.DAYS, TokenKind.WEEKS, TokenKind.MONTHS)


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

    def count(self, match: Match) -> tuple[int, CalendarUnit]:
        """How many of which unit; "two weeks" may be one word."""
        unit = self.tokens[match.start("unit")]
        each = self.value(match, "unit") if unit.kind in _COUNTING else 1
        return self.value(match, "count") * each, _UNITS[unit.kind]

    def which(self, match: Match) -> TokenKind | None:
        """ "Next", "this", "last", if the pattern has it."""
        return self.tokens[match.start("which")].kind if "which" in match.re.groupindex else None


def naming(match: Match, days: Days, weekday: int | None = None) -> Mention:
    return Mention(match.start(), match.end(), days, weekday=weekday)


def spanning(match: Match, first: date, last: date) -> Mention:
    return Mention(match.start(), match.end(), span=(first, last))


def silent(_: DayClause, match: Match) -> Mention:
    return Mention(match.start(), match.end(), silent=True)


def over(_: DayClause, match: Match) -> Mention:
    return Mention(match.start(), match.end())
