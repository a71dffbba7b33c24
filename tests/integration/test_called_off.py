"""The other times a client is offered when the office cancels: it is plain with whom each is."""

from datetime import datetime

from test_staff_service import acts, news
from town import BERLIN, Town, case_manager, invented, open_town

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


async def test_with_somebody_else_or_at_the_same_time_as_another_a_name_is_told(url: str) -> None:
    async with open_town(url, invented(ANNA, BEN)) as town:
        assert await offered(town) == ["24.11. 09:00 Ben", "24.11. 10:00 Anna", "24.11. 10:00 Ben"]


async def test_with_the_same_person_at_a_time_of_its_own_the_time_is_enough(url: str) -> None:
    async with open_town(url, invented(ANNA)) as town:
        assert await offered(town) == ["24.11. 10:00", "24.11. 11:00", "01.12. 09:00"]
