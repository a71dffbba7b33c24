"""The clauses of a message: what stands between full stops, commas and "but"."""

from collections.abc import Iterator
from typing import Final

from bot.understanding.day_tokens import Token, TokenKind
from bot.understanding.token_patterns import kinds_of, pattern

_APPOSED: Final = pattern(
    """
    (?<=[WEEKDAY day]) clause_end
        (?= FILLING* (date | date_or_time | DAY_OF_MONTH FILLING* MONTH | MONTH FILLING* FIGURE))
    | (?<=[date MONTH year]) clause_end
        (?= FILLING* WEEKDAY)
    | (?<=[WEEKDAY day date MONTH part year FIGURE]) clause_end
        (?= FILLING* at? FILLING* time)
    | (?<=[WEEKDAY day date MONTH part year FIGURE]) clause_end
        (?= FILLING* at? FILLING* [figure figure_dot number] oclock?
            ($ | [sentence_end clause_end]))
    """
)
"""Commas within one naming of a day: "Monday, 30 November, 10:00"."""
_NO_HOURS: Final = (
    pattern(
        "<number:[figure figure_dot number ordinal date date_or_time time from_to]>"
        " (?= filler? [counted counted_or_label])"
    ),
    pattern("[label counted_or_label] filler? <number:[figure figure_dot]>"),
    pattern("address [filler unknown]? <number:[figure figure_dot]>"),
    pattern("<number:[figure figure_dot]> (?= unknown{0,2} address)"),
    pattern("<number:[figure figure_dot]{3,}>"),
)
"""Numbers that count or number something else: "3 children", "room 12", house numbers."""
_ONLY_A_DAY: Final = pattern(
    "[weekday weekday_short day month month_short date date_or_time time figure figure_dot year"
    " oclock at at_or_in am pm part filler greeting on_day onto clause_end sentence_end"
    " next coming this after_next weeks months weekend and]+"
)
"""A message in which a short weekday can be no other word."""
_SHORT: Final = pattern(
    "weekday_short (?= date | date_or_time | time | figure_ending | FIGURE FILLING* [MONTH oclock]"
    " | part | at FILLING* [figure figure_dot number time])"
)
"""A short weekday that is no other word, for what stands behind it."""
_SHORT_WEEKDAY: Final = pattern("weekday_short")
_SHORTENED: Final = frozenset(
    {TokenKind.WEEKDAY_SHORT, TokenKind.MONTH_SHORT, TokenKind.LABEL, TokenKind.ADDRESS}
)
_BORDER: Final = pattern(
    "<border:[sentence_end clause_end]?>"
    " <clause:but [^sentence_end clause_end but]* | [^sentence_end clause_end but]+>?"
)


def split(tokens: list[Token]) -> Iterator[tuple[int, list[Token]]]:
    """The clauses of a message, each with the number of its sentence; a "but" begins one too.

    In them short weekdays are decided, and numbers that count something are none.
    """
    tokens = _cleared(tokens)
    for comma in _APPOSED.finditer(kinds_of(tokens)):
        tokens[comma.start()] = Token(TokenKind.NAMED_DAY)
    sentence = 0
    for match in _BORDER.finditer(kinds_of(tokens)):
        sentence += match["border"] == TokenKind.SENTENCE_END
        if match["clause"]:
            yield sentence, tokens[slice(*match.span("clause"))]


def _cleared(tokens: list[Token]) -> list[Token]:
    """The tokens with short weekdays decided, and without numbers that count something."""
    tokens = _without_dots(tokens)
    kinds = kinds_of(tokens)
    short = _SHORT_WEEKDAY if _ONLY_A_DAY.fullmatch(kinds) else _SHORT
    weekdays = {match.start() for match in short.finditer(kinds)}
    counting = {
        place
        for known in _NO_HOURS
        for match in known.finditer(kinds)
        for place in range(*match.span("number"))
    }
    return [
        _decided(token, is_weekday=at in weekdays, counts=at in counting)
        for at, token in enumerate(tokens)
    ]


def _decided(token: Token, *, is_weekday: bool, counts: bool) -> Token:
    if token.kind is TokenKind.WEEKDAY_SHORT:
        return Token(TokenKind.WEEKDAY, token.value) if is_weekday else Token(TokenKind.UNKNOWN)
    return Token(TokenKind.COUNTED) if counts else token


def _without_dots(tokens: list[Token]) -> list[Token]:
    """The tokens without full stops that only end a short form: "Mo.", "Str."."""
    return [
        token
        for at, token in enumerate(tokens)
        if token.kind is not TokenKind.SENTENCE_END
        or at == 0
        or tokens[at - 1].kind not in _SHORTENED
    ]
