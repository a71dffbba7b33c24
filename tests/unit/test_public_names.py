"""Whose name clients may not read is met as the office and its place, in the reader's language."""

from dataclasses import replace
from pathlib import Path

import pytest
from seven_languages import LANGUAGES

from bot.city.load import load
from bot.conversation import public_names
from bot.conversation.content import OfficeCalled, OfficePlace
from bot.domain import office_names
from bot.domain.contacts import OneOfATeam
from bot.rendering import catalogues
from bot.rendering.text import Writer

SMALLVILLE = load("tests/cities/smallville.toml")
AREA = replace(SMALLVILLE.area["mill"], name="Nordstadt", spoken={"ru": "Нордштадт"})
HALL = replace(SMALLVILLE.offices[0], short="Amt", spoken={"ru": "Ратхаус", "ar": "البلدية"})
CITY = replace(SMALLVILLE, areas=(AREA,), offices=(HALL,))
CATALOGUES = catalogues.load(Path("locales"), LANGUAGES, ["de"])


@pytest.mark.parametrize(
    ("language", "number", "shown", "on_a_button"),
    [
        ("de", 0, "Amt, Nordstadt", "Amt"),
        ("de", 2, "Beratung 2 (Amt, Nordstadt)", "Amt 2"),
        ("ru", 0, "Ратхаус, Нордштадт", "Ратхаус"),
        ("ru", 2, "Консультант 2: Ратхаус, Нордштадт", "Ратхаус 2"),
        ("ar", 0, "البلدية، \u2066Nordstadt\u2069", "البلدية"),
    ],
)
def test_the_office_and_its_place_are_said_in_the_readers_language(
    language: str, number: int, shown: str, on_a_button: str
) -> None:
    writer = Writer(CATALOGUES, CITY, language, html=False)
    one = OneOfATeam("hall", number)
    assert writer.value(public_names.shown(one)) == shown
    assert writer.value(public_names.short(one)) == on_a_button


def test_without_a_short_name_it_is_the_provider() -> None:
    plain = replace(CITY, offices=(replace(HALL, short="", spoken={}),))
    assert office_names.called(plain, "hall", "ru") == "Rathaus"


def test_of_an_office_the_city_file_no_longer_names_nothing_is_said() -> None:
    writer = Writer(CATALOGUES, CITY, "de", html=False)
    assert (writer.value(OfficeCalled("left")), writer.value(OfficePlace("left"))) == ("", "")
