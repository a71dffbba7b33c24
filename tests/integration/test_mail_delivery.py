"""Which mail goes next, and who may send it, on both engines."""

from collections.abc import AsyncIterator

import pytest
from town import Town, invented, open_town

from bot.messages.payloads import Kind
from bot.storage.queues import claimed_mails, outbox
from bot.storage.queues.claimed_mails import ClaimedMail
from bot.storage.queues.outbox_row import MAIL, OutboxRow, Priority

ANNA, CORA, MILL = "case_manager:anna", "case_manager:cora", "office:mill"


@pytest.fixture
async def town(url: str) -> AsyncIterator[Town]:
    async with open_town(url, invented()) as made:
        yield made


async def put(town: Town, *mails: tuple[str, str]) -> None:
    for key, mailbox in mails:
        draft = OutboxRow(Kind.NOTICE, "{}", key, Priority.NOTICE, town.now, mailbox=mailbox)
        await town.database.run(outbox.put, draft, town.now)


async def claim(town: Town, term: int, *resting: str) -> ClaimedMail | None:
    return await town.database.run(claimed_mails.claim, term, resting)


async def keys(town: Town, term: int, *resting: str) -> list[str]:
    """All there is to claim, one after the other."""
    found = []
    while claimed := await claim(town, term, *resting):
        found.append(claimed.key)
    return found


async def begin(town: Town) -> int:
    return await town.database.run(claimed_mails.begin_term)


async def test_the_oldest_of_each_mailbox_goes_and_who_rests_holds_up_nobody(town: Town) -> None:
    await put(town, ("a1", ANNA), ("a2", ANNA), ("m1", MILL), ("c1", CORA))
    term = await begin(town)
    assert await keys(town, term, MILL) == ["a1", "c1"]
    assert await keys(town, term) == ["m1"]
    await town.database.run(outbox.settle, 1, "sent", town.now)
    claimed = await claim(town, term)
    assert claimed == ClaimedMail(2, ANNA, "notice", "{}", "a2", town.now, None, 0)


async def test_a_mail_put_back_is_still_the_first_of_its_mailbox(town: Town) -> None:
    await put(town, ("a1", ANNA), ("a2", ANNA))
    term = await begin(town)
    for counted in (True, False):
        claimed = await claim(town, term)
        assert claimed is not None
        await town.database.run(outbox.put_back, claimed.id, term, counted=counted)
    again = await claim(town, term)
    assert again is not None
    assert (again.key, again.attempts) == ("a1", 1)


async def test_a_mail_sender_of_an_earlier_term_claims_no_more_and_puts_nothing_back(
    town: Town,
) -> None:
    await put(town, ("a1", ANNA))
    old = await begin(town)
    assert await keys(town, old) == ["a1"]
    new = await begin(town)
    assert await keys(town, old) == []
    assert await keys(town, new) == ["a1"]
    await town.database.run(outbox.put_back, 1, old, counted=True)
    assert await town.rows("SELECT state, attempts FROM outbox") == [("sending", 0)]


async def test_sender_and_mail_sender_leave_each_others_rows_alone(town: Town) -> None:
    amal = await town.client(7)
    await put(town, ("a1", ANNA))
    chat = OutboxRow(Kind.TEXT, '"a"', "chat", Priority.NOTICE, town.now, amal)
    await town.database.run(outbox.put, chat, town.now)
    term = await begin(town)
    assert [claimed.person_id for claimed in await town.claim(10)] == [amal]
    assert await keys(town, term) == ["a1"]
    await town.database.run(outbox.release_abandoned, town.term + 5)
    rows = await town.rows("SELECT dedupe_key, state FROM outbox ORDER BY id")
    assert rows == [("a1", "sending"), ("chat", "waiting")]


async def test_a_mail_nobody_hands_in_waits_again_and_a_message_of_the_same_term_does_not(
    town: Town,
) -> None:
    amal = await town.client(7)
    await put(town, ("a1", ANNA), ("m1", MILL))
    chat = OutboxRow(Kind.TEXT, '"a"', "chat", Priority.NOTICE, town.now, amal)
    await town.database.run(outbox.put, chat, town.now)
    term = await begin(town)
    assert [claimed.person_id for claimed in await town.claim(10)] == [amal]
    assert await keys(town, term, MILL) == ["a1"]
    assert town.term == term
    await town.database.run(outbox.release_all_but, term, (), MAIL)
    rows = await town.rows("SELECT dedupe_key, state FROM outbox ORDER BY id")
    assert rows == [("a1", "waiting"), ("m1", "waiting"), ("chat", "sending")]


async def test_a_mail_sender_of_an_earlier_term_makes_no_mail_of_a_later_one_wait_again(
    town: Town,
) -> None:
    await put(town, ("a1", ANNA))
    old = await begin(town)
    assert await keys(town, await begin(town)) == ["a1"]
    await town.database.run(outbox.release_all_but, old, (), MAIL)
    assert await town.rows("SELECT state FROM outbox") == [("sending",)]
