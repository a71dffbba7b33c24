"""What of an update is read and kept: what a person sent, and as little of it as is read."""

import json
from typing import Any

import pytest

from bot.chat import reading_updates
from bot.conversation.events import (
    Commanded,
    Located,
    Pressed,
    Reacted,
    SentKind,
    SentSomethingElse,
    Started,
    Wrote,
)
from bot.conversation.presses import Press
from bot.services.incoming import Incoming

CHAT = {"id": 7, "type": "private", "first_name": "Anna"}
PERSON = {"id": 7, "is_bot": False, "first_name": "Anna", "language_code": "ar_EG"}
REPORTS: dict[str, Any] = {
    "message_auto_delete_timer_changed": {"message_auto_delete_time": 86400},
    "pinned_message": {"message_id": 3, "date": 1, "chat": CHAT, "text": "hello"},
    "chat_background_set": {"type": {"type": "wallpaper"}},
    "gift": {"gift": {"id": "1", "star_count": 15}},
    "unique_gift": {"gift": {}},
    "write_access_allowed": {"from_request": True},
    "users_shared": {"request_id": 1, "users": []},
    "connected_website": "example.org",
    "web_app_data": {"data": "x", "button_text": "y"},
    "successful_payment": {"currency": "EUR"},
    "channel_chat_created": True,
    "group_chat_created": True,
    "new_chat_photo": [{"file_id": "x"}],
    "proximity_alert_triggered": {},
    "what_comes_next_year": {"text": "hello"},
}
"""What Telegram says of a chat by itself, in a message that seems to come from the person."""

KINDS = {
    **dict.fromkeys(("voice", "audio", "video_note"), SentKind.VOICE),
    **dict.fromkeys(("photo", "live_photo", "document", "video"), SentKind.FILE),
    **dict.fromkeys(("sticker", "dice", "animation"), SentKind.STICKER),
    "contact": SentKind.CONTACT,
}


def message(**told: Any) -> dict[str, Any]:
    held = {"message_id": 5, "date": 9, "chat": CHAT, "from": PERSON, **told}
    return {"update_id": 1, "message": held}


def read(update: dict[str, Any]) -> Incoming | None:
    """What is read of what is kept of an update."""
    return reading_updates.read(json.dumps(reading_updates.essence(update)).encode())


def event(update: dict[str, Any]) -> Any:
    found = read(update)
    assert found is not None
    return found.event


@pytest.mark.parametrize("kind", REPORTS)
def test_what_telegram_reports_of_a_chat_is_not_ours_to_answer(kind: str) -> None:
    update = message(**{kind: REPORTS[kind]})
    assert reading_updates.private_chat(update) is None
    assert reading_updates.read(json.dumps(update).encode()) is None


@pytest.mark.parametrize("kind", sorted(reading_updates.CONTENTS.difference(reading_updates.READ)))
def test_of_what_nobody_opens_only_the_kind_is_kept(kind: str) -> None:
    sent = message(**{kind: {"file_id": "secret", "phone_number": "secret"}}, caption="secret")
    assert "secret" not in json.dumps(reading_updates.essence(sent))
    assert event(sent) == SentSomethingElse(what=KINDS.get(kind, SentKind.OTHER))


def test_a_moving_picture_is_told_from_the_document_it_is_sent_as() -> None:
    assert event(message(animation={}, document={})) == SentSomethingElse(what=SentKind.STICKER)


@pytest.mark.parametrize(
    ("now", "incoming"),
    [
        ([{"type": "emoji", "emoji": "👍"}], Incoming(7, Reacted())),
        ([{"type": "custom_emoji", "custom_emoji_id": "secret"}], Incoming(7, Reacted())),
        ([], None),
    ],
)
def test_of_a_reaction_only_that_there_is_one_is_kept(now: Any, incoming: Incoming | None) -> None:
    told = {"chat": CHAT, "user": PERSON, "message_id": 5, "date": 9}
    update = {"message_reaction": {**told, "old_reaction": [], "new_reaction": now}}
    assert "secret" not in json.dumps(reading_updates.essence(update))
    assert read(update) == incoming


def test_what_is_forwarded_is_a_persons_doing_whatever_it_is() -> None:
    forwarded = {"forward_origin": {"type": "hidden_user", "sender_user_name": "secret"}}
    assert event(message(**forwarded, text="/delete")) == SentSomethingElse()
    assert event(message(**forwarded, giveaway={})) == SentSomethingElse()
    assert "secret" not in json.dumps(reading_updates.essence(message(**forwarded, giveaway={})))


def test_pictures_that_were_sent_together_have_the_album_in_common() -> None:
    picture = {"photo": [{"file_id": "x"}], "media_group_id": "1" * 70}
    assert event(message(**picture)) == SentSomethingElse("1" * 64, SentKind.FILE)


def test_of_a_long_text_the_beginning_is_kept() -> None:
    kept = reading_updates.essence(message(text="x" * 4096))
    assert kept["message"]["text"] == "x" * 200


@pytest.mark.parametrize(
    ("told", "understood"),
    [
        ({"text": "hello"}, Wrote("hello")),
        ({"text": ["hello"]}, SentSomethingElse()),
        ({"text": "/start invited"}, Started("invited")),
        ({"text": "/Menu@lotse_bot now"}, Commanded("menu")),
        ({"location": {"latitude": 51.5, "longitude": 7.2, "live_period": 60}}, Located(51.5, 7.2)),
        ({"location": {"latitude": 99.5, "longitude": 7.2}}, SentSomethingElse()),
        ({"venue": {"title": "x"}, "location": {"latitude": 1, "longitude": 2}}, Located(1, 2)),
    ],
)
def test_what_is_kept_says_the_same_as_what_came(told: dict[str, Any], understood: object) -> None:
    assert event(message(**told)) == understood
    assert reading_updates.read(json.dumps(message(**told)).encode()) == read(message(**told))


def test_a_press_keeps_the_message_it_stands_on_and_the_language_of_the_phone() -> None:
    stands_on = {"message_id": 5, "date": 0, "chat": CHAT, "text": "secret"}
    press = {"id": "1", "from": PERSON, "message": stands_on, "data": "menu:2:"}
    assert read({"callback_query": press}) == Incoming(
        *(7, Pressed(Press("menu", 2, ""))),
        message_id=5,
        editable=False,
        language_code="ar_EG",
    )


def test_whoever_blocks_the_bot_cannot_be_reached() -> None:
    member = {"chat": CHAT, "from": PERSON, "new_chat_member": {"status": "kicked"}}
    assert read({"my_chat_member": member}) == Incoming(7, None, reachable=False)


def test_of_two_things_told_at_once_the_one_that_can_be_answered_counts() -> None:
    pressed_inline = {"id": "1", "data": "menu:2:", "inline_message_id": "x"}
    assert event({**message(text="hello"), "callback_query": pressed_inline}) == Wrote("hello")
    pinned, pressed = (
        message(pinned_message={}),
        {"id": "1", "data": "x", "message": {"chat": CHAT}},
    )
    assert reading_updates.kinds_of({**pinned, "callback_query": pressed}) == ["callback_query"]
    both = {**message(text="hello"), "callback_query": pressed}
    assert reading_updates.kinds_of(both) == ["message", "callback_query"]
    assert event(both) == Wrote("hello")


def test_of_what_is_not_ours_nothing_is_kept() -> None:
    assert reading_updates.essence({"poll": {"question": "?"}}) == {}
