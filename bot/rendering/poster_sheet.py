"""The sheet of a poster: a QR code, below it a block of text in every language, a foot. Pure.

All is centred, so that it looks the same to readers from left and from right. Lengths are given as
they are on A4, and on A6 are half of that. Where texts are long, all type becomes smaller together.
"""

from dataclasses import dataclass
from datetime import datetime

from fpdf import FPDF

from bot.rendering.paper import (
    Align,
    Column,
    Type,
    blank,
    close_fonts,
    draw_code,
    height_of,
    set_type,
    write,
)

MARGIN = 14.0
QR_SIDE = 64.0
QUIET_ZONE = QR_SIDE * 4 / 25 + 1
"""White up to the line around it: over four squares (ISO/IEC 18004), of 25 or more a side."""
QR_TOP = MARGIN + QUIET_ZONE
TORN_OR_DIRTY = "q"
ADDRESS_TOP = QR_TOP + QR_SIDE + QUIET_ZONE + 2.0
ADDRESS_SIZE = 16.0
TEXTS_TOP = ADDRESS_TOP + 11.0
LEAST_BETWEEN, MOST_BETWEEN = 3.6, 12.0
"""So far apart blocks stand."""
SMALLEST = 6.5
"""No type is smaller, whatever the paper."""
SCALES = tuple(step / 100 for step in range(100, 55, -5))
FRAME, CORNER, RULE, GREY = 0.9, 2.5, 0.25, 150
BETWEEN_WORDS = "  ·  "


@dataclass(frozen=True, slots=True)
class PaperSize:
    """A sheet of paper in millimetres, and how much of A4's sides it has."""

    name: str
    width: float
    height: float
    part: float


A4, A6 = PaperSize("a4", 210.0, 297.0, 1.0), PaperSize("a6", 105.0, 148.0, 0.5)


@dataclass(frozen=True, slots=True)
class PosterLine:
    """A line that wraps, its size in points on A4."""

    text: str
    size: float
    bold: bool = False
    right_to_left: bool = False
    above: float = 0.0


@dataclass(frozen=True, slots=True)
class WordRow:
    """The same word in several languages, side by side in one line."""

    words: tuple[PosterLine, ...]
    above: float = 0.0


@dataclass(frozen=True, slots=True)
class PosterSheet:
    """What stands on a poster; `texts` has a block for each language.

    `link` is what the QR code holds, `address` the part of it that can be typed.
    """

    title: str
    language: str
    link: str
    address: str
    texts: tuple[tuple[PosterLine, ...], ...]
    foot: tuple[PosterLine | WordRow, ...]


def pdf(sheet: PosterSheet, size: PaperSize, created: datetime) -> bytes:
    """The sheet as a PDF of one page; the same sheet and moment give the same bytes."""
    paper = blank(size.width, size.height, sheet.title, sheet.language, created, arabic=True)
    try:
        _Drawing(paper, sheet, size).draw()
        return bytes(paper.output())
    finally:
        close_fonts(paper)


@dataclass(frozen=True, slots=True)
class _Drawing:
    """A sheet on its way to paper of one size; lengths are millimetres of that paper."""

    paper: FPDF
    sheet: PosterSheet
    size: PaperSize

    def draw(self) -> None:
        self._code()
        scale = next((scale for scale in SCALES if self._fits(scale)), SCALES[-1])
        between = min(self._between(scale), self._on(MOST_BETWEEN))
        top = self._on(TEXTS_TOP)
        for number, block in enumerate(self.sheet.texts):
            if number:
                self._rule(top - between / 2)
            top += self._lines(block, top, scale) + between
        self._lines(self.sheet.foot, self._end - self._foot_height(scale), scale)

    @property
    def _end(self) -> float:
        return self.size.height - self._on(MARGIN)

    def _on(self, a4: float) -> float:
        """A length of A4 as it is on this paper."""
        return a4 * self.size.part

    def _foot_height(self, scale: float) -> float:
        return self._lines(self.sheet.foot, 0, scale, dry_run=True)

    def _fits(self, scale: float) -> bool:
        return self._between(scale) >= self._on(LEAST_BETWEEN)

    def _between(self, scale: float) -> float:
        """What is free between texts of this size."""
        needed = sum(self._lines(block, 0, scale, dry_run=True) for block in self.sheet.texts)
        free = self._end - self._foot_height(scale) - self._on(TEXTS_TOP) - needed
        return free / len(self.sheet.texts)

    def _code(self) -> None:
        side, quiet = self._on(QR_SIDE), self._on(QUIET_ZONE)
        left, top = (self.size.width - side) / 2, self._on(QR_TOP)
        draw_code(self.paper, self.sheet.link, left, top, side, TORN_OR_DIRTY)
        around, corner = side + 2 * quiet, self._on(CORNER)
        self.paper.set_draw_color(0)
        self.paper.set_line_width(self._on(FRAME))
        self.paper.rect(
            *(left - quiet, top - quiet, around, around), round_corners=True, corner_radius=corner
        )
        address = PosterLine(self.sheet.address, ADDRESS_SIZE, bold=True)
        self._lines((address,), self._on(ADDRESS_TOP), 1.0)

    def _rule(self, y: float) -> None:
        column = self._column
        self.paper.set_draw_color(GREY)
        self.paper.set_line_width(RULE)
        self.paper.line(column.left, y, column.left + column.width, y)

    def _lines(
        self,
        lines: tuple[PosterLine | WordRow, ...],
        top: float,
        scale: float,
        *,
        dry_run: bool = False,
    ) -> float:
        """Write lines below each other, or only measure them; how high they are together."""
        bottom = top
        for line in lines:
            bottom += self._on(line.above) * scale
            if isinstance(line, WordRow):
                bottom += self._words(line, bottom, scale, dry_run=dry_run)
            else:
                kind = self._type(line, scale)
                bottom += write(self.paper, line.text, kind, self._column, bottom, dry_run=dry_run)
        return bottom - top

    def _words(self, row: WordRow, top: float, scale: float, *, dry_run: bool) -> float:
        """Each word in its own writing and direction, in the order of the languages."""
        dot = PosterLine(BETWEEN_WORDS, row.words[0].size)
        pieces = [piece for word in row.words for piece in (dot, word)][1:]
        height = height_of(self._type(dot, scale).size)
        if dry_run:
            return height
        left = (self.size.width - sum(self._width(piece, scale) for piece in pieces)) / 2
        for piece in pieces:
            width = self._width(piece, scale)
            self.paper.set_xy(left, top)
            self.paper.cell(width, height, piece.text)
            left += width
        return height

    def _width(self, piece: PosterLine, scale: float) -> float:
        set_type(self.paper, self._type(piece, scale))
        return self.paper.get_string_width(piece.text)

    def _type(self, line: PosterLine, scale: float) -> Type:
        size = max(line.size * self.size.part * scale, SMALLEST)
        return Type(size, line.bold, line.right_to_left)

    @property
    def _column(self) -> Column:
        margin = self._on(MARGIN)
        return Column(margin, self.size.width - 2 * margin, Align.CENTRE)
