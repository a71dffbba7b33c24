"""Patterns of kinds of tokens, in which the grammar of days and times is written.

They are regular expressions over the letters of kinds, written with their names and with spaces:

    weekday             a token of this kind
    WEEKDAY             a token of one of the kinds that are put together below
    [at ONTO], [^at]    a token of one of these kinds, of any other
    <day:figure dot>    what is found here is match["day"]
    ( )                 only group

The rest is as everywhere: ? * | ^ $ {2,} (?= ) (?! ) (?<= ) (?<! ).
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import Final

from bot.understanding.day_tokens import Token, TokenKind

_SETS: Final = {
    "FIGURE": "figure figure_dot figure_ending",
    "NUMBER": "figure figure_dot number ordinal number_or_month",
    "DAY_OF_MONTH": "figure figure_dot figure_ending ordinal",
    "WEEKDAY": "weekday weekday_or_months",
    "MONTH": "month month_short",
    "LENGTH": "days days_or_pm days_or_on_day weeks months weekday_or_months",
    "WHICH": "next coming this last after_next",
    "IN": "in in_or_less",
    "AT": "at at_or_in",
    "ON_DAY": "on_day onto_day days_or_on_day",
    "FILLING": "filler at_or_in on_day onto onto_day days_or_on_day",
    "THING": "unknown counted counted_or_label address year",
}
"""FILLING may stand between any two words; a number before a THING is no day and no hour."""

_PIECE = re.compile(
    r"""
    \[ (?P<but>\^?) (?P<members>[\w\s]+) \]
    | (?P<name>[A-Za-z_]{2,})
    | < (?P<group>[a-z]+) :
    | (?P<end>>)
    | (?P<open>\((?!\?))
    | \s+
    """,
    re.VERBOSE,
)


def pattern(text: str) -> re.Pattern[str]:
    """A pattern as it is explained above, ready for strings of kinds."""
    return re.compile(_PIECE.sub(_written, text))


def kinds_of(tokens: Iterable[Token]) -> str:
    """The kinds of tokens, one letter each."""
    return "".join(token.kind for token in tokens)


def _written(piece: re.Match[str]) -> str:
    match piece.lastgroup:
        case "members":
            letters = "".join(map(_letters, piece["members"].split()))
            return f"[{piece['but']}{letters}]"
        case "name":
            letters = _letters(piece["name"])
            return letters if len(letters) == 1 else f"[{letters}]"
        case "group":
            return f"(?P<{piece['group']}>"
        case "end":
            return ")"
        case "open":
            return "(?:"
        case _:
            return ""


@cache
def _letters(name: str) -> str:
    if name.islower():
        return TokenKind[name.upper()]
    return "".join(map(_letters, _SETS[name].split()))
