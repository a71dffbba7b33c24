"""The clock times and parts of the day a clause names: patterns of signs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from typing import Final

from bot.understanding.clock_minutes import CLOCKED, NOON, PATTERNS, ClockClause
from bot.understanding.day_signs import FILLING as F
from bot.understanding.day_signs import NUMBER as N
from bot.understanding.day_signs import PARTS, Part, Token

Match = re.Match[str]

_LAST_HOUR_OF_AFTERNOON = 6
"""Of 1 to 6 without more: nobody is received at four in the morning."""


@dataclass(frozen=True, slots=True)
class Clocked:
    """The times of a clause, and its parts of the day; a bound ("after three") is a part."""

    times: tuple[time, ...] = ()
    parts: tuple[Part, ...] = ()


_PART_OF_A_TIME: Final = re.compile(r"U?e*P")
""" "10 in the morning": the part says which ten, and no more."""

_RANGE: Final = re.compile(
    rf"f{F}C?{F}(?P<h>{N}|T)U?{F}[tYb&c^]{F}C?{F}(?P<l>{N}|T)U?"
    rf"|(?P<from>{N}|T)U?[tY^]C?{F}(?P<to>{N}|T)U?|R"
)
_ENDS: Final = (("h", "l"), ("from", "to"))


def times_of(signs: str, tokens: list[Token]) -> Clocked:
    """What a clause says about the clock; places that name a day are "_" in its signs."""
    if not CLOCKED.search(signs):
        return Clocked()
    clause, taken = ClockClause(tokens), [False] * len(signs)
    named = {at: PARTS[_value(tokens[at])] for at, sign in enumerate(signs) if sign == "P"}
    parts = list(_ranges(signs, clause, taken))
    times: list[time] = []
    for pattern, minutes in PATTERNS:
        for match in pattern.finditer(signs):
            if any(taken[match.start() : match.end()]):
                continue
            taken[match.start() : match.end()] = [True] * len(match[0])
            found = _settled(minutes(clause, match), _half(signs, match, named))
            if found is None:
                continue
            if said := _PART_OF_A_TIME.match(signs, match.end()):
                named.pop(said.end() - 1, None)
            bound = _bound(signs[: match.start()])
            if bound:
                parts += _side(bound, found)
            else:
                times.append(found)
    parts += named.values()
    return Clocked(tuple(dict.fromkeys(times)), tuple(dict.fromkeys(parts)))


def _value(token: Token) -> int:
    return token.value if isinstance(token.value, int) else 0


def _half(signs: str, match: Match, named: dict[int, Part]) -> str:
    """What says which half of the day is meant: A, B, a part beside it or the only one."""
    said = re.match(rf"U?{F}([AB])", signs[match.end() :]) or re.search(
        rf"([AB]){F}C?$", signs[: match.start()]
    )
    if said:
        return said[1]
    if re.match(r"U?z", signs[match.end() :]):
        return "B"
    if beside := _PART_OF_A_TIME.match(signs, match.end()):
        return named.get(beside.end() - 1, "")
    return next(iter(named.values())) if len(named) == 1 else ""


def _settled(minutes: int | None, half: str) -> time | None:
    """The time of day; hours of one to six are of the afternoon where nothing else is said."""
    if minutes is None:
        return None
    hour, minute = divmod(minutes, 60)
    if half == "A":
        hour %= NOON
    elif half == Part.MORNING or hour >= NOON:
        pass
    elif half in ("B", Part.EVENING) or hour <= _LAST_HOUR_OF_AFTERNOON:
        hour += NOON
    return time(hour, minute)


def _bound(before: str) -> str:
    """Whether what follows is only where a time begins or ends."""
    found = re.search(rf"([abftYZ]){F}C?{F}$", before)
    return found[1] if found else ""


def _side(bound: str, found: time) -> list[Part]:
    if bound in "af" and found.hour >= NOON:
        return [Part.AFTERNOON]
    if bound in "btY" and found <= time(NOON):
        return [Part.MORNING]
    return []


def _ranges(signs: str, clause: ClockClause, taken: list[bool]) -> Iterator[Part]:
    """From ten to twelve is a morning."""
    for match in _RANGE.finditer(signs):
        value = clause.tokens[match.start()].value
        if match[0] == "R" and isinstance(value, tuple):
            if not set(signs) & set("_CUP"):
                continue
            first, last = value
        else:
            first, last = (clause.value(match, group) for group in _ENDS[match["l"] is None])
        if first >= last and last > _LAST_HOUR_OF_AFTERNOON:
            continue
        taken[match.start() : match.end()] = [True] * len(match[0])
        if 7 <= first < last <= NOON:
            yield Part.MORNING
        elif first >= NOON or last <= _LAST_HOUR_OF_AFTERNOON:
            yield Part.AFTERNOON
