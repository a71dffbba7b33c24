"""Small catalogues pass beside an English one; what is wrong is told with file, key, reason."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from seven_languages import WRITTEN

from bot.rendering.catalogue_checks import CatalogueProblem, check

Texts = Mapping[str, str | tuple[str, ...] | None]

TWO = "nplurals=2; plural=(n != 1);"
PLURALS = {
    "en": TWO,
    "de": TWO,
    "fr": "nplurals=2; plural=(n > 1);",
    "ro": "nplurals=3; plural=(n==1 ? 0 : n==0 || (n%100>0 && n%100<20) ? 1 : 2);",
    "ru": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 "
    "&& (n%100<12 || n%100>14) ? 1 : 2);",
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 "
    ": n%100>=11 ? 4 : 5);",
}
PLURALS["uk"] = PLURALS["ru"]
COMMENTS = {"yes": "Button.", "back": "Button, at most 14 characters.", "adults": "Plural."}
ENGLISH: Texts = {
    "yes": "Confirm",
    "back": "Back",
    "ask": "Is this right? Then press “Confirm”.",
    "door": "👤 <b>{name}</b>, Code {code}",
    "call": "Please call us at {time}.",
    "adults": ("{n} adult", "{n} adults"),
    "profile.name": "Lotse",
}
VALID: dict[str, Texts] = {
    "de": {
        **ENGLISH,
        "yes": "Bestätigen",
        "back": "Zurück",
        "ask": "Stimmt das? Dann drücken Sie „Bestätigen“.",
        "call": "Bitte rufen Sie uns um {time} an.",
        "adults": ("Ein Erwachsener", "{n} Erwachsene"),
    },
    "ro": {
        **ENGLISH,
        "yes": "Confirmați",
        "ask": "Este corect? Apăsați „Confirmați”.",
        "call": "Sunați la {time}.",
        "adults": ("un adult", "{n} adulți", "{n} de adulți"),
    },
    "uk": {
        "yes": "Підтвердити",
        "back": "Назад",
        "ask": "Усе правильно? Натисніть «Підтвердити».",
        "door": "👤 <b>{name}</b>, Code {code}",
        "call": "Зателефонуйте нам о {time}.",
        "adults": ("{n} дорослий", "{n} дорослі", "{n} дорослих"),
        "profile.name": "Lotse",
    },
    "ru": {
        "yes": "Подтвердить",
        "back": "Назад",
        "ask": "Всё верно? Нажмите «Подтвердить».",
        "door": "👤 <b>{name}</b>, Code {code}",
        "call": "Позвоните нам в {time}.",
        "adults": ("{n} взрослый", "{n} взрослых", "{n} взрослых"),
        "profile.name": "Lotse",
    },
    "ar": {
        "yes": "تأكيد",
        "back": "رجوع",
        "ask": "هل هذا صحيح؟ إذن اضغطوا «تأكيد».",
        "door": "👤 <b>{name}</b>، \u2066Code\u2069 {code}",
        "call": "يرجى الاتصال بنا الساعة {time}.",
        "adults": ("لا أحد", "بالغ", "بالغان", "{n} بالغين", "{n} بالغًا", "{n} بالغ"),
        "profile.name": "Lotse",
    },
}


def entry(key: str, text: str | tuple[str, ...], flags: str) -> str:
    lines = [f"#. {COMMENTS[key]}"] if key in COMMENTS else []
    lines += [f"#, {flags}"] if flags else []
    lines.append(f'msgid "{key}"')
    if isinstance(text, str):
        return "\n".join([*lines, f'msgstr "{text}"'])
    forms = (f'msgstr[{number}] "{form}"' for number, form in enumerate(text))
    return "\n".join([*lines, f'msgid_plural "{key}"', *forms])


def write(
    root: Path,
    language: str,
    texts: Texts,
    *,
    header: str = "",
    fuzzy: str = "",
    tail: str = "",
    domain: str = "lotse",
) -> str:
    """Write a catalogue; a text of None is left out. Gives the path of the file."""
    path = root / language / "LC_MESSAGES" / f"{domain}.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    head = header or f'"Language: {language}\\n"\n"Plural-Forms: {PLURALS[language]}\\n"\n'
    head = f'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n{head}'
    parts = (
        entry(key, text, "fuzzy" if key == fuzzy else "")
        for key, text in texts.items()
        if text is not None
    )
    path.write_text("\n\n".join((head, *parts, tail)) + "\n", encoding="utf-8")
    return str(path)


def problems_with(root: Path, language: str, changes: Texts) -> list[tuple[str, str]]:
    """Keys and reasons of the problems of an otherwise valid catalogue."""
    write(root, "en", ENGLISH)
    file = write(root, language, {**VALID[language], **changes})
    found = check(root, WRITTEN, (language,), ())
    assert {problem.file for problem in found} <= {file}
    return [(problem.key, problem.reason) for problem in found]


@pytest.mark.parametrize("language", VALID)
def test_a_valid_catalogue_has_no_problems(tmp_path: Path, language: str) -> None:
    assert problems_with(tmp_path, language, {}) == []


def test_a_problem_is_told_in_one_line() -> None:
    assert str(CatalogueProblem("de.po", "yes", "is missing")) == "de.po: yes is missing"
    assert str(CatalogueProblem("de.po", "", "cannot be read")) == "de.po: cannot be read"


@pytest.mark.parametrize(
    ("language", "changes", "problems"),
    [
        ("de", {"back": None}, [("back", "is missing")]),
        ("de", {"new": "Neu"}, [("new", "is not in English")]),
        ("de", {"back": ""}, [("back", "is not translated")]),
        ("ro", {"adults": ("un adult", "{n} adulți", "")}, [("adults[2]", "is not translated")]),
        (
            "ru",
            {"adults": ("взрослый", "{n} взрослых", "{n} взрослых")},
            [("adults[0]", "has the placeholders none instead of {n}")],
        ),
        (
            "de",
            {"adults": "{n} Erwachsene"},
            [("adults", "has plural forms in one of the two languages only")],
        ),
        ("de", {"back": "B" * 15}, [("back", "is 15 characters long, at most 14 fit")]),
        (
            "de",
            {"ask": "Stimmt das? Dann drücken Sie „Ja“."},
            [("ask", "does not name the button “Bestätigen”")],
        ),
        (
            "uk",
            {"back": "Ещё", "call": "Телефон: {phone}."},
            [
                ("back", "has signs of another language: ё"),
                ("call", "has the placeholders {phone} instead of {time}"),
            ],
        ),
    ],
)
def test_a_broken_rule_is_told(
    tmp_path: Path, language: str, changes: Texts, problems: list[tuple[str, str]]
) -> None:
    assert problems_with(tmp_path, language, changes) == problems


def test_a_fuzzy_message_is_told(tmp_path: Path) -> None:
    write(tmp_path, "en", ENGLISH)
    file = write(tmp_path, "de", VALID["de"], fuzzy="back")
    assert check(tmp_path, WRITTEN, ("de",), ()) == (
        CatalogueProblem(file, "back", "is marked as fuzzy"),
    )


def test_an_obsolete_message_is_told(tmp_path: Path) -> None:
    write(tmp_path, "en", ENGLISH)
    file = write(tmp_path, "de", VALID["de"], tail='#~ msgid "old"\n#~ msgstr "Alt"')
    assert check(tmp_path, WRITTEN, ("de",), ()) == (
        CatalogueProblem(file, "", "keeps obsolete messages"),
    )


def test_the_header_of_another_language_is_told(tmp_path: Path) -> None:
    write(tmp_path, "en", ENGLISH)
    header = f'"Language: ro\\n"\n"Plural-Forms: {TWO}\\n"\n'
    file = write(tmp_path, "de", VALID["de"], header=header)
    assert check(tmp_path, WRITTEN, ("de",), ()) == (
        CatalogueProblem(file, "", "says its language is ro"),
    )


@pytest.mark.parametrize(
    ("plurals", "adults"),
    [
        (TWO, ("{n} дорослий", "{n} дорослих")),
        ("nplurals=3; plural=(n != 1);", VALID["uk"]["adults"]),
        ("nplurals=3; plural=rubbish;", VALID["uk"]["adults"]),
    ],
)
def test_plural_forms_that_do_not_fit_the_language_are_told(
    tmp_path: Path, plurals: str, adults: tuple[str, ...]
) -> None:
    write(tmp_path, "en", ENGLISH)
    header = f'"Language: uk\\n"\n"Plural-Forms: {plurals}\\n"\n'
    file = write(tmp_path, "uk", {**VALID["uk"], "adults": adults}, header=header)
    reason = "has a Plural-Forms header that does not fit the language"
    assert check(tmp_path, WRITTEN, ("uk",), ()) == (CatalogueProblem(file, "", reason),)


def test_catalogues_that_are_absent_or_malformed_are_told(tmp_path: Path) -> None:
    write(tmp_path, "en", ENGLISH)
    malformed = Path(write(tmp_path, "de", VALID["de"]))
    malformed.write_text('msgid "unterminated\n', encoding="utf-8")
    absent = tmp_path / "uk" / "LC_MESSAGES" / "lotse.po"
    assert check(tmp_path, WRITTEN, ("de", "uk"), ()) == (
        CatalogueProblem(str(malformed), "", "cannot be read"),
        CatalogueProblem(str(absent), "", "cannot be read"),
    )


def test_a_key_that_clients_and_staff_share_is_told(tmp_path: Path) -> None:
    write(tmp_path, "en", ENGLISH)
    file = write(tmp_path, "en", {"back": "Back", "seen": "Seen"}, domain="staff")
    assert check(tmp_path, WRITTEN, ("en",), ("en",)) == (
        CatalogueProblem(file, "back", "is also a key of what clients read"),
    )
