"""A typed message as words, numbers and the marks between them, in any digits and any writing."""

import re
from dataclasses import dataclass
from typing import Final

from bot.domain.spelling import fold
from bot.understanding.day_tokens import Token, TokenKind

_FIGURES = {start + n: str(n) for start in (0x660, 0x6F0) for n in range(10)}
_UNSEEN = dict.fromkeys((0x200B, 0x200C, 0x200D, 0x200E, 0x200F, *range(0x202A, 0x202F)))
_MARKS = {ord(each): "'" for each in "`´‘’ʼ′"} | {ord("："): ":", ord("٫"): ".", ord("．"): "."}
# Names are compared with these two as one; here "غدا" is tomorrow and "جدا" is very.
_APART = {ord("ج"): "چ"}
_PLAIN = _FIGURES | _UNSEEN | dict.fromkeys(range(0x2066, 0x206A)) | _MARKS | _APART

_PIECE = re.compile(
    r"""
    (?P<iso>(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d))
    | (?P<full>(\d{1,2})\s?(?P<mark>[./-]|\s)\s?(\d{1,2})\s?(?P=mark)\s?(20\d\d)(?!\d))
    | (?P<brief>(\d{1,2})(?P<sign>[./-])(\d{1,2})(?P=sign)(\d\d)(?!\d))
    | (?P<dotted>(\d{1,2})\.\s?(\d{1,2})\.(?!\d))
    | (?P<clock>(\d{1,2})[:](\d\d)(?!\d))
    | (?P<hours>(\d{1,2})\s?h\s?(\d\d)?(?![^\W_]))
    | (?P<phone>\+?\d(?:[ ()/-]{0,2}\d){6,})
    | (?P<pair>(\d{1,2})([./])(\d{1,2})(?![\d]|[.,/]\d))
    | (?P<dash>(\d{1,2})\s?[-–—]\s?(\d{1,2})(?!\d))
    | (?P<days>(\d{1,2})\.\s?[-–—]\s?(\d{1,2})\.)
    | (?P<decimal>\d+[.,]\d+|\d{5,})
    | (?P<number>\d+)(?P<dot>\.(?=\s*[^\W\d_]|\s*$))?
    | (?P<inside>(?<=[^\W\d_])\.(?=[^\W\d_]))
    | (?P<stop>[.!?;\n…؟]+)
    | (?P<comma>[,،؛:()«»"„“”]|\s[-–—]\s)
    | (?P<word>[^\s\d.,;:!?…،؛؟()/\-–—"„“”«»]+)
    """,
    re.VERBOSE,
)
_BEHIND_A_FIGURE = re.compile(r"\d-?\Z")
_MOST_DAY, _MOST_MONTH, _MOST_HOUR, _MOST_MINUTE = 31, 12, 24, 59


@dataclass(frozen=True, slots=True)
class Piece:
    """A word, or a number or mark already known for what it is."""

    text: str
    token: Token | None = None
    glued: bool = False
    """Whether it stands right behind a figure, or behind a figure and a hyphen."""


def pieces(text: str) -> list[Piece]:
    """The words, numbers and marks of a text, in order."""
    plain = text.translate(_PLAIN).casefold()
    found: list[Piece] = []
    for match in _PIECE.finditer(plain):
        sort = match.lastgroup or ""
        if sort == "word":
            glued = _BEHIND_A_FIGURE.search(plain, match.start() - 2, match.start()) is not None
            found += [Piece(word, None, glued) for word in fold(match[0]) or (match[0],)]
        elif sort != "inside":
            found.append(Piece(match[0], _token(sort, match, plain)))
    return found


def words(phrase: str) -> tuple[str, ...]:
    """The words of a phrase as they are found in a message."""
    return tuple(piece.text for piece in pieces(phrase))


def _token(sort: str, match: re.Match[str], text: str) -> Token:
    if sort == "stop":
        return Token(TokenKind.SENTENCE_END)
    if sort == "comma":
        return Token(TokenKind.CLAUSE_END)
    if text[match.start() - 1 : match.start()].isalpha():
        return Token(TokenKind.UNKNOWN)
    if sort in ("number", "dot"):
        return _number(match)
    return _READ.get(sort, _unknown)([int(g) for g in match.groups() if g and g.isdigit()], match)


def _number(match: re.Match[str]) -> Token:
    value = int(match["number"])
    if match["dot"] and 0 < value <= _MOST_DAY:
        return Token(TokenKind.FIGURE_DOT, value)
    if value <= _MOST_MINUTE:
        return Token(TokenKind.FIGURE, value)
    return Token(TokenKind.YEAR if 2000 <= value < 2100 else TokenKind.UNKNOWN, value)


def _unknown(_: list[int], __: re.Match[str]) -> Token:
    return Token(TokenKind.UNKNOWN)


def _iso(parts: list[int], _: re.Match[str]) -> Token:
    return _date(parts[2], parts[1], parts[0])


def _full(parts: list[int], _: re.Match[str]) -> Token:
    day, month, year = parts[0], parts[1], parts[2]
    return _date(day, month, year if year > 99 else 2000 + year)


def _dotted(parts: list[int], _: re.Match[str]) -> Token:
    day, month = parts
    return _date(day, month) if month <= _MOST_MONTH else _clock(day, month)


def _pair(parts: list[int], match: re.Match[str]) -> Token:
    first, second = parts
    if "/" in match[0]:
        return _date(second, first) if second > _MOST_MONTH else _date(first, second)
    minutes = len(match[0].partition(".")[2]) == 2
    if second > _MOST_MONTH or not second or (not first and minutes):
        return _clock(first, second) if minutes else Token(TokenKind.UNKNOWN)
    if minutes and not second % 5 and first < _MOST_HOUR:
        return Token(TokenKind.DATE_OR_TIME, (first, second, 0))
    return _date(first, second)


def _dash(parts: list[int], match: re.Match[str]) -> Token:
    first, second = parts
    return (
        _clock(first, second)
        if match[0].endswith(("00", "30", "45"))
        else Token(TokenKind.FROM_TO, (first, second))
    )


def _days(parts: list[int], _: re.Match[str]) -> Token:
    return Token(TokenKind.FROM_TO, (parts[0], parts[1]))


def _time(parts: list[int], _: re.Match[str]) -> Token:
    return _clock(parts[0], parts[1] if len(parts) > 1 else 0)


def _date(day: int, month: int, year: int = 0) -> Token:
    valid = 1 <= day <= _MOST_DAY and 1 <= month <= _MOST_MONTH
    return Token(TokenKind.DATE, (day, month, year)) if valid else Token(TokenKind.UNKNOWN)


def _clock(hour: int, minute: int) -> Token:
    valid = hour < _MOST_HOUR and minute <= _MOST_MINUTE
    return Token(TokenKind.TIME, (hour, minute)) if valid else Token(TokenKind.UNKNOWN)


_READ: Final = {
    "iso": _iso,
    "full": _full,
    "brief": _full,
    "dotted": _dotted,
    "clock": _time,
    "hours": _time,
    "pair": _pair,
    "dash": _dash,
    "days": _days,
}
