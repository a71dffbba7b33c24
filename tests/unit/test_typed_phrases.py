"""What of typed phrases is understood, language by language: tests/phrases/*/intents.tsv."""

from pathlib import Path

import pytest
from seven_languages import LANGUAGES, LOCALES

from bot.city import load
from bot.understanding.dangers import danger
from bot.understanding.heard import tables_of
from bot.understanding.intents import intents
from bot.understanding.people import people
from bot.understanding.typed_language import typed_language
from bot.understanding.wanted_languages import same_person, speaks

PHRASES = Path(__file__).parents[1] / "phrases"
TABLES = tables_of(LOCALES, LANGUAGES).intents
HERNE = load.load("herne")


def rows(language: str) -> list[tuple[str, str]]:
    """Each phrase and what should be understood of it; comments and headings are left out."""
    lines = (PHRASES / language / "intents.tsv").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if not line.startswith(("#", "phrase\t")))
    return [(phrase, " ".join(sorted(wanted.split()))) for phrase, wanted in pairs]


def understood(phrase: str, language: str) -> str:
    """What is understood, in the words of the table."""
    found: list[str] = list(intents(phrase, TABLES))
    if alarm := danger(phrase, TABLES):
        found.append("danger" if language in alarm.languages else "danger in another language")
    if code := speaks(phrase, TABLES):
        found.append(f"speaks:{code}")
    if same_person(phrase, TABLES):
        found.append("same")
    return " ".join(sorted(found))


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_each_phrase_just_what_it_says_is_understood(language: str) -> None:
    read = {phrase: understood(phrase, language) for phrase, _ in rows(language)}
    assert read == dict(rows(language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_phrase_is_never_taken_for_another_language(language: str) -> None:
    codes = {typed_language(phrase, TABLES, None) for phrase, _ in rows(language)}
    assert codes == {language, None}


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_is_named_by_a_phrase_without_a_name(language: str) -> None:
    named = {phrase: people(HERNE, phrase, TABLES) for phrase, _ in rows(language)}
    assert {phrase: found for phrase, found in named.items() if found} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_its_phrases(language: str) -> None:
    assert len(rows(language)) >= 150
