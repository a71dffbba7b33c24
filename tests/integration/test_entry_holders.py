"""Whoever got a calendar entry is told when it changes, whatever the settings have become since."""

from collections.abc import AsyncIterator
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest
from mail_room import read_event
from post_office import HANG
from post_office import post_office as opened
from test_mail_sender import DAY, NINE, STAFFING, TEN, Post
from town import BERLIN, VAULT, Town, invented, open_town
from until import until

from bot.domain.appointment import Appointment
from bot.domain.staffing import Reach, Staffing
from bot.storage.queues import failed_messages
from bot.storage.upkeep import erasure

ANNA = STAFFING.of("anna")
MOVED_AWAY = replace(ANNA, mail="anna.new@office.example")
IN_CHAT = Reach("anna@office.example")
NO_ADDRESS = Reach()
WITH_FEED = replace(ANNA, invitation=False)


@pytest.fixture
async def post(tmp_path: Path) -> AsyncIterator[Post]:
    async with open_town(f"sqlite:///{tmp_path}/town.db", invented()) as town, opened() as office:
        town.staffing = STAFFING
        yield Post(town, office)


def becomes(town: Town, reach: Reach) -> None:
    """The bot starts again with other settings for Anna."""
    town.staffing = Staffing({**STAFFING.case_managers, "anna": reach}, STAFFING.offices)


async def booked_by_mail(post: Post) -> tuple[int, Appointment]:
    """Anna got the entry of an appointment; by whom it was booked."""
    client = await post.town.client(7)
    booked = await post.town.book(client, post.town.slot("anna", NINE))
    async with post.running():
        await post.sent(1)
    return client, booked


async def sent(post: Post, number: int) -> list[EmailMessage]:
    """The mails after the first, once nothing waits any more."""
    async with post.running():
        mails = await post.sent(number)
    assert {state for _, state in await post.states()} == {"sent"}
    assert len(mails) == number
    return mails[1:]


def methods(mails: list[EmailMessage]) -> list[tuple[str, str, int]]:
    events = [(mail, read_event(mail)) for mail in mails]
    return [(str(mail["To"]), event.method, event.sequence) for mail, event in events]


def has_entry(mail: EmailMessage) -> bool:
    return "text/calendar" in {part.get_content_type() for part in mail.walk()}


@pytest.mark.parametrize("reach", [ANNA, WITH_FEED, IN_CHAT, NO_ADDRESS])
async def test_the_entry_is_taken_back_from_where_it_is(post: Post, reach: Reach) -> None:
    client, booked = await booked_by_mail(post)
    becomes(post.town, reach)
    await post.town.cancel(client, booked.id)
    mails = await sent(post, 2)
    assert methods(mails) == [("anna@office.example", "CANCEL", 1)]


@pytest.mark.parametrize("reach", [ANNA, WITH_FEED, IN_CHAT, NO_ADDRESS])
async def test_the_entry_moves_where_it_is_and_is_taken_back_in_the_end(
    post: Post, reach: Reach
) -> None:
    client, booked = await booked_by_mail(post)
    becomes(post.town, reach)
    moved = await post.town.move(client, booked, post.town.slot("anna", TEN))
    await sent(post, 2)
    await post.town.cancel(client, moved.id)
    mails = await sent(post, 3)
    assert methods(mails) == [
        ("anna@office.example", "REQUEST", 1),
        ("anna@office.example", "CANCEL", 2),
    ]
    assert read_event(mails[0]).wall[0] == TEN


async def test_at_another_address_both_have_it_and_both_lose_it(post: Post) -> None:
    client, booked = await booked_by_mail(post)
    becomes(post.town, MOVED_AWAY)
    moved = await post.town.move(client, booked, post.town.slot("anna", TEN))
    mails = await sent(post, 3)
    assert sorted(methods(mails)) == [
        ("anna.new@office.example", "REQUEST", 1),
        ("anna@office.example", "REQUEST", 1),
    ]
    assert len({read_event(mail).uid for mail in mails}) == 1
    await post.town.cancel(client, moved.id)
    assert sorted(methods((await sent(post, 5))[2:])) == [
        ("anna.new@office.example", "CANCEL", 2),
        ("anna@office.example", "CANCEL", 2),
    ]


async def test_an_address_written_otherwise_is_the_same_mailbox(post: Post) -> None:
    client, booked = await booked_by_mail(post)
    becomes(post.town, replace(ANNA, mail="Anna@Office.example"))
    await post.town.cancel(client, booked.id)
    assert methods(await sent(post, 2)) == [("Anna@Office.example", "CANCEL", 1)]


async def test_who_got_no_entry_loses_none(post: Post) -> None:
    becomes(post.town, WITH_FEED)
    client, booked = await booked_by_mail(post)
    becomes(post.town, ANNA)
    await post.town.cancel(client, booked.id)
    (mail,) = await sent(post, 2)
    assert not has_entry(mail)


async def test_an_entry_that_is_still_to_go_out_is_taken_back_behind_it(post: Post) -> None:
    town, client = post.town, await post.town.client(7)
    booked = await town.book(client, town.slot("anna", NINE))
    becomes(town, IN_CHAT)
    await town.cancel(client, booked.id)
    async with post.running():
        mails = await post.sent(2)
    assert [method for _, method, _ in methods(mails)] == ["REQUEST", "CANCEL"]


async def test_an_entry_that_may_have_arrived_counts_as_there(post: Post) -> None:
    town, client = post.town, await post.town.client(7)
    booked = await town.book(client, town.slot("anna", NINE))
    post.office.says["DATA"] = [HANG]
    async with post.running():
        await until(lambda: post.counters.mails["unsure"] == 1)
    await town.database.run(lambda tx: tx.run("UPDATE outbox SET state = 'failed'"))
    becomes(town, NO_ADDRESS)
    await town.cancel(client, booked.id)
    post.watch.now += 60
    async with post.running():
        (mail,) = await post.sent(1)
    assert methods([mail]) == [("anna@office.example", "CANCEL", 1)]


async def test_what_was_refused_is_not_taken_back(post: Post) -> None:
    town, client = post.town, await post.town.client(7)
    booked = await town.book(client, town.slot("anna", NINE))
    post.office.says["RCPT"] = ["550 unknown"]
    async with post.running():
        await until(lambda: post.counters.mails["rejected"] == 1)
    becomes(town, NO_ADDRESS)
    await town.cancel(client, booked.id)
    assert await post.states() == [("case_manager:anna", "failed")]


async def test_whoever_deletes_everything_takes_the_entry_back_all_the_same(post: Post) -> None:
    client, booked = await booked_by_mail(post)
    becomes(post.town, NO_ADDRESS)
    await post.town.cancel(client, booked.id)
    await post.town.database.run(erasure.leave, client, post.town.now, BERLIN)
    async with post.running():
        mails = await post.sent(2)
    assert methods(mails[1:]) == [("anna@office.example", "CANCEL", 1)]


async def test_an_earlier_address_is_sealed_gets_no_links_and_worries_nobody(post: Post) -> None:
    client, booked = await booked_by_mail(post)
    becomes(post.town, NO_ADDRESS)
    await post.town.cancel(client, booked.id)
    rows = await post.town.rows(
        "SELECT mailbox, address_sealed, case_manager_id FROM outbox"
        " WHERE channel = 'mail' ORDER BY id"
    )
    assert [(mailbox, whose) for mailbox, _, whose in rows] == [
        ("case_manager:anna", "anna"),
        ("calendar:anna", None),
    ]
    assert {VAULT.open(sealed) for _, sealed, _ in rows} == {b"anna@office.example"}
    post.office.says["RCPT"] = ["550 unknown"]
    async with post.running():
        await until(lambda: post.counters.mails["rejected"] == 1)
    assert await post.town.database.run(failed_messages.lost_to_staff, 0) == {}


async def test_an_address_that_cannot_be_opened_keeps_nobody_from_cancelling(post: Post) -> None:
    client, booked = await booked_by_mail(post)
    await post.town.database.run(lambda tx: tx.run("UPDATE outbox SET address_sealed = 'AAAA'"))
    await post.town.cancel(client, booked.id)
    (mail,) = await sent(post, 2)
    assert not has_entry(mail)


@pytest.mark.parametrize(("reach", "has"), [(ANNA, True), (IN_CHAT, True), (WITH_FEED, False)])
async def test_of_what_an_earlier_version_sent_the_settings_tell(
    post: Post, reach: Reach, has: bool
) -> None:
    client, booked = await booked_by_mail(post)
    await post.town.database.run(
        lambda tx: tx.run(
            "UPDATE outbox SET entry = 'as_set', address_sealed = NULL WHERE channel = 'mail'"
        )
    )
    becomes(post.town, reach)
    await post.town.cancel(client, booked.id)
    (mail,) = await sent(post, 2)
    assert has_entry(mail) is has


async def test_what_an_earlier_version_left_waiting_goes_out_as_the_settings_say(
    post: Post,
) -> None:
    town, client = post.town, await post.town.client(7)
    first = await town.book(client, town.slot("anna", NINE))
    await town.cancel(client, first.id)
    await town.book(client, town.slot("ben", f"{DAY} 11:00"))
    await town.database.run(lambda tx: tx.run("UPDATE outbox SET entry = 'as_set'"))
    async with post.running():
        mails = await post.sent(3)
    assert [(str(mail["To"]).partition("@")[0], has_entry(mail)) for mail in mails] == [
        ("anna", True),
        ("anna", True),
        ("ben", False),
    ]
