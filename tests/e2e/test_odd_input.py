"""Whatever a person, a forger or a broken server sends: a helpful screen or quiet, no error."""

from typing import Any

import pytest
from neighbours import neighbour, unharmed
from phone import Client
from stage import World, agree, book_earliest

HELPLESS = "We cannot open this here."
LETTERS = "📄 Sorry, we cannot open pictures or files here."
THANKS = "🙂 Thank you!"
PERSON = {"id": 7, "is_bot": False, "first_name": "Anna"}
CHAT = {"id": 7, "type": "private", "first_name": "Anna"}
KINDS = {
    "sticker": THANKS,
    "voice": "🎤 Sorry, we cannot listen",
    "video_note": "🎤 Sorry, we cannot listen",
    **dict.fromkeys(("photo", "document", "video"), LETTERS),
    "contact": "Thank you! We do not keep phone numbers",
    "poll": HELPLESS,
}
"""What somebody can send, and how the answer to it begins."""

NOT_UNDERSTOOD = "Sorry, we did not understand that."
TEXTS = {
    "hello": "Hello!",
    ".": NOT_UNDERSTOOD,
    "\u200b": NOT_UNDERSTOOD,
    "\u202e\u202dgnp.exe\u202c": NOT_UNDERSTOOD,
    "<b>bold</b> & <script>alert(1)</script> </b>": NOT_UNDERSTOOD,
    "{organisation} %s {0} \\ ' \" ; DROP TABLE persons": NOT_UNDERSTOOD,
    "😀" * 2048: THANKS,
    "a" * 4096: NOT_UNDERSTOOD,
    "٤٤٦٤٩": "🏠 These offices are near you",
}
"""What somebody can write, and how the answer to it begins on the menu."""


def of_kind(kind: str) -> dict[str, Any]:
    """A message of that kind, as a person sends it."""
    return {kind: True}


@pytest.mark.parametrize("kind", [*KINDS, "forwarded"])
async def test_what_cannot_be_opened_is_answered_with_help(world: World, kind: str) -> None:
    anna = await world.person()
    await agree(anna)
    if kind == "forwarded":
        await anna.sends(text="look at this", forwarded=True)
    else:
        await anna.sends(**of_kind(kind))
    await anna.sees(KINDS.get(kind, HELPLESS))
    assert "Book an appointment" in anna.labels
    assert anna.chat["messages"][-1]["message_id"] == anna.now["message_id"]


REPORTS: tuple[dict[str, Any], ...] = (
    {"message_auto_delete_timer_changed": {"message_auto_delete_time": 86400}},
    {"pinned_message": {"message_id": 1, "date": 1, "chat": CHAT, "text": "hello"}},
    {"chat_background_set": {"type": {"type": "wallpaper"}}},
    {"write_access_allowed": {}},
    {"gift": {}},
    {"what_comes_next": {}},
)


async def test_what_telegram_reports_of_a_chat_changes_nothing(world: World) -> None:
    anna = await world.person()
    for report in REPORTS:
        await world.brings({"message": {"chat": CHAT, "from": PERSON, "message_id": 1, **report}})
    await world.taken()
    assert await world.sql("SELECT COUNT(*) FROM persons") == [(0,)]
    await agree(anna)
    before = await world.sql("SELECT * FROM chats"), anna.view
    for report in REPORTS:
        await world.brings({"message": {"chat": CHAT, "from": PERSON, "message_id": 99, **report}})
    await world.taken()
    await anna.looks()
    assert (await world.sql("SELECT * FROM chats"), anna.view) == before
    await anna.walks("Emergency numbers")


async def sends_album(world: World, person: Client, number: str, pieces: int = 10) -> int:
    """Pictures that were sent together, as Telegram brings them; how many answers there were."""
    before = await sent(world)
    for _ in range(pieces):
        await person.sends(photo=True, album=number)
    await world.taken()
    await person.looks()
    return await sent(world) - before


async def sent(world: World) -> int:
    """How many messages the bot has sent."""
    async with world.session.get(f"{world.simulator.url}/record") as answer:
        calls = (await answer.json())["calls"]
    return sum(call["method"].startswith("send") for call in calls)


async def test_an_album_gets_one_answer_and_is_one_thing_done(world: World) -> None:
    anna = await world.person()
    await agree(anna)
    done = await world.sql("SELECT actions FROM chats")
    assert [await sends_album(world, anna, number) for number in ("1", "2")] == [1, 1]
    assert await world.sql("SELECT actions FROM chats") == [(int(str(done[0][0])) + 2,)]
    assert "Sorry, here we only understand the buttons" in anna.now["text"]


async def test_the_languages_begin_with_the_nearest_to_that_of_the_phone(world: World) -> None:
    anna = await world.person(language="mo")
    await anna.says_and_waits("/start")
    assert anna.labels[0] == "Română"


async def test_an_album_of_a_stranger_is_met_once(world: World) -> None:
    anna = await world.person()
    assert await sends_album(world, anna, "1") == 1
    assert "English" in anna.labels


@pytest.mark.parametrize("kind", [*KINDS, "location", "text", "/help", "/nonsense", "/menu", "/"])
async def test_whatever_comes_first_is_met_with_the_languages(world: World, kind: str) -> None:
    anna = await world.person()
    if kind == "location":
        await anna.sends(location=(51.5, 7.2))
    elif kind in KINDS:
        await anna.sends(**of_kind(kind))
    else:
        await anna.says(kind)
    await anna.sees("Please choose your language.")
    assert "English" in anna.labels


@pytest.mark.parametrize(("text", "answer"), TEXTS.items())
async def test_any_text_gets_an_answer_in_the_menu_and_where_places_are_asked(
    world: World, text: str, answer: str
) -> None:
    anna = await world.person()
    await agree(anna)
    await anna.says(text)
    await anna.sees(answer)
    await anna.says_and_waits("/menu")
    await anna.walks("Book an appointment")
    before = len(anna.messages)
    await anna.says_and_waits(text)
    assert len(anna.messages) > before
    assert anna.messages[-1] == anna.now


@pytest.mark.parametrize(
    ("command", "seen"),
    [
        ("/help", "Nothing is booked until you press “Confirm”."),
        ("/menu", "What would you like to do?"),
        ("/language", "Please choose your language."),
        ("/start", "What would you like to do?"),
        ("/START@lotse_demo_bot", "What would you like to do?"),
        ("/start \u202e\u0000", "What would you like to do?"),
        ("/nonsense", "What would you like to do?"),
        ("/", "What would you like to do?"),
    ],
)
async def test_every_command_is_answered(world: World, command: str, seen: str) -> None:
    anna = await world.person()
    await agree(anna)
    await anna.says(command)
    await anna.sees(seen)


async def test_a_flood_of_start_ends_in_one_screen(world: World) -> None:
    anna = await world.person()
    for _ in range(30):
        await anna.says("/start")
    await anna.settles()
    assert len([message for message in anna.messages if message["buttons"]]) == 1
    await anna.walks("English", "I agree")


async def test_an_edited_message_changes_nothing(world: World) -> None:
    anna = await world.person()
    await agree(anna)
    await anna.says_and_waits("hello")
    before, number = anna.view, anna.chat["messages"][-2]["message_id"]
    await anna.edits(number, "/start")
    await anna.settles()
    assert anna.view == before


async def test_a_group_is_not_answered(world: World) -> None:
    body = {"from": 7, "text": "/start"}
    await world.person()
    async with world.session.post(f"{world.simulator.url}/groups/-5/messages", json=body) as answer:
        assert answer.status == 200
    await world.taken()
    async with world.session.get(f"{world.simulator.url}/record") as answer:
        calls = (await answer.json())["calls"]
    assert [call["method"] for call in calls if call["method"].startswith("send")] == []
    assert await world.sql("SELECT COUNT(*) FROM persons") == [(0,)]


async def test_somebody_who_blocked_the_bot_and_comes_back_is_served(world: World) -> None:
    anna = await world.person()
    await book_earliest(anna)
    await anna.blocks()
    await world.taken()
    await anna.unblocks()
    await anna.says_and_waits("/start")
    await anna.walks("My appointments")
    assert anna.labels[0].startswith("Tue 24 Nov, 08:00")


HUGE = 2**70
MALFORMED: tuple[dict[str, Any], ...] = (
    {},
    {"message": None},
    {"message": 5},
    {"message": []},
    {"message": {}},
    {"message": {"text": "hello"}},
    {"message": {"chat": None, "text": "hello"}},
    {"message": {"chat": "7", "text": "hello"}},
    {"message": {"chat": {"id": "7", "type": "private"}, "text": "hello"}},
    {"message": {"chat": {"id": HUGE, "type": "private"}, "text": "hello"}},
    {"message": {"chat": {"id": True, "type": "private"}, "text": "hello"}},
    {"message": {"chat": {"id": 7.5, "type": "private"}, "text": "hello"}},
    {"message": {"chat": {"id": 7}, "text": "hello"}},
    {"message": {"chat": CHAT}},
    {"message": {"chat": CHAT, "from": None, "message_id": "x", "text": None}},
    {"message": {"chat": CHAT, "from": PERSON, "message_id": HUGE, "text": ["hello"]}},
    {"message": {"chat": CHAT, "from": PERSON, "message_id": -1, "text": "\ud800 hello"}},
    {"message": {"chat": CHAT, "from": PERSON, "message_id": 1, "text": "/start \ud800"}},
    {"message": {"chat": CHAT, "from": PERSON, "message_id": 1, "text": ""}},
    {"message": {"chat": CHAT, "from": PERSON, "location": {"latitude": "x", "longitude": 7}}},
    {"message": {"chat": CHAT, "from": PERSON, "location": {"latitude": 999, "longitude": 7}}},
    {"message": {"chat": CHAT, "from": PERSON, "location": {"latitude": 10**400}}},
    {"message": {"chat": CHAT, "from": PERSON, "location": []}},
    {"message": {"chat": CHAT, "from": {**PERSON, "language_code": 5}, "text": "hello"}},
    {"message": {"chat": CHAT, "from": {**PERSON, "is_bot": True}, "text": "hello"}},
    {"callback_query": None},
    {"callback_query": {}},
    {"callback_query": {"id": 5, "data": "menu::"}},
    {"callback_query": {"id": "1", "from": PERSON, "inline_message_id": "x", "data": "menu::"}},
    {"callback_query": {"id": "1", "message": {"chat": CHAT}, "data": None}},
    {"callback_query": {"id": "1", "message": {"chat": CHAT, "message_id": HUGE}, "data": "x"}},
    {"callback_query": {"id": "1", "message": {"chat": CHAT, "date": "x"}, "data": "menu::"}},
    {"callback_query": {"id": "1", "message": {"chat": CHAT, "message_id": 1}, "data": "\ud800"}},
    {"my_chat_member": None},
    {"my_chat_member": {"chat": CHAT}},
    {"my_chat_member": {"chat": CHAT, "new_chat_member": {"status": 5}}},
    {"my_chat_member": {"chat": CHAT, "new_chat_member": {"status": ["kicked"]}}},
    {"message": {"chat": CHAT, "text": "x"}, "callback_query": {"id": "1", "data": "menu::"}},
    {"edited_message": {"chat": CHAT, "text": "x"}, "poll": {}, "unheard_of": {"chat": CHAT}},
)


@pytest.mark.parametrize("joined", [False, True])
async def test_malformed_updates_are_passed_over(world: World, joined: bool) -> None:
    berta, view = await neighbour(world)
    anna = await world.person()
    if joined:
        await agree(anna)
    for update in MALFORMED:
        await world.brings(update)
    await world.taken()
    await anna.says_and_waits("/start")
    assert anna.labels
    await unharmed(world, berta, view)


@pytest.mark.parametrize("number", ["5", None])
async def test_an_update_without_a_number_stops_nobody(world: World, number: Any) -> None:
    anna = await world.person()
    message = {"chat": CHAT, "from": PERSON, "text": "hello"}
    await world.brings({"update_id": number, "message": message})
    await anna.says_and_waits("/start")
    await anna.walks("English", "I agree")
