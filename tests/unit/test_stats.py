"""Numbers for a report that point at nobody."""

import asyncio
import csv
import io
from pathlib import Path

import pytest

from bot.commands import stats
from bot.commands.stats import Asked, NoReport
from bot.settings import Settings
from bot.storage.engine.database import Tx
from bot.storage.engine.migrations import open_newest
from bot.storage.records.referral_counts import MonthlyReferrals

NOW = 1_767_600_000
"""5 January 2026."""
TITLE = "Gespräche: 2025-Q4"


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
    assert await stats.told(known, Asked(sources=True), NOW) == (
        "Nobody has come by a link that says where from."
    )
    async with open_newest(known.database_url) as database:
        await database.run(
            lambda tx: tx.write("INSERT INTO referral_counts VALUES ('2026-11', 'school', 7, 2)")
        )
    assert await stats.told(known, Asked(sources=True), NOW) == (
        "month    source  new chats  booked\n2026-11  school          7      <5"
    )
    text = await stats.told(known, Asked(sources=True, as_csv=True), NOW)
    assert text.splitlines() == ["\ufeffmonth;source;new chats;booked", "2026-11;school;7;<5"]


def _count(tx: Tx, numbers: dict[tuple[str, str], int], month: str) -> None:
    for (office, outcome), number in numbers.items():
        tx.run(
            "INSERT INTO talk_counts VALUES (:month, 'office', :office, :outcome, :number)",
            month=month,
            office=office,
            outcome=outcome,
            number=number,
        )


ORDINARY = {
    ("planb", "came"): 41,
    ("planb", "missed"): 7,
    ("planb", "cancelled_by_client"): 3,
    ("awo", "came"): 22,
    ("awo", "missed"): 6,
    ("awo", "cancelled_by_client"): 5,
    ("city", "came"): 30,
    ("city", "missed"): 9,
    ("city", "cancelled_by_client"): 8,
    ("drk", "came"): 2,
    ("caritas", "came"): 12,
}


async def filled(
    folder: Path, numbers: dict[tuple[str, str], int] = ORDINARY, month: str = "2025-11"
) -> Settings:
    known = Settings(database_url=f"sqlite:///{folder}/lotse.db", api_url="http://127.0.0.1:1")
    async with open_newest(known.database_url) as database:
        await database.run(_count, numbers, month)
    return known


async def test_the_last_quarter_that_is_over_is_told_as_tables(tmp_path: Path) -> None:
    text = await stats.told(await filled(tmp_path), Asked(), NOW)
    first, month, offices, *end = text.split("\n\n")
    assert first == TITLE
    assert month.splitlines()[1].split() == ["November", "2025", "107", "22", "16", "145"]
    assert [line.split()[-4:] for line in offices.splitlines()[1:]] == [
        ["22", "•", "•", "33"],
        ["41", "•", "•", "51"],
        ["30", "9", "8", "47"],
        ["14", "0", "0", "14"],
        ["107", "22", "16", "145"],
    ]
    assert [line.partition(" ")[0] for line in end] == ["Stand:", "•"]


async def test_a_year_is_told_when_it_is_over(tmp_path: Path) -> None:
    text = await stats.told(await filled(tmp_path), Asked("2025"), NOW)
    assert text.startswith("Gespräche: 2025\n\nQuartal")


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ("2026-Q1", "2026-Q1 is not over."),
        ("2026", "2026 is not over."),
        ("last year", "last year: name a year or a quarter that is over"),
        ("2025-Q5", "2025-Q5: name a year or a quarter that is over"),
    ],
)
async def test_what_is_not_over_or_no_period_is_refused(
    tmp_path: Path, asked: str, reason: str
) -> None:
    with pytest.raises(NoReport, match=f"^{reason}"):
        await stats.told(await filled(tmp_path), Asked(asked), NOW)


async def test_of_fewer_than_five_talks_nothing_is_told(tmp_path: Path) -> None:
    text = await stats.told(await filled(tmp_path, {("awo", "came"): 4}), Asked(), NOW)
    assert "In diesem Zeitraum gab es weniger als 5 Gespräche." in text.splitlines()


async def test_a_german_excel_opens_the_file_as_it_is(tmp_path: Path) -> None:
    text = await stats.told(await filled(tmp_path), Asked(as_csv=True), NOW)
    assert text.encode().startswith(b"\xef\xbb\xbf")
    read = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";"))
    assert read[0] == [TITLE]
    assert read[4] == ["Monat", "gekommen", "nicht gekommen", "von der Person abgesagt", "Zusammen"]
    assert read[5] == ["November 2025", "107", "22", "16", "145"]


async def test_nothing_in_it_is_calculated(tmp_path: Path) -> None:
    names = ["=1+1", "+1", "-1", "@sum", "\tx", "a;b", 'a"b']
    known = await filled(tmp_path, {(name, "came"): 9 for name in names})
    text = await stats.told(known, Asked(as_csv=True), NOW)
    read = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";")
    shown = {row[0] for row in read if len(row) == 3 and row[1] == "9"}
    assert shown == {"'=1+1", "'+1", "'-1", "'@sum", "'\tx", "a;b", 'a"b'}


async def test_it_is_written_as_a_page_a_pdf_and_a_csv(tmp_path: Path) -> None:
    known = await filled(tmp_path)
    told = await stats.told(known, Asked(folder=tmp_path / "reports"), NOW)
    page, pdf, sheet = map(Path, told.splitlines())
    assert [file.name for file in (page, pdf, sheet)] == [
        *("report-2025-Q4.html", "report-2025-Q4.pdf", "report-2025-Q4.csv")
    ]
    assert (await asyncio.to_thread(page.read_text, "utf-8")).count("<svg") == 2
    assert (await asyncio.to_thread(pdf.read_bytes)).startswith(b"%PDF")
    assert (await asyncio.to_thread(sheet.read_text, "utf-8")).startswith("\ufeff" + TITLE)
