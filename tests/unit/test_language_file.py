"""What is wrong with a `language.toml` is told with file, key and reason."""

from pathlib import Path

import pytest
from eighth_language import LANGUAGE
from seven_languages import LANGUAGES, LOCALES, WRITTEN

from bot.city import language_file
from bot.city.language_file import LanguageFilesError
from bot.domain.written_language import DayPatterns, Letters, WrittenLanguage, readers

DAY = 'written_out = "d MMMM EEEE"'


def folder(root: Path, **files: str) -> Path:
    """Languages with these files."""
    for code, text in files.items():
        (root / code).mkdir()
        (root / code / "language.toml").write_text(text, encoding="utf-8")
    return root


def faults(root: Path, text: str) -> list[str]:
    """What is said of Turkish described so."""
    with pytest.raises(LanguageFilesError) as refused:
        language_file.load(folder(root, tr=text), ("tr",))
    assert str(refused.value) == "; ".join(map(str, refused.value.problems))
    return [str(problem) for problem in refused.value.problems]


def test_a_file_says_all_that_is_known_of_a_language(tmp_path: Path) -> None:
    days = DayPatterns("d MMMM EEEE", "d MMM EEE")
    assert language_file.load(folder(tmp_path, tr=LANGUAGE), ("tr",)) == {
        "tr": WrittenLanguage(
            code="tr",
            own_name="Türkçe",
            locale="tr",
            days=days,
            first_of_month=days,
            letters=Letters("Latin", "ğışç"),
            read_by=("tur", "az", "aze"),
        )
    }


def test_the_first_of_a_month_may_be_written_otherwise() -> None:
    french = WRITTEN["fr"]
    assert french.first_of_month == DayPatterns("EEEE '1er' MMMM", "EEE '1er' MMM")


def test_the_shipped_files_are_faultless() -> None:
    assert language_file.inspect(LOCALES, LANGUAGES)[1] == ()
    assert set(readers(WRITTEN.values()).values()) == set(LANGUAGES)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('own_name = "Türkçe"', "", "own_name: is missing"),
        ('own_name = "Türkçe"', 'own_name = " "', "own_name: must not be empty"),
        ('"Türkçe"', '"Türkçe"\nflag = "x"', "flag: is not a known key"),
        (
            'locale = "tr"',
            'locale = "xx"',
            'locale: "xx" is not a locale of CLDR like "de" or "en_GB"',
        ),
        (
            'locale = "tr"',
            'locale = "de"',
            'locale: "de" is of another language than the folder, tr',
        ),
        ('"az"', '"Azeri"', 'read_by.2: "Azeri" is not a language code of 2 or 3 letters'),
        (
            "d MMMM EEEE",
            "d HH EEEE",
            'day.written_out: "HH" is no weekday, day or month: words stand in apostrophes',
        ),
        (
            "d MMMM EEEE",
            "d MMMM",
            'day.written_out: must have one weekday, day and month, written as "EEEE, d MMMM"',
        ),
        (
            "[letters]",
            '[first_of_month]\nwritten_out = "EEEE"\nshort = "EEE d MMM"\n[letters]',
            "first_of_month.written_out: must have one weekday and month,"
            " written as \"EEEE '1er' MMMM\"",
        ),
        (
            'script = "Latin"',
            'script = "Greek"',
            'letters.script: "Türkçe" is not written in "Greek"',
        ),
        ("ğışç", "ğыш", "letters.own: not letters of that script: ы ш"),
        (
            "[letters]",
            "[letters",
            "line 10: not TOML: Expected ']' at the end of a table declaration",
        ),
    ],
)
def test_a_fault_is_told_with_its_key_and_reason(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    assert old in LANGUAGE
    first, *_ = faults(tmp_path, LANGUAGE.replace(old, new, 1))
    assert first == f"error: locales/tr/language.toml: {told}"


def test_a_language_without_a_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(LanguageFilesError) as refused:
        language_file.load(tmp_path, ("tr",))
    assert str(refused.value) == (
        "error: locales/tr/language.toml: file: cannot be read: No such file or directory"
    )


def test_a_code_that_two_languages_claim_is_told(tmp_path: Path) -> None:
    german = (LOCALES / "de" / "language.toml").read_text(encoding="utf-8")
    claimed = german.replace('read_by = ["deu"', 'read_by = ["az"')
    found, problems = language_file.inspect(folder(tmp_path, tr=LANGUAGE, de=claimed), ("tr", "de"))
    assert set(found) == {"tr", "de"}
    assert list(map(str, problems)) == [
        'error: locales/de/language.toml: read_by: "az" is in locales/tr/language.toml too'
    ]
