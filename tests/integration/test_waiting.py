"""Edge case 22: who waits is told of a free time once, in turn and by day."""

from collections.abc import AsyncIterator
from datetime import date
from random import Random

import pytest
from test_staff_service import does
from town import TUESDAY, Town, at, block, case_manager, invented, open_town, swept

from bot.conversation.port import Search
from bot.domain import waiting_for
from bot.domain.absence import Closing
from bot.domain.actors import Actor, Role
from bot.domain.appointment import Appointment, Wishes
from bot.domain.slots import Slot
from bot.messages import payloads
from bot.messages.free_time import FreeTimeNews
from bot.services import who_waits
from bot.services.unit import Unit
from bot.services.walk_in_bookings import WalkInBookings, claim, slip_token
from bot.storage.records import waiting_list
from bot.storage.upkeep import housekeeping, personal_data

ANNA = Actor(Role.CASE_MANAGER, "anna", "mill")
NINE, TEN = "2026-11-24 09:00", "2026-11-24 10:00"
HOUR = 3600
# Two talks on Tuesdays with Anna, one with Cora at another office, a week ahead.
CITY = invented(
    case_manager("anna", "mill", block(TUESDAY, "09:00", "11:00")),
    case_manager("cora", "quay", block(TUESDAY, "09:00", "10:00")),
    horizon=7,  # on Monday: this week's Tuesday
)


@pytest.fixture
async def town(url: str) -> AsyncIterator[Town]:
    async with open_town(url, CITY) as made:
        yield made


async def full(town: Town) -> list[tuple[int, int]]:
    """Everything within the horizon is booked: by whom, and what."""
    made = list[tuple[int, int]]()
    for who, moment in (("anna", NINE), ("anna", TEN), ("cora", NINE)):
        client = await town.client(500 + len(made))
        booked = await town.book(client, town.slot(who, moment))
        made.append((client, booked.id))
    return made


async def waits(town: Town, chat: int, target: str = "") -> int:
    """A client who waits from now on."""
    client = await town.client(chat)
    await town.at_port(client, lambda port: port.wait(target))
    return client


async def rounds(town: Town) -> list[int]:
    """Whom the clock tells now."""
    before = await told(town)
    assert await town.does(lambda unit: swept(unit, who_waits.sweeps)) == []
    return (await told(town))[len(before) :]


async def told(town: Town) -> list[int]:
    rows = await town.rows("SELECT person_id FROM outbox WHERE kind = 'free_time' ORDER BY id")
    return [person for (person,) in rows]


async def test_22_who_has_waited_longest_is_told_first_and_nobody_twice(town: Town) -> None:
    (first, booked), *_ = await full(town)
    long = await waits(town, 1)
    town.now += 60
    short = await waits(town, 2)
    assert await rounds(town) == []
    await town.cancel(first, booked)
    assert await rounds(town) == [long]
    town.now += 60
    assert await rounds(town) == []
    town.now += HOUR
    assert await rounds(town) == [short]
    town.now += HOUR
    assert await rounds(town) == []


async def test_22_as_many_are_told_as_there_are_times(town: Town) -> None:
    (first, one), (second, other), *_ = await full(town)
    people = [await waits(town, chat) for chat in (1, 2, 3)]
    await town.cancel(first, one)
    await town.cancel(second, other)
    assert await rounds(town) == people[:2]


async def test_22_who_waits_for_one_person_or_one_office_is_told_of_no_other(town: Town) -> None:
    *_, (client, coras) = await full(town)
    anna, mill, quay = [await waits(town, n, w) for n, w in enumerate(("anna", "mill", "quay"), 1)]
    await town.cancel(client, coras)
    assert await rounds(town) == [quay]
    found = await town.rows("SELECT content FROM outbox WHERE kind = 'free_time'")
    assert [payloads.decode("free_time", text) for (text,) in found] == [FreeTimeNews("quay")]
    assert {anna, mill}.isdisjoint(await told(town))


async def test_22_nobody_is_told_at_night(town: Town) -> None:
    (first, booked), *_ = await full(town)
    client = await waits(town, 1)
    await town.cancel(first, booked)
    town.now = at("2026-11-23 20:00")
    assert await rounds(town) == []
    # In the morning the day is too near to be booked; the next Tuesday has come into the horizon.
    town.now = at("2026-11-24 07:00")
    assert await rounds(town) == [client]


async def test_22_a_day_that_comes_into_the_horizon_is_told_of(town: Town) -> None:
    await full(town)
    client = await waits(town, 1)
    town.now = at("2026-11-23 19:59")
    assert await rounds(town) == []
    town.now = at("2026-11-24 07:00")
    assert await rounds(town) == [client]


async def test_22_an_absence_that_is_taken_back_is_told_of(town: Town) -> None:
    stretch = (at("2026-11-24 00:00"), at("2026-11-25 00:00"))
    closed = await does(town, ANNA, "absent", "anna", *stretch)
    assert isinstance(closed, Closing)
    client = await waits(town, 1, "anna")
    assert await rounds(town) == []
    await does(town, ANNA, "present", closed.absence.id)
    assert await rounds(town) == [client]


async def test_22_a_time_at_which_they_have_another_appointment_is_not_told_of(town: Town) -> None:
    (first, annas), *_, (client, _) = await full(town)
    await town.at_port(client, lambda port: port.wait("anna"))
    other = await waits(town, 1, "anna")
    await town.cancel(first, annas)
    assert await rounds(town) == [other]


async def test_22_who_stops_books_or_leaves_is_told_of_nothing(town: Town) -> None:
    stops, books, leaves = [await waits(town, chat) for chat in (1, 2, 3)]
    await town.at_port(stops, lambda port: port.stop_waiting())
    await town.book(books, town.slot("anna", NINE))
    await town.at_port(leaves, lambda port: port.forget())
    assert await rounds(town) == []
    assert await town.rows("SELECT person_id FROM waiting_list") == []


async def test_who_waits_elsewhere_no_longer_waits_where_they_did(town: Town) -> None:
    client = await waits(town, 1, "anna")
    await town.at_port(client, lambda port: port.wait("cora"))
    found = await town.at_port(client, lambda port: port.waiting())
    assert found == waiting_for.begun(CITY, "cora", date(2026, 11, 23))


async def test_what_is_held_about_somebody_names_that_they_wait(town: Town) -> None:
    client = await waits(town, 1, "anna")
    held = await town.database.run(personal_data.of, client)
    assert [row["target"] for row in held["waiting_list"]] == ["anna"]


async def test_waiting_is_forgotten_when_its_last_day_is_over(town: Town) -> None:
    client = await waits(town, 1)
    await town.at_port(client, lambda port: port.agree())
    town.now = at("2026-12-01 00:00") - 1
    await town.database.run(housekeeping.tidy, town.now, CITY.rules.time_zone)
    assert len(await town.rows("SELECT 1 AS x FROM waiting_list")) == 1
    town.now += 1
    assert await town.at_port(client, lambda port: port.waiting()) is None
    await town.database.run(housekeeping.tidy, town.now, CITY.rules.time_zone)
    assert await town.rows("SELECT 1 AS x FROM waiting_list") == []


async def free_for(town: Town, client: int, target: str) -> tuple[Slot, ...]:
    """All that a client could book where they wait."""
    office_ids, whom = waiting_for.where(CITY, target)
    found = await town.looks(
        client, lambda each: [*each.in_order(Search(office_ids, whom), date(2026, 11, 23))]
    )
    return tuple(found)


@pytest.mark.parametrize("seed", range(4))
async def test_22_nobody_is_told_of_what_is_not_free_and_nobody_twice(
    town: Town, seed: int
) -> None:
    """Whatever is booked, cancelled and waited for, in whatever order."""
    chance, told_once, booked = Random(seed), set[int](), list[tuple[int, int]]()
    for number in range(25):
        match chance.choice(("book", "cancel", "wait", "wait", "later")):
            case "book":
                client = await town.client(1000 + number)
                if free := await free_for(town, client, ""):
                    booked.append((client, (await town.book(client, chance.choice(free))).id))
            case "cancel" if booked:
                await town.cancel(*booked.pop(chance.randrange(len(booked))))
            case "wait":
                await waits(town, 2000 + number, chance.choice(("", "anna", "quay")))
            case _:
                town.now += chance.choice((60, HOUR, 8 * HOUR))
        people = await town.database.run(waiting_list.in_order, town.now)
        open_to = {each: await free_for(town, each, people[each].target) for each in people}
        for person in await rounds(town):
            assert person not in told_once
            told_once.add(person)
            ((whose, start),) = await town.rows(
                "SELECT told_case_manager_id, told_start_at FROM waiting_list"
                " WHERE person_id = :id",
                id=person,
            )
            assert (whose, start) in {
                (slot.case_manager_id, slot.start) for slot in open_to[person]
            }
    assert told_once


async def test_22_who_takes_over_a_slip_waits_no_more(town: Town) -> None:
    slot, desk = town.slot("anna", NINE), Actor(Role.FRONT_DESK, office_id="mill")
    client = await waits(town, 1)

    def booked_and_claimed(unit: Unit) -> None:
        about = WalkInBookings(unit, desk).book(slot, "ar", Wishes(), form=None)
        assert isinstance(about, Appointment)
        token = slip_token(unit, about)
        assert token is not None
        assert claim(unit, token, client) is not None

    await town.does(booked_and_claimed)
    assert await town.database.run(waiting_list.of, client, town.now) is None
