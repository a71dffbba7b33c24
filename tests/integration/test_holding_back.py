"""Somebody who cancels a lot pauses for a day; somebody who is blocked phones instead."""

from collections.abc import AsyncIterator

import pytest
from town import VAULT, Town, block, case_manager, invented, open_town

from bot.conversation.session import Session, to_json
from bot.domain.appointment import Appointment, Reason, Refused
from bot.domain.fair_use import BLOCKED_SECONDS, DAY_SECONDS
from bot.storage.records import appointments, blocked_clients, chats, persons
from bot.storage.records.appointments import CancelledBy

PAUSED, BLOCKED = Refused(Reason.PAUSED), Refused(Reason.BLOCKED)
DAYS = "2026-11-24", "2026-11-25", "2026-11-26", "2026-11-27"
CHAT = 7


@pytest.fixture
async def town(url: str) -> AsyncIterator[Town]:
    every_day = [block(weekday, "09:00", "12:00") for weekday in range(5)]
    async with open_town(url, invented(case_manager("anna", "mill", *every_day))) as made:
        yield made


@pytest.fixture
async def amal(town: Town) -> int:
    return await town.client(CHAT)


async def book(town: Town, client: int, day: str) -> Appointment:
    """The client gets ten o'clock."""
    return await town.book(client, town.slot("anna", f"{day} 10:00"))


async def cancel_some(town: Town, client: int, number: int) -> None:
    """Book and cancel again, so many times."""
    for day in DAYS[:number]:
        booked = await book(town, client, day)
        assert isinstance(await town.cancel(client, booked.id), Appointment)


async def test_after_three_own_cancellations_nothing_new_for_a_day(town: Town, amal: int) -> None:
    await cancel_some(town, amal, 2)
    kept = await book(town, amal, DAYS[3])
    await cancel_some(town, amal, 1)
    slot = town.slot("anna", f"{DAYS[1]} 09:00")
    assert await town.hold(amal, slot) == PAUSED
    assert await town.confirm(amal, slot) == PAUSED
    assert (await town.move(amal, kept, slot)).start == slot.start
    town.now += DAY_SECONDS
    assert await town.hold(amal, town.slot("anna", f"{DAYS[2]} 09:00")) is None


async def test_others_are_not_held_back(town: Town, amal: int) -> None:
    await cancel_some(town, amal, 3)
    olena = await town.client(8)
    assert await town.hold(olena, town.slot("anna", f"{DAYS[0]} 10:00")) is None


async def test_what_an_office_cancels_counts_against_nobody(town: Town, amal: int) -> None:
    await cancel_some(town, amal, 2)
    third = await book(town, amal, DAYS[2])
    by = CancelledBy.OFFICE
    await town.database.run(lambda tx: appointments.cancel(tx, third.id, town.now, by))
    assert await town.hold(amal, town.slot("anna", f"{DAYS[0]} 10:00")) is None


async def is_blocked(town: Town, code: str) -> bool:
    """What the operator's command does."""
    return await town.database.run(lambda tx: blocked_clients.block(tx, code, town.now))


async def test_who_is_blocked_can_neither_book_nor_move_but_cancel(town: Town, amal: int) -> None:
    booked = await book(town, amal, DAYS[0])
    assert await is_blocked(town, booked.code)
    slot = town.slot("anna", f"{DAYS[1]} 10:00")
    assert await town.hold(amal, slot) == BLOCKED
    assert await town.confirm(amal, slot) == BLOCKED
    assert await town.hold(amal, slot, booked.id) == BLOCKED
    assert isinstance(await town.say_coming(amal, booked.id), Appointment)
    assert isinstance(await town.cancel(amal, booked.id), Appointment)


async def test_a_time_held_before_the_block_is_not_booked_after_it(town: Town, amal: int) -> None:
    booked = await book(town, amal, DAYS[0])
    slot = town.slot("anna", f"{DAYS[1]} 10:00")
    assert await town.hold(amal, slot) is None
    assert await is_blocked(town, booked.code)
    assert await town.confirm(amal, slot) == BLOCKED


async def test_a_block_outlives_the_person_and_ends_with_its_term(town: Town, amal: int) -> None:
    booked = await book(town, amal, DAYS[0])
    assert await is_blocked(town, booked.code)
    await town.cancel(amal, booked.id)
    await town.rows("DELETE FROM outbox WHERE person_id = :id RETURNING id", id=amal)
    await town.rows("DELETE FROM appointments WHERE person_id = :id RETURNING id", id=amal)
    await town.rows("DELETE FROM chats WHERE person_id = :id RETURNING person_id", id=amal)
    await town.rows("DELETE FROM persons WHERE id = :id RETURNING id", id=amal)
    again = await town.database.run(chats.add, VAULT, CHAT, to_json(Session()), town.now)
    assert await town.hold(again.person.id, town.slot("anna", f"{DAYS[1]} 10:00")) == BLOCKED
    town.now += BLOCKED_SECONDS
    assert await town.at_port(again.person.id, lambda port: port.barred(None)) is None


async def test_a_block_is_lifted_by_its_code(town: Town, amal: int) -> None:
    booked = await book(town, amal, DAYS[0])
    assert await is_blocked(town, booked.code)
    assert await is_blocked(town, booked.code)
    assert await town.database.run(blocked_clients.unblock, booked.code)
    assert not await town.database.run(blocked_clients.unblock, booked.code)
    assert await town.hold(amal, town.slot("anna", f"{DAYS[1]} 10:00")) is None


async def test_only_the_code_of_an_appointment_blocks(town: Town, amal: int) -> None:
    assert await town.hold(amal, town.slot("anna", f"{DAYS[0]} 10:00")) is None
    ((held,),) = await town.rows("SELECT code FROM appointments")
    assert not await is_blocked(town, held)
    assert not await is_blocked(town, "ZZZZ")
    assert await town.rows("SELECT * FROM blocked") == []


async def test_who_has_no_chat_cannot_be_blocked(town: Town) -> None:
    walk_in = (await town.database.run(persons.add, town.now)).id
    booked = await book(town, walk_in, DAYS[0])
    assert await town.database.run(blocked_clients.block, booked.code, town.now) is False
    assert await town.rows("SELECT code FROM blocked") == []
