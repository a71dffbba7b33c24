"""Which signs can be the code of an appointment, read aloud and written on slips."""

import pytest

from bot.domain.appointment import is_code


@pytest.mark.parametrize("code", ["K7PM", "BCDF", "222B", "Z999"])
def test_four_signs_with_a_letter_among_them_are_a_code(code: str) -> None:
    assert is_code(code)


@pytest.mark.parametrize(
    "text",
    [
        *("", "K7P", "K7PMX"),
        *("K7PA", "K7P0", "K7P1", "k7pm", "K-PM"),  # signs that are none
        *("2222", "7935"),  # no letter
        *("HJ77", "7KZ7", "77NS", "7SS7", "HHP7", "P88P"),  # pairs that stood for something
    ],
)
def test_what_is_short_ambiguous_or_ill_famed_is_no_code(text: str) -> None:
    assert not is_code(text)
