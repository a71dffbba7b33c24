"""The clock times and parts of the day a clause names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from typing import Final

from bot.understanding.clock_minutes import CLOCKED, NOON, PATTERNS, number
from bot.understanding.day_tokens import PARTS, Part, Token, TokenKind
from bot.understanding.token_patterns import pattern

Match = re.Match[str]

_LAST_HOUR_OF_AFTERNOON = 6
"""Of 1 to 6 without more: nobody is received at four in the morning."""


@dataclass(frozen=True, slots=True)
class Clocked:
    """The times of a clause, and its parts of the day; a bound ("after three") is a part."""

    times: tuple[time, ...] = ()
    parts: tuple[Part, ...] = ()


_PART_OF_A_TIME: Final = pattern("oclock? filler* part")
""" "10 in the morning": the part says which ten, and no more."""

_RANGE: Final = pattern(
    "from FILLING* at? FILLING* <first:NUMBER | time> oclock?"
    " FILLING* [until until_or_past before and at_or_in onto]"
    " FILLING* at? FILLING* <last:NUMBER | time> oclock?"
    " | <from:NUMBER | time> oclock? [until until_or_past onto]"
    " at? FILLING* <to:NUMBER | time> oclock?"
    " | from_to"
)
_RANGE_ENDS: Final = (("first", "last"), ("from", "to"))
_HOURS_BESIDE: Final = pattern("[named_day at oclock part]")
_HALF_BEHIND: Final = pattern("oclock? FILLING* <half:am | pm>")
_HALF_BEFORE: Final = pattern("<half:am | pm> FILLING* at? $")
_PM_BEHIND: Final = pattern("oclock? days_or_pm")
_BOUND: Final = pattern(
    "<bound:[after before from until until_or_past in_or_less]> FILLING* at? FILLING* $"
)
_BEGINS: Final = (TokenKind.AFTER, TokenKind.FROM)
_ENDS: Final = (TokenKind.BEFORE, TokenKind.UNTIL, TokenKind.UNTIL_OR_PAST)


def times_of(kinds: str, tokens: list[Token]) -> Clocked:
    """What a clause says about the clock; its kinds tell where days are named."""
    if not CLOCKED.search(kinds):
        return Clocked()
    taken = [False] * len(kinds)
    named = {
        at: PARTS[_value(tokens[at])] for at, kind in enumerate(kinds) if kind == TokenKind.PART
    }
    parts = list(_ranges(kinds, tokens, taken))
    times: list[time] = []
    for known, minutes in PATTERNS:
        for match in known.finditer(kinds):
            if any(taken[match.start() : match.end()]):
                continue
            taken[match.start() : match.end()] = [True] * len(match[0])
            found = _settled(minutes(tokens, match), _half(kinds, match, named))
            if found is None:
                continue
            if said := _PART_OF_A_TIME.match(kinds, match.end()):
                named.pop(said.end() - 1, None)
            if bound := _BOUND.search(kinds, 0, match.start()):
                parts += _side(bound["bound"], found)
            else:
                times.append(found)
    parts += named.values()
    return Clocked(tuple(dict.fromkeys(times)), tuple(dict.fromkeys(parts)))


def _value(token: Token) -> int:
    return token.value if isinstance(token.value, int) else 0


def _half(kinds: str, match: Match, named: dict[int, Part]) -> str:
    """What says which half of the day is meant: am, pm, a part beside it or the only one."""
    before, behind = match.span()
    if said := _HALF_BEHIND.match(kinds, behind) or _HALF_BEFORE.search(kinds, 0, before):
        return said["half"]
    if _PM_BEHIND.match(kinds, behind):
        return TokenKind.PM
    if beside := _PART_OF_A_TIME.match(kinds, behind):
        return named.get(beside.end() - 1, "")
    return next(iter(named.values())) if len(named) == 1 else ""


def _settled(minutes: int | None, half: str) -> time | None:
    """The time of day; hours of one to six are of the afternoon where nothing else is said."""
    if minutes is None:
        return None
    hour, minute = divmod(minutes, 60)
    if half == TokenKind.AM:
        hour %= NOON
    elif half == Part.MORNING or hour >= NOON:
        pass
    elif half in (TokenKind.PM, Part.EVENING) or hour <= _LAST_HOUR_OF_AFTERNOON:
        hour += NOON
    return time(hour, minute)


def _side(bound: str, found: time) -> list[Part]:
    """The part of the day before or after a time that is only where something begins or ends."""
    if bound in _BEGINS and found.hour >= NOON:
        return [Part.AFTERNOON]
    if bound in _ENDS and found <= time(NOON):
        return [Part.MORNING]
    return []


def _ranges(kinds: str, tokens: list[Token], taken: list[bool]) -> Iterator[Part]:
    """From ten to twelve is a morning."""
    for match in _RANGE.finditer(kinds):
        value = tokens[match.start()].value
        if match[0] == TokenKind.FROM_TO and isinstance(value, tuple):
            if not _HOURS_BESIDE.search(kinds):
                continue
            first, last = value
        else:
            first, last = (number(tokens, match, end) for end in _RANGE_ENDS[match["last"] is None])
        if first >= last and last > _LAST_HOUR_OF_AFTERNOON:
            continue
        taken[match.start() : match.end()] = [True] * len(match[0])
        if 7 <= first < last <= NOON:
            yield Part.MORNING
        elif first >= NOON or last <= _LAST_HOUR_OF_AFTERNOON:
            yield Part.AFTERNOON
