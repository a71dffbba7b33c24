"""What the staff close, look up and book on their pages: said before, listed, and kept."""

import re
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from staff_stage import StaffWorld, anna_books, free_times, open_pages


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[StaffWorld]:
    """The bot with its pages."""
    async with open_pages(tmp_path) as made:
        yield made


async def test_11_before_hours_are_closed_the_times_that_go_with_them_are_named(
    town: StaffWorld,
) -> None:
    lists, hour = await town.lists_url(), {"act": "block", "day": "2026-11-26", "hour": "14"}
    asked = await town.sends(lists, **hour)
    assert "Donnerstag, 26. November, 14:00 bis 15:00 Uhr: Neue Termine gibt es" in asked.text
    assert "<li>Nicht mehr buchbar: 13:30, 14:30</li>" in asked.text
    assert await town.sql("SELECT COUNT(*) FROM absences") == [(0,)]
    longer = await town.sends(lists, **hour, until_hour="18")
    assert "14:00 bis 18:00 Uhr" in longer.text
    done = await town.sends(lists, **hour, until_hour="18", confirmed="yes")
    assert "14:00 bis 18:00 Uhr: Neue Termine gibt es dann nicht." in done.text
    page = await town.opens(f"{lists}/book?day=2026-11-26")
    times = [*await free_times(town, "2026-11-26")]
    assert (len(times), ">13:30<" in page.text) == (4, False)


async def test_half_days_and_from_one_hour_to_another_are_closed(town: StaffWorld) -> None:
    lists, day = await town.lists_url(), "2026-11-25"
    for fields, said in (
        ({"from": day, "until": day, "until_hour": "12"}, "25. November, 00:00 bis 12:00 Uhr"),
        ({"from": day, "until": day, "from_hour": "12"}, "25. November, 12:00 bis 24:00 Uhr"),
        (
            {"from": day, "from_hour": "12", "until": "2026-11-26", "until_hour": "10"},
            "25. November, 12:00 Uhr bis Donnerstag, 26. November, 10:00 Uhr",
        ),
    ):
        done = await town.sends(lists, act="away", confirmed="yes", **fields)
        assert said in done.text
    for fields, told in (
        ({"from": day, "until": day, "from_hour": "12", "until_hour": "12"}, "nicht nach dem Anf"),
        ({"from": day, "until": day, "from_hour": "3"}, "Bitte geben Sie an"),
    ):
        assert told in (await town.sends(lists, act="away", **fields)).text


async def test_19_a_form_whose_time_has_just_been_taken_comes_back_as_it_was_filled_in(
    town: StaffWorld,
) -> None:
    first, second, *_ = await free_times(town, "2026-11-24")
    form = {
        "act": "book",
        "day": "2026-11-24",
        "time": first,
        "language": "uk",
        "adults": "2",
        "children": "1",
        "language_help": "yes",
        "step_free": "yes",
    }
    book = f"{await town.lists_url()}/book"
    await town.sends(f"{await town.desk_url('planb')}/book", act="book", language="ar", time=first)
    refused = await town.sends(book, **form)
    assert "gerade vergeben worden" in refused.text
    assert re.findall(r'value="([^"]+)" selected', refused.text) == ["uk"]
    assert refused.text.count(" checked") == 2
    assert re.findall(r'name="(?:adults|children)".*value="(\d)"', refused.text) == ["2", "1"]
    booked = await town.sends(book, **(form | {"time": second}))
    assert "ist gebucht" in booked.text
    kept = {name: form[name] for name in ("language", "adults", "children", "language_help")}
    days = await town.opens(f"{book}?{urlencode(kept | {'day': '2026-11-24', 'other_day': 'yes'})}")
    [wednesday] = [link for link in days.links if "day=2026-11-25" in link]
    again = await town.opens(f"{book.partition('/termine')[0]}{wednesday}")
    assert re.findall(r'value="([^"]+)" selected', again.text) == ["uk"]
    assert re.findall(r'name="(?:adults|children)".*value="(\d)"', again.text) == ["2", "1"]


async def test_11_on_a_day_without_free_times_the_form_asks_for_another(town: StaffWorld) -> None:
    book = f"{await town.lists_url()}/book"
    for query in (
        "",
        "?day=2026-11-22",
        "?day=x",
        "?day=2027-11-22",
        "?other_day=yes&day=2026-11-24",
    ):
        page = await town.opens(book + query)
        assert ("An welchem Tag?" in page.text, "<form" in page.text) == (True, False)


async def test_07_the_lists_go_on_as_far_as_can_be_booked_and_back_two_weeks(
    town: StaffWorld,
) -> None:
    [far, *_] = await free_times(town, "2026-12-21")
    book = f"{await town.lists_url()}/book"
    await town.sends(book, act="book", language="ar", time=far)
    about, lists, desk = await town.newest(), await town.lists_url(), await town.desk_url("planb")
    day = "Montag, 21. Dezember"
    for url in (lists, desk):
        assert day in (await town.opens(url)).text
    assert about.code in (await town.opens(lists)).text
    assert about.code in (await town.opens(f"{desk}/day/2026-12-21")).text
    await town.passes(days=29)
    lists, desk = await town.lists_url(), await town.desk_url("planb")
    page = await town.opens(lists)
    past = page.text.partition('id="past"')[2]
    assert (day in past, about.code in past) == (True, True)
    assert day in (await town.opens(desk)).text.partition("Vorbei")[2]
    marked = await town.sends(await town.visit_url(), act="came")
    assert "Rückgängig" in marked.text
    assert "war da" in (await town.opens(lists)).text.partition('id="past"')[2]


async def test_07_what_is_booked_beyond_the_horizon_is_in_the_lists_too(town: StaffWorld) -> None:
    await anna_books(town)
    about, later = await town.newest(), 60 * 86_400
    await town.sql(
        f"UPDATE appointments SET start_at = start_at + {later}, end_at = end_at + {later}"
    )
    page = await town.opens(await town.lists_url())
    assert (about.code in page.text, "Sonntag, 24. Januar" in page.text) == (True, True)
