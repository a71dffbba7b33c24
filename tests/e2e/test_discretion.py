"""Whoever else looks at the phone learns nothing: lock screens, file names, links, emergency."""

import re
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from phone import Client
from stage import World, agree, book_at

from bot.simulator.person import Message, words

BERLIN = ZoneInfo("Europe/Berlin")
DAY_BEFORE = datetime(2026, 11, 24, 10, 0, 30, tzinfo=BERLIN)


async def booked(world: World) -> Client:
    """Somebody with an appointment on Wednesday 25 November at 10:00."""
    anna = await world.person()
    await agree(anna)
    await book_at(anna)
    return anna


async def reminder_of(world: World, person: Client) -> Message:
    """The reminder of the day before."""
    await world.to(DAY_BEFORE)
    await world.taken()
    await person.looks()
    (reminder,) = [m for m in person.messages if "🔔" in words(m)]
    return reminder


async def test_a_reminder_carries_time_and_code_only(world: World) -> None:
    anna = await booked(world)
    reminder = await reminder_of(world, anna)
    assert (
        words(reminder)
        == f"🔔 Appointment tomorrow, Wednesday 25 November, 10:00. Code {await world.code()}."
    )


async def test_details_are_a_setting_that_can_be_taken_back(world: World) -> None:
    anna = await booked(world)
    await anna.walks("Main menu", "Language and settings", "Show details in reminders")
    assert "✓ Show details in reminders" in anna.labels
    await anna.walks("✓ Show details in reminders")
    assert "Show details in reminders" in anna.labels
    await anna.walks("Show details in reminders")
    told = words(await reminder_of(world, anna)).split("\n")
    assert told[1:] == [
        "👤 Ali Mohammad",
        "🏠 PLANB Ruhr, Wanne",
        "📍 Hauptstraße 221, 44649 Herne",
    ]


async def test_no_message_shows_a_preview_of_a_link(world: World) -> None:
    anna = await booked(world)
    await reminder_of(world, anna)
    await anna.walks("Main menu", "Offices and phone numbers", "DRK Herne, Eickel")
    texts = [message for message in anna.messages if message["text"]]
    assert len(texts) > 1
    assert [message for message in texts if message["preview"]] == []


async def at_emergency(world: World) -> Client:
    """In front of the emergency numbers."""
    anna = await booked(world)
    await anna.walks("Main menu", "Emergency numbers")
    return anna


def trace(person: Client) -> list[Message]:
    """The messages that still name an emergency number."""
    return [message for message in person.messages if "116 016" in words(message)]


async def test_back_leaves_no_trace_where_the_screen_is_the_newest(world: World) -> None:
    anna = await at_emergency(world)
    await anna.walks("Back")
    assert trace(anna) == []


async def test_back_leaves_no_trace_below_a_newer_message(world: World) -> None:
    anna = await at_emergency(world)
    await reminder_of(world, anna)
    await anna.walks("Back")
    await world.taken()
    await anna.looks()
    assert trace(anna) == []
    assert "Book an appointment" in anna.labels


@pytest.mark.parametrize("way", ["/start", "/menu", "hello", "/privacy"])
async def test_whatever_is_written_leaves_no_second_trace(world: World, way: str) -> None:
    anna = await at_emergency(world)
    await anna.says_and_waits(way)
    await world.taken()
    await anna.looks()
    assert len(trace(anna)) == int(way == "hello")
    if trace(anna):
        await anna.walks("Back")
    assert trace(anna) == []


async def test_an_answer_to_a_reminder_leaves_no_trace_of_emergency(world: World) -> None:
    anna = await at_emergency(world)
    await reminder_of(world, anna)
    await anna.walks("Details")
    await world.taken()
    await anna.looks()
    assert trace(anna) == []
    assert words(anna.now).startswith("🔑 Code")


@pytest.mark.parametrize("way", [(), ("Language",)])
async def test_a_file_of_all_data_does_not_tell_of_the_emergency_numbers(
    world: World, way: tuple[str, ...]
) -> None:
    anna = await at_emergency(world)
    await anna.walks(*way)
    await anna.says_and_waits("/export")
    await world.taken()
    await anna.looks()
    message = next(m for m in reversed(anna.messages) if m.get("kind") == "document")
    text = (await anna.downloads(message)).decode("utf-8-sig")
    stored = text.partition("[persons]")[2]
    assert [each for each in ('"emergency"', "emergency.", "116 016") if each in stored] == []


async def test_numbers_too_old_to_be_deleted_are_emptied(world: World) -> None:
    anna = await world.person()
    await agree(anna)
    await anna.walks("Emergency numbers")
    await world.passes(days=3)
    await anna.says_and_waits("/menu")
    await world.taken()
    await anna.looks()
    assert trace(anna) == []
    assert words(anna.messages[0]) == "…"


def test_the_women_s_shelter_is_named_nowhere() -> None:
    named = re.compile("frauenhaus|women.?s shelter|притулок|приют|refuge pour femmes", re.I)
    pages = [
        *Path("locales").rglob("*.po"),
        *Path("bot").rglob("*.toml"),
        *Path("bot").rglob("*.py"),
    ]
    assert [p for p in pages if named.search(p.read_text(encoding="utf-8"))] == []
