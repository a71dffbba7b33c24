"""A city whose staff read English: a line in its file, and none of their pages is German."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from german_words import german_in
from staff_stage import Opened, StaffWorld, anna_books, browser_at, free_times
from stage import open_world

HERNE = Path("bot/city/herne.toml")
GERMAN = 'staff_languages = ["de"]'


@pytest.fixture
def city_file(tmp_path: Path) -> Path:
    """Herne, if its staff read English."""
    file = tmp_path / "herne.toml"
    written = HERNE.read_text(encoding="utf-8")
    assert GERMAN in written
    file.write_text(written.replace(GERMAN, 'staff_languages = ["en"]'), encoding="utf-8")
    return file


@pytest.fixture
async def town(tmp_path: Path, city_file: Path) -> AsyncIterator[StaffWorld]:
    """The bot with its pages."""
    async with open_world(tmp_path, str(city_file), StaffWorld) as made:
        assert isinstance(made, StaffWorld)
        await made.is_served()
        async with browser_at(made.links.public_url) as made.session:
            yield made


def assert_english(page: Opened, says: str) -> None:
    assert says in page.text
    assert '<html lang="en">' in page.text
    assert german_in(page.text) == set()


async def test_every_page_is_english(town: StaffWorld) -> None:
    await anna_books(town)
    visit, lists = await town.visit_url(), await town.lists_url()
    code = (await town.newest()).code
    assert_english(await town.opens(visit), "Who knows?")
    assert_english(await town.opens(f"{visit}/another-time"), "On which day?")
    assert_english(await town.opens(f"{visit}/another-time?day=2026-11-26"), "Give this time")
    assert_english(await town.opens(f"{visit}/ask"), "Which times do you offer?")
    assert_english(await town.sends(visit, act="see"), "is confirmed as seen")
    assert_english(await town.sends(visit, act="call_off"), "Really cancel?")
    assert_english(await town.opens(lists), "Today, Monday 23 November")
    assert_english(await town.opens(f"{lists}/find?code=ZZZZ"), "no appointment with this code")
    assert_english(await town.opens(f"{lists}/book"), "On which day?")
    assert_english(await town.opens(f"{lists}/book?day=2026-11-26"), "Please choose")
    away = {"act": "away", "from": "2026-11-25", "until": "2026-11-25"}
    assert_english(await town.sends(lists, **away), f"10:00, appointment {code}")
    time, *_ = await free_times(town, "2026-11-26")
    form = {"act": "book", "time": time, "language": "ar", "adults": "1", "children": "2"}
    assert_english(await town.sends(f"{lists}/book?day=2026-11-26", **form), "is booked")
    assert_english(await town.sends(lists, **away, confirmed="yes"), "There are no new appointm")
    assert_english(await town.opens(visit), "Cancelled by the office")
    assert_english(await town.opens(f"{town.links.public_url}/page/x"), "no longer works")
    assert_english(await town.opens(await town.desk_url("planb")), "Please destroy printed lists")
