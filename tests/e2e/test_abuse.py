"""Whoever floods, cancels a lot or misuses the bot: kept from harm, never from a phone number."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from phone import Client
from processes import program
from stage import World, agree, book_at, book_earliest, open_world
from test_screens_fit import LANGUAGES, MOST_UNITS, fits, units

from bot.app import LOCALES
from bot.commands import block
from bot.conversation.screens.entry import slow_down
from bot.domain.actors import Actor, Role
from bot.rendering import catalogues
from bot.rendering.chat_message import Renderer
from bot.simulator.person import words

WAIT = "Please wait one minute"
PHONE = "02323 16-4711"
LIMIT = 5
PAUSE = "DELETE FROM blocked"
BLOCK = "INSERT INTO blocked SELECT chat_key, 'BCDF', 2000000000 FROM chats"


@pytest.fixture
async def limited(tmp_path: Path) -> AsyncIterator[World]:
    """Herne, where five actions a minute are allowed."""
    async with open_world(tmp_path, "herne", actions_per_minute=LIMIT) as made:
        yield made


async def floods(world: World, person: Client, number: int) -> list[str]:
    """Write so many texts at once; what the bot says to them."""
    before = len(person.messages)
    for _ in range(number):
        await person.says("hello")
    await world.taken()
    await person.looks()
    return [words(message) for message in person.messages[before:] if not message.get("mine")]


async def test_a_flood_gets_one_line_with_the_numbers_and_then_silence(limited: World) -> None:
    anna = await limited.person()
    await agree(anna)
    said = [text for text in await floods(limited, anna, 30) if WAIT in text]
    assert len(said) == 1
    assert PHONE in said[0]
    assert "110" in said[0]
    assert "112" in said[0]
    assert await limited.sql("SELECT COUNT(*) FROM inbox") == [(0,)]


async def test_after_the_minute_the_screen_that_was_left_still_works(limited: World) -> None:
    anna = await limited.person()
    await agree(anna)
    await floods(limited, anna, 10)
    menu = anna.data("Book an appointment")
    await limited.passes(seconds=61)
    await anna.presses_data(*menu)
    await anna.sees("What is your postcode, the 5-digit number on your letters?")


async def test_a_flood_leaves_no_emergency_numbers_standing(limited: World) -> None:
    anna = await limited.person()
    await agree(anna)
    await anna.walks("Emergency numbers")
    await floods(limited, anna, 10)
    assert [words(m) for m in anna.messages if "116 016" in words(m)] != []
    await anna.presses_data(*anna.data("Back"))
    await limited.taken()
    await anna.looks()
    assert [words(m) for m in anna.messages if "116 016" in words(m)] == []
    assert "Book an appointment" in anna.labels
    await floods(limited, anna, 10)
    assert "Book an appointment" in anna.labels


async def test_others_are_answered_meanwhile(limited: World) -> None:
    anna, olena = await limited.person(), await limited.person(8, name="Olena")
    await agree(anna)
    await floods(limited, anna, 10)
    await agree(olena)
    await olena.walks("Offices and phone numbers")
    assert PHONE in words(olena.now)


async def test_the_staff_are_answered_however_much_they_do_in_a_minute(limited: World) -> None:
    ali = await limited.case_manager("mohammad")
    desk = await limited.person(901, name="Desk")
    invited = await limited.invitation_of(Actor(Role.FRONT_DESK, office_id="planb"))
    await desk.says_and_waits(invited)
    for staff in (ali, desk):
        for _ in range(LIMIT):
            await staff.takes("today")
            await staff.takes("week")
        assert WAIT not in words(staff.now)
        assert "in den nächsten 7 Tagen" in words(staff.now)


async def test_three_cancellations_in_a_week_are_a_days_pause(world: World) -> None:
    anna = await world.person()
    await agree(anna)
    for _ in range(3):
        await anna.walks("Book an appointment", "44649", "Earliest free time", "Confirm")
        await anna.walks("Cancel the appointment", "Yes, cancel")
    await anna.walks("Book an appointment")
    assert "You have cancelled 3 appointments in a week." in words(anna.now)
    assert PHONE in words(anna.now)
    await world.passes(days=1)
    await anna.walks("Main menu", "Book an appointment", "44649", "Earliest free time", "Confirm")
    assert "Your appointment is booked." in words(anna.now)


async def test_deleting_everything_gives_no_fresh_pace(limited: World) -> None:
    anna = await limited.person()
    await agree(anna)
    await anna.says_and_waits("/delete")
    await anna.presses("Yes, delete everything")
    await limited.taken()
    await anna.looks()
    [line] = await floods(limited, anna, 10)
    assert (PHONE in line, "112" in line) == (True, True)
    await limited.passes(seconds=61)
    await anna.says_and_waits("/start")
    assert "English" in anna.labels


async def test_a_flood_of_deleting_and_coming_back_is_answered_as_often_as_any_other(
    limited: World,
) -> None:
    anna = await limited.person()
    await anna.says_and_waits("/start")
    for _ in range(12):
        await anna.says("/delete")
        await anna.presses_data(1, "delete_yes::")
        await anna.says("/start")
    await limited.taken()
    [(people,)] = await limited.sql("SELECT seq FROM sqlite_sequence WHERE name = 'persons'")
    assert isinstance(people, int) and people <= LIMIT
    await limited.passes(seconds=61)
    await anna.says_and_waits("/menu")
    assert anna.labels


async def test_deleting_everything_forgets_no_cancellation(world: World) -> None:
    ali, anna = await world.case_manager("mohammad"), await world.person()
    for _ in range(3):
        await agree(anna)
        await anna.walks("Book an appointment", "44649", "Earliest free time", "Confirm")
        await anna.says_and_waits("/delete")
        await anna.presses("Yes, delete everything")
        await world.taken()
        await anna.looks()
    await agree(anna)
    await anna.walks("Book an appointment")
    assert "You have cancelled 3 appointments in a week." in words(anna.now)
    await ali.settles()
    await world.passes(days=1)
    await anna.walks("Main menu", "Book an appointment", "44649", "Earliest free time", "Confirm")
    assert "Your appointment is booked." in words(anna.now)


async def test_a_blocked_client_phones_instead_and_can_still_cancel(world: World) -> None:
    ali = await world.case_manager("mohammad")
    anna = await world.person()
    await book_earliest(anna)
    await anna.walks("Main menu")
    await book_at(anna)
    code = await world.code()
    await block.block(world.settings, code.lower(), world.clock.now())
    await anna.walks("Main menu", "Book an appointment")
    assert "you can only book appointments by phone" in words(anna.now)
    assert PHONE in words(anna.now)
    await anna.walks("Main menu", "My appointments")
    await anna.walks(anna.labels[-1] if code in anna.labels[-1] else anna.labels[1])
    await anna.walks("Change the day or time")
    assert "you can only book appointments by phone" in words(anna.now)
    assert await world.sql("SELECT COUNT(*) FROM appointments WHERE status = 'booked'") == [(2,)]
    await anna.walks("Main menu", "My appointments")
    await anna.walks(anna.labels[0])
    await anna.walks("Cancel the appointment", "Yes, cancel")
    await ali.settles()
    assert await block.unblock(world.settings, code) == f"{code}: this client can book again."
    await anna.walks("Book an appointment", "44649", "Earliest free time", "Confirm")
    assert "Your appointment is booked." in words(anna.now)


async def test_a_code_nobody_has_is_told_in_one_line(tmp_path: Path) -> None:
    async with program("block", "zzzz", folder=tmp_path) as command:
        assert await command.ends() == 2
    assert command.text == "ZZZZ: no appointment of a chat has this code, or none any more\n"


async def test_all_this_is_short_in_every_language(world: World) -> None:
    texts = catalogues.load(LOCALES, LANGUAGES, ("de",))
    assert world.process is not None
    city = world.process.resources.city
    anna = await world.person()
    await agree(anna)
    for _ in range(3):
        await anna.walks("Book an appointment", "44649", "Earliest free time", "Confirm")
        await anna.walks("Cancel the appointment", "Yes, cancel")
    for language in LANGUAGES:
        line = Renderer(texts, city).message(slow_down(city), language).text
        assert units(line) < MOST_UNITS
        await anna.takes("settings")
        await anna.takes("language", language)
        for held_back in (PAUSE, BLOCK):
            await world.sql(held_back)
            await anna.takes("book")
            assert (await world.kept(anna))["trail"] == ["menu", "directory"]
            fits(anna.now)
            await anna.takes("menu")


STRANGER = {"id": 7, "is_bot": False, "first_name": "Anna"}
ROBOT = {"id": 8, "is_bot": True, "first_name": "Robot"}
PRIVATE = {"id": 7, "type": "private", "first_name": "Anna"}
GROUP = {"id": -5, "type": "group", "title": "Neighbours"}
CHANNEL = {"id": -100, "type": "channel", "title": "News"}
TEXT = {"message_id": 1, "date": 1, "text": "/start"}
NOT_OURS: tuple[dict[str, Any], ...] = (
    {"message": {**TEXT, "from": STRANGER, "chat": GROUP}},
    {"message": {**TEXT, "from": STRANGER, "chat": {**GROUP, "type": "supergroup"}}},
    {"message": {**TEXT, "from": ROBOT, "chat": {**PRIVATE, "id": 8}}},
    {"channel_post": {**TEXT, "chat": CHANNEL}},
    {"edited_channel_post": {**TEXT, "chat": CHANNEL}},
    {"edited_message": {**TEXT, "from": STRANGER, "chat": PRIVATE}},
    {"business_message": {**TEXT, "from": STRANGER, "chat": PRIVATE}},
    {"my_chat_member": {"chat": GROUP, "from": STRANGER, "new_chat_member": {"status": "member"}}},
    {"callback_query": {"id": "1", "from": STRANGER, "message": {**TEXT, "chat": GROUP}}},
    {"inline_query": {"id": "1", "from": STRANGER, "query": "x", "offset": ""}},
)


async def test_groups_channels_bots_and_edits_leave_nothing_in_the_database(world: World) -> None:
    for number, body in enumerate(NOT_OURS):
        await world.brings({"update_id": 1_000 + number, **body})
    await world.taken()
    for table in ("inbox", "handled", "persons", "outbox"):
        assert await world.sql(f"SELECT COUNT(*) FROM {table}") == [(0,)]


async def test_of_a_forwarded_message_nothing_is_read_or_kept(world: World) -> None:
    anna = await world.person()
    await agree(anna)
    await anna.sends(text="/start forwarded-secret", forwarded=True)
    await anna.sees("We cannot open this here.")
    await world.taken()
    for table, columns in (("inbox", "payload_sealed"), ("chats", "session")):
        kept = await world.sql(f"SELECT {columns} FROM {table}")
        assert [row for row in kept if "forwarded-secret" in str(row)] == []
    assert await world.sql("SELECT COUNT(*) FROM inbox") == [(0,)]
