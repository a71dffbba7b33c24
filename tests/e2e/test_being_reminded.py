"""The clock moves on: clients are reminded, once, in time, in their language, and answer."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from phone import Client
from stage import World, agree, book_at

from bot.simulator.person import Message, words

BERLIN = ZoneInfo("Europe/Berlin")
DAY_BEFORE = datetime(2026, 11, 24, 10, 0, 30, tzinfo=BERLIN)
TWO_HOURS_BEFORE = datetime(2026, 11, 25, 8, 0, 30, tzinfo=BERLIN)
TOO_LATE = datetime(2026, 11, 25, 9, 30, tzinfo=BERLIN)
BEGUN = datetime(2026, 11, 25, 10, 0, 30, tzinfo=BERLIN)


async def booked(world: World) -> Client:
    """Somebody with an appointment on Wednesday 25 November at 10:00."""
    anna = await world.person()
    await agree(anna)
    await book_at(anna)
    return anna


async def reminders(world: World, person: Client) -> list[Message]:
    """All reminders that have arrived."""
    await world.taken()
    await person.looks()
    return [message for message in person.messages if "🔔" in words(message)]


async def test_the_day_before_and_two_hours_before_the_client_is_reminded(world: World) -> None:
    anna, code = await booked(world), await world.code()
    assert await reminders(world, anna) == []
    await world.to(datetime(2026, 11, 24, 9, 59, 30, tzinfo=BERLIN))
    assert await reminders(world, anna) == []
    await world.to(DAY_BEFORE)
    (first,) = await reminders(world, anna)
    assert words(first) == f"🔔 Appointment tomorrow, Wednesday 25 November, 10:00. Code {code}."
    assert [b["text"] for row in first["buttons"] for b in row] == [
        "Yes, I’m coming",
        "I can’t come",
        "Details",
    ]
    await world.to(TWO_HOURS_BEFORE)
    (_, second) = await reminders(world, anna)
    assert words(second) == f"🔔 Appointment today, Wednesday 25 November, 10:00. Code {code}."


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("Deutsch", "🔔 Termin morgen, Mittwoch, 25. November, 10:00 Uhr. Code {code}."),
        ("Українська", "🔔 Зустріч завтра, середа, 25 листопада, 10:00. Код {code}."),
    ],
)
async def test_the_reminder_speaks_the_language_of_its_day(
    world: World, language: str, text: str
) -> None:
    anna = await booked(world)
    await anna.takes("settings")
    await anna.walks(language)
    await world.to(DAY_BEFORE)
    (reminder,) = await reminders(world, anna)
    assert words(reminder) == text.format(code=await world.code())


async def test_in_arabic_time_and_code_keep_their_own_direction(world: World) -> None:
    anna = await booked(world)
    await anna.takes("settings")
    await anna.walks("العربية")
    await world.to(DAY_BEFORE)
    (reminder,) = await reminders(world, anna)
    assert f"\u2066{await world.code()}\u2069" in words(reminder)
    assert words(reminder).startswith("\u200f🔔")


async def test_yes_reaches_the_case_manager_once(world: World) -> None:
    ali = await world.case_manager("mohammad")
    anna = await booked(world)
    await world.to(DAY_BEFORE)
    await reminders(world, anna)
    await anna.walks("Yes, I’m coming")
    assert words(anna.now).startswith("👍 Thank you.")
    assert words(await ali.sees("kommt")) == (
        "👍 Die Person kommt\n\n"
        f"🗓️ Mittwoch, 25. November, 10:00 Uhr\nCode {await world.code()} · Englisch"
    )
    await world.to(TWO_HOURS_BEFORE)
    await reminders(world, anna)
    await anna.walks("Yes, I’m coming")
    await world.taken()
    await ali.looks()
    assert sum("Die Person kommt" in words(m) for m in ali.messages) == 1


async def test_cannot_come_offers_another_time_first(world: World) -> None:
    anna = await booked(world)
    await world.to(DAY_BEFORE)
    await reminders(world, anna)
    await anna.walks("I can’t come")
    assert anna.labels[:3] == ["Choose another day or time", "Yes, cancel it", "No, keep it"]
    await anna.walks("Choose another day or time", "Friday 27 November", "09:00", "Confirm")
    assert words(anna.now).startswith("✅ Your appointment now has a new time.")
    assert await world.sql("SELECT status, sequence FROM appointments") == [("booked", 1)]


async def test_cannot_come_can_cancel(world: World) -> None:
    ali = await world.case_manager("mohammad")
    anna = await booked(world)
    await world.to(DAY_BEFORE)
    await reminders(world, anna)
    await anna.walks("I can’t come", "Yes, cancel it")
    code = await world.code()
    await anna.sees_anywhere(f"❌ Cancelled: Wednesday 25 November, 10:00. Code {code}.")
    await ali.sees("hat abgesagt")
    await world.to(TWO_HOURS_BEFORE)
    assert await reminders(world, anna) == []
    assert "no longer exists" not in words(anna.now)


async def test_cannot_come_can_be_thought_over(world: World) -> None:
    anna = await booked(world)
    await world.to(DAY_BEFORE)
    await reminders(world, anna)
    await anna.walks("I can’t come", "No, keep it")
    assert words(anna.now).startswith("🔑 Code ")
    assert await world.sql("SELECT status FROM appointments") == [("booked",)]


async def test_details_open_the_appointment(world: World) -> None:
    anna = await booked(world)
    await anna.walks("Main menu")
    await world.to(DAY_BEFORE)
    await reminders(world, anna)
    await anna.walks("Details")
    assert words(anna.now).startswith(f"🔑 Code {await world.code()}")


async def test_nobody_is_reminded_of_a_cancelled_appointment(world: World) -> None:
    anna = await booked(world)
    await anna.walks("Cancel the appointment", "Yes, cancel it")
    await world.to(DAY_BEFORE)
    await world.to(TWO_HOURS_BEFORE)
    assert await reminders(world, anna) == []


async def test_nobody_is_reminded_of_the_old_time_of_a_moved_appointment(world: World) -> None:
    anna = await booked(world)
    await anna.walks("Change the day or time", "Monday 30 November", "10:00", "Confirm")
    await world.to(DAY_BEFORE)
    await world.to(TWO_HOURS_BEFORE)
    assert await reminders(world, anna) == []
    await world.to(datetime(2026, 11, 29, 10, 1, tzinfo=BERLIN))
    (reminder,) = await reminders(world, anna)
    assert (
        words(reminder)
        == f"🔔 Appointment tomorrow, Monday 30 November, 10:00. Code {await world.code()}."
    )


async def test_nobody_is_reminded_of_what_has_begun(world: World) -> None:
    anna = await booked(world)
    await world.to(BEGUN)
    assert await reminders(world, anna) == []


async def test_nobody_is_reminded_twice_whatever_the_clock_and_restarts_do(world: World) -> None:
    anna = await booked(world)
    await world.to(DAY_BEFORE)
    await reminders(world, anna)
    await world.to(datetime(2026, 11, 24, 9, 0, tzinfo=BERLIN))
    await world.to(DAY_BEFORE)
    await world.restart()
    await world.passes(minutes=5)
    assert len(await reminders(world, anna)) == 1


@pytest.mark.parametrize(
    ("back_at", "text"),
    [
        (
            datetime(2026, 11, 24, 11, 30, tzinfo=BERLIN),
            "🔔 Appointment tomorrow, Wednesday 25 November, 10:00.",
        ),
        (datetime(2026, 11, 24, 21, 0, tzinfo=BERLIN), None),
        (
            datetime(2026, 11, 25, 8, 30, tzinfo=BERLIN),
            "🔔 Appointment today, Wednesday 25 November, 10:00.",
        ),
        (TOO_LATE, None),
        (BEGUN, None),
    ],
)
async def test_after_downtime_a_reminder_comes_late_only_while_it_is_of_use(
    world: World, back_at: datetime, text: str | None
) -> None:
    anna = await booked(world)
    await world.stop()
    world.process = None
    await world.to(back_at)
    await world.start()
    assert world.process is not None
    await world.process.catch_up()
    found = [words(message) for message in await reminders(world, anna)]
    assert found == ([f"{text} Code {await world.code()}."] if text else [])


async def test_a_late_booking_is_reminded_only_of_what_is_still_ahead(world: World) -> None:
    anna = await world.person()
    await agree(anna)
    await book_at(anna, "08:00", "Tuesday 24 November")
    await world.to(datetime(2026, 11, 23, 20, 0, tzinfo=BERLIN))
    assert await reminders(world, anna) == []
    await world.to(datetime(2026, 11, 24, 7, 0, 30, tzinfo=BERLIN))
    (reminder,) = await reminders(world, anna)
    assert (
        words(reminder)
        == f"🔔 Appointment today, Tuesday 24 November, 08:00. Code {await world.code()}."
    )


async def test_a_reminder_in_the_middle_of_another_flow_does_not_break_it(world: World) -> None:
    anna = await booked(world)
    await anna.walks("Main menu", "Book an appointment", "44649", "DRK Herne, Eickel")
    flow = anna.now["message_id"]
    await world.to(DAY_BEFORE)
    (reminder,) = await reminders(world, anna)
    await anna.walks("Nikolai Kozianka")
    await world.taken()
    await anna.settles()
    assert anna.now["message_id"] > reminder["message_id"] > flow
    assert anna.labels[0] == "Wednesday 25 November"
    with_buttons = [m["message_id"] for m in anna.messages if m["buttons"]]
    assert with_buttons == [reminder["message_id"], anna.now["message_id"]]
    await anna.walks("Thursday 26 November", "10:00", "Confirm")
    assert words(anna.now).startswith("✅ Your appointment is booked.")


async def test_an_answer_in_the_middle_of_another_flow_leaves_one_screen(world: World) -> None:
    anna = await booked(world)
    await anna.walks("Main menu", "Book an appointment", "44649", "DRK Herne, Eickel")
    await world.to(DAY_BEFORE)
    await reminders(world, anna)
    await anna.walks("Yes, I’m coming")
    await world.taken()
    await anna.settles()
    assert words(anna.now).startswith("👍 Thank you.")
    assert [m["message_id"] for m in anna.messages if m["buttons"]] == [anna.now["message_id"]]
