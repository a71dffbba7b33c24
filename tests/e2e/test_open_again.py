"""A closed time is open again: who has not answered yet is asked whether they want to keep it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from phone import Client
from staff_stage import Opened, StaffWorld, anna_books, open_pages
from stage import agree, book_at

from bot.simulator.person import labels, words

DAY = {"from": "2026-11-25", "until": "2026-11-25"}
OUTDATED = "✖️ No longer valid: Wednesday 25 November, 10:00."
ASKED = "Eine Person fragen wir im Chat, ob sie ihren Termin behalten möchte."


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[StaffWorld]:
    """The bot with its pages."""
    async with open_pages(tmp_path) as made:
        yield made


async def closes(town: StaffWorld, **stretch: str) -> Opened:
    """Ali closes a day, or this stretch, on his page."""
    return await town.sends(await town.lists_url(), act="away", confirmed="yes", **(stretch or DAY))


async def opens(town: StaffWorld) -> Opened:
    """He opens on his page what he closed last."""
    [(number,)] = await town.sql("SELECT MAX(id) FROM absences")
    return await town.sends(await town.lists_url(), act="release", closed=str(number))


async def news(town: StaffWorld, person: Client) -> str:
    """What stands in somebody's chat at the end."""
    await town.taken()
    await person.settles()
    return words(person.messages[-1])


async def test_who_is_asked_keeps_the_time_with_two_presses(town: StaffWorld) -> None:
    anna = await anna_books(town)
    before = await town.newest()
    await closes(town)
    assert "Your appointment is cancelled" in await news(town, anna)
    opened = await opens(town)
    assert ("Wieder freigegeben" in opened.text, ASKED in opened.text) == (True, True)
    assert "bitte anrufen" not in opened.text
    assert (await news(town, anna)).startswith(
        "🔁 Your cancelled appointment can take place after all: Wednesday 25 November, 10:00."
        f" Code {before.code}. It would be with Ali Mohammad."
    )
    assert labels(anna.messages[-1]) == ["Yes, keep it", "Other times"]
    question = anna.messages[-1]
    await anna.walks("Yes, keep it", "Confirm")
    kept = await town.newest()
    assert (kept.start, kept.case_manager_id) == (before.start, before.case_manager_id)
    assert await town.sql("SELECT status FROM appointments ORDER BY id") == [
        ("cancelled",),
        ("booked",),
    ]
    await anna.presses_data(question["message_id"], question["buttons"][0][0]["data"])
    assert kept.code in await news(town, anna)


async def test_a_closing_taken_back_at_once_asks_as_well(town: StaffWorld) -> None:
    anna = await anna_books(town)
    done = await closes(town)
    opened = await town.sends(done.url, act="undo")
    assert ASKED in opened.text
    assert "after all" in await news(town, anna)
    again = await town.posts(done.url, **done.hidden, act="undo")
    assert ASKED not in again.text
    assert await town.sql("SELECT COUNT(*) FROM outbox WHERE kind = 'possible_again'") == [(1,)]


async def test_who_has_taken_another_time_is_not_asked(town: StaffWorld) -> None:
    anna = await anna_books(town)
    await closes(town)
    await news(town, anna)
    await anna.walks(labels(anna.messages[-1])[0], "Confirm")
    opened = await opens(town)
    assert ASKED not in opened.text
    assert "Zeiten sperren" in opened.text
    assert "after all" not in await news(town, anna)


async def test_the_times_that_were_offered_before_stay_good(town: StaffWorld) -> None:
    anna = await anna_books(town)
    await closes(town)
    await news(town, anna)
    earlier = anna.messages[-1]
    await opens(town)
    await news(town, anna)
    await anna.presses_data(earlier["message_id"], earlier["buttons"][0][0]["data"])
    await anna.settles()
    await anna.walks("Confirm")
    assert await town.sql("SELECT COUNT(*) FROM appointments WHERE status = 'booked'") == [(1,)]


async def test_what_is_closed_again_is_refused_with_other_times(town: StaffWorld) -> None:
    anna = await anna_books(town)
    await closes(town)
    await opens(town)
    await news(town, anna)
    question = anna.messages[-1]
    await closes(town, **DAY, until_hour="12")
    assert (await news(town, anna)).startswith(OUTDATED)
    assert labels(anna.messages[-1]) == []
    await anna.presses_data(question["message_id"], question["buttons"][0][0]["data"])
    assert "no longer free" in await news(town, anna)
    assert await town.sql("SELECT COUNT(*) FROM appointments WHERE status = 'booked'") == [(0,)]


async def test_whom_no_chat_reaches_is_named_by_code(town: StaffWorld) -> None:
    anna = await anna_books(town)
    code = (await town.newest()).code
    await closes(town)
    await news(town, anna)
    await town.sql("UPDATE chats SET reachable = 0")
    opened = await opens(town)
    assert f"Im Chat nicht erreicht, bitte anrufen: {code}" in opened.text
    assert ASKED not in opened.text
    assert code in (await town.opens(await town.lists_url())).text


async def test_of_several_it_says_how_many(town: StaffWorld) -> None:
    await anna_books(town)
    vera = await town.person(12)
    await agree(vera)
    await book_at(vera, time="09:00")
    await town.taken()
    await closes(town)
    opened = await opens(town)
    assert "2 Personen fragen wir im Chat, ob sie ihren Termin behalten möchten." in opened.text


async def test_who_opens_it_in_chat_reads_there_how_many_are_asked(town: StaffWorld) -> None:
    anna, ali = await anna_books(town), await town.case_manager("mohammad")
    await closes(town)
    await ali.walks("Nicht da von … bis …")
    await ali.takes("present")
    assert words(ali.now).startswith(
        "✅ Wieder offen.\nAbgesagte Termine, die doch möglich sind: 1. Wir fragen im Chat, ob sie"
        " behalten werden."
    )
    assert "after all" in await news(town, anna)
