"""What is said on the phone is also shown as it sounds, to who reads another script."""

from pathlib import Path

import pytest
from seven_languages import LANGUAGES

from bot.city.load import load
from bot.conversation.content import OnPhone
from bot.domain.appointment import CODE_SIGNS
from bot.rendering import catalogues, sounds
from bot.rendering.text import Writer

LOCALES = Path("locales")
CITY = load("tests/cities/smallville.toml")
CATALOGUES = catalogues.load(LOCALES, LANGUAGES, ["de"])
SOUNDS = sounds.load(LOCALES, LANGUAGES)


@pytest.mark.parametrize(
    ("reader", "shown"),
    [
        ("de", "Arabisch, Code K7PM"),
        ("fr", "Arabisch, Code K7PM"),
        ("ru", "Arabisch, Code K7PM / арабиш, код ка зибен пэ эм"),
        ("uk", "Arabisch, Code K7PM / арабіш, код ка зібен пе ем"),
        ("ar", "\u2066Arabisch, Code K7PM\u2069 / آرابيش، كود كا زيبن پي إم"),
    ],
)
def test_who_reads_another_script_is_shown_how_the_words_sound(reader: str, shown: str) -> None:
    writer = Writer(CATALOGUES, CITY, reader, html=False)
    assert writer.value(OnPhone(("ar", "K7PM", "de"))) == shown


def test_where_a_sound_is_not_known_the_words_stand_alone() -> None:
    writer = Writer(CATALOGUES, CITY, "ru", html=False)
    assert writer.value(OnPhone(("tr", "K7PM", "de"))) == "Türkisch, Code K7PM"
    assert CATALOGUES.sound("ru", "en", "ar", "K7PM") is None
    assert SOUNDS["ru"]["de"].said("ar", "K0PM") is None


def test_every_sign_of_a_code_and_every_language_has_its_sound() -> None:
    assert {*SOUNDS} == {"ar", "ru", "uk"}
    for known in SOUNDS.values():
        assert {*CODE_SIGNS} <= known["de"].signs.keys()
        assert {*LANGUAGES} == known["de"].languages.keys()
