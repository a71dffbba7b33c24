"""The tables of what is typed: what is wrong with them, what is missing, and what they hold."""

from itertools import product
from pathlib import Path

import pytest
from seven_languages import LANGUAGES, LOCALES

from bot.understanding import intent_file, intent_tables
from bot.understanding.dangers import danger
from bot.understanding.heard import tables_of
from bot.understanding.intent_kinds import Alarm, Danger, Intent
from bot.understanding.intents import intents
from bot.understanding.word_file import WordFilesError

TABLES = tables_of(LOCALES, LANGUAGES).intents


def table(folder: Path, toml: str, language: str = "en") -> Path:
    """A folder of languages in which one has this table."""
    (folder / language).mkdir()
    (folder / language / "intents.toml").write_text(toml, encoding="utf-8")
    return folder


def said_of(folder: Path, languages: tuple[str, ...] = ("en",)) -> list[str]:
    """All problems of the tables of these languages, as they are shown."""
    with pytest.raises(WordFilesError) as refused:
        intent_tables.load(folder, languages, ())
    return [str(problem) for problem in refused.value.problems]


def test_nothing_is_missing_in_the_seven_languages() -> None:
    assert intent_tables.gaps(LOCALES, LANGUAGES) == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_danger_is_found_as_it_is_written_and_no_harmless_phrase_hides_it(
    language: str,
) -> None:
    file, _ = intent_file.read(LOCALES, language)
    hidden = [
        text
        for kind in Danger
        for phrase in file.entries("danger", kind)
        for words in product(*(piece.replace("*", "").split("|") for piece in phrase.split()))
        if language not in (danger(text := " ".join(words), TABLES) or Alarm((), ())).languages
    ]
    assert hidden == []


@pytest.mark.parametrize(
    ("toml", "problem"),
    [
        ("wants = [", "file: cannot be read: Invalid value (at end of document)"),
        ("wants = 1", "wants: must be a table"),
        ("[wishes]", "wishes: is not a known key"),
        ("[moods]\nfear = []", 'moods: "fear" is not a known key: known are negation, doubt'),
        ("[moods]\ndoubt = 1", "moods.doubt: must be a list in square brackets"),
        ("[moods]\ndoubt = [1]", "moods.doubt.1: must be text in quotation marks"),
        ('[moods]\ndoubt = ["?"]', 'moods.doubt.1: "?" has no words'),
        ('[words]\ncome = ["come"]', 'words: "come" is not a known key: must be written as "COME"'),
        (
            '[languages]\nEnglish = ["x"]',
            'languages: "English" is not a known key: must be written as "de"',
        ),
        ('[wants]\nbook = ["GET it"]', 'wants.book: "GET" is not a list of [words]'),
    ],
)
def test_what_cannot_be_read_is_named_by_file_and_key(
    tmp_path: Path, toml: str, problem: str
) -> None:
    assert said_of(table(tmp_path, toml)) == [f"error: locales/en/intents.toml: {problem}"]


def test_tables_with_a_fault_are_not_used(tmp_path: Path) -> None:
    folder = table(tmp_path, "[wishes]")
    with pytest.raises(WordFilesError) as refused:
        intent_tables.load(folder, ("en",), ())
    assert str(refused.value) == ("error: locales/en/intents.toml: wishes: is not a known key")
    assert [problem.key for problem in refused.value.problems] == ["wishes"]
    assert [str(problem) for problem in intent_tables.gaps(folder, ("en",))] == said_of(folder)


def test_what_a_language_lacks_is_a_warning_key_by_key(tmp_path: Path) -> None:
    folder = table(tmp_path, '[wants]\nbook = ["book"]\n[little]\nfrequent = ["the"]')
    gaps = [str(problem) for problem in intent_tables.gaps(folder, ("en",))]
    assert "warning: locales/en/intents.toml: wants.cancel: has no words" in gaps
    assert "warning: locales/en/intents.toml: danger.suicide: has no words" in gaps
    assert "warning: locales/en/intents.toml: languages.en: has no words" in gaps
    assert gaps[-1] == (
        "warning: locales/en/intents.toml: little.frequent: has 1 words,"
        " at least 30 tell a language from another"
    )
    assert [gap for gap in gaps if "wants.book" in gap] == []


def test_a_language_without_a_table_lacks_all_and_hinders_no_other(tmp_path: Path) -> None:
    folder = table(tmp_path, '[wants]\nbook = ["book"]')
    tables = intent_tables.load(folder, ("en", "tr"), ())
    assert intents("book", tables) == (Intent.BOOK,)
    gaps = intent_tables.gaps(folder, ("en", "tr"))
    assert {gap.key for gap in gaps if "tr" in gap.file} >= {"wants.book", "little.frequent"}


def test_words_in_capitals_hold_the_words_of_all_languages(tmp_path: Path) -> None:
    english = '[words]\nGET = ["pick up"]\nMEETING = ["meeting"]\n[wants]\nbook = ["GET MEETING"]'
    table(tmp_path, english)
    folder = table(tmp_path, '[words]\nMEETING = ["Term in", "Termin*"]', "de")
    tables = intent_tables.load(folder, ("en", "de"), ())
    texts = ("pick up meeting", "pick up termine", "pick up a term in", "get term")
    assert [intents(text, tables) for text in texts] == [
        *((Intent.BOOK,), (Intent.BOOK,), (Intent.BOOK,), ()),
    ]


def test_dangers_take_only_the_words_of_their_own_language(tmp_path: Path) -> None:
    table(
        tmp_path, '[words]\nME = ["me"]\n[danger]\nviolence = ["ME hits"]\n[little]\nfrequent = []'
    )
    folder = table(tmp_path, '[words]\nME = ["mich"]\n[little]\nfrequent = []', "de")
    tables = intent_tables.load(folder, ("en", "de"), ())
    assert danger("he hits me", tables) == Alarm((Danger.VIOLENCE,), ("en",))
    assert danger("hits mich", tables) is None
