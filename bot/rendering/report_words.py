"""A report in the words of the staff: its tables as lines of text, whatever they are shown on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from babel.dates import format_date

from bot.conversation.content import CityText, Day, Language, Line, Name, say
from bot.domain.city import City
from bot.domain.disclosure import SafeTable
from bot.domain.talk_report import KINDS, MONTH, QUARTER, REST, Breakdown, TalkReport
from bot.rendering.text import Writer

HIDDEN = "•"
TOTAL = "report.total"


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A line of a table: what it is about, a text for each column, and how many talks in all."""

    name: str
    cells: tuple[str, ...]
    talks: int


@dataclass(frozen=True, slots=True)
class ReportTable:
    """A table in words. `share` is how much of it can be shown, in percent."""

    title: str
    head: tuple[str, ...]
    rows: tuple[ReportRow, ...]
    total: ReportRow
    share: int


@dataclass(frozen=True, slots=True)
class ReportInWords:
    """All a report says, in one language of the staff."""

    language: str
    title: str
    standing: str
    hidden: str
    nothing: str
    tables: tuple[ReportTable, ...]


def in_words(report: TalkReport, writer: Writer, now: int) -> ReportInWords:
    """The report as it stands at `now` (UTC epoch seconds); tables in which nothing can be shown
    are left out.
    """
    return ReportInWords(
        language=writer.language,
        title=writer.value(say("report.title", period=Name(report.period))),
        standing=writer.value(say("report.standing", day=Day(now))),
        hidden=writer.value(say("report.hidden")),
        nothing=writer.value(say("report.nothing")),
        tables=tuple(
            _table(by, safe, writer) for by, safe in report.tables.items() if safe.table.rows
        ),
    )


def _table(by: str, safe: SafeTable, writer: Writer) -> ReportTable:
    columns = safe.table.columns
    head = (writer.value(say(f"report.by_{by}")), *(_column(each, writer) for each in columns))
    return ReportTable(
        title=head[0],
        head=(*head, writer.value(say(TOTAL))),
        rows=tuple(_rows(by, safe, writer)),
        total=ReportRow(
            writer.value(say(TOTAL)),
            tuple(str(safe.table.of_column(each)) for each in columns),
            safe.table.total,
        ),
        share=int(safe.share * 100),
    )


def _rows(by: str, safe: SafeTable, writer: Writer) -> Iterator[ReportRow]:
    order = _order(by, writer.city)
    for row in sorted(safe.table.rows, key=partial(_place, order)):
        shown = (safe.shown(row, column) for column in safe.table.columns)
        cells = tuple(HIDDEN if number is None else str(number) for number in shown)
        name = writer.value(_named(by, row, writer))
        yield ReportRow(name, cells, safe.table.of_row(row))


def _order(by: str, city: City) -> Sequence[str]:
    """In which order rows stand where the alphabet says nothing."""
    if by == Breakdown.OFFICE:
        return tuple(city.office)
    if by == Breakdown.TOPIC:
        return city.topics
    return KINDS if by == Breakdown.KIND else ()


def _place(order: Sequence[str], row: str) -> tuple[bool, int]:
    """What is not in the order comes after it, the rest last of all."""
    known = order.index(row) if row in order else len(order)
    return row == REST, known


def _column(column: str, writer: Writer) -> str:
    return writer.value(say(f"report.outcome_{column}"))


def _named(by: str, row: str, writer: Writer) -> Line:
    """What a row is called: as it is called elsewhere, where that is somewhere else."""
    if row == REST:
        return say("report.rest")
    if by in (MONTH, QUARTER):
        return Name(_period(by, row, writer))
    if by == Breakdown.OFFICE:
        office = writer.city.office.get(row)
        return Name(office.provider if office else row)
    if by == Breakdown.LANGUAGE:
        return Language(row)
    if by == Breakdown.TOPIC and row in writer.city.topics:
        return CityText(f"topic.{row}")
    return say(f"report.{by}_{row}")


def _period(by: str, row: str, writer: Writer) -> str:
    """A month by its name, a quarter as it is written everywhere."""
    if by == QUARTER:
        return row
    return str(format_date(date.fromisoformat(f"{row}-01"), "LLLL y", locale=writer.style.locale))
