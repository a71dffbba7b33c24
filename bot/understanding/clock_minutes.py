"""Clock times as they are said in a clause: patterns of signs, and the minutes each means."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bot.understanding.day_signs import NUMBER as N
from bot.understanding.day_signs import Token

Match = re.Match[str]

NOON: Final = 12
_HOURS_BY_THEMSELVES = range(7, 19)
_ROUND_MINUTES = (5, 10, 15, 20, 25)


@dataclass(frozen=True, slots=True)
class ClockClause:
    """The words of a clause."""

    tokens: list[Token]

    def value(self, match: Match, group: str) -> int:
        """The number at a group of the pattern, of a time its hour."""
        value = self.tokens[match.start(group)].value
        return value if isinstance(value, int) else value[0]


Minutes = Callable[[ClockClause, Match], int | None]
"""Minutes after midnight, by a clock of twelve hours or of twenty-four."""


def _of(hour: int, minutes: int) -> int | None:
    """Minutes after midnight; None where it is no hour."""
    return hour * 60 + minutes if 1 <= hour < 24 and minutes < 60 else None


def _before(hour: int, minutes: int) -> int | None:
    """So many minutes before an hour; before one it is twelve."""
    return _of((hour - 2) % NOON + 1 if hour <= NOON else hour - 1, 60 - minutes)


def _plus(minutes: int) -> Minutes:
    return lambda clause, match: _of(clause.value(match, "h"), minutes)


def _minus(minutes: int) -> Minutes:
    return lambda clause, match: _before(clause.value(match, "h"), minutes)


def _plus_said(clause: ClockClause, match: Match) -> int | None:
    return _of(clause.value(match, "h"), clause.value(match, "m"))


def _minus_said(clause: ClockClause, match: Match) -> int | None:
    return _before(clause.value(match, "h"), clause.value(match, "m"))


def _towards(clause: ClockClause, match: Match) -> int | None:
    """ "Twenty minutes of the eleventh" hour are twenty past ten."""
    return _before(clause.value(match, "h"), 60 - clause.value(match, "m"))


def _round(read: Minutes) -> Minutes:
    """Only for minutes as people round them: other counts are something else."""
    return lambda clause, match: (
        read(clause, match) if clause.value(match, "m") in _ROUND_MINUTES else None
    )


def _to(clause: ClockClause, match: Match) -> int | None:
    """ "Ten to nine"; but "nine to five" and "ten to twelve" are hours of a day."""
    minutes, hour = clause.value(match, "m"), clause.value(match, "h")
    counted = minutes in _ROUND_MINUTES and (minutes > hour or minutes == 5)
    return _before(hour, minutes) if counted and hour <= NOON else None


def _plus_tens(clause: ClockClause, match: Match) -> int | None:
    """ "Nine thirty", as digits are read out."""
    minutes = clause.value(match, "m")
    return _plus_said(clause, match) if minutes >= 10 and not minutes % 5 else None


def _written(clause: ClockClause, match: Match) -> int | None:
    value = clause.tokens[match.start("t")].value
    hour, minute = value[:2] if isinstance(value, tuple) else (value, 0)
    return hour * 60 + minute


def _by_itself(clause: ClockClause, match: Match) -> int | None:
    hour = clause.value(match, "h")
    return _of(hour, 0) if hour in _HOURS_BY_THEMSELVES else None


CLOCKED: Final = re.compile(r"[NOnopTPRJ]")
"""Signs without which no pattern below fits."""
_H = rf"(?P<h>{N}|T)"
_NEXT = r"(?=$|[^xuH#0dzKLyiMm])"


PATTERNS: Final = tuple(
    (re.compile(pattern), minutes)
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
        (rf"(?P<h>{N})U&?(?P<m>[Nn])i?{_NEXT}", _plus_said),
        (rf"(?<=[Cc^_])(?P<h>{N})&(?P<m>[Nn])i?{_NEXT}", _plus_said),
        (rf"C(?P<h>{N})(?P<m>[Nn])i?{_NEXT}", _plus_said),
        (r"(?P<h>[no])(?P<m>n)(?=$|[^xuH#0dzKLyMm])", _plus_tens),
        (r"(?P<t>T)", _written),
        (r"C(?P<t>J)", _written),
        (rf"C[e^]*(?P<h>{N})(?![uH#dKLy%])U?", _plus(0)),
        (rf"(?<=[c^_])(?P<h>{N})U", _plus(0)),
        (rf"^e*(?P<h>{N})U(?=$|e*_)", _plus(0)),
        (rf"(?P<h>{N})U(?=e*[PABz])", _plus(0)),
        (rf"(?P<h>{N})U", _by_itself),
        (r"^(?P<h>N)(?=_)", _by_itself),
        (rf"(?P<h>{N})(?=[eP]*[AB])", _plus(0)),
        (r"(?P<h>[NOn])(?=P)", _plus(0)),
        (rf"[c^](?P<h>{N})(?=z)", _plus(0)),
        (rf"[c^](?P<h>{N}){_NEXT}", _plus(0)),
        (r"(?<=_)[c^](?P<h>N)(?=x)", _plus(0)),
        (rf"(?<=[abf])(?P<h>[Non]){_NEXT}", _plus(0)),
        (rf"(?<=[_P])e?(?P<h>[NOno]){_NEXT}", _by_itself),
    )
)
