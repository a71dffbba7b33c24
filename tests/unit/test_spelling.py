"""A slip in any language is found; the lists of words that hunspell need not know are needed."""

from pathlib import Path

import pytest
from test_catalogue_checks import write
from texts import spelling
from texts.readable import ReadText, everything

needs_hunspell = pytest.mark.skipif(
    not spelling.dictionaries() and not spelling.REQUIRED, reason="hunspell is not installed"
)


def read(text: str, language: str = "de", key: str = "menu.book") -> ReadText:
    """A text of a client's catalogue."""
    return ReadText(language, "lotse.po", key, text)


def told(texts: list[ReadText], locales: Path) -> list[tuple[str, str]]:
    """File and key of what is wrong."""
    found = spelling.check(texts, locales, required=False)
    return [(each.file.removeprefix(f"{locales}/"), each.key) for each in found]


def words(folder: Path, text: str) -> None:
    """A list of words in this folder."""
    folder.mkdir(exist_ok=True)
    (folder / "words.txt").write_text(text, encoding="utf-8")


@needs_hunspell
@pytest.mark.parametrize(
    ("language", "right", "slip"),
    [
        ("de", "Ihr Telefontermin im Büro", "Terminn"),
        ("en", "Your appointment isn’t booked", "apointment"),
        ("uk", "Ваша зустріч, будь-хто, ім’я", "зустрч"),
        ("ru", "Ваша встреча всё-таки будет", "встречча"),
        ("fr", "Votre rendez-vous, l’adresse", "rendezvous"),
        ("ro", "Programarea dumneavoastră într-un birou", "programre"),
        ("ar", "موعدكم في المكتب أيضًا", "موععد"),
    ],
)
def test_a_slip_is_found_in_each_language_and_nothing_else(
    tmp_path: Path, language: str, right: str, slip: str
) -> None:
    assert told([read(right, language)], tmp_path) == []
    dictionary = spelling.dictionary_of(language)
    assert [
        str(each) for each in spelling.check([read(f"{right} {slip}", language)], tmp_path)
    ] == [f"error: lotse.po: menu.book: hunspell ({dictionary}) does not know “{slip}”"]


@needs_hunspell
def test_every_shipped_text_is_spelt_as_its_dictionary_says() -> None:
    assert [str(problem) for problem in spelling.check(everything())] == []


@needs_hunspell
def test_placeholders_tags_and_commands_are_not_read() -> None:
    assert told([read("<b>Termin</b> {qwrtz} /qwrtz am &amp; um")], Path()) == []


@needs_hunspell
def test_words_of_the_lists_are_right_in_one_language_or_in_all(tmp_path: Path) -> None:
    words(tmp_path, "# The town.\nHerne\n")
    words(tmp_path / "de", "# Younger than the dictionary.\nqwrtz\n")
    text = "Qwert in Herne"
    assert told([read("qwrtz in Herne"), read("Herne qwrtz", "en", "a.b")], tmp_path) == [
        ("lotse.po", "a.b")
    ]
    assert told([read(text)], tmp_path) == [("de/words.txt", "qwrtz"), ("lotse.po", "menu.book")]


def test_a_word_of_a_list_that_stands_nowhere_is_told(tmp_path: Path) -> None:
    words(tmp_path, "# The town.\nHerne\n\nEickel\n")
    assert told([read("Herne", "xx")], tmp_path) == [("words.txt", "Eickel"), ("hunspell", "xx")]


def test_a_list_says_what_its_words_are(tmp_path: Path) -> None:
    words(tmp_path, "Herne\n")
    assert told([read("Herne", "xx")], tmp_path) == [("words.txt", "file"), ("hunspell", "xx")]


@pytest.mark.parametrize(("required", "severity"), [(False, "warning"), (True, "error")])
def test_what_was_not_looked_at_is_said_in_one_line(
    tmp_path: Path, required: bool, severity: str
) -> None:
    texts = [read("a", "xx"), read("b", "yy"), read("c", "xx")]
    assert [str(each) for each in spelling.check(texts, tmp_path, required=required)] == [
        f"{severity}: hunspell: xx, yy: {spelling.NOT_LOOKED_AT}"
    ]


def test_catalogues_of_both_readers_and_the_texts_of_cities_are_read(tmp_path: Path) -> None:
    client = write(tmp_path, "de", {"a.b": ("Eins", "Viele")})
    staff = write(tmp_path, "de", {"c.d": "Zwei"}, domain="staff")
    city = tmp_path / "town.toml"
    city.write_text('[texts.de]\noffice.hall.note = "Drei"\n', encoding="utf-8")
    assert [
        (each.file, each.key, each.written, each.is_for_clients)
        for each in everything(tmp_path, tmp_path)
    ] == [
        (client, "a.b", "Eins", True),
        (client, "a.b", "Viele", True),
        (staff, "c.d", "Zwei", False),
        (str(city), "texts.office.hall.note", "Drei", True),
    ]
