"""Which cells of a table of counts are hidden, so that no small number can be read or worked out.

Two steps that official statistics are known for. Groups first: rows and columns that are small as
a whole are put together, so that every total can be shown. Then cells that are still small are
hidden, and with each the other three corners of a rectangle (the hypercube method, in German
Quaderverfahren, after R. D. Repsilber): whoever adds and subtracts what is shown finds that one
more in a corner and one less in the next fits as well.

A hidden cell is not said to be small: its neighbours in the rectangle are not.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import product

FEWEST = 5
"""A number from one to four could point at a person."""
SHOWN_SHARE = 0.8
"""So much of all that is counted has to stand in cells that are shown; else columns are merged."""

Cell = tuple[str, str]


@dataclass(frozen=True)
class CountTable:
    """Counts by row and column; what is not named is 0."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: Mapping[Cell, int]

    def at(self, row: str, column: str) -> int:
        """The count of a cell."""
        return self.counts.get((row, column), 0)

    def of_row(self, row: str) -> int:
        """The total of a row."""
        return sum(self.at(row, column) for column in self.columns)

    def of_column(self, column: str) -> int:
        """The total of a column."""
        return sum(self.at(row, column) for row in self.rows)

    @cached_property
    def total(self) -> int:
        """All that is counted."""
        return sum(map(self.of_row, self.rows))

    def merged(self, rows: Mapping[str, str], columns: Mapping[str, str]) -> "CountTable":
        """With rows and columns put together under new names; one not named stays itself."""
        counts: dict[Cell, int] = {}
        for row, column in product(self.rows, self.columns):
            cell = (rows.get(row, row), columns.get(column, column))
            counts[cell] = counts.get(cell, 0) + self.at(row, column)
        return CountTable(
            tuple(dict.fromkeys(rows.get(each, each) for each in self.rows)),
            tuple(dict.fromkeys(columns.get(each, each) for each in self.columns)),
            counts,
        )


@dataclass(frozen=True, slots=True)
class SafeTable:
    """A table whose totals are all shown, and the cells of it that are hidden.

    `together` are the rows that were put together in one; the columns are as in this `level` of
    those that were asked for.
    """

    table: CountTable
    hidden: frozenset[Cell]
    together: frozenset[str]
    level: int

    def shown(self, row: str, column: str) -> int | None:
        """The count of a cell; None where it is hidden."""
        return None if (row, column) in self.hidden else self.table.at(row, column)

    @property
    def share(self) -> float:
        """How much of all that is counted stands in cells that are shown; 1 where nothing is."""
        total = self.table.total
        out = sum(self.table.at(*cell) for cell in self.hidden)
        return 1 - out / total if total else 1.0


def safe(table: CountTable, coarser: Sequence[Mapping[str, str]], rest: str) -> SafeTable:
    """The table as it can be shown: small rows put together as `rest`, and of the columns the
    finest of those put together as `coarser` says with which enough is shown.

    `coarser` goes from the finest to the coarsest, each a name for every column; the last must
    leave one column. Of fewer than FEWEST in all nothing is shown. Raises ValueError where the last
    leaves more than one.
    """
    if table.total < FEWEST:
        return SafeTable(CountTable((), (), {}), frozenset(), frozenset(), 0)
    small = _small_rows(table)
    grouped = table.merged(dict.fromkeys(small, rest), {})
    for level, columns in enumerate(coarser):
        merged = _without_nothing(grouped.merged({}, columns))
        hidden = _hidden(merged)
        if hidden is not None:
            found = SafeTable(merged, hidden, small, level)
            if found.share >= SHOWN_SHARE:
                return found
    raise ValueError("the last of the columns must be one")


def _small_rows(table: CountTable) -> frozenset[str]:
    """The rows to put together: those that are small, and as many more as that takes."""
    by_size = sorted((row for row in table.rows if table.of_row(row)), key=table.of_row)
    together: list[str] = []
    for row in by_size:
        so_far = sum(map(table.of_row, together))
        if table.of_row(row) >= FEWEST and (not together or so_far >= FEWEST):
            break
        together.append(row)
    return frozenset(together)


def _without_nothing(table: CountTable) -> CountTable:
    return CountTable(
        tuple(row for row in table.rows if table.of_row(row)),
        tuple(column for column in table.columns if table.of_column(column)),
        table.counts,
    )


def _hidden(table: CountTable) -> frozenset[Cell] | None:
    """The cells to hide; None where that does not do, with all totals shown."""
    if any(table.of_column(column) < FEWEST for column in table.columns):
        return None
    hidden: frozenset[Cell] = frozenset()
    small = (cell for cell in product(table.rows, table.columns) if 0 < table.at(*cell) < FEWEST)
    for cell in sorted(small, key=lambda each: (table.at(*each), each)):
        corners = min(_rectangles(table, cell), key=partial(_price, table, hidden), default=None)
        if corners is None:
            return None
        hidden |= corners
    return hidden


def _rectangles(table: CountTable, cell: Cell) -> Iterator[frozenset[Cell]]:
    """The rectangles with this corner in which every corner can be one less."""
    row, column = cell
    for other_row, other_column in product(table.rows, table.columns):
        if other_row != row and other_column != column:
            corners = frozenset(product((row, other_row), (column, other_column)))
            if all(table.at(*each) for each in corners):
                yield corners


def _price(
    table: CountTable, hidden: frozenset[Cell], corners: frozenset[Cell]
) -> tuple[int, list[Cell]]:
    """How much more is hidden with this rectangle; of two that cost as much, the first by name."""
    return sum(table.at(*each) for each in corners - hidden), sorted(corners)
