"""What the simulator refuses because of the state of a chat, and what it does otherwise."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from simulator_sides import ANNA, NOON, Sides, running_simulator

HOUR = 3600
KEYBOARD = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}
BLOCKED = (403, "Forbidden: bot was blocked by the user")
NOT_MODIFIED = (
    400,
    "Bad Request: message is not modified: specified new message content and reply markup are "
    "exactly the same as a current content and reply markup of the message",
)
TOO_OLD = (
    400,
    "Bad Request: query is too old and response timeout expired or query ID is invalid",
)


@pytest.fixture
async def sides() -> AsyncIterator[Sides]:
    async with running_simulator() as both:
        yield both


async def sent(sides: Sides, text: str = "Hello", **params: Any) -> int:
    message = await sides.done("sendMessage", chat_id=ANNA, text=text, **params)
    return int(message["message_id"])


async def shown(sides: Sides) -> list[dict[str, Any]]:
    messages: list[dict[str, Any]] = (await sides.look(f"/people/{ANNA}/chat"))["messages"]
    return messages


async def test_a_message_comes_back_as_telegram_would_give_it(sides: Sides) -> None:
    message = await sides.done(
        "sendMessage", chat_id=ANNA, text="Hello", reply_markup=KEYBOARD, protect_content=True
    )

    assert message == {
        "message_id": 2,
        "from": {
            "id": 1,
            "is_bot": True,
            "first_name": "lotse_demo_bot",
            "username": "lotse_demo_bot",
        },
        "chat": {"id": ANNA, "type": "private", "first_name": "Anna"},
        "date": int(NOON),
        "text": "Hello",
        "reply_markup": KEYBOARD,
        "has_protected_content": True,
    }


async def test_the_phone_shows_what_the_bot_asked_for(sides: Sides) -> None:
    await sent(
        sides,
        disable_notification=True,
        protect_content=True,
        link_preview_options={"is_disabled": True},
    )

    assert (await shown(sides))[-1] == {
        "message_id": 2,
        "from": "bot",
        "date": int(NOON),
        "edited": False,
        "html": "Hello",
        "text": "Hello",
        "buttons": [],
        "silent": True,
        "protected": True,
        "preview": False,
    }


@pytest.mark.parametrize("chat_id", [5, -5, "@somebody", "5"])
async def test_a_chat_nobody_knows_is_not_found(sides: Sides, chat_id: int | str) -> None:
    refused = await sides.refused("sendMessage", chat_id=chat_id, text="a")

    assert refused == (400, "Bad Request: chat not found")


async def test_nobody_is_written_to_first(sides: Sides) -> None:
    await sides.people("/people", id=7, first_name="Omar")

    assert await sides.refused("sendMessage", chat_id=7, text="a") == (
        403,
        "Forbidden: bot can't initiate conversation with a user",
    )


async def test_who_blocked_the_bot_gets_nothing(sides: Sides) -> None:
    message_id = await sent(sides)
    await sides.people(f"/people/{ANNA}/block")

    assert await sides.refused("sendMessage", chat_id=ANNA, text="a") == BLOCKED
    assert await sides.refused("sendChatAction", chat_id=ANNA, action="typing") == BLOCKED
    assert (
        await sides.refused("editMessageText", chat_id=ANNA, message_id=message_id, text="a")
        == BLOCKED
    )


async def test_blocking_and_unblocking_reach_the_bot(sides: Sides) -> None:
    await sides.people(f"/people/{ANNA}/block")
    await sides.people(f"/people/{ANNA}/block")
    await sides.people(f"/people/{ANNA}/unblock")

    changes = [update["my_chat_member"] for update in await sides.updates()]
    assert [change["new_chat_member"]["status"] for change in changes] == ["kicked", "member"]
    assert await sent(sides) == 2


async def test_an_edit_changes_text_and_keyboard(sides: Sides) -> None:
    message_id = await sent(sides, reply_markup=KEYBOARD)
    edited = await sides.done("editMessageText", chat_id=ANNA, message_id=message_id, text="Bye")

    assert (edited["text"], edited["edit_date"], "reply_markup" in edited) == (
        "Bye",
        int(NOON),
        False,
    )
    assert [(each["text"], each["edited"], each["buttons"]) for each in await shown(sides)] == [
        ("hello", False, []),
        ("Bye", True, []),
    ]


async def test_an_edit_that_changes_nothing_is_refused(sides: Sides) -> None:
    message_id = await sent(sides, text="<b>Hello</b>", parse_mode="HTML", reply_markup=KEYBOARD)
    same = {"text": "<strong>Hello</strong> ", "parse_mode": "HTML", "reply_markup": KEYBOARD}
    at = {"chat_id": ANNA, "message_id": message_id}

    assert await sides.refused("editMessageText", **at, **same) == NOT_MODIFIED
    assert await sides.refused("editMessageReplyMarkup", **at, reply_markup=KEYBOARD) == (
        NOT_MODIFIED
    )
    await sides.done("editMessageText", **at, **(same | {"parse_mode": "", "text": "Hello"}))
    await sides.done("editMessageReplyMarkup", **at)
    assert await sides.refused("editMessageReplyMarkup", **at) == NOT_MODIFIED
    assert (await shown(sides))[-1]["text"] == "Hello"


async def test_what_cannot_be_edited(sides: Sides) -> None:
    await sent(sides, reply_markup={"remove_keyboard": True})
    await sides.done("sendLocation", chat_id=ANNA, latitude=51.5, longitude=7.2)

    async def refused(message_id: int) -> str:
        edit = {"chat_id": ANNA, "message_id": message_id, "text": "a"}
        return (await sides.refused("editMessageText", **edit))[1]

    assert await refused(0) == "Bad Request: message identifier is not specified"
    assert await refused(1) == "Bad Request: message can't be edited"
    assert await refused(2) == "Bad Request: message can't be edited"
    assert await refused(3) == "Bad Request: there is no text in the message to edit"
    assert await refused(4) == "Bad Request: message to edit not found"


async def test_a_deleted_message_is_gone(sides: Sides) -> None:
    message_id = await sent(sides)
    await sides.done("deleteMessage", chat_id=ANNA, message_id=message_id)

    assert len(await shown(sides)) == 1
    assert await sides.refused("deleteMessage", chat_id=ANNA, message_id=message_id) == (
        400,
        "Bad Request: message to delete not found",
    )
    assert await sent(sides) == message_id + 1


async def test_a_message_older_than_two_days_stays(sides: Sides) -> None:
    old = await sent(sides)
    sides.clock.now += 48 * HOUR
    await sides.done("deleteMessage", chat_id=ANNA, message_id=old)
    old, sides.clock.now = await sent(sides), sides.clock.now + 48 * HOUR + 1
    new = await sent(sides)

    assert await sides.refused("deleteMessage", chat_id=ANNA, message_id=old) == (
        400,
        "Bad Request: message can't be deleted for everyone",
    )
    await sides.done("deleteMessages", chat_id=ANNA, message_ids=[old, new, 99])
    assert [each["message_id"] for each in await shown(sides)] == [1, old]


async def test_a_press_is_answered_in_time(sides: Sides) -> None:
    message_id = await sent(sides, reply_markup=KEYBOARD)
    pressed = await sides.people(f"/people/{ANNA}/presses", message_id=message_id, data="go")
    query_id = pressed["callback_query_id"]
    before = await sides.look(f"/people/{ANNA}/chat")
    sides.clock.now += 150
    await sides.done("answerCallbackQuery", callback_query_id=query_id, text="Done")
    after = await sides.look(f"/people/{ANNA}/chat")

    assert before["queries"] == {query_id: {"answered": False, "text": "", "alert": False}}
    assert after["queries"] == {query_id: {"answered": True, "text": "Done", "alert": False}}
    assert after["version"] > before["version"] == pressed["version"]
    sides.clock.now += 1
    assert await sides.refused("answerCallbackQuery", callback_query_id=query_id) == TOO_OLD
    assert await sides.refused("answerCallbackQuery", callback_query_id="5") == TOO_OLD


async def test_a_long_toast_is_refused(sides: Sides) -> None:
    pressed = await sides.people(f"/people/{ANNA}/presses", message_id=1, data="go")
    answer = {"callback_query_id": pressed["callback_query_id"], "text": "x" * 201}

    assert (await sides.refused("answerCallbackQuery", **answer))[0] == 400


async def test_presses_carry_the_message_or_say_that_it_is_gone(sides: Sides) -> None:
    message = await sides.done("sendMessage", chat_id=ANNA, text="a", reply_markup=KEYBOARD)
    press = {"message_id": message["message_id"], "data": "forged"}
    await sides.people(f"/people/{ANNA}/presses", **press)
    sides.clock.now += 48 * HOUR + 1
    await sides.people(f"/people/{ANNA}/presses", **press)
    await sides.people(f"/people/{ANNA}/presses", message_id=99, data="x")

    queries = [update["callback_query"] for update in await sides.updates()]
    chat = {"id": ANNA, "type": "private", "first_name": "Anna"}
    assert [query["message"] for query in queries] == [
        {"chat": chat, "message_id": 2, "date": 0},
        {"chat": chat, "message_id": 99, "date": 0},
    ]  # the first press had become too old to be handed out


async def test_a_reply_keyboard_stays_until_it_is_removed(sides: Sides) -> None:
    keyboard = {
        "keyboard": [[{"text": "Share", "request_location": True}]],
        "one_time_keyboard": True,
        "resize_keyboard": True,
    }
    await sent(sides, reply_markup=keyboard)
    await sent(sides)
    kept = (await sides.look(f"/people/{ANNA}/chat"))["reply_keyboard"]
    await sent(sides, reply_markup={"remove_keyboard": True})

    assert kept == keyboard
    assert (await sides.look(f"/people/{ANNA}/chat"))["reply_keyboard"] is None


async def test_all_that_people_send_reaches_the_bot(sides: Sides) -> None:
    place = {"latitude": 51.5, "longitude": 7.2}
    path = f"/people/{ANNA}/messages"
    await sides.people(path, location=place)
    for kind in ("sticker", "voice", "photo", "document", "contact", "video"):
        await sides.people(path, **{kind: True})
    await sides.people(path, text="/start abc", forwarded=True)
    await sides.people(f"/people/{ANNA}/edits", message_id=1, text="hallo")

    *kinds, command, edit = await sides.updates()
    assert kinds[0]["message"]["location"] == place
    assert [list(update["message"])[-1] for update in kinds[1:]] == [
        "sticker",
        "voice",
        "photo",
        "document",
        "contact",
        "video",
    ]
    assert command["message"]["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    assert command["message"]["forward_origin"]["type"] == "hidden_user"
    assert (edit["edited_message"]["text"], edit["edited_message"]["edit_date"]) == (
        "hallo",
        int(NOON),
    )
    assert [each.get("kind") for each in await shown(sides)][1:8] == [
        None,
        "sticker",
        "voice",
        "photo",
        "document",
        "contact",
        "video",
    ]


async def test_a_group_is_another_chat(sides: Sides) -> None:
    await sides.people("/groups/-9/messages", **{"from": ANNA, "text": "hi"})

    message = (await sides.updates())[0]["message"]
    assert message["chat"] == {"id": -9, "type": "group", "title": "Group"}
    assert message["from"]["id"] == ANNA


async def test_a_pin_is_told_by_get_chat(sides: Sides) -> None:
    message_id = await sent(sides)
    await sides.done("pinChatMessage", chat_id=ANNA, message_id=message_id)
    pinned = (await sides.done("getChat", chat_id=ANNA))["pinned_message"]["message_id"]
    await sides.done("unpinChatMessage", chat_id=ANNA, message_id=message_id)

    assert pinned == message_id
    assert "pinned_message" not in await sides.done("getChat", chat_id=ANNA)
    assert (await sides.refused("unpinChatMessage", chat_id=ANNA, message_id=message_id))[0] == 400


@pytest.mark.parametrize("title", ["", " "])
async def test_a_venue_has_a_title(sides: Sides, title: str) -> None:
    venue = {"latitude": 51.5, "longitude": 7.2, "title": title, "address": "Hauptstr. 1"}

    assert (await sides.refused("sendVenue", chat_id=ANNA, **venue))[0] == 400


async def test_the_people_list_says_who_started_and_who_blocked(sides: Sides) -> None:
    await sides.people("/people", first_name="Omar")
    await sides.people("/people", id=ANNA, first_name="Other", language_code="ar")
    await sides.people(f"/people/{ANNA}/block")

    assert await sides.look("/people") == [
        {
            "id": ANNA,
            "first_name": "Anna",
            "language_code": "ar",
            "blocked": True,
            "started": True,
        },
        {
            "id": 1002,
            "first_name": "Omar",
            "language_code": None,
            "blocked": False,
            "started": False,
        },
    ]
