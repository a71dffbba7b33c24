"""A talk by phone from offices to reminder: the client knows whom to call, the staff who calls."""

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pypdfium2
import pytest
from icalendar import Calendar
from phone import Client
from staff_stage import StaffWorld, open_pages
from stage import World, agree

from bot.simulator.person import Message, labels, words

DAY_BEFORE = datetime(2026, 11, 24, 10, 0, 30, tzinfo=ZoneInfo("Europe/Berlin"))
BEGUN = datetime(2026, 11, 25, 10, 5, tzinfo=ZoneInfo("Europe/Berlin"))
TO_OFFICES = "Book an appointment", "I don’t know, show all offices"
BY_PHONE = "I’d rather talk by phone"
SAFAA = "Stadt Herne, Herne-Mitte", "Safaa Bouchara"
AT_TEN = "Wednesday 25 November", "10:00"
NUMBER = "☎️ 02323 16-4705 – number of Safaa Bouchara"
KIND = "☎️ Phone appointment: you call us. You do not have to come."
CALLS = "Die Person ruft an: 02323 16-4705 – Telefon von Safaa Bouchara"


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[StaffWorld]:
    """The bot with its pages."""
    async with open_pages(tmp_path) as made:
        yield made


async def to_summary(world: World) -> Client:
    """Somebody who would rather phone, in front of the summary."""
    anna = await world.person()
    await agree(anna)
    await anna.walks(*TO_OFFICES, BY_PHONE, *SAFAA, *AT_TEN)
    return anna


async def booked(world: World) -> Client:
    """Somebody who will call Safaa Bouchara on Wednesday at ten."""
    anna = await to_summary(world)
    await anna.walks("Confirm")
    await world.taken()
    return anna


async def reminder(world: World, person: Client) -> Message:
    """The reminder of the day before."""
    await world.to(DAY_BEFORE)
    await world.taken()
    await person.looks()
    return [message for message in person.messages if "🔔" in words(message)][-1]


async def calendar_event(person: Client) -> tuple[str, Any]:
    """The name of the calendar file that is sent on request, and its event."""
    await person.walks("Add to my calendar")
    await person.settles()
    sent = [message for message in person.messages if message.get("kind") == "document"][-1]
    (event,) = Calendar.from_ical(await person.downloads(sent)).walk("VEVENT")
    return sent["file"]["name"], event


async def test_13_where_no_number_answers_no_talk_by_phone_is_offered(world: World) -> None:
    anna = await world.person()
    await agree(anna)
    await anna.walks(*TO_OFFICES)
    assert "PLANB Ruhr, Wanne" in anna.labels
    await anna.walks(BY_PHONE)
    assert words(anna.now) == (
        "☎️ You can talk to these offices by phone. You call them at the time you book.\n\n"
        "• Stadt Herne, Herne-Mitte – English: yes"
    )
    assert anna.labels[:2] == ["Earliest free time", "Stadt Herne, Herne-Mitte"]
    assert "I’d rather come in person" in anna.labels
    await anna.walks("Earliest free time")
    assert KIND in words(anna.now)
    await anna.walks("Main menu", *TO_OFFICES, "PLANB Ruhr, Wanne")
    assert BY_PHONE not in anna.labels


async def test_13_from_the_offices_on_nothing_leads_to_a_door(world: World) -> None:
    anna = await to_summary(world)
    assert words(anna.now) == (
        "Is this right? Then press “Confirm”.\n\n"
        f"{NUMBER}\n{KIND}\n🗓️ Wednesday 25 November\n⏰ 10:00"
    )
    await anna.walks("Confirm")
    code = await world.code()
    assert words(anna.now) == (
        "✅ Your phone appointment is booked.\n\n"
        f"🔑 Code {code}\n\n{NUMBER}\n{KIND}\n🗓️ Wednesday 25 November\n⏰ 10:00\n\n"
        f"Call at 10:00. You can say: “Englisch, Code {code}”.\n"
        "If it is about a letter, have it with you when you call.\n\n"
        "This appointment is free. Nobody may ask you for money.\n"
        "This is only an example: nothing is really booked."
    )
    assert anna.labels[:4] == [
        *(
            "Add to my calendar",
            "Tell us what you need",
            "Change the day or time",
            "Cancel the appointment",
        )
    ]
    assert not any("map" in label or "door" in label for label in anna.labels)


async def test_13_the_case_manager_reads_that_the_client_calls_and_which_number(
    world: World,
) -> None:
    safaa = await world.case_manager("bouchara")
    await booked(world)
    assert f"☎️ {CALLS}" in words(await safaa.sees("Neuer Termin"))
    await safaa.takes("week")
    assert f"☎️ {CALLS}" in words(safaa.now)
    await world.to(BEGUN)
    await safaa.takes("today")
    await safaa.takes("visit")
    assert {"Hat angerufen", "Rief nicht an"} <= {*safaa.labels}
    await safaa.walks("Rief nicht an")
    assert "✖️ rief nicht an" in words(safaa.now)


async def test_13_a_reminder_asks_whether_they_will_call_and_the_answer_reads_so(
    world: World,
) -> None:
    safaa = await world.case_manager("bouchara")
    anna = await booked(world)
    told = await reminder(world, anna)
    when, code = "Wednesday 25 November, 10:00", await world.code()
    assert words(told) == f"🔔 Phone appointment tomorrow, {when}. Code {code}."
    assert labels(told) == ["Yes, I’ll call", "I can’t call then", "Show the number"]
    await anna.walks("Yes, I’ll call")
    assert NUMBER in words(anna.now)
    answer = words(await safaa.sees("👍"))
    assert answer.startswith("👍 Die Person ruft an\n")
    assert f"☎️ {CALLS}" in answer


async def test_13_the_number_is_one_press_from_the_reminder(world: World) -> None:
    anna = await booked(world)
    await reminder(world, anna)
    await anna.walks("Show the number")
    assert NUMBER in words(anna.now)


async def test_13_the_calendar_file_names_the_number_to_who_wants_details(world: World) -> None:
    anna = await booked(world)
    code = await world.code()
    name, event = await calendar_event(anna)
    assert (name, event["SUMMARY"]) == (f"Phone-call-{code}.ics", f"Phone call {code}")
    assert not {"LOCATION", "DESCRIPTION"} & set(event)
    await anna.walks("Main menu", "Language and settings", "Show details in reminders")
    await anna.walks("Main menu", "My appointments", f"☎️ Wed 25 Nov, 10:00 · {code}")
    _, event = await calendar_event(anna)
    call = f"Call at 10:00. You can say: “Englisch, Code {code}”."
    assert event["DESCRIPTION"] == f"{NUMBER}\n{call}"
    assert words(await reminder(world, anna)).split("\n")[1:] == [
        *(NUMBER, KIND, call),
    ]


async def test_13_a_wish_for_a_call_falls_away_with_somebody_who_has_no_number(
    world: World,
) -> None:
    anna = await to_summary(world)
    await anna.walks("Tell us what you need")
    assert not {"An adult is coming with me", "I’m bringing children"} & {*anna.labels}
    await anna.walks("✓ I’d rather call than come", "Done")
    assert "📍 Shamrockring 1, Haus 4, 44623 Herne" in words(anna.now)


async def test_each_visit_is_told_with_the_number_of_whom_it_is_with(world: World) -> None:
    anna = await world.person()
    await agree(anna)
    await anna.walks(*TO_OFFICES, "Stadt Herne, Herne-Mitte", "Olga Seitenzahl", *AT_TEN)
    await anna.walks("Confirm")
    assert "\n👤 Olga Seitenzahl · ☎️ 02323 16-4703\n🏠 Stadt Herne" in words(anna.now)


async def test_13_staff_book_a_talk_by_phone_only_where_a_number_answers(town: StaffWorld) -> None:
    form = f"{await town.lists_url('bouchara')}/book?day=2026-11-24"
    time = (await town.opens(form)).text.partition('<option value="bouchara.')[2].partition('"')[0]
    page = await town.sends(
        form, act="book", language="en", time=f"bouchara.{time}", by_phone="yes", adults="2"
    )
    assert f"ist gebucht: Dienstag, 24. November, 08:00 Uhr. {CALLS}." in page.text
    about = await town.newest()
    assert (about.wishes.by_phone, about.wishes.adults) == (True, 0)
    async with town.session.get(page.link("slip.pdf")) as answer:
        document = pypdfium2.PdfDocument(await answer.read())
    slip = str(document[0].get_textpage().get_text_range())
    assert "02323 16-4705" in slip
    assert "Shamrockring" not in slip
    visit = await town.opens(await town.visit_url("bouchara"))
    assert f"<dt>Am Telefon</dt><dd>{CALLS}</dd>" in visit.text
    assert CALLS in (await town.opens(await town.lists_url("bouchara"))).text
    assert CALLS in (await town.opens(await town.desk_url("city") + "/day/2026-11-24")).text
    await town.to(datetime(2026, 11, 24, 8, 5, tzinfo=ZoneInfo("Europe/Berlin")))
    came = await town.sends(await town.visit_url("bouchara"), act="came")
    assert "Die Person hat angerufen." in came.text


async def test_13_where_no_number_answers_a_forged_form_books_nothing(town: StaffWorld) -> None:
    form = f"{await town.lists_url()}/book?day=2026-11-24"
    shown = (await town.opens(form)).text
    time = shown.partition('<option value="mohammad.')[2].partition('"')[0]
    assert "by_phone" not in shown
    fields = {"act": "book", "language": "en", "time": f"mohammad.{time}", "by_phone": "yes"}
    refused = await town.sends(form, **fields)
    assert "Ein Gespräch am Telefon geht hier nicht" in refused.text
    assert await town.sql("SELECT COUNT(*) FROM appointments") == [(0,)]
