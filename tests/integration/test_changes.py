"""Moving, cancelling and answering on a real database."""

from town import TEAM, Town, at, block, case_manager, invented
from two_clients import (
    ELEVEN,
    GONE,
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

from bot.domain.appointment import Answer, Appointment, Status, Version, Wishes
from bot.domain.slots import cells, slot_at

__all__ = ["amal", "city", "olena", "town"]


# Moving


async def test_18_the_old_time_is_freed_only_when_the_new_one_is_saved(
    town: Town, amal: int, olena: int
) -> None:
    old, new = town.slot("anna", NINE), town.slot("anna", TEN)
    booked = await town.book(amal, old)
    assert await town.hold(amal, new, booked.id) is None
    assert await town.hold(olena, old) == TAKEN
    assert await town.hold(olena, new) == TAKEN
    moved = await town.confirm(amal, new, booked.version)
    assert isinstance(moved, Appointment)
    assert await town.hold(olena, old) is None


async def test_18_a_moved_appointment_keeps_id_and_code_and_has_exactly_the_new_cells(
    town: Town, amal: int
) -> None:
    booked = await town.book(amal, town.slot("anna", NINE), Wishes(step_free=True))
    await town.say_coming(amal, booked.id)
    moved = await town.move(amal, booked, town.slot("cora", ELEVEN))
    assert (moved.id, moved.code, moved.sequence) == (booked.id, booked.code, 1)
    assert (moved.case_manager_id, moved.office_id, moved.start) == ("cora", "quay", at(ELEVEN))
    assert (moved.wishes, moved.answer) == (Wishes(step_free=True), Answer.NONE)
    assert await stored(town) == [(booked.id, "booked", at(ELEVEN))]
    assert await town.cells(booked.id) == cells_of(town.slot("cora", ELEVEN))


async def test_18_an_appointment_can_move_to_a_time_that_overlaps_its_own(
    town: Town, amal: int, olena: int
) -> None:
    booked = await town.book(amal, town.slot("dora", NINE))
    overlapping = town.slot("dora", f"{TUESDAY} 09:30")
    assert await town.hold(amal, overlapping) == TAKEN
    moved = await town.move(amal, booked, overlapping)
    assert (moved.id, moved.start) == (booked.id, at(f"{TUESDAY} 09:30"))
    assert await town.cells(booked.id) == cells_of(overlapping)
    assert await town.free(olena, "dora", TUESDAY) == ("10:30", "11:00", "11:30")


async def test_18_an_appointment_can_move_to_another_person_at_an_overlapping_time(
    town: Town, amal: int, olena: int
) -> None:
    booked = await town.book(amal, town.slot("anna", NINE))
    moved = await town.move(amal, booked, town.slot("cora", NINE))
    assert await town.cells(moved.id) == cells_of(town.slot("cora", NINE))
    assert await town.hold(olena, town.slot("anna", NINE)) is None


async def test_18_a_hold_for_moving_takes_only_cells_the_old_appointment_does_not_own(
    town: Town, amal: int
) -> None:
    old, new = town.slot("dora", NINE), town.slot("dora", f"{TUESDAY} 09:30")
    booked = await town.book(amal, old)
    await town.hold(amal, new, booked.id)
    (hold_id,) = (await town.rows("SELECT id FROM appointments WHERE status = 'held'"))[0]
    assert await town.cells(booked.id) == cells_of(old)
    assert await town.cells(hold_id) == (
        list(cells(old.free_at, new.free_at)),
        list(cells(old.end, new.end)),
    )


async def test_18_a_late_confirm_of_a_move_is_refused_and_the_old_time_stays(
    town: Town, amal: int, olena: int
) -> None:
    booked = await town.book(amal, town.slot("anna", NINE))
    await town.hold(amal, town.slot("anna", TEN), booked.id)
    town.now += TEN_MINUTES
    await town.book(olena, town.slot("anna", TEN))
    assert await town.confirm(amal, town.slot("anna", TEN), booked.version) == TAKEN
    assert await town.at_port(amal, lambda port: port.coming_appointments()) == (booked,)
    assert await town.cells(booked.id) == cells_of(town.slot("anna", NINE))


async def test_18_a_second_confirm_of_a_move_changes_nothing(town: Town, amal: int) -> None:
    booked = await town.book(amal, town.slot("anna", NINE))
    moved = await town.move(amal, booked, town.slot("anna", TEN))
    assert await town.confirm(amal, town.slot("anna", TEN), booked.version) == moved
    assert (await town.rows("SELECT sequence FROM appointments")) == [(1,)]


async def test_18_a_moved_appointment_can_move_again_and_back(town: Town, amal: int) -> None:
    booked = await town.book(amal, town.slot("anna", NINE))
    there = await town.move(amal, booked, town.slot("cora", NINE))
    back = await town.move(amal, there, town.slot("anna", NINE))
    assert (back.id, back.sequence, back.start) == (booked.id, 2, booked.start)
    assert await town.cells(booked.id) == cells_of(town.slot("anna", NINE))


async def test_18_moving_what_is_cancelled_past_or_somebody_elses_is_refused(
    town: Town, amal: int, olena: int
) -> None:
    booked = await town.book(amal, town.slot("anna", NINE))
    other = await town.book(amal, town.slot("anna", TEN))
    assert await town.confirm(olena, town.slot("anna", ELEVEN), booked.version) == GONE
    await town.cancel(amal, booked.id)
    assert await town.confirm(amal, town.slot("anna", ELEVEN), booked.version) == GONE
    town.now = at(TEN)
    assert await town.confirm(amal, town.slot("anna", "2026-12-01 09:00"), other.version) == GONE
    assert await town.confirm(amal, town.slot("anna", "2026-12-01 09:00"), Version(999, 0)) == GONE


async def test_18_an_appointment_cannot_move_onto_the_clients_other_one(
    town: Town, amal: int
) -> None:
    first = await town.book(amal, town.slot("anna", NINE))
    second = await town.book(amal, town.slot("anna", TEN))
    assert await town.hold(amal, town.slot("anna", NINE), second.id) == TAKEN
    assert await town.confirm(amal, town.slot("anna", NINE), second.version) == TAKEN
    coming = await town.at_port(amal, lambda port: port.coming_appointments())
    assert coming == (first, second)


async def test_18_changing_only_the_wishes_keeps_the_time_and_the_wishes(
    town: Town, amal: int
) -> None:
    slot = town.slot("anna", NINE)
    booked = await town.book(amal, slot)
    await town.hold(amal, slot, booked.id)
    changed = await town.confirm(amal, slot, booked.version, Wishes(step_free=True))
    assert isinstance(changed, Appointment)
    assert (changed.id, changed.start) == (booked.id, booked.start)
    assert changed.wishes == Wishes(step_free=True)
    assert await town.cells(booked.id) == cells_of(slot)
    assert await stored(town) == [(booked.id, "booked", at(NINE))]


# Cancelling and answering


async def test_19_a_cancelled_time_is_free_for_others_at_once(
    town: Town, amal: int, olena: int
) -> None:
    booked = await town.book(amal, town.slot("anna", NINE))
    gone = await town.cancel(amal, booked.id)
    assert isinstance(gone, Appointment)
    assert (gone.id, gone.status, gone.sequence) == (booked.id, Status.CANCELLED, 1)
    assert await town.cells(booked.id) == ([], [])
    assert (await town.book(olena, town.slot("anna", NINE))).person_id == olena


async def test_19_cancelling_twice_after_the_start_or_for_somebody_else_is_refused(
    town: Town, amal: int, olena: int
) -> None:
    first = await town.book(amal, town.slot("anna", NINE))
    second = await town.book(amal, town.slot("anna", TEN))
    assert await town.cancel(olena, first.id) == GONE
    assert isinstance(await town.cancel(amal, first.id), Appointment)
    assert await town.cancel(amal, first.id) == GONE
    town.now = at(TEN)
    assert await town.cancel(amal, second.id) == GONE
    assert await town.cancel(amal, 999) == GONE


async def test_19_an_appointment_can_be_cancelled_until_it_begins(town: Town, amal: int) -> None:
    booked = await town.book(amal, town.slot("anna", NINE))
    town.now = at(NINE) - 1
    assert isinstance(await town.cancel(amal, booked.id), Appointment)


async def test_a_hold_cannot_be_cancelled_like_an_appointment(town: Town, amal: int) -> None:
    await town.hold(amal, town.slot("anna", NINE))
    assert await town.cancel(amal, 1) == GONE


async def test_12_an_appointment_with_somebody_who_left_can_still_be_cancelled(
    town: Town, amal: int
) -> None:
    booked = await town.book(amal, town.slot("anna", NINE))
    town.city = invented(*TEAM[1:])
    assert isinstance(await town.cancel(amal, booked.id), Appointment)


async def test_12_an_appointment_with_somebody_who_left_can_move_to_another(
    town: Town, amal: int
) -> None:
    booked = await town.book(amal, town.slot("anna", NINE))
    town.city = invented(*TEAM[1:])
    moved = await town.move(amal, booked, town.slot("cora", NINE))
    assert (moved.case_manager_id, moved.office_id) == ("cora", "quay")


async def test_13_an_old_appointment_keeps_its_length_when_talks_change(
    town: Town, amal: int, olena: int
) -> None:
    old = town.slot("anna", NINE)
    booked = await town.book(amal, old)
    town.city = invented(case_manager("anna", "mill", talk=30, buffer=0), *TEAM[1:])
    assert await town.free(olena, "anna", TUESDAY) == ("10:00", "10:30", "11:00", "11:30")
    assert await town.cells(booked.id) == cells_of(old)
    assert await town.free(amal, "cora", TUESDAY) == ("10:00", "11:00")
    moved = await town.move(amal, booked, town.slot("anna", f"{TUESDAY} 09:30"))
    assert moved.end - moved.start == 30 * 60


async def test_10_appointments_outside_shortened_hours_stay(town: Town, amal: int) -> None:
    booked = await town.book(amal, town.slot("anna", NINE))
    town.city = invented(case_manager("anna", "mill", block(1, "10:00", "12:00")), *TEAM[1:])
    assert await town.at_port(amal, lambda port: port.coming_appointments()) == (booked,)
    assert await town.hold(amal, town.slot("anna", NINE), booked.id) == TAKEN
    assert (await town.move(amal, booked, town.slot("anna", TEN))).start == at(TEN)


async def test_a_client_who_is_coming_is_remembered(town: Town, amal: int, olena: int) -> None:
    booked = await town.book(amal, town.slot("anna", NINE))
    assert await town.say_coming(olena, booked.id) == GONE
    assert isinstance(await town.say_coming(amal, booked.id), Appointment)
    found = await town.at_port(amal, lambda port: port.appointment(booked.id))
    assert found.answer is Answer.COMING


async def test_a_slot_of_an_unknown_person_is_none(town: Town, amal: int) -> None:
    known = slot_at(town.city.case_manager["anna"], at(NINE))
    assert await town.at_port(amal, lambda port: port.slot("anna", at(NINE))) == known
    assert await town.at_port(amal, lambda port: port.slot("nobody", at(NINE))) is None
