"""Instead of a time that is not to be: others that differ, each with a name; and one guest a time.

The numbers in the names are those of the cases people met in the demo.
"""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from staff_stage import StaffWorld, free_times, open_pages
from stage import agree

from bot.simulator.person import labels, words


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[StaffWorld]:
    """The bot with its pages."""
    async with open_pages(tmp_path) as made:
        yield made


async def calls_off(town: StaffWorld) -> list[str]:
    """Anna's talk at the city's office, where there are four, is called off; what she may press."""
    anna = await town.person()
    await agree(anna)
    await anna.walks("Book an appointment")
    await anna.takes("anywhere")
    await anna.takes("office", "city")
    await anna.walks("Earliest free time", "Confirm")
    await town.taken()
    about = await town.newest()
    await town.sends(await town.visit_url(about.case_manager_id), act="call_off", confirmed="yes")
    await town.taken()
    return labels(await anna.sees("Your appointment is cancelled"))


async def test_10_the_three_times_that_are_offered_instead_are_three(town: StaffWorld) -> None:
    *offered, others = await calls_off(town)
    assert (len(offered), others) == (3, "Other times")
    assert len({*offered}) == 3


async def test_18_no_start_is_offered_twice_and_each_says_with_whom(town: StaffWorld) -> None:
    assert (await calls_off(town))[:-1] == [
        "Tue 24 Nov, 08:00 · Martoiu-Barjakt…",
        "Tue 24 Nov, 09:00 · Uta Bücking",
        "Tue 24 Nov, 10:00 · Uta Bücking",
    ]


async def test_14_two_who_book_one_time_for_two_guests_are_not_both_told_booked(
    town: StaffWorld,
) -> None:
    """With the same language and no wishes: what differs is the form."""
    [first, *_] = await free_times(town, "2026-11-24")
    answers = [
        await town.sends(f"{page}/book?day=2026-11-24", act="book", language="ar", time=first)
        for page in (await town.desk_url("planb"), await town.lists_url())
    ]
    assert ["ist gebucht" in answer.text for answer in answers] == [True, False]
    assert "gerade vergeben worden" in answers[1].text
    assert await town.sql("SELECT COUNT(*) FROM appointments") == [(1,)]


async def test_who_finds_nothing_free_is_told_once_when_something_is(town: StaffWorld) -> None:
    desk, days = await town.desk_url("planb"), {"from": "2026-11-23", "until": "2027-01-29"}
    await town.sends(desk, act="away", person="mohammad", confirmed="yes", **days)
    anna = await town.person()
    await agree(anna)
    await anna.walks("Book an appointment", "44649", "PLANB Ruhr, Wanne", "Ali Mohammad")
    await anna.walks("Tell me when something is free")
    assert words(anna.now).startswith("🔔 We will write to you when a time is free.")
    assert "Stop waiting" in anna.labels
    [(number,)] = await town.sql("SELECT id FROM absences")
    await town.sends(desk, act="release", closed=str(number))
    await town.passes(minutes=2)
    told = await anna.sees("🔔 There is a free time.")
    assert labels(told) == ["See free times"]
    await anna.walks("See free times")
    assert "Tuesday 24 November" in anna.labels
    await anna.walks("Main menu")
    assert "Stop waiting" not in anna.labels
