"""Numbers for a report that point at nobody."""

from bot.commands import stats
from bot.commands.stats import HEAD
from bot.storage.records.statistics import MonthlyCount


def counted(*numbers: tuple[str, int], office: str = "mill") -> list[MonthlyCount]:
    return [MonthlyCount("2026-11", office, "uk", outcome, number) for outcome, number in numbers]


def test_outcomes_stand_side_by_side() -> None:
    found = counted(("booked", 12), ("came", 30)) + counted(("missed", 7), office="quay")
    assert stats.lines(found) == [
        HEAD,
        ("2026-11", "mill", "uk", "12", "30", "0", "0", "0"),
        ("2026-11", "quay", "uk", "0", "0", "7", "0", "0"),
    ]


def test_a_number_under_five_is_hidden() -> None:
    found = counted(("booked", 1), ("came", 4), ("missed", 5))
    assert stats.lines(found)[1][3:] == ("<5", "<5", "5", "0", "0")


def test_nothing_is_added_up_so_that_no_hidden_number_can_be_worked_out() -> None:
    found = counted(("booked", 20), ("came", 3))
    assert [cell for row in stats.lines(found)[1:] for cell in row[3:]] == [
        *("20", "<5", "0", "0", "0")
    ]
