"""A scripted person against a bot of ten lines."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import FormData
from simulator_sides import Sides, running_simulator

from bot.simulator.person import Person

KEYBOARD = {
    "inline_keyboard": [
        [{"text": "Say it louder", "callback_data": "loud"}],
        [{"text": "Louder", "callback_data": "louder"}],
    ]
}


async def echo(sides: Sides) -> None:
    """Repeats texts with two buttons below; a press changes the message it stands on."""
    offset = 0
    while True:
        for update in await sides.updates(offset=offset, timeout=50):
            offset = update["update_id"] + 1
            if "message" in update:
                await repeat(sides, update["message"])
            elif "callback_query" in update:
                await louder(sides, update["callback_query"])


async def repeat(sides: Sides, message: dict[str, Any]) -> None:
    chat_id, text = message["chat"]["id"], message.get("text", "?")
    await sides.done("sendMessage", chat_id=chat_id, text=text, reply_markup=KEYBOARD)


async def louder(sides: Sides, query: dict[str, Any]) -> None:
    await sides.done("answerCallbackQuery", callback_query_id=query["id"])
    message = query["message"]
    place = {"chat_id": message["chat"]["id"], "message_id": message["message_id"]}
    text = f"{message.get('text', '')} {query['data']}!"
    await sides.bot("editMessageText", **place, text=text, reply_markup=KEYBOARD)


@pytest.fixture
async def sides() -> AsyncIterator[Sides]:
    async with running_simulator() as both:
        yield both


@pytest.fixture
async def anna(sides: Sides) -> AsyncIterator[Person]:
    """Anna, with the echo bot at work."""
    person = Person(sides.session, sides.url, 5, language_code="de")
    await person.join()
    async with asyncio.TaskGroup() as group:
        echoing = group.create_task(echo(sides))
        yield person
        echoing.cancel()


async def test_she_sees_what_the_bot_says_and_presses_what_it_shows(anna: Person) -> None:
    await anna.says("hello")
    await anna.sees("hello")
    screen = await anna.presses_and_waits("Louder")

    assert screen is not None
    assert (screen["text"], anna.labels) == ("hello louder!", ["Say it louder", "Louder"])


async def test_part_of_a_label_is_enough(anna: Person) -> None:
    await anna.says_and_waits("hello")
    await anna.presses_and_waits("Say it")

    assert (await anna.sees("loud!"))["edited"]


async def test_she_presses_without_having_waited(anna: Person) -> None:
    await anna.says("a")
    await anna.presses("Louder")
    await anna.sees("a louder!")


async def test_a_label_that_is_not_there_is_told_with_all_that_are(anna: Person) -> None:
    await anna.says_and_waits("hello")
    with pytest.raises(AssertionError) as failed:
        await anna.presses("Whisper", timeout=0.05)

    assert str(failed.value) == (
        "no button 'Whisper'\nnewest message: hello\nbuttons: ['Say it louder', 'Louder']"
    )


async def test_older_messages_are_seen_anywhere_only(anna: Person) -> None:
    await anna.says("one")
    await anna.says("two")
    await anna.sees("two")

    assert (await anna.sees_anywhere("one"))["text"] == "one"
    with pytest.raises(AssertionError):
        await anna.sees("one", timeout=0.05)


async def test_it_settles_when_nothing_changes_any_more(anna: Person) -> None:
    for number in range(5):
        await anna.says(str(number))
    await anna.settles()

    assert [message["text"] for message in anna.messages] == ["0", "1", "2", "3", "4"]


async def test_she_sends_more_than_texts(anna: Person) -> None:
    for sent in ({"location": (51.5, 7.2)}, {"sticker": True}, {"photo": True, "forwarded": True}):
        await anna.sends(**sent)
    await anna.settles()

    assert [message["text"] for message in anna.messages] == ["?", "?", "?"]


async def test_a_forged_press_is_only_a_press(anna: Person) -> None:
    await anna.presses_data(99, "forged")
    await anna.settles()

    assert anna.messages == []


async def test_she_blocks_and_comes_back(anna: Person) -> None:
    await anna.says_and_waits("hello")
    await anna.blocks()
    await anna.unblocks()
    await anna.says_and_waits("again")

    assert anna.messages[-1]["text"] == "again"


async def test_she_downloads_a_file(sides: Sides, anna: Person) -> None:
    await anna.says_and_waits("hello")
    form = FormData({"chat_id": str(anna.id), "caption": "For you"})
    form.add_field("document", b"BEGIN", filename="termin.ics", content_type="text/calendar")
    await sides.session.post(f"{sides.url}/bot1:x/sendDocument", data=form)
    message = await anna.sees("For you")

    assert (message["file"]["name"], message["file"]["size"]) == ("termin.ics", 5)
    assert await anna.downloads(message) == b"BEGIN"
