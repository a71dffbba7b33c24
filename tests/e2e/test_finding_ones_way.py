"""Back, another language, a restart: nothing on the way is lost."""

import pytest
from stage import World, agree, book_earliest

from bot.simulator.person import words

ALL_OFFICES = "I don’t know, show all offices"


@pytest.mark.parametrize(
    "labels",
    [
        ("Book an appointment", "44649", "PLANB Ruhr, Wanne", "Ali Mohammad", "More days"),
        (
            *("Book an appointment", "44649", "PLANB Ruhr, Wanne", "Ali Mohammad"),
            *("Wednesday 25 November", "10:00", "Tell us what you need", "Say what it is about"),
        ),
        (
            "Book an appointment",
            ALL_OFFICES,
            "Earliest free time",
            "Tell us what you need",
            "I’m bringing children",
        ),
        ("Book an appointment", "44649", "Earliest free time", "Tell us what you need", "An adult"),
        ("Offices and phone numbers", "Stadt Herne, Herne-Mitte", "Book an appointment here"),
        ("My appointments", "🌐 Language"),
        ("Language and settings", "Emergency numbers"),
    ],
)
async def test_back_leads_the_same_way_back(world: World, labels: tuple[str, ...]) -> None:
    anna = await world.person()
    await agree(anna)
    seen = [anna.view]
    for label in labels:
        await anna.walks(label)
        if label != "More days":
            seen.append(anna.view)
    seen.pop()
    while seen:
        await anna.walks("Back")
        assert anna.view == seen.pop()
    assert "Back" not in anna.labels


@pytest.mark.parametrize(
    "label", ["Show at the door", "Cancel the appointment", "Change the day or time"]
)
async def test_back_leads_from_what_is_done_with_an_appointment_to_it(
    world: World, label: str
) -> None:
    anna = await world.person()
    await book_earliest(anna)
    await anna.walks("Main menu", "My appointments")
    await anna.walks(anna.labels[0])
    before = anna.view
    await anna.walks(label, "Back")
    assert anna.view == before


async def test_a_change_of_language_keeps_what_was_chosen(world: World) -> None:
    anna = await world.person()
    await agree(anna)
    await anna.walks("Book an appointment", "44649", "PLANB Ruhr, Wanne", "Ali Mohammad")
    await anna.walks("Wednesday 25 November")
    english = anna.labels
    await anna.walks("🌐 Language", "Deutsch")
    assert anna.labels[:6] == english[:6] == ["08:00", "09:00", "10:00", "11:00", "13:30", "14:30"]
    assert "Mittwoch, 25. November" in words(anna.now)
    await anna.walks("10:00")
    await anna.takes("confirm")
    assert "Mittwoch, 25. November" in words(anna.now)
    assert await world.sql("SELECT language FROM appointments") == [("de",)]


async def test_a_restart_between_two_presses_changes_nothing(world: World) -> None:
    anna = await world.person()
    await agree(anna)
    await anna.walks("Book an appointment", "44649", "Earliest free time")
    await world.restart()
    await anna.walks("Confirm")
    assert words(anna.now).startswith("✅ Your appointment is booked.")
