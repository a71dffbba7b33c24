"""In front of real people only those can be booked who are there and will hear of it."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from town import MONDAY_MORNING, Town, at, invented, open_town, speaker

from bot.conversation.port import Search
from bot.domain.appointment import Reason, Refused
from bot.domain.city import City
from bot.storage.records import chats
from bot.storage.upkeep import staff_ties

TEN = "2026-11-24 10:00"
EVERYWHERE = Search(("mill", "quay"))


def real() -> City:
    """The town as it is when it goes live; Ben's hours are not confirmed."""
    city = invented()
    people = (replace(p, hours_confirmed=p.id != "ben") for p in city.case_managers)
    return replace(city, example=False, case_managers=tuple(people))


@pytest.fixture
async def town(url: str) -> AsyncIterator[Town]:
    async with open_town(url, real()) as made:
        yield made


@pytest.fixture
async def amal(town: Town) -> int:
    return await town.client(7)


async def tie(town: Town, case_manager_id: str, chat_id: int) -> int:
    """Give a case manager a chat; its person."""
    person = await town.client(chat_id)
    await town.database.run(staff_ties.tie, speaker(case_manager_id), person, MONDAY_MORNING)
    return person


async def team(town: Town, client: int, office_id: str) -> list[str]:
    """Who is offered to a client at an office."""
    return [p.id for p in await town.at_port(client, lambda port: port.team(office_id))]


async def test_nobody_is_offered_before_they_have_a_chat(town: Town, amal: int) -> None:
    assert await team(town, amal, "mill") == []
    assert await town.looks(amal, lambda o: o.earliest(EVERYWHERE)) is None
    assert await town.free(amal, "anna", "2026-11-24") == ()
    assert await town.hold(amal, town.slot("anna", TEN)) == Refused(Reason.TAKEN)


async def test_who_has_a_chat_and_confirmed_hours_is_offered(town: Town, amal: int) -> None:
    await tie(town, "anna", 900)
    await tie(town, "ben", 901)
    assert await team(town, amal, "mill") == ["anna"]
    assert (await town.looks(amal, lambda o: o.earliest(EVERYWHERE))).start == at(
        "2026-11-24 09:00"
    )
    assert await town.hold(amal, town.slot("anna", TEN)) is None
    assert await town.hold(amal, town.slot("ben", TEN)) == Refused(Reason.TAKEN)


async def test_who_cannot_be_written_to_any_more_is_not_offered_but_keeps_what_is_booked(
    town: Town, amal: int
) -> None:
    ali = await tie(town, "anna", 900)
    booked = await town.book(amal, town.slot("anna", TEN))
    await town.database.run(chats.mark_unreachable, ali)
    assert await team(town, amal, "mill") == []
    assert await town.at_port(amal, lambda port: port.coming_appointments()) == (booked,)
    assert await town.hold(amal, town.slot("anna", "2026-12-01 10:00"), booked.id) == Refused(
        Reason.TAKEN
    )
