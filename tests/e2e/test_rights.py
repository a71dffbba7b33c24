"""The client's rights in chat: to know, to have a copy, to withdraw, to be forgotten."""

import asyncio
import re

import pytest
from phone import Client
from stage import World, agree, book_at, book_earliest

from bot.rendering.data_export import SHORT_ROW
from bot.simulator.person import words
from bot.storage.upkeep.personal_data import WHERE

ALL_OF_A_PERSON = [table for table in WHERE if table != "inbox"]
FAREWELL = "We have deleted your data."


async def at_privacy(world: World, person: Client) -> None:
    """In front of the short text, having agreed."""
    await agree(person)
    await person.walks("Language and settings", "Privacy and my data")


async def deletes_everything(world: World, person: Client) -> None:
    """By the command and two taps."""
    await person.says_and_waits("/delete")
    await person.presses("Yes, delete everything")
    await world.taken()
    await person.looks()


async def rows_left(world: World) -> dict[str, int]:
    """How many rows of each table are about anybody; notices wait for a case manager.

    What counts towards a limit is to stay.
    """
    tables = [table for table in ALL_OF_A_PERSON if table != "tallies"]
    some = {t: "person_id IS NOT NULL" if t == "outbox" else "1 = 1" for t in tables}
    counted = {
        table: (await world.sql(f"SELECT COUNT(*) FROM {table} WHERE {where}"))[0][0]
        for table, where in some.items()
    }
    return {table: int(str(number)) for table, number in counted.items() if number}


async def file_of(person: Client) -> tuple[str, str]:
    """Name and text of the newest file."""
    message = next(m for m in reversed(person.messages) if m.get("kind") == "document")
    return message["file"]["name"], (await person.downloads(message)).decode("utf-8-sig")


async def test_who_answers_for_the_data_can_be_read_before_agreeing(smallville: World) -> None:
    anna = await smallville.person()
    await anna.says_and_waits("/start")
    await anna.walks("English", "Privacy and my data")
    for fact in (
        *(
            "Who is responsible: Gemeinde Smallville",
            "Data protection officer: Datenschutz Smallville",
        ),
        *("Data protection authority: Landesamt", "Version of this notice: 1"),
        "Why the law allows this: Einwilligung (Art. 6 Abs. 1 a DSGVO)",
    ):
        assert fact in words(anna.now)
    assert "Take back my consent" not in anna.labels
    await anna.walks("Back")
    assert "I agree" in anna.labels


async def test_without_an_operator_the_bot_says_that_it_is_an_example(world: World) -> None:
    anna = await world.person()
    await at_privacy(world, anna)
    assert "This is an example." in words(anna.now)


async def test_of_the_long_text_each_part_unfolds_by_itself(world: World) -> None:
    anna = await world.person()
    await at_privacy(world, anna)
    await anna.walks("Read more")
    titles = re.findall(r"(?:^|</blockquote>\n\n)(.*)\n<blockquote expandable>", anna.now["html"])
    assert titles == [
        *("📋 What we keep, and for how long", "📋 What else we keep", "🎯 Why we keep it"),
        *("👥 Who sees what", "⚖️ Your rights"),
    ]
    await anna.walks("Back")
    assert words(anna.now).startswith("🔒 Privacy")


@pytest.mark.parametrize(
    ("command", "seen"),
    [("/privacy", "🔒 Privacy"), ("/delete", "Delete everything?"), ("/export", "This file shows")],
)
async def test_the_commands_work_before_anything_else_does(
    world: World, command: str, seen: str
) -> None:
    anna = await world.person()
    await anna.says_and_waits(command)
    await anna.sees(seen)
    assert "Emergency numbers" in anna.labels


async def test_the_commands_are_in_the_menu_in_every_language(world: World) -> None:
    assert world.process is not None
    profile = world.process.profile
    for name in ("privacy", "export", "delete"):
        texts = {profile.text(language, f"command.{name}") for language in profile.languages}
        assert len(texts) == 7


async def test_the_file_is_readable_and_says_everything(world: World) -> None:
    anna = await world.person()
    await agree(anna)
    await anna.walks("Book an appointment", "44649", "PLANB Ruhr, Wanne", "Ali Mohammad")
    await anna.walks(
        "Wednesday 25 November", "10:00", "Tell us what you need", "Say what it is about", "Debts"
    )
    await anna.walks("Done", "Confirm")
    await anna.says_and_waits("/export")
    await world.taken()
    await anna.looks()
    name, text = await file_of(anna)
    assert name == "My-data.txt"
    for fact in (
        *(
            "Number of this chat: 7\n",
            "Language: English",
            "You agreed to the privacy notice, version 2026-12",
        ),
        *(f"Appointment, code {await world.code()}", "🗓️ Wednesday 25 November", "⏰ 10:00"),
        *("👤 Ali Mohammad", "🗂️ Debts", "Reminder planned: Tuesday 24 November, 10:00"),
    ):
        assert fact in text


async def test_the_file_leaves_no_column_out(world: World) -> None:
    anna = await world.person()
    await book_earliest(anna)
    await anna.says_and_waits("/export")
    await world.taken()
    await anna.looks()
    _, text = await file_of(anna)
    for table in ("persons", "chats", "appointments", "outbox", "sent_messages", "client_cells"):
        rows = await world.sql(f"SELECT name FROM pragma_table_info('{table}')")
        part = text.partition(f"[{table}]")[2].partition("\n\n")[0]
        first = (
            part.strip().splitlines() if len(rows) > SHORT_ROW else part.split("\n")[1].split("; ")
        )
        assert [each.partition(":")[0] for each in first] == [str(column) for (column,) in rows]


async def test_every_table_that_is_about_people_is_in_the_file(world: World) -> None:
    about = await world.sql(
        "SELECT DISTINCT m.name FROM sqlite_master m, pragma_table_info(m.name) c"
        " WHERE c.name IN ('person_id', 'chat_key', 'appointment_id')"
        " AND m.name <> 'ended_links'"  # about the staff: which links of theirs are good no more
    )
    assert {str(table) for (table,) in about} | {"persons"} == set(WHERE)


async def test_the_file_holds_nothing_of_anybody_else(world: World) -> None:
    berta = await world.person(8888, name="Berta")
    await book_earliest(berta)
    code = await world.code()
    anna = await world.person()
    await book_earliest(anna)
    await anna.says_and_waits("/export")
    await world.taken()
    await anna.looks()
    _, text = await file_of(anna)
    assert code not in text
    assert "8888" not in text


async def test_the_file_is_in_the_language_of_its_reader(world: World) -> None:
    anna = await world.person(language="ar")
    await anna.says_and_waits("/start")
    await anna.takes("language", "ar")
    await anna.says_and_waits("/export")
    await world.taken()
    await anna.looks()
    assert "كل ما نحفظه عن هذه المحادثة" in (await file_of(anna))[1]


async def test_two_taps_delete_everything_and_the_last_message_arrives(world: World) -> None:
    ali = await world.case_manager("mohammad")
    anna = await world.person()
    await agree(anna)
    await book_at(anna)
    code = await world.code()
    await deletes_everything(world, anna)
    (last,) = anna.messages
    assert FAREWELL in words(last)
    assert last["buttons"] == []
    await ali.sees_anywhere("❌ Die Person hat abgesagt")
    assert code in words(await ali.sees_anywhere("❌ Die Person hat abgesagt"))
    assert await world.sql("SELECT person_id FROM staff_chats") == await world.sql(
        "SELECT id FROM persons"
    )
    assert await rows_left(world) == {
        "persons": 1,
        "chats": 1,
        "staff_chats": 1,
        "sent_messages": 3,
    }
    assert await world.sql(
        "SELECT outcome, number FROM talk_counts WHERE breakdown = 'office'"
    ) == [("cancelled_by_client", 1)]


async def test_withdrawing_is_as_easy_as_agreeing_and_keeps_nothing(world: World) -> None:
    anna = await world.person()
    await at_privacy(world, anna)
    await anna.walks("Take back my consent")
    assert "Take back your consent? Then we delete what we keep about you" in words(anna.now)
    await anna.presses("Yes, take it back and delete")
    await world.taken()
    assert await rows_left(world) == {}


async def test_of_who_has_deleted_everything_stays_for_a_while_what_counts_towards_a_limit(
    world: World,
) -> None:
    anna = await world.person()
    await book_earliest(anna)
    await deletes_everything(world, anna)
    kept = "SELECT what, number FROM tallies ORDER BY what"
    [(paced, actions), cancelled] = await world.sql(kept)
    assert (paced, cancelled) == ("actions", ("cancelled", 1))
    assert isinstance(actions, int) and actions > 3
    await world.passes(hours=1)
    assert await world.sql(kept) == [("cancelled", 1)]
    await world.passes(days=7)
    assert await world.sql(kept) == []


async def test_deleting_can_be_thought_better_of(world: World) -> None:
    anna = await world.person()
    await book_earliest(anna)
    await anna.says_and_waits("/delete")
    assert "We will cancel your appointments" in words(anna.now)
    await anna.walks("Back")
    assert "🔑 Code" in words(anna.now)
    assert await world.sql("SELECT status FROM appointments") == [("booked",)]


async def test_after_deleting_a_new_start_is_a_stranger_s(world: World) -> None:
    anna = await world.person()
    await book_earliest(anna)
    await deletes_everything(world, anna)
    await anna.says_and_waits("/start")
    assert "English" in anna.labels
    await anna.walks("English")
    assert "I agree" in anna.labels


async def test_a_start_that_overtakes_the_last_message_is_a_stranger_s_too(world: World) -> None:
    anna = await world.person()
    await book_earliest(anna)
    await anna.says_and_waits("/delete")
    message_id, data = anna.data("Yes, delete everything")
    await anna.presses_data(message_id, data)
    await anna.says("/start")
    await world.taken()
    await anna.looks()
    assert "English" in anna.labels
    assert any(FAREWELL in words(message) for message in anna.messages)
    rows = await world.sql("SELECT consent_version, left_at FROM persons")
    assert rows == [(None, None)]


async def test_the_delete_button_pressed_twice_deletes_once(world: World) -> None:
    anna = await world.person()
    await book_earliest(anna)
    await anna.says_and_waits("/delete")
    button = anna.data("Yes, delete everything")
    await anna.presses_data(*button)
    await anna.presses_data(*button)
    await world.taken()
    await anna.looks()
    assert [FAREWELL in words(message) for message in anna.messages] == [True]
    assert await world.sql("SELECT number FROM talk_counts WHERE breakdown = 'office'") == [(1,)]
    assert await rows_left(world) == {}


@pytest.mark.parametrize("days", [0, 3])
async def test_an_old_delete_button_deletes_nothing(world: World, days: int) -> None:
    anna = await world.person()
    await agree(anna)
    await book_at(anna, day="Friday 27 November")
    await anna.says_and_waits("/delete")
    old = anna.data("Yes, delete everything")
    if days:
        await world.passes(days=days)
    else:
        await anna.walks("Main menu")
    await anna.presses_data(*old)
    await world.taken()
    await anna.looks()
    assert await world.sql("SELECT status FROM appointments") == [("booked",)]
    assert "Book an appointment" in anna.labels


@pytest.mark.parametrize("when", ["at once", "once forgotten"])
async def test_a_stop_in_the_middle_of_deleting_leaves_it_whole(world: World, when: str) -> None:
    anna = await world.person()
    await book_earliest(anna)
    await anna.says_and_waits("/delete")
    await anna.presses_data(*anna.data("Yes, delete everything"))
    if when == "once forgotten":
        await forgotten(world)
    await world.restart()
    await world.taken()
    await anna.looks()
    assert [FAREWELL in words(message) for message in anna.messages] == [True]
    assert await rows_left(world) == {}


async def forgotten(world: World) -> None:
    """Wait for the commit only; the last message may not yet be there."""
    async with asyncio.timeout(20):
        # Nothing tells of a row that is gone.
        while await world.sql("SELECT 1 FROM appointments"):  # noqa: ASYNC110
            await asyncio.sleep(0)


async def test_who_has_blocked_the_bot_is_forgotten_all_the_same(world: World) -> None:
    anna = await world.person()
    await book_earliest(anna)
    await anna.says_and_waits("/delete")
    button = anna.data("Yes, delete everything")
    await anna.presses_data(*button)
    await anna.blocks()
    await world.taken()
    left = await world.sql("SELECT consent_version FROM persons")
    assert left in ([], [(None,)])
    assert await world.sql("SELECT COUNT(*) FROM appointments") == [(0,)]


async def test_a_case_manager_who_deletes_everything_speaks_for_nobody(world: World) -> None:
    ali = await world.case_manager("mohammad")
    await ali.says_and_waits("/delete")
    await ali.presses_data(*ali.data("Ja, alles löschen"))
    await world.taken()
    assert await rows_left(world) == {}
    anna = await world.person()
    await agree(anna)
    await book_at(anna)
    unaddressed = "SELECT COUNT(*) FROM outbox WHERE state = 'unaddressed'"
    assert await world.sql(unaddressed) == [(1,)]


async def test_clearing_the_chat_keeps_one_screen_and_the_appointment(world: World) -> None:
    anna = await world.person()
    await book_earliest(anna)
    await anna.walks("Add to my calendar")
    await anna.says_and_waits("/privacy")
    await anna.walks("Clear this chat")
    await world.taken()
    await anna.looks()
    (left,) = anna.messages
    assert "We have removed our messages from this chat" in words(left)
    assert "clear or delete the chat" in words(left)
    assert await world.sql("SELECT status FROM appointments") == [("booked",)]
    await anna.walks("Main menu", "My appointments")
    assert len(anna.labels[0]) > 0


async def test_messages_too_old_to_be_deleted_say_nothing_any_more(world: World) -> None:
    anna = await world.person()
    await agree(anna)
    await book_at(anna, day="Friday 27 November")
    await anna.walks("Add to my calendar")
    await world.passes(days=2, hours=1)
    await anna.says_and_waits("/privacy")
    await anna.walks("Clear this chat")
    await world.taken()
    await anna.looks()
    texts = [words(message) for message in anna.messages]
    assert texts[0] == "…"
    assert [text for text in texts if "🔑" in text] == []
    assert "We have removed our messages from this chat" in texts[-1]


async def test_an_address_nobody_can_write_to_goes_after_a_day(world: World) -> None:
    anna = await world.person()
    await agree(anna)
    await world.stop()
    await world.sql("UPDATE persons SET left_at = created_at")
    await world.sql("UPDATE chats SET chat_key = 'left-1'")
    await world.sql(
        "INSERT INTO outbox (person_id, kind, content, due_at, priority, state, dedupe_key)"
        " VALUES (1, 'message', '[[],[]]', 9999999999, 0, 'planned', 'never')"
    )
    await world.start()
    await world.passes(hours=25)
    assert await rows_left(world) == {}
