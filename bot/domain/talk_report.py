"""The report on the work: how many talks there were, by what is asked of those who pay for it.

A quarter is what is counted in; a year is the sum of what its quarters show, so that no number
hidden in one of them can be worked out from the other three. Months are told as part of a quarter.
Each table breaks down the same talks by one thing. Two that share a part of them only could be
held against each other, so first talks and how long people waited for them are one table.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import product

from bot.domain import disclosure
from bot.domain.disclosure import Cell, CountTable, SafeTable

DAY = 86_400


class TalkOutcome(StrEnum):
    """What became of a talk; `BOOKED` is one of which nobody said whether the client came."""

    CAME = "came"
    MISSED = "missed"
    BOOKED = "booked"
    CANCELLED_BY_CLIENT = "cancelled_by_client"
    CANCELLED_BY_OFFICE = "cancelled_by_office"


class Breakdown(StrEnum):
    """By what talks are told apart. Months are not counted apart: each count has its month."""

    OFFICE = "office"
    LANGUAGE = "language"
    TOPIC = "topic"
    KIND = "kind"
    ACCESS = "access"
    MOVED = "moved"
    REMINDED = "reminded"


WAITED = {"first_within_3": 3, "first_within_7": 7, "first_within_14": 14}
"""First talks, by how many days somebody waited for them at most."""
LATER = "first_later"
KINDS = (*WAITED, LATER, "follow_up", "unknown")
MONTH, QUARTER = "month", "quarter"
REST = "rest"
CANCELLED, NOT_COME, TALKS = "cancelled", "not_come", "talks"
_FINE: dict[str, str] = {str(each): str(each) for each in TalkOutcome}
_CANCELLED = _FINE | dict.fromkeys(
    (TalkOutcome.CANCELLED_BY_CLIENT, TalkOutcome.CANCELLED_BY_OFFICE), CANCELLED
)
_COME_OR_NOT = {**dict.fromkeys(_FINE, NOT_COME), "came": "came"}
COARSER: tuple[Mapping[str, str], ...] = (
    _FINE,
    _CANCELLED,
    _COME_OR_NOT,
    dict.fromkeys(TalkOutcome, TALKS),
)
"""Outcomes put together, from the finest to the coarsest: each is a part of the next."""


@dataclass(frozen=True, slots=True)
class TalkCount:
    """So many talks of a month (`2026-11`) had this outcome and this value of a breakdown."""

    month: str
    breakdown: str
    value: str
    outcome: str
    number: int


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter of a year; `number` is 1 to 4."""

    year: int
    number: int

    @property
    def months(self) -> tuple[str, ...]:
        """Its months, as counts name them."""
        first = 3 * self.number - 2
        return tuple(f"{self.year}-{month:02}" for month in range(first, first + 3))

    def __str__(self) -> str:
        return f"{self.year}-Q{self.number}"


@dataclass(frozen=True, slots=True)
class TalkReport:
    """The tables of a period, by what they break down: by month or quarter, and the others."""

    period: str
    tables: Mapping[str, SafeTable]


def kind_of(first: bool | None, booked_at: int | None, start: int) -> str:
    """First or follow-up, and how many days somebody waited for a first one."""
    if first is None or booked_at is None:
        return "unknown"
    if not first:
        return "follow_up"
    days = (start - booked_at) // DAY
    return next((kind for kind, most in WAITED.items() if days <= most), LATER)


def of_quarter(counts: Iterable[TalkCount], quarter: Quarter) -> TalkReport:
    """The report of a quarter."""
    own = [each for each in counts if each.month in quarter.months]
    by_month = [each for each in own if each.breakdown == Breakdown.OFFICE]
    tables = {MONTH: _table([(each.month, each) for each in by_month])}
    for breakdown in Breakdown:
        tables[breakdown] = _table([(e.value, e) for e in own if e.breakdown == breakdown])
    return TalkReport(
        str(quarter),
        {name: disclosure.safe(table, COARSER, REST) for name, table in tables.items()},
    )


def of_year(counts: Sequence[TalkCount], year: int) -> TalkReport:
    """The report of a year: what its quarters show, added up."""
    quarters = [of_quarter(counts, Quarter(year, number)) for number in range(1, 5)]
    tables: dict[str, SafeTable] = {
        breakdown: _joined([each.tables[breakdown] for each in quarters]) for breakdown in Breakdown
    }
    return TalkReport(str(year), {QUARTER: _by_quarter(quarters), **tables})


def _table(counts: Sequence[tuple[str, TalkCount]]) -> CountTable:
    found: dict[Cell, int] = {}
    for row, each in counts:
        found[row, each.outcome] = found.get((row, each.outcome), 0) + each.number
    return CountTable(tuple(sorted({row for row, _ in counts})), tuple(TalkOutcome), found)


def _joined(quarters: Sequence[SafeTable]) -> SafeTable:
    """The sums; a cell is shown where each of its quarters shows all of its part."""
    together = frozenset[str]().union(*(each.together for each in quarters))
    level = max(each.level for each in quarters)
    counts: dict[Cell, int] = {}
    hidden: set[Cell] = set()
    for quarter in quarters:
        for cell in product(quarter.table.rows, quarter.table.columns):
            row, column = cell
            joined = (REST if row in together else row, _at(level, column))
            counts[joined] = counts.get(joined, 0) + quarter.table.at(*cell)
            if cell in quarter.hidden:
                hidden.add(joined)
    return SafeTable(_of_cells(counts), frozenset(hidden), together, level)


def _by_quarter(quarters: Sequence[TalkReport]) -> SafeTable:
    """The totals of each quarter, all of which are shown."""
    months = [each.tables[MONTH] for each in quarters]
    level = max(each.level for each in months)
    counts: dict[Cell, int] = {}
    for report, safe in zip(quarters, months, strict=True):
        for column in safe.table.columns:
            cell = (report.period, _at(level, column))
            counts[cell] = counts.get(cell, 0) + safe.table.of_column(column)
    return SafeTable(_of_cells(counts), frozenset(), frozenset(), level)


def _of_cells(counts: Mapping[Cell, int]) -> CountTable:
    """The table these cells make."""
    rows = tuple(dict.fromkeys(row for row, _ in counts))
    return CountTable(rows, tuple(dict.fromkeys(column for _, column in counts)), counts)


def _at(level: int, column: str) -> str:
    """What a column of this or a finer level is part of."""
    coarse = COARSER[level]
    finer = COARSER[: level + 1]
    return next(coarse[each] for each in TalkOutcome if column in {one[each] for one in finer})
