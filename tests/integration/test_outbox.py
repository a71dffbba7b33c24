"""Inbox and outbox as rows: once, in order, and nothing silently dropped."""

from collections.abc import AsyncIterator

import pytest
from town import MONDAY_MORNING as NOW
from town import VAULT, Town, invented, open_town, telegram

from bot.messages.payloads import Kind
from bot.storage.queues import claimed_messages, inbox, outbox
from bot.storage.queues.inbox import UpdateKey, Waiting
from bot.storage.queues.outbox_row import OutboxRow, Priority
from bot.storage.records import chats

HOUR = 3600


@pytest.fixture
async def town(url: str) -> AsyncIterator[Town]:
    async with open_town(url, invented()) as made:
        yield made


def draft(key: str, person_id: int | None, priority: Priority = Priority.NOTICE) -> OutboxRow:
    return OutboxRow(Kind.TEXT, f'"{key}"', key, priority, NOW, person_id)


async def put(town: Town, *drafts: OutboxRow) -> list[bool]:
    return [await town.database.run(lambda tx, one: outbox.put(tx, one, NOW)(), d) for d in drafts]


async def contents_claimed(town: Town, limit: int = 10) -> list[str]:
    found = await town.claim(limit)
    return [claimed.content.strip('"') for claimed in found]


async def states(town: Town) -> list[tuple[str, str]]:
    rows = await town.rows("SELECT dedupe_key, state FROM outbox ORDER BY id")
    return [(key, state) for key, state in rows]


async def number(town: Town, key: str) -> int:
    (found,) = await town.rows("SELECT id FROM outbox WHERE dedupe_key = :key", key=key)
    return int(found[0])


# Inbox


async def test_14_the_same_update_twice_is_kept_once_and_new_only_when_it_is_first_done(
    town: Town,
) -> None:
    for _ in range(2):
        await town.database.run(inbox.keep, telegram(5), "chat", "sealed", NOW)
    assert len(await town.database.run(inbox.first_two, "chat")) == 1
    assert [await is_new(town, telegram(5)), await is_new(town, telegram(5))] == [True, False]
    assert await town.database.run(inbox.first_two, "chat") == []


async def is_new(town: Town, key: UpdateKey) -> bool:
    """Whether an update that is done was not handled before."""
    return await town.database.run(lambda tx: inbox.done(tx, key, NOW)())


async def test_each_channel_numbers_its_own_updates(town: Town) -> None:
    other = UpdateKey("carrier pigeon", 5)
    for key in (telegram(5), other):
        await town.database.run(inbox.keep, key, f"chat of {key.channel}", "sealed", NOW)
    assert await is_new(town, telegram(5))
    assert (await first(town, "chat of carrier pigeon")).key == other
    assert await town.database.run(inbox.waiting_chats, NOW) == ["chat of carrier pigeon"]
    assert await is_new(town, other)


async def first(town: Town, chat: str) -> Waiting:
    """The update of a chat whose turn it is."""
    return (await town.database.run(inbox.first_two, chat))[0]


async def test_the_updates_of_a_chat_have_their_turn_in_order(town: Town) -> None:
    for update, chat in ((12, "b"), (11, "a"), (10, "a")):
        await town.database.run(inbox.keep, telegram(update), chat, f"sealed {update}", NOW)
    assert await first(town, "a") == Waiting(telegram(10), "sealed 10", 0)
    await town.database.run(inbox.done, telegram(10), NOW)
    assert await first(town, "a") == Waiting(telegram(11), "sealed 11", 0)
    assert await first(town, "b") == Waiting(telegram(12), "sealed 12", 0)


async def test_chats_left_over_wait_in_the_order_they_came(town: Town) -> None:
    for update, chat, moment in ((9, "late", NOW + 1), (12, "early", NOW), (13, "early", NOW)):
        await town.database.run(inbox.keep, telegram(update), chat, "sealed", moment)
    assert await town.database.run(inbox.waiting_chats, NOW + 1) == ["early", "late"]
    assert await town.database.run(inbox.waiting_chats, NOW) == ["early"]
    set_back = NOW - 3600
    assert await town.database.run(inbox.waiting_chats, set_back) == ["early", "late"]


async def test_an_update_set_aside_stops_nobody_and_stays_visible(town: Town) -> None:
    for update in (1, 2):
        await town.database.run(inbox.keep, telegram(update), "chat", "sealed", NOW)
    await town.database.run(inbox.count_attempt, telegram(1))
    assert await first(town, "chat") == Waiting(telegram(1), "sealed", 1)
    await town.database.run(inbox.set_aside, telegram(1))
    assert await first(town, "chat") == Waiting(telegram(2), "sealed", 0)
    await town.database.run(inbox.done, telegram(2), NOW)
    assert await town.database.run(inbox.waiting_chats, NOW + 1) == []
    assert await town.rows("SELECT update_id FROM inbox") == [(1,)]


# Outbox


async def test_a_message_with_the_same_key_is_written_once(town: Town) -> None:
    amal = await town.client(7)
    assert await put(town, draft("a", amal), draft("a", amal)) == [True, False]
    assert await states(town) == [("a", "waiting")]


async def test_messages_of_one_person_go_out_one_at_a_time_and_in_order(town: Town) -> None:
    amal, olena = await town.client(7), await town.client(8)
    await put(town, draft("a1", amal), draft("a2", amal), draft("o1", olena))
    assert await contents_claimed(town) == ["a1", "o1"]
    assert await contents_claimed(town) == []
    await town.database.run(outbox.settle, await number(town, "a1"), "sent", NOW)
    assert await contents_claimed(town) == ["a2"]


async def test_who_waits_for_an_answer_comes_before_notices_and_reminders(town: Town) -> None:
    people = [await town.client(chat) for chat in (6, 7, 8, 9)]
    for person, priority in zip(people, reversed(Priority), strict=True):
        await put(town, draft(priority.name, person, priority))
    assert await contents_claimed(town, limit=1) == ["ANSWER"]
    assert await contents_claimed(town, limit=3) == ["NOTICE", "REMINDER", "TIDYING"]


async def test_an_older_message_is_tidied_when_nothing_else_waits_for_its_chat(town: Town) -> None:
    amal = await town.client(7)
    await put(town, draft("first tidied", amal, Priority.TIDYING))
    await put(town, draft("then tidied", amal, Priority.TIDYING))
    await put(town, draft("reminder", amal, Priority.REMINDER))
    await put(town, draft("answer", amal, Priority.ANSWER))
    told = []
    for _ in range(4):
        told += await contents_claimed(town, limit=9)
        await town.database.run(outbox.settle, await number(town, told[-1]), "sent", NOW)
    assert told == ["reminder", "answer", "first tidied", "then tidied"]


async def test_an_answer_hurries_what_stands_before_it_in_the_same_chat(town: Town) -> None:
    amal, olena = await town.client(7), await town.client(8)
    await put(
        town,
        draft("notice to olena", olena),
        draft("reminder to amal", amal, Priority.REMINDER),
        draft("answer to amal", amal, Priority.ANSWER),
    )
    assert await contents_claimed(town, limit=1) == ["reminder to amal"]


async def test_a_new_screen_supersedes_one_that_was_not_sent(town: Town) -> None:
    amal, olena = await town.client(7), await town.client(8)
    await put(
        town,
        OutboxRow(Kind.SCREEN, '"old"', "old", Priority.ANSWER, NOW, amal),
        OutboxRow(Kind.SCREEN, '"hers"', "hers", Priority.ANSWER, NOW, olena),
        draft("notice", amal),
        OutboxRow(Kind.SCREEN, '"new"', "new", Priority.ANSWER, NOW, amal),
    )
    assert [key for key, _ in await states(town)] == ["hers", "notice", "new"]


def screen(key: str, person_id: int) -> OutboxRow:
    return OutboxRow(Kind.SCREEN, f'"{key}"', key, Priority.ANSWER, NOW, person_id)


async def put_off(town: Town, key: str, due_at: int = NOW + 60) -> None:
    await town.database.run(outbox.put_off, await number(town, key), town.term, due_at)


async def test_what_is_put_off_waits_alone_and_goes_out_once(town: Town) -> None:
    amal = await town.client(7)
    await put(town, draft("reminder", amal, Priority.REMINDER), draft("next", amal))
    assert await contents_claimed(town) == ["reminder"]
    await put_off(town, "reminder")
    assert await contents_claimed(town) == ["next"]
    await put(town, draft("reminder", amal, Priority.REMINDER))
    assert await states(town) == [("reminder", "planned"), ("next", "sending")]
    await town.database.run(outbox.settle, await number(town, "next"), "sent", NOW)
    await town.database.run(outbox.promote_due, NOW + 59)
    assert await states(town) == [("reminder", "planned")]
    await town.database.run(outbox.promote_due, NOW + 60)
    ((again,), nobody) = await town.claim(), await town.claim()
    assert (again.content, again.attempts, nobody) == ('"reminder"', 1, [])
    await town.database.run(outbox.settle, again.id, "sent", NOW + 60)
    assert await states(town) == []


async def test_what_another_sender_has_by_now_is_not_put_off(town: Town) -> None:
    amal = await town.client(7)
    await put(town, draft("a", amal))
    (claimed,), over = await town.claim(), town.term
    town.term = await town.database.run(claimed_messages.begin_term)
    await town.database.run(outbox.release_abandoned, town.term)
    await town.claim()
    await town.database.run(outbox.put_off, claimed.id, over, NOW + 60)
    assert await states(town) == [("a", "sending")]


async def test_a_screen_that_was_put_off_never_comes_after_a_newer_one(town: Town) -> None:
    amal, olena = await town.client(7), await town.client(8)
    await put(town, screen("first", amal), screen("hers", olena))
    await town.claim()
    await put_off(town, "first")
    await put_off(town, "hers")
    await put(town, screen("second", amal))
    await town.claim()
    await put(town, screen("third", amal))
    await put_off(town, "second")
    assert await states(town) == [("hers", "planned"), ("third", "waiting")]


async def test_who_left_is_served_only_when_what_was_put_off_has_been_sent(town: Town) -> None:
    amal = await town.client(7)
    await put(town, draft("farewell", amal))
    await town.claim()
    await put_off(town, "farewell")
    assert await town.database.run(outbox.has_open, amal, NOW)
    await town.database.run(outbox.promote_due, NOW + 60)
    await town.claim()
    await town.database.run(outbox.settle, await number(town, "farewell"), "sent", NOW)
    assert not await town.database.run(outbox.has_open, amal, NOW)


async def test_a_message_expires_only_after_its_last_moment(town: Town) -> None:
    amal = await town.client(7)
    late = OutboxRow(Kind.TEXT, "{}", "late", Priority.NOTICE, NOW, amal, not_after=NOW + HOUR)
    await put(town, late, draft("any time", amal))
    await town.database.run(outbox.expire, NOW + HOUR)
    assert await states(town) == [("late", "waiting"), ("any time", "waiting")]
    await town.database.run(outbox.expire, NOW + HOUR + 1)
    assert await states(town) == [("late", "expired"), ("any time", "waiting")]


async def test_14_what_was_being_sent_at_a_crash_waits_again(town: Town) -> None:
    amal = await town.client(7)
    await put(town, draft("a", amal))
    assert await contents_claimed(town) == ["a"]
    town.term = await town.database.run(claimed_messages.begin_term)
    await town.database.run(outbox.release_abandoned, town.term)
    assert await contents_claimed(town) == ["a"]
    await town.database.run(outbox.release_abandoned, town.term)
    assert await states(town) == [("a", "sending")]


async def test_a_sender_whose_term_is_over_takes_nothing(town: Town) -> None:
    amal = await town.client(7)
    await put(town, draft("a", amal), draft("b", amal))
    (claimed,) = await town.claim()
    over = town.term
    town.term = await town.database.run(claimed_messages.begin_term)
    assert await town.database.run(claimed_messages.claim, over, 10) == []
    await town.database.run(outbox.release_abandoned, town.term)
    assert await town.database.run(claimed_messages.take_again, claimed.id, over) is None
    assert await contents_claimed(town) == ["a"]


async def test_a_message_tried_again_counts_its_attempts_until_it_is_settled(town: Town) -> None:
    amal = await town.client(7)
    await put(town, draft("a", amal))
    (claimed,) = await town.claim(1)
    await town.database.run(outbox.count_attempt, claimed.id)
    again = await town.database.run(claimed_messages.take_again, claimed.id, town.term)
    assert again is not None
    assert (again.id, again.attempts) == (claimed.id, 1)
    await town.database.run(outbox.settle, claimed.id, "sent", NOW)
    assert await town.database.run(claimed_messages.take_again, claimed.id, town.term) is None


async def test_what_is_of_no_appointment_is_gone_when_sent_and_kept_when_failed(
    town: Town,
) -> None:
    amal = await town.client(7)
    about = OutboxRow(Kind.NOTICE, "{}", "about", Priority.NOTICE, NOW, amal, appointment_id=1)
    await put(town, draft("sent", amal), draft("failed", amal), about)
    for key, state in (("sent", "sent"), ("failed", "failed"), ("about", "sent")):
        (claimed,) = await town.claim(1)
        assert claimed.id == await number(town, key)
        await town.database.run(outbox.settle, claimed.id, state, NOW)
    assert await states(town) == [("failed", "failed"), ("about", "sent")]


async def test_34_all_messages_to_who_cannot_be_reached_fail_visibly(town: Town) -> None:
    amal, olena = await town.client(7), await town.client(8)
    later = OutboxRow(Kind.REMINDER, "{}", "later", Priority.REMINDER, NOW + HOUR, amal)
    await put(town, draft("a", amal), draft("b", amal), draft("hers", olena), later)
    await town.claim(1)
    await town.database.run(outbox.fail_all_of, amal, NOW)
    assert await states(town) == [
        ("a", "failed"),
        ("b", "failed"),
        ("hers", "waiting"),
        ("later", "planned"),
    ]


# Persons


async def test_a_person_is_found_by_the_hash_of_their_chat_and_the_id_is_sealed(
    town: Town,
) -> None:
    amal = await town.client(4711)
    found = await town.database.run(chats.by_key, VAULT.lookup(4711))
    assert found is not None
    assert (found.person.id, found.person.language, found.reachable) == (amal, None, True)
    assert VAULT.open(found.sealed) == b"4711"
    assert await town.database.run(chats.by_key, VAULT.lookup(4712)) is None
    (row,) = await town.rows("SELECT * FROM persons p JOIN chats c ON c.person_id = p.id")
    assert not any("4711" in str(value) for value in row)


async def test_consent_is_kept_with_its_version_and_time(town: Town) -> None:
    amal = await town.client(7)
    await town.at_port(amal, lambda port: port.agree())
    assert await town.rows("SELECT consent_version, consent_at FROM persons") == [("1", NOW)]


async def test_the_newest_message_in_a_chat_never_goes_back(town: Town) -> None:
    amal = await town.client(7)
    for message, live in ((10, True), (12, False), (11, False)):
        await town.database.run(chats.note_sent, amal, message, live=live)
    found = await town.database.run(chats.of, amal)
    assert found is not None
    assert (found.live_message, found.last_message) == (10, 12)
    await town.database.run(chats.forget_live_screen, amal)
    found = await town.database.run(chats.of, amal)
    assert found is not None
    assert (found.live_message, found.last_message) == (None, 12)


async def test_34_who_blocked_the_bot_is_unreachable_until_they_write(town: Town) -> None:
    amal = await town.client(7)
    await town.database.run(chats.mark_unreachable, amal)
    chat = await town.database.run(chats.of, amal)
    assert chat is not None
    assert chat.reachable is False
