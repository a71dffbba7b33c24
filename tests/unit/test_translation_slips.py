"""What pofilter finds is told beside the English text, but for exceptions that are needed."""

from pathlib import Path

import pytest
from test_catalogue_checks import write
from texts import translation_slips
from translate.filters.checks import (
    CheckerConfig,
    StandardChecker,
    StandardUnitChecker,
    TeeChecker,
)

ENGLISH = "Please call {name} on the 3rd day: <b>a@b.example</b>."
EXCEPTION = '[[exception]]\nkey = "a.b"\ntest = "{test}"\nreason = "Because."\n'


def slips(root: Path, text: str | tuple[str, ...], english: str | tuple[str, ...]) -> list[str]:
    """What is told of one text."""
    write(root, "en", {"a.b": english})
    write(root, "de", {"a.b": text})
    return [str(each).replace(str(root), "…") for each in translation_slips.check(root)]


def test_the_shipped_texts_have_no_slips() -> None:
    assert [str(problem) for problem in translation_slips.check()] == []


def test_a_text_that_says_the_same_has_no_slips(tmp_path: Path) -> None:
    text = "Bitte rufen Sie {name} am 3. Tag an: <b>a@b.example</b>."
    assert slips(tmp_path, text, ENGLISH) == []


@pytest.mark.parametrize(
    ("text", "english", "test"),
    [
        ("Bitte bitte den den Knopf.", "Please press.", "doublewords"),
        ("Schreiben an a@c.example.", "Write to a@b.example.", "emails"),
        ("Siehe www.c.example.", "See www.b.example.", "urls"),
        ("Eins  zwei", "One two", "doublespacing"),
    ],
)
def test_a_slip_is_found(tmp_path: Path, text: str, english: str, test: str) -> None:
    found = slips(tmp_path, text, english)
    assert [line.partition(f"a.b: pofilter ({test})")[0] for line in found] == [
        "error: …/de/LC_MESSAGES/lotse.po: "
    ]


def test_a_slip_in_a_plural_form_is_found(tmp_path: Path) -> None:
    found = slips(tmp_path, ("Ein Kind", "{n} Kinder Kinder"), ("{n} child", "{n} children"))
    assert ["doublewords" in line for line in found] == [True]


def test_an_exception_with_its_reason_is_kept(tmp_path: Path) -> None:
    (tmp_path / "de").mkdir()
    (tmp_path / "de" / "exceptions.toml").write_text(EXCEPTION.format(test="doublewords"))
    assert slips(tmp_path, "Zwei zwei Tage.", "2 days.") == []


def test_an_exception_that_is_needed_no_more_is_told(tmp_path: Path) -> None:
    (tmp_path / "de").mkdir()
    (tmp_path / "de" / "exceptions.toml").write_text(EXCEPTION.format(test="doublewords"))
    assert slips(tmp_path, "2 Tage.", "2 days.") == [
        "error: locales/de/exceptions.toml: a.b: doublewords is no longer needed"
    ]


def test_an_exception_without_a_reason_is_told(tmp_path: Path) -> None:
    (tmp_path / "de").mkdir()
    (tmp_path / "de" / "exceptions.toml").write_text('[[exception]]\nkey = "a.b"\ntest = "urls"\n')
    assert slips(tmp_path, "Ja", "Yes") == [
        "error: locales/de/exceptions.toml: exception.1.reason: is missing"
    ]


def test_of_each_test_of_pofilter_it_is_said_whether_it_fits() -> None:
    kinds = [StandardChecker, StandardUnitChecker]
    every = TeeChecker(checkerconfig=CheckerConfig(targetlanguage="de"), checkerclasses=kinds)
    told = (*translation_slips.FITTING, *translation_slips.UNFIT)
    assert sorted(told) == sorted(every.getfilters())
