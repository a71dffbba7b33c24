"""The language a phone is set to, and the nearest of those there are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from seven_languages import WRITTEN

from bot.domain.language_codes import nearest
from bot.domain.written_language import readers

READERS = readers(WRITTEN.values())
SEVEN = ("de", "en", "uk", "ru", "fr", "ro", "ar")


@pytest.mark.parametrize(
    ("code", "language"),
    [
        *(("de", "de"), ("de-AT", "de"), ("gsw", "de"), ("DE_CH", "de"), ("deu", "de")),
        *(("ar", "ar"), ("ar_EG", "ar"), ("AR-sy", "ar"), ("arz", "ar"), ("ckb-IQ", "ar")),
        *(("uk-UA", "uk"), ("UK", "uk"), ("ukr", "uk"), ("rue", "uk")),
        *(("ru_RU", "ru"), ("be", "ru"), ("kk-Cyrl-KZ", "ru"), ("uz", "ru"), ("hy", "ru")),
        *(("ro-MD", "ro"), ("mo", "ro"), ("rom", "ro"), ("ron", "ro"), ("rum", "ro")),
        *(("fr-CA", "fr"), ("ln", "fr"), ("kab", "fr")),
        *(("en-GB", "en"), ("zh-hans", "en"), ("pt-br", "en"), ("sr-Latn", "en"), ("tr", "en")),
        *(
            (None, "en"),
            ("", "en"),
            (" ", "en"),
            ("-", "en"),
            ("de" * 2000, "en"),
            ("\ud800", "en"),
        ),
    ],
)
def test_a_phones_language_finds_the_nearest_of_ours(code: str | None, language: str) -> None:
    assert nearest(code, SEVEN, READERS) == language


def test_a_language_the_city_does_not_offer_is_not_chosen_for_a_neighbour() -> None:
    assert nearest("be", ("de", "en"), READERS) == "en"
    assert nearest("be", ("de", "ar"), READERS) == "de"


@given(st.none() | st.text(), st.lists(st.sampled_from(SEVEN), min_size=1).map(tuple))
def test_whatever_a_phone_says_a_language_is_found(
    code: str | None, offered: tuple[str, ...]
) -> None:
    assert nearest(code, offered, READERS) in offered
