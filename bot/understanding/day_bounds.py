"""Days that are only where something begins or ends: "after the 14th", "Monday to Wednesday"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bot.understanding.day_clauses import Clause
from bot.understanding.day_mentions import Mention
from bot.understanding.day_signs import FILLING as F
from bot.understanding.day_signs import UNKNOWN

_BOUND: Final = re.compile(rf"([abftY]){F}$")
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
            yield from _between(mention, after[0], from_here=bound != "b")
            at += 2
        else:
            if (mention.days and bound in ("", "a")) or _plain(clause):
                yield from _limits(mention, bound, today)
            at += 1


def _joined(clause: Clause, one: tuple[Mention, str], other: tuple[Mention, str]) -> bool:
    """Whether two days are the ends of a span; French says it with an "à" alone."""
    between = clause.signs[one[0].end : other[0].start]
    return other[1] in ("t", "Y") or (one[1], other[1]) == ("f", "b") or between == "^"


def _plain(clause: Clause) -> bool:
    """Whether open ends and long spans are a wish: they are as often told of something else."""
    return clause.lifts or UNKNOWN not in clause.signs


def _bound(clause: Clause, mention: Mention) -> str:
    if "V" in clause.signs:
        return ""
    found = _BOUND.search(clause.signs[: mention.start])
    return found[1] if found else ""


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
        case "a" if mention.days:
            after = {each for day in mention.days for each in (day, day + _DAY)}
            yield DayLimits(tuple(sorted(after)))
        case "f" if not mention.closed:
            yield DayLimits(first=mention.days[0] if mention.days else _ends(mention)[0])
        case "f":
            yield DayLimits(first=_ends(mention)[0], last=_ends(mention)[1])
        case "b" if mention.days and mention.days[0] > today:
            yield DayLimits(last=mention.days[0] - _DAY)
