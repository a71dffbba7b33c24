"""A client takes another time or gives it back; somebody else is quicker."""

import asyncio
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar
from phone import Client
from stage import World, agree, book_at, book_earliest

from bot.simulator.person import Message, words

BERLIN = ZoneInfo("Europe/Berlin")
TO_DAYS = "Book an appointment", "44649", "PLANB Ruhr, Wanne", "Ali Mohammad"
TO_TIMES = (*TO_DAYS, "Tuesday 24 November")


async def calendar_file(person: Client) -> Any:
    """The calendar file that is sent on request."""
    await person.walks("Add to my calendar")
    await person.settles()
    sent = [message for message in person.messages if message.get("kind") == "document"]
    return Calendar.from_ical(await person.downloads(sent[-1]))


async def settled(world: World, person: Client) -> list[Message]:
    """The bot's messages to somebody once everything was sent."""
    await world.taken()
    await person.looks()
    return person.messages


async def test_the_calendar_file_is_discreet_and_in_local_time(world: World) -> None:
    anna = await world.person()
    await book_earliest(anna)
    calendar = await calendar_file(anna)
    (event,) = calendar.walk("VEVENT")
    assert [m["file"]["name"] for m in anna.messages if "file" in m] == [
        f"Appointment-{await world.code()}.ics"
    ]
    assert event["SUMMARY"] == f"Appointment {await world.code()}"
    assert event["DTSTART"].dt == datetime(2026, 11, 24, 8, 0, tzinfo=BERLIN)
    assert event["DTEND"].dt == datetime(2026, 11, 24, 8, 45, tzinfo=BERLIN)
    assert event["DTSTART"].params["TZID"] == "Europe/Berlin"
    assert event["SEQUENCE"] == 0
    assert calendar.walk("VALARM") == []
    assert not {"LOCATION", "DESCRIPTION", "ORGANIZER", "ATTENDEE"} & set(event)


async def test_after_the_calendar_file_the_appointment_stands_at_the_bottom(world: World) -> None:
    anna = await world.person()
    await book_earliest(anna)
    await calendar_file(anna)
    messages = await settled(world, anna)
    assert words(messages[-1]).startswith("🔑 Code ")
    assert [bool(message["buttons"]) for message in messages].count(True) == 1


async def test_the_calendar_file_of_a_moved_appointment_is_the_same_event(world: World) -> None:
    anna = await world.person()
    await book_earliest(anna)
    (before,) = (await calendar_file(anna)).walk("VEVENT")
    await anna.walks("Change the day or time", "Wednesday 25 November", "10:00", "Confirm")
    (after,) = (await calendar_file(anna)).walk("VEVENT")
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after["DTSTART"].dt == datetime(2026, 11, 25, 10, 0, tzinfo=BERLIN)


async def test_a_moved_appointment_stays_one_and_the_case_manager_hears_of_it(
    world: World,
) -> None:
    ali = await world.case_manager("mohammad")
    anna = await world.person()
    await agree(anna)
    await book_at(anna)
    code = await world.code()
    await anna.walks("Change the day or time")
    assert "Ali Mohammad" in words(anna.now)
    await anna.walks("Thursday 26 November", "09:00")
    assert words(anna.now).startswith("Is this new time right?")
    await anna.walks("Confirm")
    assert words(anna.now).startswith("✅ Your appointment now has a new time.")
    assert await world.sql("SELECT code, status, sequence FROM appointments") == [
        (code, "booked", 1)
    ]
    assert words(await ali.sees("Neue Zeit")) == (
        "🔁 Neue Zeit\nBisher: Mittwoch, 25. November, 10:00 Uhr\n\n"
        f"🗓️ Donnerstag, 26. November, 09:00 Uhr\nCode {code} · Englisch"
    )


async def test_only_the_reminders_of_the_new_time_are_left_after_a_move(world: World) -> None:
    anna = await world.person()
    await agree(anna)
    await book_at(anna)
    await anna.walks("Change the day or time", "Thursday 26 November", "09:00", "Confirm")
    due = await world.sql("SELECT due_at FROM outbox WHERE kind = 'reminder' ORDER BY due_at")
    assert [datetime.fromtimestamp(int(str(at)), BERLIN).isoformat()[5:16] for (at,) in due] == [
        "11-25T09:00",
        "11-26T07:00",
    ]


async def test_moving_to_somebody_else_tells_both(world: World) -> None:
    ali, firdevs = await world.case_manager("mohammad"), await world.case_manager("koekluoglu", 901)
    anna = await world.person()
    await agree(anna)
    await book_at(anna)
    await anna.walks(
        "Change the day or time", "Another person or office", "44649", "PLANB Ruhr, Wanne"
    )
    await anna.walks("Firdevs Köklüoglu", "Wednesday 25 November", "10:00", "Confirm")
    code = await world.code()
    assert words(await ali.sees("diesen Termin nicht mehr")).endswith(f"Code {code} · Englisch")
    assert words(await firdevs.sees("Neuer Termin")).endswith(f"Code {code} · Englisch")
    assert await world.sql("SELECT case_manager_id, sequence FROM appointments") == [
        ("koekluoglu", 1)
    ]


async def test_the_old_time_stays_until_the_new_one_is_confirmed(world: World) -> None:
    anna, berta = await world.person(), await world.person(8, name="Berta")
    await agree(anna)
    await book_at(anna)
    await anna.walks("Change the day or time", "Thursday 26 November", "09:00")
    await agree(berta)
    await berta.walks(*TO_DAYS, "Wednesday 25 November")
    assert "10:00" not in berta.labels
    await anna.walks("Main menu", "My appointments")
    assert anna.labels[0].startswith("Wed 25 Nov, 10:00")


async def test_a_cancelled_appointment_gives_its_time_back_and_is_told(world: World) -> None:
    ali = await world.case_manager("mohammad")
    anna, berta = await world.person(), await world.person(8, name="Berta")
    await agree(anna)
    await book_at(anna)
    await anna.walks("Cancel the appointment")
    assert "Do you want to cancel this appointment?" in words(anna.now)
    await anna.walks("Yes, cancel it")
    code = await world.code()
    await anna.sees_anywhere(f"❌ Cancelled: Wednesday 25 November, 10:00. Code {code}.")
    assert words(await ali.sees("hat abgesagt")).startswith(
        "❌ Die Person hat abgesagt\n\n🗓️ Mittwoch, 25. November"
    )
    assert await world.sql("SELECT status FROM appointments") == [("cancelled",)]
    assert await world.sql("SELECT COUNT(*) FROM outbox WHERE kind = 'reminder'") == [(0,)]
    await agree(berta)
    await book_at(berta)
    assert words(berta.now).startswith("✅ Your appointment is booked.")


async def test_no_keeps_the_appointment(world: World) -> None:
    anna = await world.person()
    await book_earliest(anna)
    await anna.walks("Cancel the appointment", "No, keep it")
    assert words(anna.now).startswith("🔑 Code ")
    assert await world.sql("SELECT status FROM appointments") == [("booked",)]


async def test_cancelling_twice_cancels_once(world: World) -> None:
    ali = await world.case_manager("mohammad")
    anna = await world.person()
    await book_earliest(anna)
    await anna.walks("Cancel the appointment")
    button = anna.data("Yes, cancel it")
    await asyncio.gather(anna.presses_data(*button), anna.presses_data(*button))
    await anna.sees("What would you like to do?")
    told = [words(message)[:10] for message in (await settled(world, ali))[1:]]
    assert told == ["🆕 Neuer Te", "❌ Die Pers"]


async def test_an_appointment_that_has_begun_can_be_neither_moved_nor_cancelled(
    world: World,
) -> None:
    anna = await world.person()
    await book_earliest(anna)
    await world.to(datetime(2026, 11, 24, 8, 5, tzinfo=BERLIN))
    await anna.walks("Cancel the appointment")
    assert words(anna.now).startswith("This appointment no longer exists, or it has already begun.")
    assert await world.sql("SELECT status FROM appointments") == [("booked",)]


async def test_a_time_that_was_taken_while_reading_leads_to_the_nearest_free_ones(
    world: World,
) -> None:
    anna, berta = await world.person(), await world.person(8, name="Berta")
    for person in (anna, berta):
        await agree(person)
        await person.walks(*TO_TIMES)
    await berta.walks("09:00", "Confirm")
    await anna.walks("09:00")
    assert words(anna.now) == "Sorry, this time is no longer free.\n\nThese times are free:"
    assert anna.labels[:3] == ["Tue 24 Nov, 08:00", "Tue 24 Nov, 10:00", "Tue 24 Nov, 11:00"]
    await anna.walks("Tue 24 Nov, 10:00", "Confirm")
    assert "⏰ 10:00" in words(anna.now)


async def test_of_two_who_press_the_same_time_at_once_one_gets_it(world: World) -> None:
    anna, berta = await world.person(), await world.person(8, name="Berta")
    for person in (anna, berta):
        await agree(person)
        await person.walks(*TO_TIMES)
    await asyncio.gather(anna.walks("09:00"), berta.walks("09:00"))
    first = [words(person.now).partition("\n")[0] for person in (anna, berta)]
    assert sorted(first) == [
        "Is this right? Then press “Confirm”.",
        "Sorry, this time is no longer free.",
    ]


async def test_confirm_still_books_when_the_hold_ran_out_while_reading(world: World) -> None:
    anna = await world.person()
    await agree(anna)
    await anna.walks(*TO_TIMES, "09:00")
    await world.passes(minutes=11)
    await anna.walks("Confirm")
    assert words(anna.now).startswith("✅ Your appointment is booked.")
    assert "⏰ 09:00" in words(anna.now)


async def test_wishes_survive_when_the_hold_ran_out_and_somebody_else_was_quicker(
    world: World,
) -> None:
    anna, berta = await world.person(), await world.person(8, name="Berta")
    await agree(anna)
    await anna.walks(
        *TO_TIMES, "09:00", "Tell us what you need", "I need someone to translate", "Done"
    )
    await world.passes(minutes=11)
    await agree(berta)
    await berta.walks(*TO_TIMES, "09:00", "Confirm")
    await anna.walks("Confirm")
    assert words(anna.now).startswith("Sorry, this time is no longer free.")
    assert len([label for label in anna.labels if label.startswith("Tue 24 Nov")]) == 3
    await anna.walks("Tue 24 Nov, 08:00")
    assert "💬 Needed: someone to translate" in words(anna.now)
    await anna.walks("Confirm")
    assert "⏰ 08:00" in words(anna.now)
    assert "💬 Needed: someone to translate" in words(anna.now)


async def test_a_held_time_is_not_offered_to_others_until_the_hold_runs_out(world: World) -> None:
    anna, berta = await world.person(), await world.person(8, name="Berta")
    await agree(anna)
    await anna.walks(*TO_TIMES, "09:00")
    await agree(berta)
    await berta.walks(*TO_TIMES)
    assert "09:00" not in berta.labels
    await world.passes(minutes=11)
    await berta.walks("Back", "Tuesday 24 November")
    assert "09:00" in berta.labels
