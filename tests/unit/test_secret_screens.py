"""What a file in the chat must not tell: that somebody has looked at the emergency numbers."""

import json

import pytest

from bot.conversation import discretion, presses
from bot.conversation.session import Session, from_json, to_json


def test_a_session_is_told_without_the_secret_screen() -> None:
    kept = to_json(Session(trail=("menu", "emergency", "privacy"), revision=7))
    told = from_json(discretion.without_secrets(kept), None, None)
    assert told == Session(trail=("menu", "privacy"), revision=7)


@pytest.mark.parametrize(
    "session", [to_json(Session(trail=("menu", "place"))), "", "[]", "{}", '{"trail":5}']
)
def test_any_other_session_is_told_as_it_stands(session: str) -> None:
    assert discretion.without_secrets(session) == session


@pytest.mark.parametrize(
    ("update", "asks"),
    [
        ({"callback_query": {"data": presses.encode("emergency", 5)}}, True),
        ({"callback_query": {"data": presses.encode("menu", 5)}}, False),
        ({"callback_query": {"data": "emergency"}}, False),
        ({"callback_query": {"data": 5}}, False),
        ({"message": {"text": "emergency:5:"}}, False),
        (None, False),
    ],
)
def test_a_press_that_leads_to_the_secret_screen_is_known(update: object, asks: bool) -> None:
    assert discretion.asks_for_a_secret(json.dumps(update)) is asks
    assert discretion.asks_for_a_secret("no JSON") is False
