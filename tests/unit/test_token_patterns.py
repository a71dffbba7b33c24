"""Patterns of kinds of tokens are written with the names of the kinds."""

import pytest

from bot.understanding.day_tokens import Token, TokenKind
from bot.understanding.token_patterns import kinds_of, pattern


def line(names: str) -> str:
    return kinds_of(Token(TokenKind[name.upper()]) for name in names.split())


@pytest.mark.parametrize(
    ("text", "fits", "fits_not"),
    [
        ("next weekday", "next weekday", "weekday"),
        ("next FILLING* WEEKDAY", "next filler on_day weekday_or_months", "next unknown weekday"),
        ("[from after] weekday", "after weekday", "before weekday"),
        ("[FIGURE number]", "figure_ending", "ordinal"),
        ("[^part time]", "day", "part"),
        ("(figure | number){2}", "number figure", "number"),
        ("at? figure (?! oclock) part", "figure part", "figure oclock part"),
    ],
)
def test_a_pattern_fits_the_kinds_it_names(text: str, fits: str, fits_not: str) -> None:
    known = pattern(text)
    assert (known.fullmatch(line(fits)) is None, known.fullmatch(line(fits_not))) == (False, None)


def test_what_is_found_is_asked_for_by_name() -> None:
    found = pattern("on_day <day:figure | ordinal> <month:MONTH>").match(
        line("on_day figure month")
    )
    assert found is not None
    assert (found.span("day"), found["month"]) == ((1, 2), TokenKind.MONTH)


def test_a_name_that_is_no_kind_is_a_mistake() -> None:
    for text in ("wekday", "WEKDAY"):
        with pytest.raises(KeyError):
            pattern(text)


def test_each_kind_is_one_letter_of_its_own() -> None:
    assert len(set(kinds_of(map(Token, TokenKind)))) == len(TokenKind)
