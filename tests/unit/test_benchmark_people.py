"""The people of the benchmarks: whoever answers them, and however quickly, they do the same."""

import json
from collections import Counter, deque
from collections.abc import Callable, Sequence
from random import Random
from typing import Any

import pytest
from benchmarks.api import Api
from benchmarks.crowd import FIRST_CLIENT, LIFE, LIVES, ROUND, Crowd, Person
from benchmarks.mixes import Mix, between, differences, together
from benchmarks.people import Dice, as_client

CHATS = 64
WARM = CHATS * LIFE
SCREENS = {
    "menu": ("book:1:", "mine:1:", "settings:1:"),
    "book": ("postal:2:1", "postal:2:2", "back:2:"),
    "postal": ("confirm:3:a", "menu:3:"),
    "confirm": ("cancel:4:1", "change:4:1", "mine:4:", "menu:4:"),
    "change": ("confirm:5:b", "confirm:5:c", "menu:5:"),
    "cancel": ("cancel_yes:6:1", "menu:6:"),
}
"""What may be pressed after an action; after any other, what the menu has."""
Turn = Callable[[deque[dict[str, Any]]], dict[str, Any]]


def handled(presses: int, turn: Turn) -> Counter[str]:
    """What so many presses did once everybody was there, whose updates were taken by `turn`."""
    api, waiting = Api(as_client, Crowd()), deque[dict[str, Any]]()
    api.begin(CHATS, [])
    offset, before = 1, Counter[str]()
    while api.handled < WARM + presses:
        for update in json.loads(api.updates(offset) or '{"result": []}')["result"]:
            waiting.append(update)
            offset = update["update_id"] + 1
        answer(api, turn(waiting))
        if api.handled == WARM:
            before = api.done.copy()
    return api.done - before


def answer(api: Api, update: dict[str, Any]) -> None:
    """As a bot does: a screen for /start and for a press, which it answers, too."""
    query = update.get("callback_query")
    action = query["data"].partition(":")[0] if query else "menu"
    keys = [[{"text": "-", "callback_data": data}] for data in SCREENS.get(action, SCREENS["menu"])]
    shown = {"text": "-", "reply_markup": {"inline_keyboard": keys}}
    if query is None:
        api.call("sendMessage", {"chat_id": update["message"]["chat"]["id"], **shown})
        return
    api.call("answerCallbackQuery", {"callback_query_id": query["id"]})
    chat, message = query["from"]["id"], query["message"]["message_id"]
    api.call("editMessageText", {"chat_id": chat, "message_id": message, **shown})


def at_random(waiting: deque[dict[str, Any]]) -> dict[str, Any]:
    """Whoever it happens to be, as of many at the same time."""
    waiting.rotate(DICE.randrange(len(waiting)))
    return waiting.popleft()


DICE = Random(7)


def test_as_much_is_done_in_a_thousand_presses_in_whatever_order_they_are_handled() -> None:
    few, many = Mix(handled(3 * ROUND, deque.popleft)), Mix(handled(5 * ROUND, at_random))
    assert few.a_thousand == pytest.approx(many.a_thousand)
    assert min(few.a_thousand.values()) > 10


def test_nobody_presses_more_often_than_in_a_life() -> None:
    api, presses = Api(as_client, Crowd()), Counter[str]()
    api.begin(2, [])
    for offset in range(1, 10 * LIFE):
        update = json.loads(api.updates(offset) or "{}")["result"][0]
        if query := update.get("callback_query"):
            presses[query["from"]["id"]] += 1
        answer(api, update)
    assert max(presses.values()) == LIFE
    assert len(presses) > 5


def test_who_has_pressed_often_enough_leaves_and_somebody_else_comes() -> None:
    crowd = Crowd()
    first = crowd.begin(CHATS)
    crowd.leave(first[0])
    newcomer = crowd.come()
    assert crowd.find(first[0].id) is None
    assert crowd.find(newcomer.id) is newcomer
    assert newcomer.id == FIRST_CLIENT + CHATS
    assert newcomer.left == LIFE


def test_those_who_are_there_at_the_start_leave_one_after_another() -> None:
    lives = [person.left for person in Crowd().begin(CHATS)]
    assert lives == sorted(lives)
    assert {*lives} == {*range(1, LIFE + 1)}


def test_one_who_leads_the_same_life_does_the_same_by_other_buttons() -> None:
    def walk(which: Random, buttons: Sequence[str]) -> list[str]:
        dice = Dice(Random(5), which)
        return [(as_client(dice, buttons) or "").partition(":")[0] for _ in range(LIVES)]

    few = walk(Random(1), ["day:1:a", "back:1:", "menu:1:", "new_here:1:"])
    many = walk(Random(2), ["menu:1:", "day:1:a", "day:1:b", "day:1:c", "back:1:"])
    assert few == many
    assert {*few} == {"day", "back", "menu"}


@pytest.mark.parametrize(
    ("presses", "shown", "done"),
    [
        (["book:1:", "confirm:2:a"], ["cancel:3:1", "change:3:1"], "booked"),
        (["change:1:1", "day:2:a", "confirm:3:a"], ["cancel:4:1"], "moved"),
        (["change:1:1", "menu:2:", "book:3:", "confirm:4:a"], ["cancel:5:1"], "booked"),
        (["confirm:1:a"], ["time:2:a"], "refused"),
        (["cancel:1:1", "cancel_yes:2:1"], ["book:3:"], "cancelled"),
        (["cancel:1:1", "cancel_yes:2:1"], ["cancel_yes:3:1"], "refused"),
        (["day:1:a"], ["time:2:a"], "day"),
    ],
)
def test_what_a_press_did_is_told_by_the_screen_it_led_to(
    presses: list[str], shown: list[str], done: str
) -> None:
    person = Person(1, 0, LIFE, Dice(Random(1), Random(1)))
    for data in presses:
        person.press(data)
    person.buttons = shown
    assert person.did() == done


def mix(booked: int, moved: int, cancelled: int) -> Mix:
    """So many changes in a thousand presses, and otherwise looking around."""
    changes = {"booked": booked, "moved": moved, "cancelled": cancelled}
    rest = ROUND - sum(changes.values())
    actions = [action for action, often in {**changes, "menu": rest}.items() for _ in range(often)]
    return Mix({f"{place} {action}": 2 for place, action in enumerate(actions)})


def test_mixes_within_five_per_cent_of_all_changes_compare() -> None:
    assert list(differences({"a": mix(60, 10, 30), "b": mix(58, 9, 28)})) == []


@pytest.mark.parametrize("other", [mix(54, 10, 30), mix(57, 8, 29), mix(54, 10, 36)])
def test_mixes_further_apart_do_not_compare(other: Mix) -> None:
    assert len([*differences({"a": mix(60, 10, 30), "b": other})]) == 1


def test_a_place_that_came_up_twice_weighs_no_more_than_one_that_came_up_once() -> None:
    runs = [between({"0.1 menu": 5}, {"0.1 menu": 7, "0.2 booked": 1}), Mix({"0.3 menu": 3})]
    found = together([*runs, Mix({"0.4 moved": 1, "0.4 refused": 3})]).a_thousand
    assert found == {"booked": 250.0, "moved": 62.5, "cancelled": 0.0}
