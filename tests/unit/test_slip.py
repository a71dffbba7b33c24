"""The slip on paper: one readable A6 page in every language, and its QR code is the claim link."""

import unicodedata
from dataclasses import replace
from functools import cache
from pathlib import Path

import pypdfium2
import pytest
import segno
from seven_languages import LANGUAGES

from bot.city.load import load
from bot.conversation.content import Day, Say
from bot.domain.appointment import Appointment, Status
from bot.domain.city import City
from bot.rendering import catalogues
from bot.rendering.paper import FONTS
from bot.rendering.slip import slip
from bot.rendering.slip_sheet import FOOT, HEIGHT, MARGIN, QR_SIDE, WIDTH
from bot.rendering.text import Writer

LINK = "https://t.me/SomeTownBot?start=c-3FZbYwq7J0a1n5Xk2mLdRg"
CATALOGUES = catalogues.load(Path("locales"), LANGUAGES, ["de"])
PROVIDER = (
    "Arbeiterwohlfahrt Unterbezirk Musterland-Mitte, Fachdienst für Migration und Integration"
)
STREET, TOWN = "Bürgermeister-Friedrich-Mustermann-Straße 123a", "Neustadt-Glewe am Musterwald"
PHONE, PERSON = "0123 4567890-12345", "Maria-Magdalena von Musterhausen-Barjaktarovic"
MORNING, NOW = 1770195600, 1770000000
MM = 72 / 25.4
SCALE = 6.0


def long_worded(city: City) -> City:
    """The city with the names in it as long as they get."""
    offices = (
        replace(office, provider=PROVIDER, street=STREET, town=TOWN, phones=(PHONE,))
        for office in city.offices
    )
    people = (
        replace(person, name=PERSON, agreed_to_be_named=True) for person in city.case_managers
    )
    return replace(city, offices=tuple(offices), case_managers=tuple(people))


CITY = long_worded(load("herne"))


def booked(language: str) -> Appointment:
    office = CITY.offices[0]
    person = CITY.team(office.id)[0].id
    end = MORNING + 2700
    return Appointment(7, "K7PM", 1, person, office.id, MORNING, end, Status.BOOKED, 0, language)


@cache
def paper(language: str) -> bytes:
    return slip(booked(language), CITY, CATALOGUES, LINK, NOW)


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return str(document[0].get_textpage().get_text_range())


def boxes(pdf: bytes) -> list[tuple[float, float, float, float]]:
    """Left, top, right and bottom of every visible sign, in millimetres from the upper left."""
    text = pypdfium2.PdfDocument(pdf)[0].get_textpage()
    signs = [n for n in range(text.count_chars()) if text.get_text_range(n, 1).strip()]
    corners = (text.get_charbox(n) for n in signs)
    return [(x / MM, HEIGHT - t / MM, r / MM, HEIGHT - b / MM) for x, b, r, t in corners]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_slip_is_one_page_of_a6(language: str) -> None:
    document = pypdfium2.PdfDocument(paper(language))
    assert len(document) == 1
    assert [round(side / MM) for side in document[0].get_size()] == [105, 148]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_slip_brings_all_its_fonts_along(language: str) -> None:
    document = pypdfium2.PdfDocument(paper(language))
    page = document[0]
    texts = [thing for thing in page.get_objects() if isinstance(thing, pypdfium2.PdfTextObj)]
    assert {text.get_font().is_embedded for text in texts} == {True}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_slip_says_can_be_read_out(language: str) -> None:
    writer = Writer(CATALOGUES, CITY, language, html=False)
    told = [writer.value(Say(key)) for key in ("slip.title", "slip.where", "appointment.bring")]
    told += [writer.value(Day(MORNING)), "10:00", "K7PM", STREET, PROVIDER, PERSON, PHONE]
    missing = {in_no_order(word) for line in told for word in line.split()}
    missing -= {in_no_order(word) for word in text_of(paper(language)).split()}
    assert missing == set()


def in_no_order(word: str) -> str:
    """The letters of a word, sorted: the two of an Arabic ligature come out in either order."""
    return "".join(sorted(sign for sign in word.lower() if unicodedata.category(sign) != "Cf"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_runs_over_however_long_the_names_are(language: str) -> None:
    signs = boxes(paper(language))
    assert min(left for left, _, _, _ in signs) >= MARGIN - 0.5
    assert max(right for _, _, right, _ in signs) <= WIDTH - MARGIN + 0.5
    assert max(bottom for _, _, _, bottom in signs) <= HEIGHT - MARGIN
    code = code_left(language)
    beside = [s for s in signs if s[3] > FOOT and s[2] > code and s[0] < code + QR_SIDE]
    assert beside == []


def code_left(language: str) -> float:
    return MARGIN if CATALOGUES.written_as(language).right_to_left else WIDTH - MARGIN - QR_SIDE


@pytest.mark.parametrize("language", ["de", "ar"])
def test_the_qr_code_holds_the_claim_link(language: str) -> None:
    rows = [list(row) for row in segno.make_qr(LINK, error="m").matrix_iter(border=0)]
    picture = pypdfium2.PdfDocument(paper(language))[0].render(scale=SCALE).to_pil().convert("L")
    side, left = QR_SIDE / len(rows), code_left(language)
    found = [
        [
            int(
                picture.getpixel((pixel(left + (x + 0.5) * side), pixel(FOOT + (y + 0.5) * side)))
                < 128
            )
            for x in range(len(rows))
        ]
        for y in range(len(rows))
    ]
    assert found == rows


def pixel(millimetres: float) -> int:
    return round(millimetres * MM * SCALE)


def test_the_same_slip_is_the_same_file() -> None:
    assert slip(booked("ar"), CITY, CATALOGUES, LINK, NOW) == paper("ar")


def test_the_code_does_not_stand_for_the_link() -> None:
    other = slip(booked("de"), CITY, CATALOGUES, LINK.replace("3FZb", "9XyZ"), NOW)
    assert text_of(other) == text_of(paper("de"))
    assert LINK not in text_of(other)


def test_the_bundled_fonts_are_small_and_come_with_their_licence() -> None:
    assert sum(file.stat().st_size for file in FONTS.glob("*.ttf")) < 1_200_000
    assert "SIL OPEN FONT LICENSE" in (FONTS / "OFL.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["de", "ar"])
def test_where_the_door_is_known_the_slip_names_the_stop_to_get_off_at(language: str) -> None:
    stop = load("herne").stops[0]
    here = replace(CITY.offices[0], position=stop.position)
    city = replace(CITY, offices=(here, *CITY.offices[1:]), stops=(stop,))
    page = pypdfium2.PdfDocument(slip(booked(language), city, CATALOGUES, LINK, NOW))[0]
    assert stop.name in page.get_textpage().get_text_range()
