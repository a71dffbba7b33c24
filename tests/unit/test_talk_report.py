"""A quarter is what talks are counted in; a year shows what its quarters show, and no more."""

import random

from bot.domain import talk_report
from bot.domain.talk_report import Breakdown, Quarter, TalkCount, TalkOutcome

DAY = 86_400
OFFICES = ("mill", "quay", "park", "tower")


def counts(month: str, office: str, *numbers: int) -> list[TalkCount]:
    """Talks of one office by outcome, in the order of TalkOutcome."""
    told = zip(TalkOutcome, numbers, strict=True)
    return [TalkCount(month, Breakdown.OFFICE, office, outcome, n) for outcome, n in told if n]


def a_year(seed: int) -> list[TalkCount]:
    chosen = random.Random(seed)
    return [
        each
        for month in range(1, 13)
        for office in OFFICES
        for each in counts(
            f"2026-{month:02}",
            office,
            chosen.randrange(8, 20),
            *(chosen.randrange(4) for _ in range(4)),
        )
    ]


def test_a_quarter_has_three_months() -> None:
    assert Quarter(2026, 4).months == ("2026-10", "2026-11", "2026-12")
    assert str(Quarter(2026, 1)) == "2026-Q1"


def test_a_quarter_tells_its_months_and_what_else_it_was_counted_by() -> None:
    found = [
        *counts("2026-10", "mill", 30, 9, 8, 7, 6),
        *counts("2026-12", "quay", 20, 9, 8, 7, 6),
        *counts("2027-01", "quay", 99, 0, 0, 0, 0),
    ]
    report = talk_report.of_quarter(found, Quarter(2026, 4))
    assert report.period == "2026-Q4"
    assert report.tables["month"].table.rows == ("2026-10", "2026-12")
    assert report.tables[Breakdown.OFFICE].shown("mill", "came") == 30
    assert report.tables[Breakdown.OFFICE].table.total == 110
    assert report.tables[Breakdown.LANGUAGE].table.rows == ()


def test_a_year_is_the_sum_of_its_quarters() -> None:
    found = [
        each
        for month in ("01", "04", "07", "10")
        for each in (
            *counts(f"2026-{month}", "mill", 30, 9, 8, 7, 6),
            *counts(f"2026-{month}", "quay", 20, 9, 8, 7, 6),
        )
    ]
    report = talk_report.of_year(found, 2026)
    assert report.period == "2026"
    assert report.tables["quarter"].table.rows == ("2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4")
    assert report.tables["quarter"].shown("2026-Q3", "missed") == 18
    assert report.tables[Breakdown.OFFICE].shown("mill", "came") == 120
    assert report.tables[Breakdown.OFFICE].table.of_row("quay") == 200


def test_a_cell_hidden_in_one_quarter_is_hidden_in_the_year() -> None:
    for seed in range(20):
        found = a_year(seed)
        year = talk_report.of_year(found, 2026).tables[Breakdown.OFFICE]
        for number in range(1, 5):
            quarter = talk_report.of_quarter(found, Quarter(2026, number)).tables[Breakdown.OFFICE]
            for row, column in quarter.hidden:
                if year.level == quarter.level and row in year.table.rows:
                    assert (row, column) in year.hidden


def test_a_year_adds_outcomes_up_as_its_coarsest_quarter_has_them() -> None:
    fine = [*counts("2026-01", "mill", 30, 9, 8, 7, 6), *counts("2026-01", "quay", 20, 9, 8, 7, 6)]
    coarse = [
        *counts("2026-04", "mill", 30, 9, 8, 9, 1),
        *counts("2026-04", "quay", 20, 9, 8, 7, 1),
    ]
    year = talk_report.of_year([*fine, *coarse], 2026).tables[Breakdown.OFFICE]
    assert year.table.columns == ("came", "missed", "booked", "cancelled")
    assert year.shown("mill", "cancelled") == 7 + 6 + 9 + 1


def test_a_row_that_was_small_in_a_quarter_is_put_together_in_the_year() -> None:
    large = [*counts("2026-01", "mill", 30, 9, 8, 7, 6), *counts("2026-01", "quay", 20, 9, 8, 7, 6)]
    small = [
        *counts("2026-04", "mill", 30, 0, 0, 0, 0),
        *counts("2026-04", "quay", 2, 0, 0, 0, 0),
        *counts("2026-04", "park", 9, 0, 0, 0, 0),
    ]
    year = talk_report.of_year([*large, *small], 2026).tables[Breakdown.OFFICE]
    assert set(year.table.rows) == {"mill", "rest"}
    assert year.table.of_row("rest") == 50 + 11


def test_a_year_without_talks_has_no_rows() -> None:
    report = talk_report.of_year([], 2026)
    assert {name: each.table.rows for name, each in report.tables.items()} == dict.fromkeys(
        ("quarter", *Breakdown), ()
    )


def test_first_talks_are_told_by_how_long_people_waited() -> None:
    waits = {0: "first_within_3", 3: "first_within_3", 4: "first_within_7", 7: "first_within_7"}
    waits |= {8: "first_within_14", 14: "first_within_14", 15: "first_later"}
    assert {days: talk_report.kind_of(True, 0, days * DAY) for days in waits} == waits
    assert talk_report.kind_of(False, 0, DAY) == "follow_up"
    assert talk_report.kind_of(None, 0, DAY) == "unknown"
    assert talk_report.kind_of(True, None, DAY) == "unknown"
