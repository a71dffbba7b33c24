"""The poster: one page of A4 and of A6, every language on it, and a QR code that is the link."""

import unicodedata
from dataclasses import replace
from functools import cache
from pathlib import Path

import pypdfium2
import pytest
import segno
from seven_languages import LANGUAGES

from bot.city.load import load
from bot.conversation.content import Say
from bot.domain.city import City, Office, Operator
from bot.rendering import catalogues
from bot.rendering.poster_sheet import (
    A4,
    A6,
    MARGIN,
    QR_SIDE,
    QR_TOP,
    QUIET_ZONE,
    SMALLEST,
    TORN_OR_DIRTY,
    PaperSize,
)
from bot.rendering.poster_text import Poster
from bot.rendering.text import Writer

SHORTEST_LINK = "https://t.me/Abbot"
LINK = "https://t.me/SomeTownBot?start=o_planb-r_jobcenter"
LONGEST_LINK = f"https://t.me/{'B' * 32}?start={'r' * 64}"
CATALOGUES = catalogues.load(Path("locales"), LANGUAGES, ["de"])
PROVIDER = (
    "Arbeiterwohlfahrt Unterbezirk Musterland-Mitte, Fachdienst für Migration und Integration"
)
STREET, TOWN = "Bürgermeister-Friedrich-Mustermann-Straße 123a", "Neustadt-Glewe am Musterwald"
PHONE = "0123 4567890-12345"
NOW = 1770000000
MM = 72 / 25.4
SIZES = [A4, A6]
HERNE = load("herne")
OPERATOR = Operator("Stadt", "Beauftragte", "Behörde", "0123 999")
CITY = replace(HERNE, operator=OPERATOR)
OFFICE = CITY.office["planb"]
LONG = replace(OFFICE, provider=PROVIDER, street=STREET, town=TOWN, phones=(PHONE,))
EVERY = [None, *CITY.offices, LONG]


@cache
def paper(size: PaperSize, office_id: str | None = None, link: str = LINK) -> bytes:
    office = LONG if office_id == "long" else CITY.office.get(office_id or "")
    return made(CITY, office, size, link)


def made(city: City, office: Office | None, size: PaperSize, link: str = LINK) -> bytes:
    return Poster(city, CATALOGUES, link, office).pdf(size, NOW)


def text_of(pdf: bytes) -> str:
    return str(pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range())


def words_of(text: str) -> set[str]:
    """The letters of each word, sorted: the two of an Arabic ligature come out in either order."""
    return {
        "".join(sorted(sign for sign in word if unicodedata.category(sign) != "Cf"))
        for word in text.split()
    }


def boxes(pdf: bytes) -> list[tuple[float, float, float, float]]:
    """Left, top, right and bottom of every visible sign, in millimetres from the upper left."""
    page = pypdfium2.PdfDocument(pdf)[0]
    text, height = page.get_textpage(), page.get_size()[1]
    signs = [n for n in range(text.count_chars()) if text.get_text_range(n, 1).strip()]
    corners = (text.get_charbox(n) for n in signs)
    return [(x / MM, (height - t) / MM, r / MM, (height - b) / MM) for x, b, r, t in corners]


@pytest.mark.parametrize("size", SIZES)
def test_a_poster_is_one_page_of_its_size(size: PaperSize) -> None:
    document = pypdfium2.PdfDocument(paper(size))
    assert len(document) == 1
    assert [round(side / MM) for side in document[0].get_size()] == [size.width, size.height]


@pytest.mark.parametrize("size", SIZES)
def test_a_poster_brings_all_its_fonts_along(size: PaperSize) -> None:
    page = pypdfium2.PdfDocument(paper(size, "long"))[0]
    texts = [thing for thing in page.get_objects() if isinstance(thing, pypdfium2.PdfTextObj)]
    assert {text.get_font().is_embedded for text in texts} == {True}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_in_every_language_what_it_is_and_what_to_do(
    language: str, size: PaperSize
) -> None:
    writer = Writer(CATALOGUES, CITY, language, html=False)
    told = [writer.value(Say(key)) for key in ("poster.what", "poster.how", "poster.phone")]
    assert words_of(" ".join(told)) - words_of(text_of(paper(size))) == set()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_stands_first_is_one_line_in_every_language(language: str, size: PaperSize) -> None:
    """Set in full size with nothing of an office: a word alone in a line is ugly."""
    writer = Writer(CATALOGUES, CITY, language, html=False)
    for key in ("poster.what", "poster.how"):
        told = words_of(writer.value(Say(key)))
        assert [line for line in text_of(paper(size)).splitlines() if told <= words_of(line)] != []


@pytest.mark.parametrize("size", SIZES)
def test_arabic_runs_from_the_right(size: PaperSize) -> None:
    """The full stop of its first line stands to the left of all its letters."""
    text = pypdfium2.PdfDocument(paper(size))[0].get_textpage()
    signs = [(text.get_text_range(n, 1), text.get_charbox(n)) for n in range(text.count_chars())]
    arabic = [box for sign, box in signs if unicodedata.bidirectional(sign or " ") == "AL"]
    top = max(box[3] for box in arabic)
    line = [box for box in arabic if box[1] > top - 20 * size.part]
    stops = [box for sign, box in signs if sign == "." and min(b[1] for b in line) <= box[3] <= top]
    assert len(stops) == 1
    assert stops[0][2] < min(box[0] for box in line)


def test_with_an_office_its_door_and_number_stand_below() -> None:
    told = text_of(paper(A4, "long"))
    assert words_of(f"{PROVIDER} {STREET}, {TOWN} {PHONE}") - words_of(told) == set()
    assert "0123 999" not in told


def test_without_one_the_number_that_answers_for_all_stands_there_if_there_is_one() -> None:
    assert "0123 999" in text_of(paper(A4))
    without = text_of(made(HERNE, None, A4))
    assert "0123" not in without
    assert "Telefon ·" not in without


def test_a_number_of_one_person_says_whose_it_is() -> None:
    told = text_of(made(HERNE, HERNE.office["city"], A4))
    person = HERNE.team("city")[0]
    assert words_of(f"{person.phone} {person.name}") - words_of(told) == set()


def test_a_word_that_two_languages_share_stands_there_once() -> None:
    row = next(line for line in text_of(paper(A4)).splitlines() if "Phone" in line)
    assert row.split().count("Telefon") == 1


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("office", EVERY, ids=lambda one: one.provider if one else "none")
def test_nothing_runs_over_or_together(office: Office | None, size: PaperSize) -> None:
    signs, margin = boxes(made(CITY, office, size)), MARGIN * size.part
    assert min(left for left, _, _, _ in signs) >= margin - 0.5
    assert max(right for _, _, right, _ in signs) <= size.width - margin + 0.5
    assert max(bottom for _, _, _, bottom in signs) <= size.height - margin + 0.5
    code = (QR_TOP + QR_SIDE + QUIET_ZONE) * size.part
    assert min(top for _, top, _, _ in signs) >= code


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("office", [None, LONG])
def test_no_type_is_too_small_to_be_read(office: Office | None, size: PaperSize) -> None:
    text = pypdfium2.PdfDocument(made(CITY, office, size))[0].get_textpage()
    get = pypdfium2.raw.FPDFText_GetFontSize
    sizes = {get(text, n) for n in range(text.count_chars()) if text.get_text_range(n, 1).strip()}
    assert min(sizes) >= SMALLEST - 0.01


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("link", [SHORTEST_LINK, LINK, LONGEST_LINK])
def test_the_qr_code_holds_the_link_and_has_white_around_it(link: str, size: PaperSize) -> None:
    rows = [list(row) for row in segno.make_qr(link, error=TORN_OR_DIRTY).matrix_iter(border=4)]
    scale = 8.0 if size is A4 else 16.0
    page = pypdfium2.PdfDocument(made(CITY, None, size, link))[0]
    picture = page.render(scale=scale / 2).to_pil().convert("L")
    side = QR_SIDE * size.part / (len(rows) - 8)
    left, top = size.width / 2 - side * len(rows) / 2, QR_TOP * size.part - 4 * side

    def dark(x: int, y: int) -> int:
        at = ((left + (x + 0.5) * side) * MM, (top + (y + 0.5) * side) * MM)
        return int(picture.getpixel(tuple(round(each * scale / 2) for each in at)) < 128)

    assert [[dark(x, y) for x in range(len(rows))] for y in range(len(rows))] == rows


def test_below_the_code_stands_what_can_be_typed() -> None:
    assert "t.me/SomeTownBot" in text_of(paper(A4)).split()
    assert "start=" not in text_of(paper(A4))


def test_the_same_poster_is_the_same_file() -> None:
    assert made(CITY, None, A6) == paper(A6)


def test_a_city_of_few_languages_has_a_poster_too() -> None:
    told = text_of(made(load("tests/cities/smallville.toml"), None, A4))
    assert words_of("Ein Termin mit jemandem, der Ihnen hilft.") - words_of(told) == set()
