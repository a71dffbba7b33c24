"""When can be booked: working hours before a talk, closed days of one office, and who is there."""

from dataclasses import replace
from datetime import date

import pytest
from town import at, block, case_manager, invented, open_town

from bot.conversation.port import Search
from bot.domain.actors import Actor, Role
from bot.domain.appointment import Appointment, Reason, Refused, Wishes
from bot.services.walk_in_bookings import WalkInBookings

TAKEN = Refused(Reason.TAKEN)
MILL_DESK = Actor(Role.FRONT_DESK, office_id="mill")
ALL_WEEK = [block(day, "08:00", "18:00") for day in range(5)]
CITY = invented(
    case_manager("anna", "mill", *ALL_WEEK), case_manager("cora", "quay", *ALL_WEEK), lead_hours=4
)
MILL, QUAY = CITY.offices
TUESDAY, WEDNESDAY, THURSDAY = (date(2026, 11, day) for day in (24, 25, 26))
MILL_CLOSED = replace(CITY, offices=(replace(MILL, closures=frozenset({TUESDAY})), QUAY))


@pytest.mark.parametrize(
    ("now", "first"),
    [
        ("2026-11-23 09:00", "08:00"),
        ("2026-11-23 17:00", "11:00"),
        ("2026-11-23 23:39", "12:00"),
    ],
)
async def test_late_in_the_evening_the_next_morning_is_too_soon(
    url: str, now: str, first: str
) -> None:
    async with open_town(url, CITY) as town:
        client, slot = await town.client(7), town.slot("anna", f"2026-11-24 {first}")
        town.now = at(now)
        assert (await town.free(client, "anna", "2026-11-24"))[0] == first
        search = Search(("mill",), "anna")
        assert await town.looks(client, lambda free: free.earliest(search)) == slot
        assert await town.hold(client, slot) is None
        at_eight = await town.hold(client, town.slot("anna", "2026-11-24 08:00"))
        assert at_eight == (None if first == "08:00" else TAKEN)


async def test_who_is_there_is_booked_for_the_same_day(url: str) -> None:
    async with open_town(url, CITY) as town:
        town.now = at("2026-11-24 10:30")
        desk_finds = await town.looks(
            0, lambda free: free.earliest(Search(("mill",), "anna", walk_in=True))
        )
        assert desk_finds == town.slot("anna", "2026-11-24 11:00")
        booked = await town.does(
            lambda unit: WalkInBookings(unit, MILL_DESK).book(desk_finds, "en", Wishes(), form=None)
        )
        assert isinstance(booked, Appointment)
        assert booked.start == at("2026-11-24 11:00")


async def test_who_is_there_is_booked_for_nothing_that_has_begun(url: str) -> None:
    async with open_town(url, CITY) as town:
        slot = town.slot("anna", "2026-11-24 10:00")
        town.now = slot.start
        refused = await town.does(
            lambda unit: WalkInBookings(unit, MILL_DESK).book(slot, "en", Wishes(), form=None)
        )
        assert refused == TAKEN


async def test_an_office_is_closed_on_days_of_its_own_while_another_is_open(url: str) -> None:
    async with open_town(url, MILL_CLOSED) as town:
        client = await town.client(7)

        async def days(*offices: str) -> list[date]:
            found = await town.looks(client, lambda free: [*free.days(Search(offices), TUESDAY)])
            return list(found[:2])

        assert await days("mill") == [WEDNESDAY, THURSDAY]
        assert await days("quay") == [TUESDAY, WEDNESDAY]
        assert await days("mill", "quay") == [TUESDAY, WEDNESDAY]
        earliest = await town.looks(
            client, lambda free: free.earliest(Search(("mill", "quay"), nearest_first=True))
        )
        assert earliest is not None
        assert earliest.case_manager_id == "cora"
        assert await town.hold(client, town.slot("anna", "2026-11-24 09:00")) == TAKEN


async def test_on_a_closed_day_of_the_office_no_working_hour_passes(url: str) -> None:
    async with open_town(url, MILL_CLOSED) as town:
        client = await town.client(7)
        town.now = at("2026-11-23 20:00")
        assert (await town.free(client, "anna", "2026-11-25"))[0] == "12:00"
        assert (await town.free(client, "cora", "2026-11-24"))[0] == "12:00"
