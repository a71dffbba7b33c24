"""Clock times as they are said in a clause: patterns of tokens, and the minutes each means."""

import re
from collections.abc import Callable
from typing import Final

from bot.understanding.day_tokens import Token
from bot.understanding.token_patterns import pattern

Match = re.Match[str]

NOON: Final = 12
_HOURS_BY_THEMSELVES = range(7, 19)
_ROUND_MINUTES = (5, 10, 15, 20, 25)


Minutes = Callable[[list[Token], Match], int | None]
"""From the tokens of a clause: minutes after midnight, by a clock of twelve or of 24 hours."""


def number(tokens: list[Token], match: Match, group: str) -> int:
    """The number at a group of the pattern, of a time its hour."""
    value = tokens[match.start(group)].value
    return value if isinstance(value, int) else value[0]


def _of(hour: int, minutes: int) -> int | None:
    """Minutes after midnight; None where it is no hour."""
    return hour * 60 + minutes if 1 <= hour < 24 and minutes < 60 else None


def _before(hour: int, minutes: int) -> int | None:
    """So many minutes before an hour; before one it is twelve."""
    return _of((hour - 2) % NOON + 1 if hour <= NOON else hour - 1, 60 - minutes)


def _plus(minutes: int) -> Minutes:
    return lambda tokens, match: _of(number(tokens, match, "hour"), minutes)


def _minus(minutes: int) -> Minutes:
    return lambda tokens, match: _before(number(tokens, match, "hour"), minutes)


def _plus_said(tokens: list[Token], match: Match) -> int | None:
    return _of(number(tokens, match, "hour"), number(tokens, match, "minutes"))


def _minus_said(tokens: list[Token], match: Match) -> int | None:
    return _before(number(tokens, match, "hour"), number(tokens, match, "minutes"))


def _towards(tokens: list[Token], match: Match) -> int | None:
    """ "Twenty minutes of the eleventh" hour are twenty past ten."""
    return _before(number(tokens, match, "hour"), 60 - number(tokens, match, "minutes"))


def _round(read: Minutes) -> Minutes:
    """Only for minutes as people round them: other counts are something else."""
    return lambda tokens, match: (
        read(tokens, match) if number(tokens, match, "minutes") in _ROUND_MINUTES else None
    )


def _to(tokens: list[Token], match: Match) -> int | None:
    """ "Ten to nine"; but "nine to five" and "ten to twelve" are hours of a day."""
    minutes, hour = number(tokens, match, "minutes"), number(tokens, match, "hour")
    counted = minutes in _ROUND_MINUTES and (minutes > hour or minutes == 5)
    return _before(hour, minutes) if counted and hour <= NOON else None


def _plus_tens(tokens: list[Token], match: Match) -> int | None:
    """ "Nine thirty", as digits are read out."""
    minutes = number(tokens, match, "minutes")
    return _plus_said(tokens, match) if minutes >= 10 and not minutes % 5 else None


def _written(tokens: list[Token], match: Match) -> int | None:
    value = tokens[match.start("time")].value
    hour, minute = value[:2] if isinstance(value, tuple) else (value, 0)
    return hour * 60 + minute


def _by_itself(tokens: list[Token], match: Match) -> int | None:
    hour = number(tokens, match, "hour")
    return _of(hour, 0) if hour in _HOURS_BY_THEMSELVES else None


CLOCKED: Final = pattern("[NUMBER time part from_to date_or_time]")
"""Kinds without which no pattern below fits."""
_HOUR = "<hour:NUMBER | time>"
_MINUTES = "<minutes:NUMBER>"
_NUMBER_HOUR = "<hour:NUMBER>"
_COUNTS = "THING days days_or_pm weeks months weekday_or_months MONTH"
_ALONE = f"(?![{_COUNTS} minutes])"
"""Behind a number that counts or numbers nothing else."""

PATTERNS: Final = tuple(
    (pattern(text), minutes)
    for text, minutes in (
        (f"half_before [filler at onto]* {_NUMBER_HOUR}", _minus(30)),
        (f"half_past [filler at]* {_NUMBER_HOUR}", _plus(30)),
        (f"quarter_past [filler at]* {_NUMBER_HOUR}", _plus(15)),
        (f"quarter_to [filler at]* {_NUMBER_HOUR}", _minus(15)),
        (f"quarter_of_the_hour_before [filler at onto]* {_NUMBER_HOUR}", _minus(45)),
        (f"{_HOUR} oclock? and_half", _plus(30)),
        (f"{_HOUR} oclock? and_quarter", _plus(15)),
        (f"{_HOUR} oclock? less_quarter", _minus(15)),
        (f"{_HOUR} oclock? and_third", _plus(20)),
        (f"{_HOUR} oclock? less_third", _minus(20)),
        (
            f"[less in_or_less not_or_less] {_MINUTES} minutes? {_NUMBER_HOUR}",
            _round(_minus_said),
        ),
        (f"{_HOUR} oclock? [less not_or_less] {_MINUTES} minutes?", _round(_minus_said)),
        (
            f"{_MINUTES} minutes? [past after until_or_past] {_NUMBER_HOUR} {_ALONE}",
            _round(_plus_said),
        ),
        (f"{_MINUTES} minutes? before {_NUMBER_HOUR} {_ALONE}", _round(_minus_said)),
        (f"(?<!from) {_MINUTES} minutes? until {_NUMBER_HOUR} {_ALONE}", _to),
        (f"{_MINUTES} minutes [at_or_in onto]? <hour:ordinal>", _round(_towards)),
        (
            f"{_NUMBER_HOUR} oclock and? <minutes:[figure number]> minutes? {_ALONE}",
            _plus_said,
        ),
        (
            f"(?<=[AT onto named_day]) {_NUMBER_HOUR} and <minutes:[figure number]> minutes?"
            f" {_ALONE}",
            _plus_said,
        ),
        (f"at {_NUMBER_HOUR} <minutes:[figure number]> minutes? {_ALONE}", _plus_said),
        (f"<hour:[number ordinal]> <minutes:number> (?![{_COUNTS}])", _plus_tens),
        ("<time:time>", _written),
        ("at <time:date_or_time>", _written),
        (
            f"at [filler onto]* {_NUMBER_HOUR}"
            " (?![counted counted_or_label address days weeks months weekday_or_months over])"
            " oclock?",
            _plus(0),
        ),
        (f"(?<=[at_or_in onto named_day]) {_NUMBER_HOUR} oclock", _plus(0)),
        (f"^ filler* {_NUMBER_HOUR} oclock (?=$ | filler* named_day)", _plus(0)),
        (f"{_NUMBER_HOUR} oclock (?=filler* [part am pm days_or_pm])", _plus(0)),
        (f"{_NUMBER_HOUR} oclock", _by_itself),
        ("^ <hour:figure> (?=named_day)", _by_itself),
        (f"{_NUMBER_HOUR} (?=[filler part]* [am pm])", _plus(0)),
        ("<hour:[figure figure_dot number]> (?=part)", _plus(0)),
        (f"[at_or_in onto] {_NUMBER_HOUR} (?=days_or_pm)", _plus(0)),
        (f"[at_or_in onto] {_NUMBER_HOUR} {_ALONE}", _plus(0)),
        ("(?<=named_day) [at_or_in onto] <hour:figure> (?=unknown)", _plus(0)),
        (f"(?<=[after before from]) <hour:[figure number ordinal]> {_ALONE}", _plus(0)),
        (
            f"(?<=[named_day part]) filler? <hour:[figure figure_dot number ordinal]> {_ALONE}",
            _by_itself,
        ),
    )
)
