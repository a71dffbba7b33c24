"""Numbers for a report that point at nobody."""

import csv
import io
from pathlib import Path

from bot.commands import stats
from bot.commands.stats import HEAD
from bot.settings import Settings
from bot.storage.engine.database import Tx
from bot.storage.engine.migrations import open_newest
from bot.storage.records.referral_counts import MonthlyReferrals
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


def test_of_who_sends_people_new_chats_and_bookings_are_told_and_small_numbers_hidden() -> None:
    found = [
        MonthlyReferrals("2026-11", "school", 12, 4),
        MonthlyReferrals("2026-12", "other", 5, 0),
    ]
    assert stats.lines_of_sources(found) == [
        ("month", "source", "new chats", "booked"),
        ("2026-11", "school", "12", "<5"),
        ("2026-12", "other", "5", "0"),
    ]


async def test_sources_are_told_as_a_table_and_as_csv(tmp_path: Path) -> None:
    known = Settings(database_url=f"sqlite:///{tmp_path}/lotse.db")
    assert await stats.sources_told(known, as_csv=False) == (
        "Nobody has come by a link that says where from."
    )
    async with open_newest(known.database_url) as database:
        await database.run(
            lambda tx: tx.write("INSERT INTO referral_counts VALUES ('2026-11', 'school', 7, 2)")
        )
    assert await stats.sources_told(known, as_csv=False) == (
        "month    source  new chats  booked\n2026-11  school  7          <5"
    )
    text = await stats.sources_told(known, as_csv=True)
    assert text.splitlines() == ["\ufeffmonth;source;new chats;booked", "2026-11;school;7;<5"]


def _count(tx: Tx, offices: tuple[str, ...]) -> None:
    for office in offices:
        tx.run("INSERT INTO counts VALUES ('2026-11', :office, 'uk', 'came', 7)", office=office)


async def printed(folder: Path, *offices: str) -> str:
    """What stands in the file after `stats --csv > file`."""
    known = Settings(database_url=f"sqlite:///{folder}/lotse.db")
    async with open_newest(known.database_url) as database:
        await database.run(_count, offices)
    return await stats.told(known, as_csv=True) + "\n"


async def test_a_german_excel_opens_the_file_as_it_is(tmp_path: Path) -> None:
    text = await printed(tmp_path, "büro")
    assert text.encode().startswith(b"\xef\xbb\xbfmonth;office;language;")
    assert text.removeprefix("\ufeff").splitlines(keepends=True) == [
        "month;office;language;booked;came;missed;cancelled_by_client;cancelled_by_office\r\n",
        "2026-11;büro;uk;0;7;0;0;0\r\n",
    ]


async def test_nothing_in_it_is_calculated(tmp_path: Path) -> None:
    names = ["=1+1", "+1", "-1", "@sum", "\tx", "a;b", 'a"b']
    read = csv.reader(io.StringIO(await printed(tmp_path, *names), newline=""), delimiter=";")
    shown = [row[1] for row in read][1:]
    assert sorted(shown) == sorted(["'=1+1", "'+1", "'-1", "'@sum", "'\tx", "a;b", 'a"b'])
