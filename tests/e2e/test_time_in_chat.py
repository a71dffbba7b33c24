"""Time in chat: how soon can be booked, how far lists go, and what goes with a closed hour."""

from datetime import datetime

from stage import BERLIN, World, agree, book_at, book_earliest

from bot.simulator.person import words


async def test_09_at_23_39_nobody_books_for_the_next_morning(world: World) -> None:
    await world.to(datetime(2026, 11, 23, 23, 39, tzinfo=BERLIN))
    anna = await world.person()
    await agree(anna)
    await anna.walks("Book an appointment", "44649", "Earliest free time")
    assert "🗓️ Tuesday 24 November\n⏰ 13:30" in words(anna.now)
    await anna.walks("Other times", "Tuesday 24 November")
    assert anna.labels[:3] == ["13:30", "14:30", "Back"]


async def test_at_nine_the_next_morning_can_be_booked(world: World) -> None:
    anna = await world.person()
    await book_earliest(anna)
    assert "🗓️ Tuesday 24 November\n⏰ 08:00" in words(anna.now)


async def test_who_is_there_is_booked_for_the_same_day(world: World) -> None:
    ali = await world.case_manager("mohammad")
    await ali.walks("Termin für jemanden buchen", "Arabisch", "Montag, 23. November", "10:00")
    await ali.walks("Bestätigen")
    assert "🗓️ Montag, 23. November\n⏰ 10:00 Uhr" in words(await ali.sees("Bitte drucken"))


async def test_07_a_talk_in_four_weeks_is_in_the_list_and_yesterdays_can_be_marked(
    world: World,
) -> None:
    ali = await world.case_manager("mohammad")
    anna, berta = await world.person(), await world.person(8, "en", "Berta")
    await agree(anna)
    await book_at(anna)
    first = await world.code()
    await agree(berta)
    await berta.walks("Book an appointment", "44649", "PLANB Ruhr, Wanne", "Ali Mohammad")
    while "More days" in berta.labels:
        await berta.walks("More days")
    await berta.walks("Monday 21 December", "10:00", "Confirm")
    second = await world.code()
    await world.taken()
    await ali.walks("Nächste 7 Tage")
    assert second not in words(await ali.sees("nächsten 7 Tagen"))
    await ali.walks("Spätere Tage")
    assert second in words(await ali.sees("Ihre späteren Termine"))
    await world.to(datetime(2026, 11, 26, 8, 0, tzinfo=BERLIN))
    await ali.walks("Nächste 7 Tage", "Frühere Tage")
    assert words(await ali.sees("Vergangene Termine")) == (
        "Vergangene Termine, die neuesten zuerst\n\n"
        f"🗓️ Mittwoch, 25. November\n⏰ 10:00 Uhr · {first} · Englisch"
    )
    await ali.walks(f"Mi. 25. Nov., 10:00 · {first}", "War da")
    assert await world.sql("SELECT status FROM appointments ORDER BY id") == [
        ("came",),
        ("booked",),
    ]


async def test_11_before_an_hour_is_closed_everything_that_goes_with_it_is_named(
    world: World,
) -> None:
    ali = await world.case_manager("mohammad")
    anna = await world.person()
    await agree(anna)
    await book_at(anna)
    code = await world.code()
    await world.taken()
    await ali.walks("Eine Stunde sperren", "Mi. 25. Nov.", "14:00")
    asked = words(await ali.sees("Diese Zeit sperren?"))
    assert "Nicht mehr buchbar: 13:30, 14:30" in asked
    assert "In dieser Zeit liegt kein Termin." in asked
    await ali.walks("Hauptmenü", "Eine Stunde sperren", "Mi. 25. Nov.", "09:00")
    await ali.walks("Eine Stunde länger")
    asked = words(await ali.sees("bis 11:00 Uhr"))
    assert "Nicht mehr buchbar: 09:00" in asked
    assert f"Mi. 25. Nov., 10:00 · {code}" in asked
    await ali.walks("Ja, sperren")
    await anna.settles()
    assert "Your appointment is cancelled" in words(anna.messages[-1])


async def test_half_a_day_is_closed(world: World) -> None:
    ali = await world.case_manager("mohammad")
    await ali.walks("Nicht da von … bis …", "Mi. 25. Nov.", "Nachmittags, ab 12:00 Uhr")
    assert "Nicht mehr buchbar: 13:30, 14:30" in words(await ali.sees("Diese Zeit sperren?"))
    await ali.walks("Ja, sperren")
    anna = await world.person()
    await agree(anna)
    await anna.walks("Book an appointment", "44649", "PLANB Ruhr, Wanne", "Ali Mohammad")
    await anna.walks("Wednesday 25 November")
    assert anna.labels[:5] == ["08:00", "09:00", "10:00", "11:00", "Back"]
