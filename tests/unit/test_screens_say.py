"""What every screen says and offers, by keys and values."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from beginnings_of_staff import ada, ada_away, deputy
from chat_in_memory import Chat
from screen_words import written
from shown import Shown, chat_of, read
from town_in_memory import CITY, NOBODY, at

from bot.conversation.screens.entry import slow_down
from bot.conversation.table import BY_ACTION, TRACELESS
from bot.conversation.views import VIEWS

FILES = sorted(Path(__file__).with_name("screens").glob("*.txt"))
SHOWN = [shown for file in FILES for shown in read(file)]
MENU = ("menu", "")
LONG = {"block", "hours", "away", "until"}
"""Screens of many buttons of one kind, which tests of their own look at."""


@pytest.mark.parametrize("shown", SHOWN, ids=str)
def test_a_screen_says_and_offers_what_is_written_down(shown: Shown) -> None:
    chat = chat_of(shown)
    assert chat.screen == shown.screen
    assert chat.page == shown.text


@pytest.mark.parametrize("shown", SHOWN, ids=str)
def test_no_screen_has_a_button_that_is_good_for_nothing_there(shown: Shown) -> None:
    actions = {press.action for press in chat_of(shown).buttons()}
    placed = {action: BY_ACTION[action].at for action in actions}
    assert [action for action, at in placed.items() if at and shown.screen not in at] == []


def test_every_screen_is_written_down() -> None:
    assert {shown.screen for shown in SHOWN} | LONG == {*VIEWS}


def test_no_screen_is_written_down_twice() -> None:
    assert len({str(shown) for shown in SHOWN}) == len(SHOWN)


def test_who_presses_too_fast_is_told_whom_to_call_meanwhile() -> None:
    """Only offices with a telephone are named."""
    assert written(slow_down(CITY)) == (
        "limited.wait\n\n'Rathaus'\ncard.phone(phone=tel 09900 12-30)\n\n"
        "emergency.police(phone=tel 110)\nemergency.fire(phone=tel 112)"
    )


def test_of_the_emergency_numbers_alone_nothing_stays_in_the_chat() -> None:
    traceless = {shown.screen for shown in SHOWN if chat_of(shown).shown.traceless}
    assert traceless == {*TRACELESS}


def days(first: str, number: int) -> list[str]:
    return [str(date.fromisoformat(first) + timedelta(days=n)) for n in range(number)]


def title(chat: Chat) -> str:
    return chat.page.partition("\n\n[")[0]


@pytest.mark.parametrize(
    ("path", "action", "says"),
    [
        ("block", "block_day", "staff.block_day"),
        ("away", "away_from", "staff.away_from"),
    ],
)
def test_thirty_days_are_offered_to_be_closed_and_the_way_to_more(
    path: str, action: str, says: str
) -> None:
    chat = ada().walks(path)
    offered = [(action, day) for day in days("2026-11-23", 30)]
    assert title(chat) == says
    assert chat.offers == (*offered, ("further", "2026-12-23"), MENU)
    chat.walks("further")
    assert chat.offers[0] == (action, "2026-12-23")


def test_a_day_a_year_ahead_is_the_last_that_can_be_closed() -> None:
    chat = ada().walks("block").forges("further", "2027-11-22")
    assert chat.offers == (("block_day", "2027-11-22"), ("block_day", "2027-11-23"), MENU)
    assert chat.forges("further", "2027-12-01").offers == (("block_day", "2027-11-23"), MENU)
    assert chat.forges("further", "2026-11-01").offers[0] == ("block_day", "2026-11-23")
    assert chat.forges("further", "2031-01-01").outcome.stale


@pytest.mark.parametrize(
    ("day", "first"), [("2026-11-25", 6), ("2026-11-23", 9), ("2026-11-20", 9)]
)
def test_every_hour_of_a_day_that_is_not_over_can_be_closed(day: str, first: int) -> None:
    chat = ada().walks("block").forges("block_day", day)
    shown = max(day, "2026-11-23")
    starts = [at(f"{shown} {hour:02}:00") for hour in range(first, 21)]
    assert title(chat) == f"staff.block_hour(day={shown})"
    assert chat.offers == (*(("close", f"{s}.{s + 3600}") for s in starts), MENU)


@pytest.mark.parametrize(
    ("first", "begins"), [("2026-11-23", "2026-11-23 09:00"), ("2026-11-25", "2026-11-25 00:00")]
)
def test_a_time_away_begins_now_or_with_its_day_and_ends_with_one(first: str, begins: str) -> None:
    chat = ada().walks(f"away away_from:{first}")
    start = at(begins)
    ends = [at(f"{day} 00:00") for day in days(first, 31)[1:]]
    assert title(chat) == f"staff.away_until(day={first})"
    assert chat.offers[:30] == tuple(("close", f"{start}.{end}") for end in ends)
    noon, end = at(f"{first} 12:00"), at(f"{first} 23:59") + 60
    halves = (("close", f"{start}.{noon}"), ("close", f"{noon}.{end}"))
    hours = ("block_day", first)
    assert chat.offers[30:] == (*halves, hours, ("further", days(first, 31)[-1]), MENU)
    chat.walks("further")
    assert chat.offers[30:] == (("further", days(first, 61)[-1]), MENU)


def test_of_a_day_whose_morning_is_over_the_afternoon_can_be_closed() -> None:
    chat = ada()
    chat.town.now = at("2026-11-23 13:20")
    chat.walks("away away_from:2026-11-23")
    rest = f"{at('2026-11-23 13:20')}.{at('2026-11-24 00:00')}"
    assert chat.offers[29:32] == (
        ("close", f"{at('2026-11-23 13:20')}.{at('2026-12-23 00:00')}"),
        ("close", rest),
        ("block_day", "2026-11-23"),
    )


def test_an_hour_about_to_be_closed_can_be_one_more_until_the_last_of_the_day() -> None:
    chat = ada().walks("block block_day:2026-11-25")
    chat.forges("close", f"{at('2026-11-25 19:00')}.{at('2026-11-25 20:00')}")
    assert chat.offers[1] == ("close", f"{at('2026-11-25 19:00')}.{at('2026-11-25 21:00')}")
    chat.walks("close")
    assert chat.offers == (
        ("close_yes", f"{at('2026-11-25 19:00')}.{at('2026-11-25 21:00')}"),
        MENU,
    )


def test_of_many_talks_that_would_be_called_off_a_dozen_are_named() -> None:
    chat = ada()
    for number in range(14):
        chat.town.book("adler", f"2026-11-25 {8 + number // 2:02}:{number % 2 * 30:02}")
    page = chat.walks("away away_from:2026-11-25 close").page
    assert "staff.so_many_hit(n='14')" in page
    assert page.count("staff.item(day=25.11., ") == 12


def test_what_is_closed_is_listed_and_can_be_opened_again() -> None:
    chat = ada_away().walks("away")
    stretch = "day=2026-11-25, last_day=2026-11-26"
    assert title(chat) == f"staff.stretch_days({stretch})\n\nstaff.away_from"
    assert chat.offers[0] == ("present", "1")
    chat.walks("present")
    assert title(chat) == "staff.opened\n\nstaff.away_from"
    assert chat.offers[0] == ("away_from", "2026-11-23")


def test_who_opens_a_time_reads_how_many_are_asked_and_whom_to_phone() -> None:
    chat = ada()
    chat.town.book("adler", "2026-11-25 08:00")
    chat.town.book("adler", "2026-11-25 08:40", NOBODY)
    chat.walks("away away_from:2026-11-25 close close_yes away present")
    asked, phone = "staff.asked_so_many(n='1')", "staff.to_phone(codes='B2CD')"
    assert title(chat) == f"staff.opened\n{asked}\n{phone}\n\nstaff.away_from"


def test_a_deputy_is_told_whose_days_they_are() -> None:
    chat = deputy().walks("away who:adler")
    assert title(chat) == "staff.with(name='Ada Adler')\nstaff.away_from"
    chat.walks("away_from:2026-11-25")
    assert title(chat) == "staff.with(name='Ada Adler')\nstaff.away_until(day=2026-11-25)"
    assert title(deputy().walks("away who:busch")) == "staff.away_from"


def test_a_deputy_closes_some_hours_of_a_colleagues_day() -> None:
    chat = deputy().walks("away who:adler away_from:2026-11-25 block_day")
    assert title(chat) == "staff.with(name='Ada Adler')\nstaff.block_hour(day=2026-11-25)"
    start = at("2026-11-25 09:00")
    chat.walks(f"close:{start}.{start + 3600} close:{start}.{start + 7200} close_yes")
    assert chat.told == ("staff.closed",)
    [closed] = chat.town.absences.values()
    assert (closed.case_manager_id, closed.start, closed.end) == ("adler", start, start + 7200)
