"""A glossary is read strictly; what it forbids is found, and what is not true of its catalogue."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from seven_languages import LANGUAGES
from test_catalogue_checks import write

from bot.app import LOCALES
from bot.rendering.glossaries import check, refused, untrue
from bot.understanding.glossary_file import Term

TEXTS = {
    "booked.title": "Ihr Termin ist gebucht.",
    "booked.who": "Ihre Ansprechperson sieht ihn.",
    "menu.book": "Termin buchen",
}


def term(word: str, **more: tuple[str, ...]) -> Term:
    """A term of a glossary."""
    return Term.model_validate({"term": word, "means": "the appointment", **more})


def glossary(root: Path, text: str, name: str = "glossary.toml") -> str:
    """A German glossary with this text; gives the file as problems name it."""
    folder = root / "de"
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return f"locales/de/{name}"


def told(root: Path, texts: Mapping[str, str]) -> list[str]:
    """What is wrong with the German glossary beside a catalogue with these texts."""
    write(root, "de", texts)
    return [str(each).replace(str(root), "…") for each in check(root, ["de"], [])]


def test_the_shipped_glossaries_are_kept() -> None:
    assert [str(problem) for problem in check(LOCALES, LANGUAGES, ["de"])] == []


def test_a_whole_term_is_read_and_found_true(tmp_path: Path) -> None:
    text = """
    [[term]]
    term = "Termin"
    means = "the appointment that is booked"
    not = ["Verabredung"]
    forbidden = ["Verabredung*"]
    used_in = ["booked.*", "menu.book"]
    """
    glossary(tmp_path, text)
    assert told(tmp_path, TEXTS) == []


@pytest.mark.parametrize(
    ("text", "key", "reason"),
    [
        ("", "term", "is missing: nothing to use"),
        ('[[term]]\nterm = "Termin"', "term.1.means", "is missing"),
        ('[[term]]\nterm = "Termin"\nmeans = " "', "term.1.means", "must not be empty"),
        ('[[term]]\nterm = "–"\nmeans = "x"', "term.1.term", '"–" has no words'),
        ('[[term]]\nterm = "Termin"\nmeans = "x"\nno = []', "term.1.no", "is not a known key"),
        (
            '[[term]]\nterm = "Termin"\nmeans = "x"\nforbidden = "x"',
            "term.1.forbidden",
            "must be a list in square brackets",
        ),
    ],
)
def test_a_fault_names_file_key_and_reason(
    tmp_path: Path, text: str, key: str, reason: str
) -> None:
    file = glossary(tmp_path, text)
    assert told(tmp_path, TEXTS) == [f"error: {file}: {key}: {reason}"]


def test_a_language_of_clients_or_of_the_staff_without_a_glossary_is_told(tmp_path: Path) -> None:
    write(tmp_path, "de", TEXTS)
    write(tmp_path, "de", TEXTS, domain="staff")
    assert [str(problem) for problem in check(tmp_path, ["de"], ["de"])] == [
        f"error: locales/de/{name}: term: is missing: nothing to use"
        for name in ("glossary.toml", "staff_glossary.toml")
    ]


def test_what_is_forbidden_to_the_staff_may_be_said_to_clients(tmp_path: Path) -> None:
    words = '[[term]]\nterm = "Termin"\nmeans = "x"\n'
    glossary(tmp_path, words)
    glossary(tmp_path, words + 'forbidden = ["gebucht"]', "staff_glossary.toml")
    write(tmp_path, "de", TEXTS)
    file = write(tmp_path, "de", TEXTS, domain="staff")
    says = "says “gebucht”, which the glossary forbids (see “Termin”)"
    assert [str(problem) for problem in check(tmp_path, ["de"], ["de"])] == [
        f"error: {file}: booked.title: {says}"
    ]


def test_beside_a_catalogue_that_cannot_be_read_only_the_glossary_itself_is_checked(
    tmp_path: Path,
) -> None:
    glossary(tmp_path, '[[term]]\nterm = "Termin"\nmeans = "x"')
    assert list(check(tmp_path, ["de"], [])) == []


@pytest.mark.parametrize(
    ("forbidden", "text", "found"),
    [
        ("Verabredung", "Ihre Verabredung steht.", "verabredung"),
        ("verabredung", "VERABREDUNG", "verabredung"),
        ("Verabredung", "Ihre Verabredungen stehen.", None),
        ("Verabredung*", "Ihre Verabredungen stehen.", "verabredungen"),
        ("Rede", "Ihre Verabredung steht.", None),
        ("Case Manager*", "Ihre Case\u00a0Managerin", "case\u00a0managerin"),
        ("c'est", "C’est fait", "c'est"),
        ("time", "Um {time} <time>", None),
        ("встреч*", "Ваша встреча", "встреча"),
        ("موعد", "الموعد", None),
        ("موعد", "مَوْعِد واحد", "موعد"),
    ],
)
def test_a_forbidden_word_is_found_whole_in_any_case_and_with_any_ending_where_a_star_is(
    tmp_path: Path, forbidden: str, text: str, found: str | None
) -> None:
    glossary(tmp_path, f'[[term]]\nterm="x"\nmeans="x"\nforbidden=["{forbidden}"]')
    says = f"says “{found}”, which the glossary forbids (see “x”)"
    expected = [] if found is None else [f"error: …/de/LC_MESSAGES/lotse.po: a.b: {says}"]
    assert told(tmp_path, {"a.b": text, "a.c": "x"}) == expected


def test_a_forbidden_word_is_found_in_every_plural_form(tmp_path: Path) -> None:
    glossary(tmp_path, '[[term]]\nterm="Kind"\nmeans="x"\nforbidden=["Kids"]')
    write(tmp_path, "de", {"a.b": ("Ein Kind", "{n} Kids")})
    assert [each.key for each in check(tmp_path, ["de"], [])] == ["a.b"]


def test_only_texts_with_a_forbidden_word_are_refused() -> None:
    terms = [term("Termin"), term("Person", forbidden=("Ansprechpartner*", "Ansprechperson"))]
    says = "says “ansprechperson”, which the glossary forbids (see “Person”)"
    assert list(refused(terms, TEXTS)) == [("booked.who", says)]


@pytest.mark.parametrize(
    ("terms", "reasons"),
    [
        (
            [
                term("Termin"),
                term("Ansprechperson (wer berät)"),
                term("Treffen / Termin"),
                term("Sie, Ihr"),
            ],
            [],
        ),
        ([term("gebuchter Termin")], []),
        ([term("Vereinbarung")], [("Vereinbarung", "is used by no message")]),
        ([term("Termin"), term("Termin")], [("Termin", "is a term twice")]),
        (
            [term("Termin", used_in=("booked.*", "menu.gone"))],
            [("Termin", "used_in names menu.gone, and no message has such a key")],
        ),
    ],
)
def test_what_a_glossary_says_must_be_true_of_the_catalogue(
    terms: list[Term], reasons: list[tuple[str, str]]
) -> None:
    assert list(untrue(terms, TEXTS)) == reasons
