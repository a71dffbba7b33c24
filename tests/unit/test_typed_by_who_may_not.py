"""What somebody may not do is not offered to them for having typed it."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from beginnings import client, newcomer, while_it_is_on, with_one, with_two
from chat_in_memory import ME, Chat
from meanwhile import blocked, changed_often, paused
from town_in_memory import CITY

CITY_FOR_THREE = replace(CITY, rules=replace(CITY.rules, appointments_per_client=3))


def movable(chat: Chat) -> list[str]:
    """Of which appointments another time can be pressed."""
    return [value for action, value in chat.offers if action == "change"]


def test_who_has_not_agreed_cannot_get_to_a_time_by_asking_for_a_call() -> None:
    chat = newcomer().walks("decline").writes("please call me")
    assert (chat.screen, chat.told) == ("directory", ("contact.number",))


@pytest.mark.parametrize("barred", [paused, blocked])
def test_who_may_not_book_is_not_shown_the_way_there(barred: Callable[[Chat], None]) -> None:
    chat = client()
    barred(chat)
    assert chat.writes("please call me").screen == "directory"


def test_who_has_enough_hears_so_before_they_choose_a_person() -> None:
    chat = with_two().writes("Ada Adler")
    assert (chat.screen, chat.told) == ("mine", ("refused.too_many",))


def test_who_moves_an_appointment_chooses_a_person_by_name() -> None:
    chat = with_two().walks("mine details change").writes("Bela Busch")
    assert chat.offers[0] == ("person", "busch")


def test_who_has_changed_too_often_is_told_so_while_they_move_one() -> None:
    chat = with_one().walks("mine details change")
    changed_often(chat)
    chat.writes("Bela Busch")
    assert (chat.screen, chat.told) == ("directory", ("refused.changed_often", "contact.number"))


def test_who_asks_to_move_what_they_have_is_not_offered_a_second_appointment() -> None:
    chat = with_one().writes("move my appointment to Friday")
    assert [action for action, _ in chat.offers if action in ("time", "change")] == ["change"]
    chat.walks("change:1")
    assert "suggested.day(day=2026-11-27)" in chat.page
    assert chat.walks("time confirm").town.appointments.keys() == {1}


def test_who_has_several_is_asked_which_one_to_move() -> None:
    chat = with_one()
    chat.town.city = CITY_FOR_THREE
    chat.town.book("busch", "2026-12-01 09:00", ME)
    chat.writes("move my appointment to Friday")
    assert ("typed.which_one" in chat.page, movable(chat)) == (True, ["1", "2"])


@pytest.mark.parametrize(
    ("who", "barred", "offered"),
    [
        (with_one, None, ["1"]),
        (with_one, paused, ["1"]),
        (with_one, changed_often, []),
        (while_it_is_on, None, []),
    ],
)
def test_only_what_can_be_moved_still_is_offered_to_be(
    who: Callable[[], Chat], barred: Callable[[Chat], None] | None, offered: list[str]
) -> None:
    chat = who()
    if barred is not None:
        barred(chat)
    assert movable(chat.writes("on Friday")) == offered


def test_who_is_paused_may_only_move() -> None:
    chat = with_one()
    paused(chat)
    chat.writes("on Friday")
    assert [action for action, _ in chat.offers if action == "time"] == []


def test_whom_the_office_has_blocked_reads_so_at_once() -> None:
    chat = with_one()
    blocked(chat)
    chat.writes("on Friday")
    assert (chat.screen, chat.told[0]) == ("directory", "refused.blocked")


@pytest.mark.parametrize("text", ["qwrtz", "I need help"])
def test_who_may_not_book_is_not_offered_it(text: str) -> None:
    full, barred = with_two(), client()
    paused(barred)
    for chat in (full, barred):
        assert "book" not in [action for action, _ in chat.writes(text).offers]
        assert ("directory", "") in chat.offers
    assert ("book", "") in newcomer().walks("decline").writes(text).offers
