"""`python -m bot stats`: a report on the work, for whoever must account for it.

With `--sources`, how many chats began and how many appointments were booked by who sent people: a
number from one to four could point at a person, and is shown as "<5".

The CSV is what Excel opens as it is where numbers have a comma: UTF-8 that says so, semicolons.
"""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.app import LOCALES, load_city
from bot.domain import local_time, talk_report
from bot.domain.disclosure import FEWEST
from bot.domain.talk_report import Quarter
from bot.rendering import catalogues, report_words
from bot.rendering.report_words import ReportInWords, ReportTable
from bot.rendering.text import Writer
from bot.settings import Settings
from bot.storage.engine.migrations import open_newest
from bot.storage.records import referral_counts, statistics
from bot.storage.records.referral_counts import MonthlyReferrals

BYTE_ORDER_MARK = "\ufeff"
BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
HEAD_OF_SOURCES = ("month", "source", "new chats", "booked")
NO_SOURCES = "Nobody has come by a link that says where from."
PERIOD = re.compile(r"(\d{4})(?:-Q([1-4]))?")
UNREADABLE = "{asked}: name a year or a quarter that is over, such as 2026 or 2026-Q3"
NOT_OVER = (
    "{asked} is not over. Only what is over is reported: of two reports of one period, the"
    " difference could be a single person"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be told: of a `period`, by default of the last quarter that is over, or of the
    `sources`; as CSV, or into a `folder` as a page, a PDF and a CSV.
    """

    period: str | None = None
    as_csv: bool = False
    folder: Path | None = None
    sources: bool = False


class NoReport(Exception):  # noqa: N818  (an operator's slip, told in one line)
    """What was asked for cannot be reported."""


async def told(settings: Settings, asked: Asked, now: int) -> str:
    """What was asked for, or the names of the files it was written to.

    `now` is UTC epoch seconds. Raises NoReport.
    """
    if asked.sources:
        return await _of_sources(settings, as_csv=asked.as_csv)
    city = load_city(settings)
    zone = city.rules.time_zone
    year, quarter = _period(asked.period, f"{local_time.local_day(now, zone):%Y-%m}")
    async with open_newest(settings.database_url) as database:
        counts = await database.run(statistics.everything, zone, now)
    if quarter is None:
        report = talk_report.of_year(counts, year)
    else:
        report = talk_report.of_quarter(counts, quarter)
    texts = catalogues.load(LOCALES, city.languages, city.staff_languages)
    writer = Writer(texts, city, city.staff_languages[0], html=False)
    words = report_words.in_words(report, writer, now)
    if asked.folder is not None:
        return _written(words, report.period, asked.folder, now)
    return _as_csv(_lines(words)) if asked.as_csv else _as_text(words)


async def _of_sources(settings: Settings, *, as_csv: bool) -> str:
    async with open_newest(settings.database_url) as database:
        found = await database.run(referral_counts.everything)
    if as_csv:
        return _as_csv(lines_of_sources(found))
    return _as_table(lines_of_sources(found)) if found else NO_SOURCES


def lines_of_sources(found: list[MonthlyReferrals]) -> list[tuple[str, ...]]:
    """The head, then a line for each month and source."""
    return [
        HEAD_OF_SOURCES,
        *((one.month, one.source, _shown(one.started), _shown(one.booked)) for one in found),
    ]


def _period(asked: str | None, month: str) -> tuple[int, Quarter | None]:
    """The year, and the quarter if it is one; `month` is the present one. Raises NoReport."""
    if asked is None:
        latest = _before(month)
        return latest.year, latest
    found = PERIOD.fullmatch(asked)
    if found is None:
        raise NoReport(UNREADABLE.format(asked=asked))
    year, number = int(found[1]), int(found[2] or 4)
    if Quarter(year, number).months[-1] >= month:
        raise NoReport(NOT_OVER.format(asked=asked))
    return year, Quarter(year, number) if found[2] else None


def _before(month: str) -> Quarter:
    """The last quarter that was over when this month began."""
    year, number = int(month[:4]), (int(month[5:]) + 2) // 3 - 1
    return Quarter(year, number) if number else Quarter(year - 1, 4)


def _written(words: ReportInWords, period: str, folder: Path, now: int) -> str:
    # What makes PDFs takes as long to load as half of the rest.
    from bot.rendering import report_page, report_sheet

    folder.mkdir(parents=True, exist_ok=True)
    files = {
        "html": report_page.html(words).encode(),
        "pdf": report_sheet.pdf(words, now),
        "csv": _as_csv(_lines(words)).encode(),
    }
    named = {folder / f"report-{period}.{end}": content for end, content in files.items()}
    for file, content in named.items():
        file.write_bytes(content)
    return "\n".join(map(str, named))


def _lines(words: ReportInWords) -> list[tuple[str, ...]]:
    """All tables below each other, with an empty line between."""
    lines: list[tuple[str, ...]] = [(words.title,), (words.standing,), (words.hidden,)]
    for table in words.tables:
        lines += [(), *_of_table(table)]
    return lines if words.tables else [*lines, (words.nothing,)]


def _of_table(table: ReportTable) -> list[tuple[str, ...]]:
    rows = (*table.rows, table.total)
    return [table.head, *((row.name, *row.cells, str(row.talks)) for row in rows)]


def _as_text(words: ReportInWords) -> str:
    tables = [_as_table(_of_table(table)) for table in words.tables] or [words.nothing]
    return "\n\n".join([words.title, *tables, words.standing, words.hidden])


def _shown(number: int) -> str:
    return f"<{FEWEST}" if 0 < number < FEWEST else str(number)


def _as_table(rows: list[tuple[str, ...]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join("  ".join(_aligned(row, widths)) for row in rows)


def _aligned(row: tuple[str, ...], widths: list[int]) -> Iterator[str]:
    """Names from the left, numbers below each other."""
    yield row[0].ljust(widths[0])
    yield from (cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))


def _as_csv(rows: list[tuple[str, ...]]) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([_cell(cell) for cell in row] for row in rows)
    # The line break at the very end is the command line's own.
    return BYTE_ORDER_MARK + text.getvalue().removesuffix("\n")


def _cell(text: str) -> str:
    """A text that a spreadsheet would calculate stays a text behind an apostrophe."""
    return f"'{text}" if text.startswith(BEGINS_A_FORMULA) else text
