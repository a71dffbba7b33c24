"""What a city says about itself, to readers of every language."""

from dataclasses import replace

import pytest

from bot.city.load import load
from bot.domain.city import City

SMALLVILLE = load("tests/cities/smallville.toml")
WITHOUT_ENGLISH = replace(
    SMALLVILLE, languages=("de", "uk"), texts={"de": {"city": "Kleinstadt"}, "uk": {}}
)


@pytest.mark.parametrize(
    ("city", "language", "key", "said"),
    [
        (SMALLVILLE, "de", "topic.housing", "Wohnung"),
        (SMALLVILLE, "uk", "topic.housing", "Housing"),
        (WITHOUT_ENGLISH, "uk", "city", "Kleinstadt"),
        (WITHOUT_ENGLISH, "de", "topic.housing", None),
    ],
)
def test_a_text_is_in_the_readers_language_else_in_english_else_in_the_citys_first(
    city: City, language: str, key: str, said: str | None
) -> None:
    assert city.text(language, key) == said


def test_a_team_stands_as_in_the_file_and_an_unknown_office_has_none() -> None:
    assert [person.id for person in SMALLVILLE.team("hall")] == ["adler", "busch"]
    assert SMALLVILLE.team("nowhere") == ()
