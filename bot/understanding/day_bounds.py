"""Days that are only where something begins or ends: "after the 14th", "Monday to Wednesday"."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bot.understanding.day_clauses import Clause
from bot.understanding.day_mentions import Mention
from bot.understanding.day_tokens import TokenKind
from bot.understanding.token_patterns import pattern

_BOUND: Final = pattern("<bound:[after before from until until_or_past]> FILLING* $")
_DAY: Final = timedelta(1)


@dataclass(frozen=True, slots=True)
class DayLimits:
    """Days, or the first and the last of a span; the weekday where a date would say it better."""

    days: tuple[date, ...] = ()
    first: date | None = None
    last: date | None = None
    weekday: int | None = None


def bounded(clause: Clause, today: date) -> Iterator[DayLimits]:
    """What the days of a clause come to."""
    if any(each.over for each in clause.mentions):
        return
    named = [(each, _bound(clause, each)) for each in clause.mentions]
    at = 0
    while at < len(named):
        mention, bound = named[at]
        after = named[at + 1] if at + 1 < len(named) else None
        if after is not None and _joined(clause, named[at], after):
            yield from _between(mention, after[0], from_here=bound != TokenKind.BEFORE)
            at += 2
        else:
            if (mention.days and bound in ("", TokenKind.AFTER)) or _plain(clause):
                yield from _limits(mention, bound, today)
            at += 1


def _joined(clause: Clause, one: tuple[Mention, str], other: tuple[Mention, str]) -> bool:
    """Whether two days are the ends of a span; French says it with an "à" alone."""
    between = clause.kinds[one[0].end : other[0].start]
    if other[1] in (TokenKind.UNTIL, TokenKind.UNTIL_OR_PAST) or between == TokenKind.ONTO:
        return True
    return (one[1], other[1]) == (TokenKind.FROM, TokenKind.BEFORE)


def _plain(clause: Clause) -> bool:
    """Whether open ends and long spans are a wish: they are as often told of something else."""
    return clause.lifts or TokenKind.UNKNOWN not in clause.kinds


def _bound(clause: Clause, mention: Mention) -> str:
    if TokenKind.MOVING in clause.kinds:
        return ""
    found = _BOUND.search(clause.kinds, 0, mention.start)
    return found["bound"] if found else ""


def _between(first: Mention, last: Mention, *, from_here: bool) -> Iterator[DayLimits]:
    begin = first.days[0] if first.days else _ends(first)[0]
    ends = last.days or (_ends(last)[1],)
    end = next((day for day in ends if day >= begin), None)
    if end is None and last.weekday is not None:
        end = last.days[-1] + 7 * _DAY
    if from_here and end is not None and begin < end:
        yield DayLimits(first=begin, last=end)


def _ends(mention: Mention) -> tuple[date, date]:
    assert mention.span is not None
    return mention.span


def _limits(mention: Mention, bound: str, today: date) -> Iterator[DayLimits]:
    """A day by itself; "until" alone says when somebody is away as often as when they come."""
    match bound:
        case "":
            first, last = mention.span or (None, None)
            yield DayLimits(mention.days, first, last, mention.weekday)
        case TokenKind.AFTER if mention.days:
            after = {each for day in mention.days for each in (day, day + _DAY)}
            yield DayLimits(tuple(sorted(after)))
        case TokenKind.FROM if not mention.closed:
            yield DayLimits(first=mention.days[0] if mention.days else _ends(mention)[0])
        case TokenKind.FROM:
            yield DayLimits(first=_ends(mention)[0], last=_ends(mention)[1])
        case TokenKind.BEFORE if mention.days and mention.days[0] > today:
            yield DayLimits(last=mention.days[0] - _DAY)
