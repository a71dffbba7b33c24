"""The clock times and parts of the day a clause names: patterns of signs."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import time
from typing import Final

from bot.understanding.day_signs import FILLING as F
from bot.understanding.day_signs import NUMBER as N
from bot.understanding.day_signs import PARTS, Part, Token

Match = re.Match[str]

_NOON = 12
_LAST_HOUR_OF_AFTERNOON = 6
"""Of 1 to 6 without more: nobody is received at four in the morning."""
_HOURS_BY_THEMSELVES = range(7, 19)
_ROUND_MINUTES = (5, 10, 15, 20, 25)


@dataclass(frozen=True, slots=True)
class Clocked:
    """The times of a clause, and its parts of the day; a bound ("after three") is a part."""

    times: tuple[time, ...] = ()
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class _Clause:
    tokens: list[Token]

    def value(self, match: Match, group: str) -> int:
        value = self.tokens[match.start(group)].value
        return value if isinstance(value, int) else value[0]


_PART_OF_A_TIME: Final = re.compile(r"U?e*P")
""" "10 in the morning": the part says which ten, and no more."""

_RANGE: Final = re.compile(
    rf"f{F}C?{F}(?P<h>{N}|T)U?{F}[tYb&c^]{F}C?{F}(?P<l>{N}|T)U?"
    rf"|(?P<from>{N}|T)U?[tY^]C?{F}(?P<to>{N}|T)U?|R"
)
_ENDS: Final = (("h", "l"), ("from", "to"))

Minutes = Callable[[_Clause, Match], int | None]
"""Minutes after midnight, by a clock of twelve hours or of twenty-four."""


def times_of(signs: str, tokens: list[Token]) -> Clocked:
    """What a clause says about the clock; places that name a day are "_" in its signs."""
    if not _NAMING.search(signs):
        return Clocked()
    clause, taken = _Clause(tokens), [False] * len(signs)
    named = {at: PARTS[_value(tokens[at])] for at, sign in enumerate(signs) if sign == "P"}
    parts = list(_ranges(signs, clause, taken))
    times: list[time] = []
    for pattern, minutes in _PATTERNS:
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
        hour %= _NOON
    elif half == Part.MORNING or hour >= _NOON:
        pass
    elif half in ("B", Part.EVENING) or hour <= _LAST_HOUR_OF_AFTERNOON:
        hour += _NOON
    return time(hour, minute) if hour < 24 else None


def _bound(before: str) -> str:
    """Whether what follows is only where a time begins or ends."""
    found = re.search(rf"([abftYZ]){F}C?{F}$", before)
    return found[1] if found else ""


def _side(bound: str, found: time) -> list[Part]:
    if bound in "af" and found.hour >= _NOON:
        return [Part.AFTERNOON]
    if bound in "btY" and found <= time(_NOON):
        return [Part.MORNING]
    return []


def _ranges(signs: str, clause: _Clause, taken: list[bool]) -> Iterator[Part]:
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
        if 7 <= first < last <= _NOON:
            yield Part.MORNING
        elif first >= _NOON or last <= _LAST_HOUR_OF_AFTERNOON:
            yield Part.AFTERNOON


def _of(hour: int, minutes: int) -> int | None:
    """Minutes after midnight; None where it is no hour."""
    if not 1 <= hour <= 24 or not 0 <= minutes < 60:
        return None
    return hour % 24 * 60 + minutes


def _before(hour: int, minutes: int) -> int | None:
    """So many minutes before an hour; before one it is twelve."""
    return _of((hour - 2) % _NOON + 1 if hour <= _NOON else hour - 1, 60 - minutes)


def _plus(minutes: int) -> Minutes:
    return lambda clause, match: _of(clause.value(match, "h"), minutes)


def _minus(minutes: int) -> Minutes:
    return lambda clause, match: _before(clause.value(match, "h"), minutes)


def _plus_said(clause: _Clause, match: Match) -> int | None:
    return _of(clause.value(match, "h"), clause.value(match, "m"))


def _minus_said(clause: _Clause, match: Match) -> int | None:
    return _before(clause.value(match, "h"), clause.value(match, "m"))


def _towards(clause: _Clause, match: Match) -> int | None:
    """ "Twenty minutes of the eleventh" hour are twenty past ten."""
    return _before(clause.value(match, "h"), 60 - clause.value(match, "m"))


def _round(read: Minutes) -> Minutes:
    """Only for minutes as people round them: other counts are something else."""
    return lambda clause, match: (
        read(clause, match) if clause.value(match, "m") in _ROUND_MINUTES else None
    )


def _to(clause: _Clause, match: Match) -> int | None:
    """ "Ten to nine"; but "nine to five" and "ten to twelve" are hours of a day."""
    minutes, hour = clause.value(match, "m"), clause.value(match, "h")
    counted = minutes in _ROUND_MINUTES and (minutes > hour or minutes == 5)
    return _before(hour, minutes) if counted and hour <= _NOON else None


def _plus_tens(clause: _Clause, match: Match) -> int | None:
    """ "Nine thirty", as digits are read out."""
    minutes = clause.value(match, "m")
    return _plus_said(clause, match) if minutes >= 10 and not minutes % 5 else None


def _written(clause: _Clause, match: Match) -> int | None:
    value = clause.tokens[match.start("t")].value
    hour, minute = value[:2] if isinstance(value, tuple) else (value, 0)
    return hour * 60 + minute


def _by_itself(clause: _Clause, match: Match) -> int | None:
    hour = clause.value(match, "h")
    return _of(hour, 0) if hour in _HOURS_BY_THEMSELVES else None


_NAMING: Final = re.compile(r"[NOnopTPRJ]")
"""Signs without which no pattern below fits."""
_H = rf"(?P<h>{N}|T)"
_NEXT = r"(?=$|[^xuH#0dzKLyiMm])"


def _patterns() -> Iterator[tuple[re.Pattern[str], Minutes]]:
    for pattern, minutes in (
        (rf"1[eC^]*(?P<h>{N})", _minus(30)),
        (rf"2[eC]*(?P<h>{N})", _plus(30)),
        (rf"4[eC]*(?P<h>{N})", _plus(15)),
        (rf"5[eC]*(?P<h>{N})", _minus(15)),
        (rf"6[eC^]*(?P<h>{N})", _minus(45)),
        (rf"{_H}U?3", _plus(30)),
        (rf"{_H}U?7", _plus(15)),
        (rf"{_H}U?8", _minus(15)),
        (rf"{_H}U?'", _plus(20)),
        (rf'{_H}U?"', _minus(20)),
        (rf"[sZG](?P<m>{N})i?(?P<h>{N})", _round(_minus_said)),
        (rf"{_H}U?[sG](?P<m>{N})i?", _round(_minus_said)),
        (rf"(?P<m>{N})i?[9aY](?P<h>{N}){_NEXT}", _round(_plus_said)),
        (rf"(?P<m>{N})i?b(?P<h>{N}){_NEXT}", _round(_minus_said)),
        (rf"(?<!f)(?P<m>{N})i?t(?P<h>{N}){_NEXT}", _to),
        (rf"(?P<m>{N})i[c^]?(?P<h>o)", _round(_towards)),
        (rf"(?P<h>{N})(?:U&?|&)(?P<m>[Nn])i?{_NEXT}", _plus_said),
        (rf"C(?P<h>{N})(?P<m>[Nn])i?{_NEXT}", _plus_said),
        (r"(?P<h>[no])(?P<m>n)(?=$|[^xuH#0dzKLyMm])", _plus_tens),
        (r"(?P<t>T)", _written),
        (r"C(?P<t>J)", _written),
        (rf"C[e^]*(?P<h>{N})(?![uH#dKLy%])U?", _plus(0)),
        (rf"(?<=[c^_])(?P<h>{N})U", _plus(0)),
        (rf"^e*(?P<h>{N})U$", _plus(0)),
        (rf"(?P<h>{N})U(?=e*[PABz])", _plus(0)),
        (rf"(?P<h>{N})U", _by_itself),
        (r"^(?P<h>N)(?=_)", _by_itself),
        (rf"(?P<h>{N})(?=[eP]*[AB])", _plus(0)),
        (rf"(?P<h>[NOn])(?=P)", _plus(0)),
        (rf"[c^](?P<h>{N})(?=z)", _plus(0)),
        (rf"[c^](?P<h>{N}){_NEXT}", _plus(0)),
        (r"(?<=_)[c^](?P<h>N)(?=x)", _plus(0)),
        (rf"(?<=[_P])e?(?P<h>[NOn]){_NEXT}", _by_itself),
    ):
        yield re.compile(pattern), minutes


_PATTERNS: Final = tuple(_patterns())
