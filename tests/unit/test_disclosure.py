"""No small number can be read in a table that is shown, and none can be worked out from it."""

import random
from collections.abc import Iterable
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.disclosure import FEWEST, SHOWN_SHARE, Cell, CountTable, SafeTable, safe
from bot.domain.talk_report import COARSER, REST, TalkOutcome

OUTCOMES = tuple(map(str, TalkOutcome))
ORDINARY = {"came": 0.68, "missed": 0.12, "cancelled_by_client": 0.14}
ORDINARY |= {"cancelled_by_office": 0.03, "booked": 0.03}
Equation = tuple[dict[Cell, Fraction], Fraction]


def table(*lines: tuple[int, ...]) -> CountTable:
    """Rows "a", "b" and so on, the outcomes in their order."""
    rows = tuple("abcdefghij"[: len(lines)])
    cells = product(rows, OUTCOMES)
    return CountTable(rows, OUTCOMES, dict(zip(cells, sum(lines, ()), strict=True)))


def shown(found: SafeTable) -> list[tuple[str | int | None, ...]]:
    """What a reader sees, line by line."""
    columns = found.table.columns
    return [
        ("", *columns),
        *((row, *(found.shown(row, column) for column in columns)) for row in found.table.rows),
    ]


def known_to_all(found: SafeTable) -> list[Equation]:
    """What an attacker knows of the hidden cells: what is left in each row and column."""
    lines = [[(row, c) for c in found.table.columns] for row in found.table.rows]
    lines += [[(row, c) for row in found.table.rows] for c in found.table.columns]
    return [
        (
            {cell: Fraction(1) for cell in line if cell in found.hidden},
            Fraction(sum(found.table.at(*cell) for cell in line if cell in found.hidden)),
        )
        for line in lines
        if found.hidden & {*line}
    ]


def solved(equations: Iterable[Equation]) -> dict[Cell, Fraction]:
    """The cells whose number follows from the equations, by elimination."""
    rows: list[Equation] = []
    for unknown, number in equations:
        for pivots, value in rows:
            pivot = next(iter(pivots))
            if factor := unknown.get(pivot):
                unknown, number = less(unknown, pivots, factor), number - factor * value
        if unknown:
            pivot, factor = next(iter(unknown.items()))
            unit = {cell: each / factor for cell, each in unknown.items()}
            new = (unit, number / factor)
            rows = [
                (less(pivots, unit, pivots[pivot]), value - pivots[pivot] * new[1])
                if pivot in pivots
                else (pivots, value)
                for pivots, value in rows
            ]
            rows.append(({pivot: unit[pivot], **unit}, new[1]))
    return {next(iter(unknown)): number for unknown, number in rows if len(unknown) == 1}


def less(
    unknown: dict[Cell, Fraction], other: dict[Cell, Fraction], factor: Fraction
) -> dict[Cell, Fraction]:
    left = {
        cell: unknown.get(cell, Fraction(0)) - factor * other.get(cell, Fraction(0))
        for cell in {**unknown, **other}
    }
    return {cell: number for cell, number in left.items() if number}


def bounded(found: SafeTable) -> dict[Cell, tuple[Fraction, Fraction]]:
    """Between which numbers each hidden cell must lie, as none is below 0: looked at in turn until
    nothing narrows any more."""
    equations = known_to_all(found)
    bounds = {cell: (Fraction(0), Fraction(10**6)) for cell in found.hidden}
    for _ in range(50):
        before = dict(bounds)
        for unknown, number in equations:
            for cell in unknown:
                rest = [bounds[other] for other in unknown if other != cell]
                low = max(bounds[cell][0], number - sum(high for _, high in rest))
                high = min(bounds[cell][1], number - sum(low for low, _ in rest))
                bounds[cell] = low, high
        if bounds == before:
            break
    return bounds


def ordinary(seed: int, talks: int, rows: int) -> CountTable:
    """So many talks of so many offices or languages, some of which are rare."""
    chosen = random.Random(seed)
    weights = [chosen.random() ** 2 + 0.02 for _ in range(rows)]
    counts: dict[Cell, int] = {}
    for _ in range(talks):
        row = f"r{chosen.choices(range(rows), weights)[0]}"
        cell = row, chosen.choices(list(ORDINARY), list(ORDINARY.values()))[0]
        counts[cell] = counts.get(cell, 0) + 1
    return CountTable(tuple(f"r{n}" for n in range(rows)), OUTCOMES, counts)


def test_where_no_number_is_small_everything_is_shown() -> None:
    found = safe(table((30, 6, 5, 9, 7), (40, 8, 0, 5, 11)), COARSER, REST)
    assert shown(found) == [
        ("", *OUTCOMES),
        ("a", 30, 6, 5, 9, 7),
        ("b", 40, 8, 0, 5, 11),
    ]


def test_a_small_number_is_hidden_with_the_three_other_corners_of_a_rectangle() -> None:
    found = safe(table((90, 3, 6, 9, 7), (80, 8, 9, 7, 11), (70, 9, 8, 30, 30)), COARSER, REST)
    assert found.hidden == {("a", "missed"), ("a", "booked"), ("b", "missed"), ("b", "booked")}
    assert found.shown("a", "missed") is None
    assert found.shown("c", "missed") == 9


def test_small_rows_are_put_together_until_their_sum_is_none() -> None:
    found = safe(
        table((90, 9, 9, 9, 9), (1, 0, 0, 1, 0), (2, 0, 0, 0, 0), (6, 0, 0, 0, 0)), COARSER, REST
    )
    assert found.together == {"b", "c", "d"}
    assert [found.table.of_row(row) for row in found.table.rows] == [126, 10]


def test_where_all_rows_are_small_together_there_is_one() -> None:
    found = safe(table((6, 0, 0, 0, 0), (1, 0, 0, 0, 0)), COARSER, REST)
    assert shown(found) == [("", "came"), (REST, 7)]


def test_outcomes_are_put_together_where_a_small_number_has_no_rectangle() -> None:
    found = safe(table((90, 3, 0, 0, 0), (0, 9, 0, 0, 0)), COARSER, REST)
    assert shown(found) == [("", "talks"), ("a", 93), ("b", 9)]


def test_outcomes_are_put_together_where_one_is_small_as_a_whole() -> None:
    found = safe(table((60, 9, 9, 9, 1), (60, 9, 9, 9, 2)), COARSER, REST)
    assert found.table.columns == ("came", "missed", "booked", "cancelled")
    assert shown(found)[1:] == [("a", 60, 9, 9, 10), ("b", 60, 9, 9, 11)]


def test_of_a_handful_of_talks_nothing_is_shown() -> None:
    assert safe(table((3, 1, 0, 0, 0)), COARSER, REST).table.rows == ()


def test_columns_that_never_become_one_are_refused() -> None:
    with pytest.raises(ValueError, match="the last of the columns must be one"):
        safe(table((90, 1, 0, 0, 0)), COARSER[:2], REST)


@given(
    st.lists(st.tuples(*[st.integers(0, 12)] * len(OUTCOMES)), min_size=1, max_size=8),
)
def test_nothing_hidden_can_be_worked_out_and_nothing_small_is_shown(
    lines: list[tuple[int, ...]],
) -> None:
    found = safe(table(*lines), COARSER, REST)
    cells = set(product(found.table.rows, found.table.columns))
    assert all(found.table.at(*cell) not in range(1, FEWEST) for cell in cells - found.hidden)
    assert solved(known_to_all(found)) == {}
    assert all(high - low >= 2 for low, high in bounded(found).values())
    totals = [found.table.of_row(row) for row in found.table.rows]
    totals += [found.table.of_column(column) for column in found.table.columns]
    assert all(total >= FEWEST for total in totals)
    assert found.share >= SHOWN_SHARE
    assert found.table.total in (0, sum(map(sum, lines)))


def test_the_attacker_finds_a_number_that_is_hidden_alone() -> None:
    plain = table((90, 3, 6, 9, 7), (80, 8, 9, 7, 11))
    alone = SafeTable(plain, frozenset({("a", "missed")}), frozenset(), 0)
    assert solved(known_to_all(alone)) == {("a", "missed"): 3}
    assert bounded(alone) == {("a", "missed"): (Fraction(3), Fraction(3))}


def test_the_attacker_finds_what_follows_from_two_lines_together() -> None:
    """Three cells of a rectangle: two of its lines have two unknowns, and yet all can be found."""
    plain = table((90, 3, 6, 9, 7), (80, 8, 9, 7, 11))
    corner = frozenset({("a", "missed"), ("a", "booked"), ("b", "missed")})
    assert solved(known_to_all(SafeTable(plain, corner, frozenset(), 0))) == {
        ("a", "missed"): 3,
        ("a", "booked"): 6,
        ("b", "missed"): 8,
    }


@pytest.mark.parametrize("rows", [5, 7, 9])
def test_of_an_ordinary_quarter_four_fifths_are_shown_and_mostly_every_outcome(rows: int) -> None:
    found = [safe(ordinary(seed, 430, rows), COARSER, REST) for seed in range(60)]
    assert min(each.share for each in found) >= SHOWN_SHARE
    assert sum(each.level == 0 for each in found) >= 50
