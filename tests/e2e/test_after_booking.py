"""What comes after booking: nobody stands before a closed door, nobody is waited for in vain.

The numbers in the names are those of the cases people met in the demo.
"""

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from phone import Client
from staff_stage import StaffWorld, anna_books, free_times, open_pages
from stage import agree, book_at

from bot.domain.actors import Actor, Role
from bot.services import links
from bot.simulator.person import Message, labels, words

BERLIN = ZoneInfo("Europe/Berlin")
WEDNESDAY_TEN = datetime(2026, 11, 25, 10, 0, tzinfo=BERLIN)
KEPT = "✅ Your appointment. Code"
OUTDATED = "✖️ No longer valid: Wednesday 25 November, 10:00."


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[StaffWorld]:
    """The bot with its pages."""
    async with open_pages(tmp_path) as made:
        yield made


async def chat_of(town: StaffWorld, person: Client) -> list[Message]:
    """Everything in somebody's chat, once all is sent."""
    await town.taken()
    await person.looks()
    return person.messages


def saying(messages: list[Message], text: str) -> list[str]:
    """Those of them that begin so."""
    return [words(each) for each in messages if words(each).startswith(text)]


async def test_05_what_is_booked_stays_in_the_chat_as_a_message_of_its_own(
    town: StaffWorld,
) -> None:
    anna = await anna_books(town)
    code = await town.code()
    await anna.walks("Main menu", "Book an appointment", "44649", "Earliest free time", "Confirm")
    await anna.walks("Main menu")
    kept = saying(await chat_of(town, anna), KEPT)
    assert len(kept) == 2
    assert kept[0] == (f"{KEPT} {code}\n🗓️ Wednesday 25 November\n⏰ 10:00\n🏠 PLANB Ruhr, Wanne")
    assert words(anna.messages[-1]).startswith("Case Management")


async def test_05_the_question_becomes_what_stays_and_no_old_screen_is_left(
    town: StaffWorld,
) -> None:
    anna = await anna_books(town)
    messages = await chat_of(town, anna)
    assert [words(each).split("\n")[0] for each in messages[-2:]] == [
        f"{KEPT} {await town.code()}",
        "✅ Your appointment is booked.",
    ]
    assert [bool(each["buttons"]) for each in messages].count(True) == 1


async def test_05_after_a_move_no_message_sends_them_there_at_the_old_time(
    town: StaffWorld,
) -> None:
    anna = await anna_books(town)
    await town.to(datetime(2026, 11, 24, 10, 0, tzinfo=BERLIN))
    await anna.walks("Details", "Change the day or time", "Thursday 26 November", "09:00")
    await anna.walks("Confirm")
    messages = await chat_of(town, anna)
    assert len(saying(messages, OUTDATED)) == 1
    assert [words(each).count("Wednesday") for each in messages] == [1, 0, 0]
    (kept,) = saying(messages, KEPT)
    assert "Thursday 26 November" in kept


async def test_a_second_appointment_says_whom_it_is_for_and_names_nobody(town: StaffWorld) -> None:
    ali = await town.case_manager("mohammad")
    anna = await anna_books(town)
    await anna.walks("Main menu", "Book an appointment", "44649", "PLANB Ruhr, Wanne")
    await anna.walks("Ali Mohammad", "Thursday 26 November", "10:00")
    asked = await anna.walks("It is for someone in my family")
    assert "👪 For someone in the family" in words(asked)
    assert "✓ It is for someone in my family" in labels(asked)
    await anna.walks("Confirm")
    assert "👪 Für jemanden aus der Familie" in words(await ali.sees("26. November"))
    assert "Für jemanden aus der Familie" in (await town.opens(await town.visit_url())).text


async def test_05_the_next_appointment_stands_on_top_of_the_menu(town: StaffWorld) -> None:
    anna = await anna_books(town)
    menu = await anna.walks("Main menu")
    assert "🗓️ Your next appointment: Wednesday 25 November, 10:00" in words(menu)
    shown = await anna.walks(labels(menu)[0])
    assert f"Code {await town.code()}" in words(shown)


async def test_04_eight_minutes_after_it_began_the_appointment_is_there_with_door_and_phone(
    town: StaffWorld,
) -> None:
    anna = await anna_books(town)
    await town.to(WEDNESDAY_TEN.replace(minute=8))
    await anna.says_and_waits("/menu")
    shown = await anna.walks(labels(anna.now)[0])
    assert "Your appointment began at 10:00." in words(shown)
    assert {"Show at the door", "I will be late"} <= {*labels(shown)}
    assert not {"Change the day or time", "Cancel the appointment"} & {*labels(shown)}
    door = await anna.walks("Show at the door")
    assert await town.code() in words(door)


async def test_04_who_is_late_tells_the_case_manager_and_the_desk(town: StaffWorld) -> None:
    ali = await town.case_manager("mohammad")
    anna = await anna_books(town)
    await town.to(WEDNESDAY_TEN.replace(hour=9, minute=30))
    await anna.says_and_waits("/menu")
    late = await anna.walks(labels(anna.now)[0], "I will be late")
    assert words(late).startswith("Thank you.")
    assert "👍 The office knows that you will be late." in words(late)
    assert "I will be late" not in labels(late)
    assert "kommt später" in words(await ali.sees("kommt später"))
    assert "kommt später" in (await town.opens(await town.lists_url())).text


async def test_03_who_phones_to_cancel_is_recorded_and_the_hour_is_free_again(
    town: StaffWorld,
) -> None:
    anna = await anna_books(town)
    url = await town.visit_url()
    asked = await town.sends(url, act="cancel_for_client")
    assert "Hat die Person abgesagt?" in asked.text
    assert await town.sql("SELECT status FROM appointments") == [("booked",)]
    done = await town.sends(url, act="cancel_for_client", confirmed="yes")
    assert "Die Zeit ist wieder frei." in done.text
    assert await town.sql("SELECT status, cancelled_by_client FROM appointments") == [
        ("cancelled", 2)
    ]
    assert await town.sql("SELECT * FROM absences") == []
    messages = await chat_of(town, anna)
    (told,) = saying(
        messages, "❌ Your appointment is cancelled, as you told us: Wednesday 25 November, 10:00"
    )
    assert "Ali Mohammad" in told
    assert len(saying(messages, OUTDATED)) == 1
    await anna.walks("Main menu", "Book an appointment", "44649", "PLANB Ruhr, Wanne")
    await anna.walks("Ali Mohammad", "Wednesday 25 November")
    assert "10:00" in labels(anna.now)


async def test_06_a_desk_reads_whose_appointment_it_is_and_what_it_would_call_off(
    town: StaffWorld,
) -> None:
    await anna_books(town)
    desk = Actor(Role.FRONT_DESK, office_id="planb")
    page = await town.opens(town.url(links.to_appointment(desk, await town.newest())))
    assert "Ali Mohammad" in page.text
    assert "Diesen Termin absagen" in page.text
    assert "Ich kann nicht" not in page.text


async def test_08_the_link_of_what_the_client_cancelled_says_so(town: StaffWorld) -> None:
    anna = await anna_books(town)
    url = await town.visit_url()
    await anna.walks("Cancel the appointment", "Yes, cancel")
    page = await town.opens(url)
    assert page.status == 200
    assert "Die Person hat abgesagt" in page.text
    assert page.acts == []


async def test_08_the_link_of_what_has_gone_to_a_colleague_says_so(town: StaffWorld) -> None:
    anna = await anna_books(town)
    url = await town.visit_url()
    await anna.walks(
        "Change the day or time", "Another person or office", "44649", "PLANB Ruhr, Wanne"
    )
    await anna.walks("Firdevs Köklüoglu")
    await anna.walks(labels(anna.now)[0])
    await anna.walks(labels(anna.now)[0], "Confirm")
    page = await town.opens(url)
    assert (page.status, "Dieser Termin ist jetzt bei jemand anderem." in page.text) == (200, True)


async def test_15_what_was_decided_about_one_time_is_not_done_at_another(
    town: StaffWorld,
) -> None:
    anna = await anna_books(town)
    url = await town.visit_url()
    question = await town.sends(url, act="call_off")
    await anna.walks("Change the day or time", "Thursday 26 November", "09:00", "Confirm")
    answered = await town.posts(url, **question.hidden, act="call_off")
    assert "Der Termin hat sich inzwischen geändert. Wir haben nichts geändert." in answered.text
    assert "Donnerstag" in answered.text
    assert await town.sql("SELECT status FROM appointments") == [("booked",)]
    assert await town.sql("SELECT * FROM absences") == []


async def test_15_in_chat_the_question_is_asked_anew_about_the_new_time(town: StaffWorld) -> None:
    ali = await town.case_manager("mohammad")
    anna = await anna_books(town)
    await ali.sees("Neuer Termin")
    await ali.walks("Öffnen", "Ich kann nicht: andere Zeiten")
    await anna.walks("Change the day or time", "Thursday 26 November", "09:00", "Confirm")
    await ali.walks("Absagen, Zeiten anbieten")
    assert words(ali.now).startswith("Der Termin hat sich inzwischen geändert.")
    assert "Donnerstag, 26. November" in words(ali.now)
    assert await town.sql("SELECT status FROM appointments") == [("booked",)]


async def test_15_seen_on_an_old_notice_is_not_seen_of_the_new_time(town: StaffWorld) -> None:
    ali = await town.case_manager("mohammad")
    anna = await anna_books(town)
    old = (await ali.sees("Neuer Termin")), ali.data("Gesehen")
    await anna.walks("Change the day or time", "Thursday 26 November", "09:00", "Confirm")
    await ali.sees("Neue Zeit")
    await ali.presses_data(*old[1])
    await ali.settles()
    assert words(ali.now).startswith("Der Termin hat sich inzwischen geändert.")
    assert await town.sql("SELECT seen_at FROM appointments") == [(None,)]


async def test_17_a_wish_that_is_added_is_no_new_time(town: StaffWorld) -> None:
    ali = await town.case_manager("mohammad")
    anna = await anna_books(town)
    await ali.sees("Neuer Termin")
    await ali.walks("Gesehen")
    await anna.walks("Tell us what you need")
    wished = next(label for label in labels(anna.now) if "step" in label)
    kept = await anna.walks(wished, "Done")
    assert words(kept).startswith("✅ Saved. The day and time have not changed.")
    told = words(await ali.sees("Andere Wünsche, gleiche Zeit"))
    assert "Mittwoch, 25. November, 10:00 Uhr" in told
    [(sequence, seen_at)] = await town.sql("SELECT sequence, seen_at FROM appointments")
    assert (sequence, seen_at is None) == (0, False)


async def test_a_move_that_was_agreed_on_the_phone(town: StaffWorld) -> None:
    ali = await town.case_manager("mohammad")
    anna = await anna_books(town)
    await ali.sees("Neuer Termin")
    await ali.walks("Öffnen", "Person hat sich gemeldet", "Andere Zeit, wie besprochen")
    await ali.walks("Donnerstag, 26. November", "09:00", "Bestätigen")
    assert words(ali.now).startswith("✅ Notiert. Die Person erfährt es.")
    messages = await chat_of(town, anna)
    (told,) = saying(messages, f"🔁 Your appointment {await town.code()} has a new time")
    assert "Thursday 26 November, 09:00" in told
    assert "Wednesday 25 November, 10:00" in told
    assert len(saying(messages, OUTDATED)) == 1
    reminders = await town.sql("SELECT COUNT(*) FROM outbox WHERE kind = 'reminder'")
    assert reminders == [(2,)]


async def test_an_appointment_is_found_by_its_code_by_whose_it_is(town: StaffWorld) -> None:
    ali = await town.case_manager("mohammad")
    elsewhere = await town.case_manager("balan", 901)
    await anna_books(town)
    code = await town.code()
    await ali.says_and_waits(code.lower())
    assert code in words(ali.now)
    assert "Mittwoch, 25. November" in words(ali.now)
    for typed in (code, "ZZZ9"):
        await elsewhere.says_and_waits(typed)
        assert words(elsewhere.now).startswith(f"{typed}: Diesen Code finden wir bei Ihnen")


async def test_what_is_left_to_do_stays_until_it_is_settled(town: StaffWorld) -> None:
    ali = await town.case_manager("mohammad")
    anna = await town.person()
    await agree(anna)
    await book_at(anna)
    await ali.sees("Neuer Termin")
    await ali.walks("Öffnen", "Ich kann nicht: andere Zeiten", "Absagen, Zeiten anbieten")
    await town.passes(days=1)
    await ali.walks("Hauptmenü", "Offene Punkte")
    assert "⚠️ Abgesagt, noch keine andere Zeit" in words(ali.now)
    opened = await ali.walks(labels(ali.now)[0])
    assert "📨 Die Person kennt die Zeit seit" in words(opened)
    await ali.walks("Person weiß Bescheid", "Hauptmenü", "Offene Punkte")
    assert words(ali.now).startswith("✅ Nichts offen.")


async def test_02_who_is_ill_for_three_days_leaves_nobody_behind(town: StaffWorld) -> None:
    anna, berta = await anna_books(town), await town.person(8, name="Berta")
    await agree(berta)
    await book_at(berta, "09:00", "Thursday 26 November")
    await berta.blocks()
    slot = (await free_times(town, "2026-11-26"))[-1]
    await town.sends(f"{await town.lists_url()}/book", act="book", language="ar", time=slot)
    desk = await town.desk_url("planb")
    closing = {"person": "mohammad", "from": "2026-11-25", "until": "2026-11-27"}
    asked = await town.sends(desk, act="away", **closing)
    assert "3 Termine gebucht" in asked.text
    await town.sends(desk, act="away", confirmed="yes", **closing)
    await town.taken()
    await anna.settles()
    first = anna.messages[-1]["buttons"][0][0]["text"]
    await anna.walks(first, "Confirm")
    codes = [str(code) for (code,) in await town.sql("SELECT code FROM appointments ORDER BY id")]
    for _ in range(2):
        for url in (await town.desk_url("planb"), await town.lists_url()):
            page = await town.opens(url)
            matters = page.text.partition("Offene Punkte")[2].partition("</section>")[0]
            assert [code in matters for code in codes] == [False, True, True, False]
            assert matters.count("Abgesagt, noch keine andere Zeit") == 2
        await town.passes(days=1)
