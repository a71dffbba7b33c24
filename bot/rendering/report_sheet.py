"""The report as a PDF of two A4 pages, to be handed in."""

from collections.abc import Sequence
from datetime import UTC, datetime

from fpdf import FPDF

from bot.rendering.paper import Align, Column, Type, blank, close_fonts, height_of, set_type, write
from bot.rendering.report_words import ReportInWords, ReportRow, ReportTable

WIDTH, HEIGHT, MARGIN = 210.0, 297.0, 15.0
"""A4, in millimetres as all lengths here."""
TITLE, TEXT, HEADING = Type(16, bold=True), Type(9), Type(11, bold=True)
SIZES = (9.0, 8.5, 8.0, 7.5, 7.0, 6.5, 6.0, 5.5, 5.0, 4.5, 4.0)
GAP, NAME_WIDTH, PAGES = 5.0, 62.0, 2
WHOLE = Column(MARGIN, WIDTH - 2 * MARGIN, Align.LEFT)


def pdf(report: ReportInWords, now: int) -> bytes:
    """The PDF; all type is as large as two pages allow. `now` is UTC epoch seconds."""
    for size in SIZES:
        paper = _drawn(report, size, datetime.fromtimestamp(now, UTC))
        if paper.pages_count <= PAGES:
            break
    made = bytes(paper.output())
    close_fonts(paper)
    return made


def _drawn(report: ReportInWords, size: float, created: datetime) -> FPDF:
    paper = blank(WIDTH, HEIGHT, report.title, report.language, created, arabic=False)
    top = MARGIN
    top += write(paper, report.title, TITLE, WHOLE, top) + 1
    top += write(paper, report.standing, TEXT, WHOLE, top) + 1
    top += write(paper, report.hidden, TEXT, WHOLE, top) + GAP
    if not report.tables:
        write(paper, report.nothing, TEXT, WHOLE, top)
    for table in report.tables:
        height = height_of(HEADING.size) + (len(table.rows) + 3) * height_of(size) * 1.1
        if top + height > HEIGHT - MARGIN:
            paper.add_page()
            top = MARGIN
        top = _table(paper, table, size, top) + GAP
    return paper


def _table(paper: FPDF, table: ReportTable, size: float, top: float) -> float:
    """Draw a table; where it ends."""
    top += write(paper, table.title, HEADING, WHOLE, top) + 0.5
    numbers = len(table.head) - 1
    width = (WIDTH - 2 * MARGIN - NAME_WIDTH) / numbers
    left = [MARGIN + NAME_WIDTH + width * number for number in range(numbers)]
    columns = [Column(each, width - 1.5, Align.RIGHT) for each in left]
    bold = Type(size, bold=True)
    heads = zip(table.head[1:], columns, strict=True)
    top += max(write(paper, text, bold, column, top) for text, column in heads)
    _rule(paper, top)
    for row in table.rows:
        top += _row(paper, row, Type(size), columns, top)
    _rule(paper, top)
    return top + _row(paper, table.total, bold, columns, top)


def _row(paper: FPDF, row: ReportRow, kind: Type, columns: Sequence[Column], top: float) -> float:
    """Draw a line of a table; how high it is."""
    height = write(paper, row.name, kind, Column(MARGIN, NAME_WIDTH, Align.LEFT), top)
    set_type(paper, kind)
    for text, column in zip((*row.cells, str(row.talks)), columns, strict=True):
        write(paper, text, kind, column, top)
    return height


def _rule(paper: FPDF, top: float) -> None:
    paper.set_draw_color(120, 120, 120)
    paper.line(MARGIN, top, WIDTH - MARGIN, top)
