"""The office asks whether another time suits; until the client chooses, nothing changes."""

import re
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from phone import Client
from staff_stage import Opened, StaffWorld, anna_books, open_pages
from stage import agree, book_at

from bot.domain.actors import Actor, Role
from bot.services import links
from bot.simulator.person import Message, labels, words

BERLIN = ZoneInfo("Europe/Berlin")
WEDNESDAY_TEN = datetime(2026, 11, 25, 10, 0, tzinfo=BERLIN)
OUTDATED = "✖️ No longer valid: Wednesday 25 November, 10:00."
KEEP = "Keep Wed 25 Nov, 10:00"
OPTION = re.compile(r'<option value="([^"]+)"[^>]*>([^<]+)</option>')


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[StaffWorld]:
    """The bot with its pages."""
    async with open_pages(tmp_path) as made:
        yield made


def offers(page: Opened) -> dict[str, str]:
    """The times of the form, by what they say."""
    return {text: value for value, text in OPTION.findall(page.text)}


async def asks(town: StaffWorld, url: str, *times: str) -> Opened:
    """Somebody of the staff picks these times and asks."""
    page = await town.opens(f"{url}/ask")
    found = offers(page)
    chosen = {f"time{number}": found[time] for number, time in enumerate(times, 1)}
    return await town.posts(f"{url}/ask", **page.hidden, **chosen, act="ask_time")


async def question(town: StaffWorld, anna: Client) -> Message:
    """The question in the client's chat."""
    await town.taken()
    return await anna.sees("🔁 Would one of these times suit you")


async def standing(town: StaffWorld) -> list[tuple[object, ...]]:
    """What is kept of all appointments."""
    return await town.sql("SELECT status, sequence, answer FROM appointments ORDER BY id")


async def test_the_client_is_asked_once_and_the_appointment_stands(town: StaffWorld) -> None:
    anna = await anna_books(town)
    url = await town.visit_url()
    assert "Um eine andere Zeit bitten" in (await town.opens(url)).text
    held = await town.sql("SELECT COUNT(*) FROM case_manager_cells")
    done = await asks(town, url, "Donnerstag, 26. November, 09:00", "Freitag, 27. November, 09:00")
    assert "Die Person bekommt Ihre Frage." in done.text
    asked = await question(town, anna)
    code = await town.code()
    assert words(asked) == (
        f"🔁 Would one of these times suit you as well, for your appointment {code} with"
        " Ali Mohammad?\n\nPlease press a button. Until then your appointment stays as it is:"
        " Wednesday 25 November, 10:00."
    )
    assert labels(asked) == ["Thu 26 Nov, 09:00", "Fri 27 Nov, 09:00", KEEP]
    assert await standing(town) == [("booked", 0, "asked")]
    assert await town.sql("SELECT COUNT(*) FROM case_manager_cells") == held
    page = await town.opens(url)
    assert "Gefragt: " in page.text
    assert "Nach anderer Zeit gefragt, noch keine Antwort" in page.text
    assert "Um eine andere Zeit bitten" not in page.text
    assert "Nach anderer Zeit gefragt" in (await town.opens(await town.lists_url())).text


async def test_who_chooses_a_time_has_the_same_appointment_then(town: StaffWorld) -> None:
    ali = await town.case_manager("mohammad")
    anna = await anna_books(town)
    code = await town.code()
    await asks(town, await town.visit_url(), "Donnerstag, 26. November, 09:00")
    await question(town, anna)
    shown = await anna.walks("Thu 26 Nov, 09:00")
    assert "Thursday 26 November" in words(shown)
    assert await standing(town) == [("booked", 0, "asked"), ("held", 0, "none")]
    await anna.walks("Confirm")
    assert await standing(town) == [("booked", 1, "none")]
    assert await town.code() == code
    await town.taken()
    await anna.looks()
    said = [words(each) for each in anna.messages]
    assert len([each for each in said if each.startswith(OUTDATED)]) == 1
    assert len([each for each in said if each.startswith("✅ Your appointment. Code")]) == 1
    assert "Donnerstag, 26. November, 09:00" in words(await ali.sees("Neue Zeit"))
    assert "noch keine Antwort" not in (await town.opens(await town.visit_url())).text


async def test_who_keeps_the_time_tells_the_case_manager_and_the_desk(town: StaffWorld) -> None:
    ali = await town.case_manager("mohammad")
    anna = await anna_books(town)
    url = await town.visit_url()
    await asks(town, url, "Donnerstag, 26. November, 09:00")
    await question(town, anna)
    shown = await anna.walks(KEEP)
    assert words(shown).startswith("👍 Thank you. Your appointment stays as it is.")
    assert await standing(town) == [("booked", 0, "kept")]
    assert "möchte die Zeit behalten" in words(await ali.sees("möchte die Zeit behalten"))
    page = (await town.opens(url)).text
    assert "nach anderer Zeit gefragt: möchte diese behalten" in page
    assert "noch keine Antwort" not in page
    assert "Um eine andere Zeit bitten" in page


async def test_who_was_asked_and_kept_it_can_be_asked_and_keep_it_again(town: StaffWorld) -> None:
    ali = await town.case_manager("mohammad")
    anna = await anna_books(town)
    url = await town.visit_url()
    for time in ("09:00", "10:00"):
        await asks(town, url, f"Donnerstag, 26. November, {time}")
        await question(town, anna)
        await anna.walks(KEEP)
    await town.taken()
    await ali.looks()
    told = [each for each in ali.messages if "möchte die Zeit behalten" in words(each)]
    assert len(told) == 2


async def test_a_time_that_is_taken_meanwhile_is_refused_with_other_times(town: StaffWorld) -> None:
    anna = await anna_books(town)
    await asks(town, await town.visit_url(), "Donnerstag, 26. November, 09:00")
    await question(town, anna)
    bela = await town.person(77)
    await agree(bela)
    await bela.walks("Book an appointment", "44649", "PLANB Ruhr, Wanne", "Ali Mohammad")
    await bela.walks("Thursday 26 November", "09:00", "Confirm")
    shown = await anna.walks("Thu 26 Nov, 09:00")
    assert "Thu 26 Nov, 09:00" not in labels(shown)
    assert (await standing(town))[0] == ("booked", 0, "asked")


async def test_what_changed_meanwhile_is_not_asked_about(town: StaffWorld) -> None:
    anna = await anna_books(town)
    url = await town.visit_url()
    page = await town.opens(f"{url}/ask")
    time = offers(page)["Freitag, 27. November, 09:00"]
    await anna.walks("Change the day or time", "Thursday 26 November", "09:00", "Confirm")
    answered = await town.posts(f"{url}/ask", **page.hidden, time1=time, act="ask_time")
    assert "Der Termin hat sich inzwischen geändert. Wir haben nichts geändert." in answered.text
    assert await standing(town) == [("booked", 1, "none")]


async def test_an_answer_to_an_old_question_shows_how_it_is_now(town: StaffWorld) -> None:
    anna = await anna_books(town)
    await asks(town, await town.visit_url(), "Donnerstag, 26. November, 09:00")
    await question(town, anna)
    keep = anna.data(KEEP)
    await anna.walks("Thu 26 Nov, 09:00", "Confirm")
    await anna.presses_data(*keep)
    await anna.settles()
    assert words(anna.now).startswith("Your appointment is at a different time now")
    assert await standing(town) == [("booked", 1, "none")]


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({}, "Bitte wählen Sie mindestens eine Zeit."),
        ({"time1": "mohammad.1"}, "Eine dieser Zeiten geht nicht mehr."),
        ({"time1": "nobody.5b59b4"}, "Eine dieser Zeiten geht nicht mehr."),
        ({"time1": "x"}, "Eine dieser Zeiten geht nicht mehr."),
    ],
)
async def test_what_cannot_be_offered_is_not_asked_about(
    town: StaffWorld, fields: dict[str, str], problem: str
) -> None:
    await anna_books(town)
    url = f"{await town.visit_url()}/ask"
    hidden = (await town.opens(url)).hidden
    answered = await town.posts(url, **hidden, **fields, act="ask_time")
    assert problem in answered.text
    assert await standing(town) == [("booked", 0, "none")]


async def test_a_desk_asks_about_times_with_a_colleague_and_the_client_reads_with_whom(
    town: StaffWorld,
) -> None:
    anna = await anna_books(town)
    desk = Actor(Role.FRONT_DESK, office_id="planb")
    url = town.url(links.to_appointment(desk, await town.newest()))
    chosen = next(
        each
        for each in offers(await town.opens(f"{url}/ask"))
        if each.endswith("Firdevs Köklüoglu")
    )
    await asks(town, url, chosen)
    first = labels(await question(town, anna))[0]
    assert first.endswith("· Köklüoglu")
    await anna.walks(first, "Confirm")
    assert await standing(town) == [("booked", 1, "none")]
    assert await town.sql("SELECT case_manager_id FROM appointments") == [("koekluoglu",)]


async def test_sent_twice_the_question_is_asked_once(town: StaffWorld) -> None:
    anna = await anna_books(town)
    url = f"{await town.visit_url()}/ask"
    page = await town.opens(url)
    time = offers(page)["Donnerstag, 26. November, 09:00"]
    for _ in range(2):
        done = await town.posts(url, **page.hidden, time1=time, time2=time, act="ask_time")
        assert "Die Person bekommt Ihre Frage." in done.text
    await question(town, anna)
    await anna.looks()
    asked = [each for each in anna.messages if words(each).startswith("🔁 Would one of")]
    assert [labels(each) for each in asked] == [["Thu 26 Nov, 09:00", KEEP]]


async def test_who_has_only_a_slip_of_paper_is_not_asked(town: StaffWorld) -> None:
    ali = await town.case_manager("mohammad")
    await ali.says_and_waits("/menu")
    await ali.walks("Termin für jemanden buchen", "Englisch", "Donnerstag, 26. November", "09:00")
    await ali.walks("Bestätigen")
    url = await town.visit_url()
    assert "Um eine andere Zeit bitten" not in (await town.opens(url)).text
    shown = await town.opens(f"{url}/ask")
    assert "Welche Zeiten bieten Sie an?" not in shown.text


async def test_who_begins_the_talk_is_asked_no_more(town: StaffWorld) -> None:
    anna = await town.person()
    await agree(anna)
    await book_at(anna)
    await town.to(WEDNESDAY_TEN.replace(hour=17))
    shown = await town.opens(f"{await town.visit_url()}/ask")
    assert "Welche Zeiten bieten Sie an?" not in shown.text


async def test_in_chat_the_times_are_read_before_the_client_is_asked(town: StaffWorld) -> None:
    ali = await town.case_manager("mohammad")
    anna = await anna_books(town)
    await ali.sees("Neuer Termin")
    preview = await ali.walks("Öffnen", "Um eine andere Zeit bitten")
    assert "Die Person fragen, ob ihr eine andere Zeit passt?" in words(preview)
    times = words(preview).split("\n\n")[-1].split("\n")
    assert len(times) == 3
    done = await ali.walks("Ja, fragen")
    assert words(done).startswith("✅ Die Person bekommt die Frage.")
    assert "Um eine andere Zeit bitten" not in labels(done)
    asked = labels(await question(town, anna))
    assert (len(asked), asked[-1]) == (4, KEEP)
    await anna.walks(asked[0], "Confirm")
    assert await standing(town) == [("booked", 1, "none")]


async def test_in_chat_a_time_taken_since_is_replaced_and_read_again(town: StaffWorld) -> None:
    ali = await town.case_manager("mohammad")
    await anna_books(town)
    await ali.sees("Neuer Termin")
    preview = await ali.walks("Öffnen", "Um eine andere Zeit bitten")
    first = words(preview).split("\n\n")[-1].split("\n")[0]
    bela = await town.person(77)
    await agree(bela)
    await bela.walks("Book an appointment", "44649", "PLANB Ruhr, Wanne", "Ali Mohammad")
    await bela.walks(labels(bela.now)[0])
    await bela.walks(labels(bela.now)[0], "Confirm")
    again = await ali.walks("Ja, fragen")
    assert words(again).startswith("Eine der Zeiten ist inzwischen vergeben.")
    assert first not in words(again)
    assert (await standing(town))[0] == ("booked", 0, "none")
