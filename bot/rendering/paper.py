"""What is printed on: a page with our fonts, lines of type, a QR code. Pure.

Lengths are in millimetres, type in points. Lines are shaped, and run from the right where their
language is written so.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

import segno
from fpdf import FPDF
from fpdf.fonts import TTFFont

FONTS = Path(__file__).parent / "fonts"
LATIN, ARABIC = "NotoSans", "NotoSansArabic"
POINT = 25.4 / 72
LINE_HEIGHT = 1.32
OVERLAP = 0.02
"""Squares of a QR code overlap by a hair, so that no viewer shows seams between them."""


class Align(StrEnum):
    """Where lines stand between the edges."""

    LEFT = "L"
    CENTRE = "C"
    RIGHT = "R"


@dataclass(frozen=True, slots=True)
class Type:
    """How a line is set: its size, its weight, its direction."""

    size: float
    bold: bool = False
    right_to_left: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """Where lines stand below each other: its left edge, its width, and where between them."""

    left: float
    width: float
    align: Align


def blank(
    width: float, height: float, title: str, language: str, created: datetime, *, arabic: bool
) -> FPDF:
    """An empty page; the letters of `arabic` are only brought along where they are needed."""
    paper = FPDF(unit="mm", format=(width, height))
    paper.set_creation_date(created)
    paper.set_title(title)
    paper.set_lang(language)
    paper.set_auto_page_break(False)
    paper.c_margin = 0
    for family in (ARABIC, LATIN) if arabic else (LATIN,):
        paper.add_font(family, "", FONTS / f"{family}-Regular.ttf")
        paper.add_font(family, "B", FONTS / f"{family}-Bold.ttf")
    if arabic:
        paper.set_fallback_fonts([LATIN])
    paper.add_page()
    return paper


def height_of(size: float) -> float:
    """The height of one line of this size."""
    return size * POINT * LINE_HEIGHT


def write(
    paper: FPDF, text: str, kind: Type, column: Column, top: float, *, dry_run: bool = False
) -> float:
    """Write a line that wraps, from `top` downward, or only measure it; how high it is."""
    set_type(paper, kind)
    paper.set_xy(column.left, top)
    height = paper.multi_cell(
        column.width,
        height_of(kind.size),
        text,
        align=column.align.value,
        dry_run=dry_run,
        output="HEIGHT",
    )
    assert isinstance(height, float)
    return height


def set_type(paper: FPDF, kind: Type) -> None:
    """Write like this from here on."""
    family = ARABIC if kind.right_to_left else LATIN
    paper.set_font(family, "B" if kind.bold else "", kind.size)
    paper.set_text_shaping(True, direction="rtl" if kind.right_to_left else "ltr")


def draw_code(paper: FPDF, link: str, left: float, top: float, side: float, error: str) -> None:
    """The QR code in the square whose upper left corner is there; room around it is the sheet's.

    `error` is how much may be torn or dirty: "m" a seventh of it, "q" a quarter.
    """
    rows = [bytes(row) for row in segno.make_qr(link, error=error).matrix_iter(border=0)]
    unit = side / len(rows)
    paper.set_fill_color(0, 0, 0)
    for number, row in enumerate(rows):
        for dark in re.finditer(b"\x01+", row):
            x, y = left + dark.start() * unit, top + number * unit
            paper.rect(x, y, len(dark[0]) * unit + OVERLAP, unit + OVERLAP, style="F")


def close_fonts(paper: FPDF) -> None:
    """Close the font files, which the library reads as it goes along and leaves open."""
    for font in paper.fonts.values():
        if isinstance(font, TTFFont):
            font.close()
