"""Before the notice is agreed to nothing is booked, and help is one press away everywhere."""

from pathlib import Path

import pytest
from phone import Client
from stage import World, agree, book_earliest

from bot.simulator.person import words

DIRECTORY = "No, show phone numbers"
FORGED = (
    *("book", "mine", "anywhere", "earliest", "locate", "postal:44649", "office:awo"),
    *("person:mohammad", "day:2026-11-24", "time:mohammad.50f2d0", "confirm:mohammad.50f2d0"),
    *("wish", "change:1", "cancel:1", "cancel_yes:1", "details:1", "coming:1", "today", "week"),
)


async def at_the_notice(world: World) -> Client:
    anna = await world.person()
    await anna.says_and_waits("/start")
    await anna.walks("English")
    return anna


async def test_the_notice_offers_two_ways_and_the_bare_minimum(world: World) -> None:
    anna = await at_the_notice(world)
    ways = ["I agree", DIRECTORY, "Privacy and my data"]
    assert anna.labels == [*ways, "🌐 Language", "Emergency numbers"]
    assert "We do not ask for your name, papers or residence status." in words(anna.now)


@pytest.mark.parametrize("revision", ["live", "lasting"])
async def test_no_forged_press_books_before_consent(world: World, revision: str) -> None:
    anna = await at_the_notice(world)
    message_id, data = anna.data("I agree")
    number = data.split(":")[1] if revision == "live" else ""
    for press in FORGED:
        action, _, value = press.partition(":")
        await anna.presses_data(message_id, f"{action}:{number}:{value}")
    await world.taken()
    assert await world.sql("SELECT COUNT(*) FROM appointments") == [(0,)]
    assert await world.sql("SELECT consent_version FROM persons") == [(None,)]


async def test_a_location_before_consent_is_not_used(world: World) -> None:
    anna = await at_the_notice(world)
    await anna.sends(location=(51.53, 7.16))
    await anna.sees("📍 We do not need your location now, so we are deleting it from this chat.")
    assert "I agree" in anna.labels


async def test_offices_and_phone_numbers_can_be_read_without_consent(world: World) -> None:
    anna = await at_the_notice(world)
    await anna.walks(DIRECTORY)
    numbers = "☎️ 02323 16-4711 · Uta Bücking\n☎️ 02323 16-4712 · Ioana Martoiu-Barjaktarovic"
    assert f"Stadt Herne, Herne-Mitte\n{numbers}" in words(anna.now)
    await anna.walks("Stadt Herne, Herne-Mitte")
    assert "📍 Shamrockring 1, Haus 4, 44623 Herne" in words(anna.now)
    assert "♿ Entrance without steps: yes" in words(anna.now)
    assert await world.sql("SELECT consent_version FROM persons") == [(None,)]


async def test_booking_without_consent_leads_to_the_notice_again(world: World) -> None:
    anna = await at_the_notice(world)
    await anna.walks(DIRECTORY, "DRK Herne, Eickel", "Book an appointment here")
    assert "I agree" in anna.labels
    await anna.walks(DIRECTORY, "Main menu", "Book an appointment")
    assert "I agree" in anna.labels
    await anna.walks(DIRECTORY, "Main menu", "My appointments", "I agree")
    assert "Book an appointment" in anna.labels


async def test_start_after_declining_shows_the_notice_once_more(world: World) -> None:
    anna = await at_the_notice(world)
    await anna.walks(DIRECTORY)
    await anna.says_and_waits("/start")
    await anna.settles()
    assert "I agree" in anna.labels


def with_newer_notice(folder: Path) -> str:
    """The second city after its notice was rewritten."""
    before = Path("tests/cities/smallville.toml").read_text(encoding="utf-8")
    newer = folder / "newer.toml"
    newer.write_text(before.replace('version = "1"', 'version = "2"'), encoding="utf-8")
    return str(newer)


async def test_a_new_version_of_the_notice_is_asked_about_again(
    smallville: World, tmp_path: Path
) -> None:
    anna = await smallville.person()
    await agree(anna)
    smallville.city = with_newer_notice(tmp_path)
    await smallville.restart()
    await anna.walks("Book an appointment")
    assert "I agree" in anna.labels
    await anna.walks("I agree", "Book an appointment", "99001", "Earliest free time", "Confirm")
    assert words(anna.now).startswith("✅ Your appointment is booked.")


async def test_a_new_notice_takes_no_appointment_and_no_reminder_away(
    smallville: World, tmp_path: Path
) -> None:
    anna = await smallville.person()
    await agree(anna)
    await anna.walks("Book an appointment", "99001", "Earliest free time", "Confirm")
    smallville.city = with_newer_notice(tmp_path)
    await smallville.restart()
    await anna.says_and_waits("/start")
    assert words(anna.now).startswith("We have changed this text since you agreed to it.")
    await anna.walks(DIRECTORY, "Main menu", "My appointments", "Tue 24 Nov")
    assert "🔑 Code" in words(anna.now)
    await smallville.passes(hours=22)
    await anna.sees_anywhere("🔔 Appointment")
    await anna.walks("I can’t come", "Yes, cancel it")
    assert await smallville.sql("SELECT status FROM appointments") == [("cancelled",)]


EMERGENCY_PATHS: dict[str, tuple[str, ...]] = {
    "on the way": (
        *("Book an appointment", "44649", "PLANB Ruhr, Wanne", "Ali Mohammad"),
        *(
            "Wednesday 25 November",
            "10:00",
            "Tell us what you need",
            "An adult is coming with me",
            "Back",
        ),
        *("I’m bringing children", "Back", "Say what it is about"),
    ),
    "offices": ("Offices and phone numbers", "DRK Herne, Eickel"),
    "mine": ("My appointments", "Tue 24 Nov", "Show at the door", "Back", "Cancel the appointment"),
    "language": ("Language and settings",),
}


@pytest.mark.parametrize("path", EMERGENCY_PATHS)
async def test_help_is_one_press_away_and_back_leaves_no_trace(world: World, path: str) -> None:
    anna = await world.person()
    await (book_earliest(anna) if path == "mine" else agree(anna))
    if path == "mine":
        await anna.walks("Main menu")
    for label in (None, *EMERGENCY_PATHS[path]):
        if label is not None:
            await anna.walks(label)
        await leave_for_help_and_come_back(world, anna)


async def leave_for_help_and_come_back(world: World, anna: Client) -> None:
    view, kept = anna.view, await world.kept(anna)
    await anna.walks("Emergency numbers")
    assert "🚓 110 – Police" in words(anna.now)
    assert "116 016" in words(anna.now)
    await anna.walks("Back")
    assert (anna.view, await world.kept(anna)) == (view, kept)


async def test_help_is_there_before_a_language_is_chosen(world: World) -> None:
    anna = await world.person()
    await anna.says_and_waits("/start")
    before = anna.view
    await anna.walks("Emergency numbers", "Back")
    assert anna.view == before
    await anna.walks("English")
    before = anna.view
    await anna.walks("Emergency numbers", "Back")
    assert anna.view == before
