"""Holding and booking on a real database, within the limits there are."""

from datetime import date

import pytest
from town import MONDAY_MORNING, TEAM, THURSDAY, Town, at, block, case_manager, invented, open_town
from two_clients import (
    ELEVEN,
    NINE,
    TAKEN,
    TEN,
    TEN_MINUTES,
    TUESDAY,
    amal,
    cells_of,
    city,
    olena,
    stored,
    town,
)

from bot.conversation.port import Search
from bot.domain.appointment import Appointment, Reason, Refused, Status, Wishes, is_code

TOO_MANY = Refused(Reason.TOO_MANY)

__all__ = ["amal", "city", "olena", "town"]


# Holding


async def test_a_held_time_is_kept_for_ten_minutes_with_its_cells(town: Town, amal: int) -> None:
    slot = town.slot("anna", NINE)
    assert await town.hold(amal, slot) is None
    assert await town.rows("SELECT status, start_at, hold_until FROM appointments") == [
        ("held", at(NINE), MONDAY_MORNING + TEN_MINUTES)
    ]
    assert await town.cells(1) == cells_of(slot)


async def test_a_held_time_is_hidden_from_others_and_shown_to_its_client(
    town: Town, amal: int, olena: int
) -> None:
    await town.hold(amal, town.slot("anna", NINE))
    assert await town.free(olena, "anna", TUESDAY) == ("10:00", "11:00")
    assert await town.free(amal, "anna", TUESDAY) == ("09:00", "10:00", "11:00")


async def test_a_new_hold_replaces_the_clients_earlier_one(
    town: Town, amal: int, olena: int
) -> None:
    await town.hold(amal, town.slot("anna", NINE))
    await town.hold(amal, town.slot("cora", TEN))
    assert await town.rows("SELECT case_manager_id, start_at FROM appointments") == [
        ("cora", at(TEN))
    ]
    assert await town.hold(olena, town.slot("anna", NINE)) is None


async def test_holding_the_same_time_again_begins_its_ten_minutes_anew(
    town: Town, amal: int
) -> None:
    slot = town.slot("anna", NINE)
    await town.hold(amal, slot)
    town.now += 300
    assert await town.hold(amal, slot) is None
    assert await town.rows("SELECT hold_until FROM appointments") == [(town.now + TEN_MINUTES,)]


async def test_7_of_two_clients_who_want_one_time_the_second_is_refused(
    town: Town, amal: int, olena: int
) -> None:
    slot = town.slot("anna", NINE)
    assert [await town.hold(amal, slot), await town.hold(olena, slot)] == [None, TAKEN]
    booked = await town.confirm(amal, slot)
    assert isinstance(booked, Appointment)
    assert await town.confirm(olena, slot) == TAKEN


async def test_a_run_out_hold_frees_its_time_without_any_chore(
    town: Town, amal: int, olena: int
) -> None:
    slot = town.slot("anna", NINE)
    await town.hold(amal, slot)
    town.now += TEN_MINUTES - 1
    assert await town.hold(olena, slot) == TAKEN
    town.now += 1
    assert await town.free(olena, "anna", TUESDAY) == ("09:00", "10:00", "11:00")
    assert await town.hold(olena, slot) is None
    assert await town.rows("SELECT person_id FROM appointments") == [(olena,)]


@pytest.mark.parametrize(
    "moment",
    ["2026-11-23 10:00", f"{TUESDAY} 08:00", f"{TUESDAY} 09:05", "2026-11-25 09:00"],
)
async def test_a_time_nobody_released_cannot_be_held_or_booked(
    town: Town, amal: int, moment: str
) -> None:
    slot = town.slot("anna", moment)
    assert [await town.hold(amal, slot), await town.confirm(amal, slot)] == [TAKEN, TAKEN]
    assert await stored(town) == []


# Confirming


async def test_a_confirmed_time_is_booked_with_exactly_its_cells(town: Town, amal: int) -> None:
    slot = town.slot("anna", NINE)
    wishes = Wishes(language_help=True, children=2, topic="housing")
    booked = await town.book(amal, slot, wishes)
    assert booked == Appointment(
        id=1,
        code=booked.code,
        person_id=amal,
        case_manager_id="anna",
        office_id="mill",
        start=at(NINE),
        end=at(f"{TUESDAY} 09:45"),
        status=Status.BOOKED,
        sequence=0,
        language="en",
        wishes=wishes,
    )
    assert is_code(booked.code)
    assert await town.cells(booked.id) == cells_of(slot)
    assert await town.rows("SELECT hold_until, booked_at FROM appointments") == [
        (None, MONDAY_MORNING)
    ]


async def test_14_a_second_confirm_of_the_same_time_changes_nothing(town: Town, amal: int) -> None:
    slot = town.slot("anna", NINE)
    booked = await town.book(amal, slot)
    messages = await town.rows("SELECT * FROM outbox")
    assert await town.confirm(amal, slot) == booked
    assert await stored(town) == [(booked.id, "booked", at(NINE))]
    assert await town.rows("SELECT * FROM outbox") == messages


async def test_14_a_second_confirm_counts_as_the_first_even_at_the_limit(
    town: Town, amal: int
) -> None:
    await town.book(amal, town.slot("anna", NINE))
    slot = town.slot("cora", TEN)
    booked = await town.book(amal, slot)
    assert await town.confirm(amal, slot) == booked


async def test_16_a_late_confirm_books_if_the_time_is_still_free(town: Town, amal: int) -> None:
    slot = town.slot("anna", NINE)
    await town.hold(amal, slot)
    town.now += 3600
    booked = await town.confirm(amal, slot, wishes=Wishes(adults=1))
    assert isinstance(booked, Appointment)
    assert booked.wishes == Wishes(adults=1)
    assert await stored(town) == [(booked.id, "booked", at(NINE))]
    assert await town.cells(booked.id) == cells_of(slot)


async def test_16_a_late_confirm_is_refused_if_somebody_else_has_the_time(
    town: Town, amal: int, olena: int
) -> None:
    slot = town.slot("anna", NINE)
    await town.hold(amal, slot)
    town.now += TEN_MINUTES
    theirs = await town.book(olena, slot)
    assert await town.confirm(amal, slot) == TAKEN
    assert await stored(town) == [(theirs.id, "booked", at(NINE))]


async def test_16_instead_of_a_taken_time_the_nearest_three_are_offered(
    town: Town, amal: int, olena: int
) -> None:
    await town.book(olena, town.slot("anna", TEN))
    search = Search(("mill", "quay"), "anna")
    near = await town.looks(amal, lambda availability: availability.nearest(search, at(TEN), 3))
    assert near == tuple(town.slot("anna", moment) for moment in (NINE, ELEVEN, "2026-12-01 09:00"))


async def test_confirm_without_any_hold_books_a_free_time(town: Town, amal: int) -> None:
    booked = await town.confirm(amal, town.slot("anna", NINE))
    assert isinstance(booked, Appointment)
    assert await town.cells(booked.id) == cells_of(town.slot("anna", NINE))


async def test_confirming_another_time_than_the_held_one_gives_the_hold_up(
    town: Town, amal: int, olena: int
) -> None:
    await town.hold(amal, town.slot("anna", NINE))
    assert isinstance(await town.confirm(amal, town.slot("anna", TEN)), Appointment)
    assert await town.hold(olena, town.slot("anna", NINE)) is None


async def test_a_case_manager_booked_last_can_be_offered_again(town: Town, amal: int) -> None:
    assert await town.at_port(amal, lambda port: port.last_case_manager()) is None
    await town.book(amal, town.slot("cora", NINE))
    again = await town.at_port(amal, lambda port: port.last_case_manager())
    assert again == town.city.case_manager["cora"]


async def test_every_appointment_has_a_code_of_its_own(town: Town, amal: int, olena: int) -> None:
    def draw(script: str) -> None:
        signs = iter(script)
        town.choose = lambda letters: next(signs)

    draw("2345" + "CAR2" + "2HH3" + "C234")  # a code has a letter and spells nothing
    first = await town.book(amal, town.slot("anna", NINE))
    draw("C234" + "D234")  # and belongs to one appointment
    second = await town.book(olena, town.slot("anna", TEN))
    assert [first.code, second.code] == ["C234", "D234"]


async def test_the_code_of_a_cancelled_appointment_is_not_given_again(
    town: Town, amal: int, olena: int
) -> None:
    first = await town.book(amal, town.slot("anna", NINE))
    await town.cancel(amal, first.id)
    signs = iter(first.code + "Z999")
    town.choose = lambda letters: next(signs)
    assert (await town.book(olena, town.slot("anna", NINE))).code == "Z999"


# Limits


async def test_8_a_client_cannot_be_at_two_offices_at_once(town: Town, amal: int) -> None:
    await town.book(amal, town.slot("anna", NINE))
    overlapping = town.slot("cora", NINE)
    assert await town.free(amal, "cora", TUESDAY) == ("10:00", "11:00")
    assert await town.hold(amal, overlapping) == TAKEN
    assert await town.confirm(amal, overlapping) == TAKEN


async def test_8_a_shorter_talk_inside_a_longer_one_is_refused_too(town: Town, amal: int) -> None:
    await town.book(amal, town.slot("ben", f"{TUESDAY} 09:40"))
    assert await town.hold(amal, town.slot("anna", NINE)) == TAKEN
    assert await town.hold(amal, town.slot("anna", TEN)) == TAKEN
    assert await town.hold(amal, town.slot("anna", ELEVEN)) is None


async def test_8_slots_of_one_case_manager_that_overlap_exclude_each_other(
    town: Town, amal: int, olena: int
) -> None:
    await town.book(amal, town.slot("dora", NINE))
    assert await town.hold(olena, town.slot("dora", f"{TUESDAY} 09:30")) == TAKEN
    assert await town.hold(olena, town.slot("dora", TEN)) is None


async def test_32_a_client_has_at_most_two_appointments_to_come(town: Town, amal: int) -> None:
    first = await town.book(amal, town.slot("anna", NINE))
    await town.book(amal, town.slot("cora", TEN))
    third = town.slot("ben", f"{TUESDAY} 11:00")
    assert await town.confirm(amal, third) == TOO_MANY
    await town.cancel(amal, first.id)
    assert isinstance(await town.confirm(amal, town.slot("anna", ELEVEN)), Appointment)


async def test_32_an_appointment_that_has_begun_does_not_count(town: Town, amal: int) -> None:
    await town.book(amal, town.slot("anna", NINE))
    await town.book(amal, town.slot("anna", TEN))
    next_week = town.slot("anna", "2026-12-01 09:00")
    town.now = at(NINE) - 1
    assert await town.confirm(amal, next_week) == TOO_MANY
    town.now = at(NINE)
    assert isinstance(await town.confirm(amal, next_week), Appointment)


async def test_32_moving_at_the_limit_is_no_third_appointment(town: Town, amal: int) -> None:
    first = await town.book(amal, town.slot("anna", NINE))
    await town.book(amal, town.slot("cora", TEN))
    moved = await town.move(amal, first, town.slot("anna", ELEVEN))
    assert (moved.id, moved.start) == (first.id, at(ELEVEN))


async def test_a_case_manager_has_at_most_so_many_talks_a_day(url: str) -> None:
    async with open_town(url, invented(case_manager("eva", "mill", talks_a_day=2))) as town:
        clients = [await town.client(number) for number in range(3)]
        first = await town.book(clients[0], town.slot("eva", NINE))
        await town.hold(clients[1], town.slot("eva", TEN))
        assert await town.hold(clients[2], town.slot("eva", ELEVEN)) == TAKEN
        assert await town.free(clients[2], "eva", TUESDAY) == ()
        assert await town.free(clients[2], "eva", "2026-12-01") == ("09:00", "10:00", "11:00")
        await town.confirm(clients[1], town.slot("eva", TEN))
        assert (await town.move(clients[0], first, town.slot("eva", ELEVEN))).id == first.id
        await town.cancel(clients[0], first.id)
        assert await town.hold(clients[2], town.slot("eva", NINE)) is None


@pytest.mark.parametrize(
    ("now", "moment", "opens"),
    [
        ("2026-11-23 23:59", NINE, True),
        (f"{TUESDAY} 00:00", NINE, False),
        ("2026-11-27 09:00", "2026-12-01 09:00", True),
        # Friday 18 December, then the Tuesday after the weekend
        ("2026-12-18 16:00", "2026-12-22 09:00", True),
        # Christmas Eve: the next working day is Monday 28 December
        ("2026-12-24 09:00", "2026-12-29 09:00", True),
        ("2026-12-28 09:00", "2026-12-29 09:00", True),
        ("2026-12-29 08:00", "2026-12-29 09:00", False),
    ],
)
async def test_21_a_time_inside_the_lead_time_cannot_be_booked(
    town: Town, amal: int, now: str, moment: str, opens: bool
) -> None:
    town.now = at(now)
    assert await town.hold(amal, town.slot("anna", moment)) == (None if opens else TAKEN)


async def test_21_over_christmas_the_lead_time_waits_for_a_working_day(url: str) -> None:
    eva = case_manager("eva", "mill", *(block(day, "09:00", "10:00") for day in range(7)))
    async with open_town(url, invented(eva, closures=[date(2026, 12, 28)])) as town:
        client = await town.client(7)
        town.now = at("2026-12-23 17:00")
        days = ["2026-12-24", "2026-12-25", "2026-12-27", "2026-12-28", "2026-12-29"]
        offered = [await town.free(client, "eva", day) for day in days]
        assert offered == [("09:00",), (), ("09:00",), (), ("09:00",)]
        town.now = at("2026-12-24 09:00")
        offered = [await town.free(client, "eva", day) for day in days]
        assert offered == [(), (), (), (), ("09:00",)]
        earliest = await town.looks(client, lambda o: o.earliest(Search(("mill",))))
        assert earliest == town.slot("eva", "2026-12-29 09:00")


async def test_5_nothing_can_be_booked_beyond_the_horizon(town: Town, amal: int) -> None:
    town.now = at("2026-11-24 09:00")
    assert await town.hold(amal, town.slot("anna", "2026-12-22 09:00")) is None
    town.now = at("2026-11-23 09:00")
    assert await town.hold(amal, town.slot("anna", "2026-12-22 09:00")) == TAKEN


async def test_6_nothing_can_be_booked_on_a_closed_day(url: str) -> None:
    async with open_town(url, invented(closures=[date(2026, 11, 24)])) as town:
        client = await town.client(7)
        assert await town.hold(client, town.slot("anna", NINE)) == TAKEN
        assert await town.free(client, "anna", TUESDAY) == ()


async def test_6_a_closure_after_the_booking_leaves_the_appointment_as_it_is(
    town: Town, amal: int
) -> None:
    booked = await town.book(amal, town.slot("anna", NINE))
    town.city = invented(closures=[date(2026, 11, 24)])
    assert await town.confirm(amal, town.slot("anna", NINE)) == booked
    assert await town.free(amal, "anna", TUESDAY) == ()


async def test_22_with_nothing_free_to_the_horizon_there_is_no_earliest_time(
    url: str,
) -> None:
    async with open_town(url, invented(case_manager("eva", "mill"), horizon=3)) as town:
        clients = [await town.client(number) for number in range(4)]
        search = Search(("mill", "quay"))
        for client, moment in zip(clients[:3], (NINE, TEN, ELEVEN), strict=True):
            assert await town.looks(client, lambda o: o.earliest(search)) == town.slot(
                "eva", moment
            )
            await town.book(client, town.slot("eva", moment))
        assert await town.looks(clients[3], lambda o: o.earliest(search)) is None
        assert await town.looks(clients[3], lambda o: o.nearest(search, at(NINE), 3)) == ()


async def test_the_earliest_time_is_of_the_nearer_office_on_the_same_day(
    town: Town, amal: int, olena: int
) -> None:
    await town.book(olena, town.slot("cora", NINE))
    near = Search(("quay", "mill"), nearest_first=True)
    anywhere = Search(("quay", "mill"))
    assert await town.looks(amal, lambda o: o.earliest(near)) == town.slot("cora", TEN)
    assert await town.looks(amal, lambda o: o.earliest(anywhere)) == town.slot("anna", NINE)


async def test_days_with_room_are_offered_from_a_day_on(town: Town, amal: int) -> None:
    town.city = invented(*TEAM, case_manager("tom", "quay", block(THURSDAY, "09:00", "10:00")))
    search = Search(("quay",))
    first, then = date(2026, 11, 23), date(2026, 11, 25)
    assert await town.at_port(amal, lambda port: port.free_days(search, first, 3)) == (
        date(2026, 11, 24),
        date(2026, 11, 26),
        date(2026, 12, 1),
    )
    assert await town.at_port(amal, lambda port: port.free_days(search, then, 1)) == (
        date(2026, 11, 26),
    )
