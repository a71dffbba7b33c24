"""A small sheet of paper: lines of large type from the top, a QR code at the foot. Pure.

Lines are shaped and laid out from the right where the language is written so. Where the text is
long, all type becomes smaller together until it fits above the foot.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import segno
from fpdf import FPDF
from fpdf.fonts import TTFFont

FONTS = Path(__file__).parent / "fonts"
LATIN, ARABIC = "NotoSans", "NotoSansArabic"
WIDTH, HEIGHT = 105.0, 148.0
"""A6, in millimetres as all lengths here."""
MARGIN = 8.0
QR_SIDE = 36.0
GAP = 4.0
FOOT = HEIGHT - MARGIN - QR_SIDE
SCALES = (1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7)
POINT = 25.4 / 72
LINE_HEIGHT = 1.32
OVERLAP = 0.02
"""Squares of a QR code overlap by a hair, so that no viewer shows seams between them."""


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A line, or a paragraph that wraps: its size in points and the room above it.

    A line with `latin` is a name, address or number and runs from left to right everywhere.
    """

    text: str
    size: float
    bold: bool = False
    above: float = 0.0
    latin: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on the paper; `link` is what the QR code holds, `beside` stands next to it."""

    title: str
    language: str
    right_to_left: bool
    lines: tuple[SheetLine, ...]
    beside: tuple[SheetLine, ...]
    link: str


@dataclass(frozen=True, slots=True)
class Box:
    """Where text goes; `bottom` is where it must have ended."""

    left: float
    width: float
    top: float
    bottom: float


def pdf(sheet: Sheet, created: datetime) -> bytes:
    """The sheet as a PDF of one A6 page; the same sheet and moment give the same bytes."""
    paper = _blank(sheet, created)
    try:
        scale = next((scale for scale in SCALES if _fits(paper, sheet, scale)), SCALES[-1])
        _write(paper, sheet, sheet.lines, _head(), scale)
        _write(paper, sheet, sheet.beside, _foot(sheet), scale)
        _draw_code(paper, sheet.link, MARGIN if sheet.right_to_left else WIDTH - MARGIN - QR_SIDE)
        return bytes(paper.output())
    finally:
        _close_fonts(paper)


def _head() -> Box:
    return Box(MARGIN, WIDTH - 2 * MARGIN, MARGIN, FOOT - GAP)


def _foot(sheet: Sheet) -> Box:
    left = MARGIN + QR_SIDE + GAP if sheet.right_to_left else MARGIN
    return Box(left, WIDTH - 2 * MARGIN - QR_SIDE - GAP, FOOT, HEIGHT - MARGIN)


def _fits(paper: FPDF, sheet: Sheet, scale: float) -> bool:
    """Whether lines and foot have room at this size, each unbroken word included."""
    parts = ((sheet.lines, _head()), (sheet.beside, _foot(sheet)))
    return all(
        _write(paper, sheet, lines, box, scale, dry_run=True) <= box.bottom for lines, box in parts
    )


def _blank(sheet: Sheet, created: datetime) -> FPDF:
    paper = FPDF(unit="mm", format=(WIDTH, HEIGHT))
    paper.set_creation_date(created)
    paper.set_title(sheet.title)
    paper.set_lang(sheet.language)
    paper.set_auto_page_break(False)
    paper.c_margin = 0
    for family in (ARABIC, LATIN) if sheet.right_to_left else (LATIN,):
        paper.add_font(family, "", FONTS / f"{family}-Regular.ttf")
        paper.add_font(family, "B", FONTS / f"{family}-Bold.ttf")
    if sheet.right_to_left:
        paper.set_fallback_fonts([LATIN])
    paper.add_page()
    return paper


def _write(
    paper: FPDF,
    sheet: Sheet,
    lines: tuple[SheetLine, ...],
    box: Box,
    scale: float,
    *,
    dry_run: bool = False,
) -> float:
    """Write lines below each other into the box, or only measure them; where they end."""
    bottom = box.top
    for line in lines:
        size = line.size * scale
        foreign = sheet.right_to_left and not line.latin
        paper.set_font(ARABIC if foreign else LATIN, "B" if line.bold else "", size)
        paper.set_text_shaping(True, direction="rtl" if foreign else "ltr")
        paper.set_xy(box.left, bottom + line.above * scale)
        height = paper.multi_cell(
            box.width,
            size * POINT * LINE_HEIGHT,
            line.text,
            align="R" if sheet.right_to_left else "L",
            dry_run=dry_run,
            output="HEIGHT",
        )
        assert isinstance(height, float)
        bottom += line.above * scale + height
    return bottom


def _close_fonts(paper: FPDF) -> None:
    """Close the font files, which the library reads as it goes along and leaves open."""
    for font in paper.fonts.values():
        if isinstance(font, TTFFont):
            font.close()


def _draw_code(paper: FPDF, link: str, left: float) -> None:
    """The QR code with its quiet zone, in the square whose upper left corner is at the foot."""
    rows = [bytes(row) for row in segno.make_qr(link, error="m").matrix_iter(border=0)]
    side = QR_SIDE / len(rows)
    paper.set_fill_color(0, 0, 0)
    for number, row in enumerate(rows):
        for dark in re.finditer(b"\x01+", row):
            x, y = left + dark.start() * side, FOOT + number * side
            paper.rect(x, y, len(dark[0]) * side + OVERLAP, side + OVERLAP, style="F")
