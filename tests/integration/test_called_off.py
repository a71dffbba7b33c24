"""The other times a client is offered when the office cancels: it is plain with whom each is."""

from dataclasses import replace
from datetime import datetime

from test_staff_service import acts, news
from town import BERLIN, TUESDAY, Town, block, case_manager, invented, open_town

from bot.conversation.content import Line, Name, Say, ShortDay, Time
from bot.domain.actors import Actor, Role
from bot.domain.lifecycle import Act

MILL = Actor(Role.FRONT_DESK, office_id="mill")
ANNA, BEN = case_manager("anna", "mill"), case_manager("ben", "mill")


async def offered(town: Town) -> list[str]:
    """What stands on the buttons with times, once Anna's first talk was called off."""
    client = await town.client(1)
    booked = await town.book(client, town.slot("anna", "2026-11-24 09:00"))
    await acts(town, MILL, Act.CALL_OFF, booked.id)
    (screen,) = await news(town, client)
    return [_told(row[0].label) for row in screen.rows if row[0].data.startswith("rebook:")]


def _told(label: Line) -> str:
    assert isinstance(label, Say)
    day, time, *name = label.values.values()
    assert isinstance(day, ShortDay)
    assert isinstance(time, Time)
    when = f"{datetime.fromtimestamp(time.value, BERLIN):%d.%m. %H:%M}"
    return " ".join((when, *(each.value for each in name if isinstance(each, Name))))


async def test_a_colleague_at_the_same_time_the_same_person_next_and_the_soonest(url: str) -> None:
    tomorrow_at_eleven = case_manager("cora", "quay", block(TUESDAY, "11:00", "12:00"))
    async with open_town(url, invented(ANNA, BEN, tomorrow_at_eleven)) as town:
        assert await offered(town) == ["24.11. 09:00 Ben", "24.11. 10:00 Anna", "24.11. 11:00 Anna"]


async def test_the_soonest_at_all_may_be_elsewhere(url: str) -> None:
    soon = case_manager("cora", "quay", block(TUESDAY, "08:00", "09:00"))
    async with open_town(url, invented(ANNA, BEN, soon)) as town:
        assert await offered(town) == ["24.11. 08:00 Cora", "24.11. 09:00 Ben", "24.11. 10:00 Anna"]


async def test_with_one_person_only_it_is_their_next_times(url: str) -> None:
    async with open_town(url, invented(ANNA)) as town:
        assert await offered(town) == [
            "24.11. 10:00 Anna",
            "24.11. 11:00 Anna",
            "01.12. 09:00 Anna",
        ]


async def test_two_begin_at_once_only_where_nothing_else_is_free(url: str) -> None:
    nine = block(TUESDAY, "09:00", "10:00")
    team = (case_manager("anna", "mill", nine), case_manager("ben", "mill", nine))
    async with open_town(
        url, invented(*team, case_manager("cora", "quay", nine), horizon=7)
    ) as town:
        assert await offered(town) == ["24.11. 09:00 Ben", "24.11. 09:00 Cora"]


async def test_of_two_colleagues_the_one_who_speaks_the_clients_language_comes_first(
    url: str,
) -> None:
    speaks = replace(case_manager("dina", "mill"), languages=frozenset({"en"}))
    async with open_town(url, invented(ANNA, BEN, speaks)) as town:
        assert (await offered(town))[0] == "24.11. 09:00 Dina"
