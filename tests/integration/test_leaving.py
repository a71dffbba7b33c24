"""Somebody leaves, or an office closes: what is booked is handed over or called off, ties end."""

from collections.abc import AsyncIterator

import pytest
from town import TEAM, Town, at, case_manager, invented, open_town

from bot.domain.actors import Actor, Role
from bot.messages import payloads
from bot.messages.client_news import CalledOffNews, HandedOverNews
from bot.messages.payloads import Payload
from bot.services import leaving
from bot.services.leaving import Aftermath, Leave

ANNA, BEN, DORA = (
    Actor.speaking_as(Role.CASE_MANAGER, "anna"),
    Actor.speaking_as(Role.CASE_MANAGER, "ben"),
    Actor.speaking_as(Role.CASE_MANAGER, "dora"),
)
MILL = Actor.speaking_as(Role.FRONT_DESK, "mill")
TUESDAY_NINE, NEXT_TUESDAY = "2026-11-24 09:00", "2026-12-01 09:00"
CITY = invented(*TEAM, case_manager("dora", "quay"), limit=4)


@pytest.fixture
async def town(url: str) -> AsyncIterator[Town]:
    async with open_town(url, CITY) as made:
        yield made


async def leaves(town: Town, who: Actor = ANNA, moment: str | None = None, *to: str) -> Aftermath:
    """Somebody leaves, from now or from a moment on, with these asked to take over."""
    day = town.now if moment is None else at(moment)
    people = tuple(town.city.case_manager[id] for id in to)
    return await town.does(lambda unit: leaving.leave(unit, Leave(who, day, people)))


async def told(town: Town, client: int) -> list[Payload]:
    """What a client is sent, but reminders."""
    rows = await town.rows(
        "SELECT kind, content FROM outbox WHERE person_id = :id AND kind <> 'reminder' ORDER BY id",
        id=client,
    )
    return [payloads.decode(kind, text) for kind, text in rows]


async def booked(town: Town) -> list[tuple[int, str, str]]:
    return await town.rows(
        "SELECT id, case_manager_id, office_id FROM appointments WHERE status = 'booked'"
        " ORDER BY id"
    )


async def test_a_colleague_who_is_free_then_takes_over_and_the_client_is_told_once(
    town: Town,
) -> None:
    client = await town.client(1)
    before = await town.book(client, town.slot("anna", TUESDAY_NINE))
    done = await leaves(town, ANNA, None, "cora")
    (after,) = done.handed_over
    assert done.called_off == ()
    assert await booked(town) == [(before.id, "cora", "quay")]
    assert (after.start, after.sequence) == (before.start, before.sequence + 1)
    (news,) = await told(town, client)
    assert isinstance(news, HandedOverNews)
    assert (news.about.case_manager_id, news.about.start) == ("cora", before.start)


async def test_where_nobody_is_free_then_it_is_called_off_and_others_are_offered(
    town: Town,
) -> None:
    client, other = await town.client(1), await town.client(2)
    await town.book(client, town.slot("anna", TUESDAY_NINE))
    await town.book(other, town.slot("cora", TUESDAY_NINE))
    done = await leaves(town, ANNA, None, "cora")
    assert [each.person_id for each in done.called_off] == [client]
    (news,) = await told(town, client)
    assert isinstance(news, CalledOffNews)
    assert "anna" not in {slot.case_manager_id for slot in news.others}
    assert len(news.others) == 3
