"""A small sheet of paper: lines of large type from the top, a QR code at the foot. Pure.

Lines are shaped and laid out from the right where the language is written so. Where the text is
long, all type becomes smaller together until it fits above the foot.
"""

from dataclasses import dataclass
from datetime import datetime

from fpdf import FPDF

from bot.rendering.paper import Align, Column, Type, blank, close_fonts, draw_code, write

WIDTH, HEIGHT = 105.0, 148.0
"""A6, in millimetres as all lengths here."""
MARGIN = 8.0
QR_SIDE = 36.0
GAP = 4.0
FOOT = HEIGHT - MARGIN - QR_SIDE
SCALES = (1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7)


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
    title, language, arabic = sheet.title, sheet.language, sheet.right_to_left
    paper = blank(WIDTH, HEIGHT, title, language, created, arabic=arabic)
    try:
        scale = next((scale for scale in SCALES if _fits(paper, sheet, scale)), SCALES[-1])
        _write(paper, sheet, sheet.lines, _head(), scale)
        _write(paper, sheet, sheet.beside, _foot(sheet), scale)
        left = MARGIN if sheet.right_to_left else WIDTH - MARGIN - QR_SIDE
        draw_code(paper, sheet.link, left, FOOT, QR_SIDE, "m")
        return bytes(paper.output())
    finally:
        close_fonts(paper)


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
    align = Align.RIGHT if sheet.right_to_left else Align.LEFT
    column, bottom = Column(box.left, box.width, align), box.top
    for line in lines:
        bottom += line.above * scale
        foreign = sheet.right_to_left and not line.latin
        kind = Type(line.size * scale, line.bold, foreign)
        bottom += write(paper, line.text, kind, column, bottom, dry_run=dry_run)
    return bottom
