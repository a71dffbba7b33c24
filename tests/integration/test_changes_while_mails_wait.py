"""Changes while a notice is on its way or waits again: nobody is left with what holds no more."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from test_changes_within_minutes import (
    ANNA_MAIL,
    BY_MAIL,
    CANCELLED,
    EVERY_DAY,
    MOVED,
    WEDNESDAY,
    Told,
    at_the_desk,
    goes_out,
    known_since_yesterday,
    other_times,
    told,
    wishes,
)
from town import VAULT, Town, at, case_manager, invented, open_town

from bot.domain.appointment import Appointment, Wishes
from bot.domain.staffing import Reach, Staffing
from bot.messages.joined_notices import APART_SECONDS
from bot.storage.queues import outbox

ANNA = BY_MAIL.of("anna")
WITH_FEED = Staffing({"anna": replace(ANNA, invitation=False)})
CALENDAR_ANNA = "calendar:anna"
TERM = 5
THURSDAY, LATER, FRIDAY = "2026-11-26 10:00", "2026-11-26 11:00", "2026-11-27 11:00"


@pytest.fixture
async def town(url: str) -> AsyncIterator[Town]:
    team = (case_manager(id, "mill", *EVERY_DAY, talks_a_day=9) for id in ("anna", "ben"))
    async with open_town(url, invented(*team)) as made:
        made.staffing = BY_MAIL
        yield made


@pytest.fixture
async def amal(town: Town) -> int:
    return await town.client(7)


async def begun(town: Town, mailbox: str) -> int:
    """The newest mail to a mailbox is being handed in; its row."""
    newest = "SELECT MAX(id) FROM outbox WHERE mailbox = :mailbox"
    ((row,),) = await town.rows(newest, mailbox=mailbox)
    assert await town.database.run(outbox.take, [row], TERM)
    return int(row)


async def waits_again(town: Town, row: int, *, counted: bool = False) -> None:
    """The server took it not now; `counted` where nobody knows whether it did."""
    await town.database.run(lambda tx: outbox.put_back(tx, row, TERM, counted=counted))


async def entries(town: Town, mailbox: str) -> list[str | None]:
    """What each mail after the first does to the calendar, in order."""
    rows = "SELECT entry FROM outbox WHERE mailbox = :mailbox ORDER BY id"
    return [entry for (entry,) in await town.rows(rows, mailbox=mailbox)][1:]


async def elsewhere_now(town: Town, amal: int, address: str) -> Appointment:
    """An appointment whose entry went to Anna's address of before."""
    about = await known_since_yesterday(town, amal)
    await becomes(town, "anna@town.example", address)
    return about


async def becomes(town: Town, address: str, other: str) -> None:
    """What Anna was sent went to one address; she has another now."""
    went = "SELECT id FROM outbox WHERE mailbox = :own AND address_sealed IS NULL"
    for (row,) in await town.rows(went, own=ANNA_MAIL):
        sealed = VAULT.seal(address.encode())
        await town.database.run(outbox.keep_entry, row, "gives", sealed)
    town.staffing = Staffing({"anna": Reach(other, by_mail=True, by_chat=False)})


async def test_of_two_that_wait_the_newer_one_is_joined_first(town: Town, amal: int) -> None:
    booked = await known_since_yesterday(town, amal)
    moved = await town.move(amal, booked, town.slot("anna", THURSDAY))
    row = await begun(town, ANNA_MAIL)
    moved = await town.move(amal, moved, town.slot("anna", LATER))
    await waits_again(town, row)
    moved = await town.move(amal, moved, town.slot("anna", FRIDAY))
    assert (await told(town, ANNA_MAIL))[1:] == [Told(MOVED, at(FRIDAY), at(WEDNESDAY), "waiting")]


async def test_what_went_and_came_back_unread_is_still_told_to_have_gone(
    town: Town, amal: int
) -> None:
    about = await known_since_yesterday(town, amal)
    about = await town.move(amal, about, town.slot("ben", THURSDAY))
    row = await begun(town, ANNA_MAIL)
    about = await town.move(amal, about, town.slot("anna", LATER))
    await waits_again(town, row)
    await town.cancel(amal, about.id)
    assert (await told(town, ANNA_MAIL))[1:] == [Told(CANCELLED, at(WEDNESDAY), None, "waiting")]
    assert await entries(town, ANNA_MAIL) == ["takes"]


async def test_what_may_have_arrived_is_told_to_have_gone(town: Town, amal: int) -> None:
    about = await known_since_yesterday(town, amal)
    about = await town.move(amal, about, town.slot("ben", THURSDAY))
    await goes_out(town)
    town.now += APART_SECONDS
    about = await town.move(amal, about, town.slot("anna", LATER))
    await waits_again(town, await begun(town, ANNA_MAIL), counted=True)
    await town.cancel(amal, about.id)
    assert await entries(town, ANNA_MAIL) == ["takes", "gives", "takes"]


async def test_other_wishes_move_the_entry_that_the_notice_they_replace_was_to_move(
    town: Town, amal: int
) -> None:
    booked = await known_since_yesterday(town, amal)
    town.staffing = WITH_FEED
    moved = await town.move(amal, booked, town.slot("anna", THURSDAY))
    await wishes(town, amal, moved, Wishes(adults=2))
    assert (await told(town, ANNA_MAIL))[1:] == [Told(MOVED, moved.start, booked.start, "waiting")]
    assert await entries(town, ANNA_MAIL) == ["gives"]


async def test_an_entry_whose_talk_went_and_came_back_moves(town: Town, amal: int) -> None:
    about = await known_since_yesterday(town, amal)
    town.staffing = WITH_FEED
    about = await town.move(amal, about, town.slot("ben", THURSDAY))
    about = await town.move(amal, about, town.slot("anna", LATER))
    assert (await told(town, ANNA_MAIL))[1:] == [Told(MOVED, at(LATER), at(WEDNESDAY), "waiting")]
    assert await entries(town, ANNA_MAIL) == ["gives"]


async def test_ten_moves_in_six_minutes_are_few_mails_to_an_address_that_is_left(
    town: Town, amal: int
) -> None:
    before = about = await elsewhere_now(town, amal, "new@town.example")
    times = other_times()
    for _ in range(10):
        about = await at_the_desk(town, about, next(times)[1])
        await goes_out(town)
        town.now += 36
    town.now += APART_SECONDS
    await goes_out(town)
    first, last = await told(town, CALENDAR_ANNA)
    assert (first.kind, first.was) == (MOVED, before.start)
    assert last == Told(MOVED, about.start, first.start, "sent")


async def test_an_address_that_is_left_is_told_at_once_that_the_talk_has_gone(
    town: Town, amal: int
) -> None:
    about = await elsewhere_now(town, amal, "new@town.example")
    about = await town.move(amal, about, town.slot("anna", THURSDAY))
    await town.cancel(amal, about.id)
    assert [each.kind for each in await told(town, CALENDAR_ANNA)] == [CANCELLED]


async def test_each_address_that_is_left_has_its_own_mail(town: Town, amal: int) -> None:
    about = await elsewhere_now(town, amal, "second@town.example")
    about = await town.move(amal, about, town.slot("anna", THURSDAY))
    await goes_out(town)
    await becomes(town, "second@town.example", "third@town.example")
    for moment in (LATER, FRIDAY):
        about = await town.move(amal, about, town.slot("anna", moment))
    rows = await town.rows(
        "SELECT address_sealed, state FROM outbox WHERE mailbox = :it ORDER BY id",
        it=CALENDAR_ANNA,
    )
    assert sorted((VAULT.open(sealed), state) for sealed, state in rows) == [
        (b"anna@town.example", "planned"),
        (b"anna@town.example", "sent"),
        (b"second@town.example", "waiting"),
    ]
