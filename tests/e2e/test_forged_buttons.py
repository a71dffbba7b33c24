"""Buttons that are old, forged or broken: no harm, and never silence."""

import pytest
from neighbours import neighbour, unharmed
from stage import World, agree

FORGED = (
    *("", ":", "::", "confirm", "confirm::", "\u202e", "x" * 64, "🤷" * 16, "menu:zz:", "menu:1:"),
    *("nonsense:{now}:", "confirm:{now}:", "confirm:{now}:mohammad", "confirm:{now}:.0"),
    *("confirm:{now}:mohammad.ffffffff", "confirm:{now}:mohammad.zzz", "confirm:{now}:nobody.1"),
    *("confirm:{now}:mohammad.0", "time:{now}:mohammad.50f2d0", "day:{now}:2026-11-24"),
    *("day:{now}:9999-12-31", "day:{now}:0001-01-01", "day:{now}:2026-02-30", "later:{now}:x"),
    *("person:{now}:nobody", "office:{now}:nowhere", "card:{now}:nowhere", "pin:{now}:awo"),
    *(
        "language:{now}:xx",
        "language:{now}:",
        "adults:{now}:99",
        "adults:{now}:-1",
        "topic:{now}:x",
    ),
    *("details:{now}:1", "details::1", "change::1", "cancel::1", "cancel_yes:{now}:1", "coming::1"),
    *("details::999999999999999", "details::-1", "details::1e3", "coming::", "file:{now}:1"),
    *("door:{now}:1", "today::", "week::2026-11-24", "earliest:{now}:nowhere", "postal:{now}:1"),
    *("area:{now}:nowhere", "district:{now}:nowhere", "wish:{now}:", "back:{now}:", "menu::"),
    *("menu:{old}:", "book:{old}:", "back:{old}:x", "emergency:{old}:", "settings:{old}:"),
)


@pytest.mark.parametrize("stand", ["language", "menu", "confirm"])
async def test_a_forged_button_does_no_harm_and_never_meets_silence(
    world: World, stand: str
) -> None:
    berta, view = await neighbour(world)
    anna = await world.person()
    await anna.says_and_waits("/start")
    if stand != "language":
        await anna.walks("English", "I agree")
    if stand == "confirm":
        await anna.walks("Book an appointment", "44649", "Earliest free time")
    for forged in FORGED:
        newest = anna.now
        now = next(b["data"] for row in newest["buttons"] for b in row if "data" in b).split(":")[1]
        old = format(int(now, 16) - 1, "x")
        await anna.presses_data(newest["message_id"], forged.format(now=now, old=old))
        await anna.settles()
        assert anna.labels, forged
    await world.taken()
    bookings = "SELECT COUNT(*) FROM appointments WHERE status <> 'held' AND person_id > 1"
    assert await world.sql(bookings) == [(0,)]
    await unharmed(world, berta, view)
    await anna.says_and_waits("/start")
    assert anna.labels


async def test_a_press_on_a_message_that_was_never_ours_is_answered(world: World) -> None:
    anna = await world.person()
    await agree(anna)
    button = anna.data("Book an appointment")
    await anna.presses_data(12345, button[1])
    await anna.sees("What is your postcode, the 5-digit number on your letters?")


async def test_an_old_button_shows_the_screen_as_it_is_now(world: World) -> None:
    anna = await world.person()
    await agree(anna)
    old = anna.data("Book an appointment")
    await anna.walks("Offices and phone numbers")
    now = anna.view
    await anna.presses_data(*old)
    await anna.settles()
    assert anna.view == now


async def test_a_button_from_last_week_on_a_message_too_old_to_edit_is_answered_below(
    world: World,
) -> None:
    anna = await world.person()
    await agree(anna)
    old = anna.data("Book an appointment")
    await world.passes(days=7)
    await anna.presses_data(*old)
    await anna.sees("What is your postcode, the 5-digit number on your letters?")
    assert anna.now["message_id"] > old[0]
