"""A case manager's phone makes no sound at night, unless the appointment is today."""

from datetime import timedelta

from stage import MONDAY_MORNING, World, book_earliest


async def test_at_night_a_notice_makes_no_sound_and_by_day_it_does(world: World) -> None:
    ali = await world.case_manager("mohammad")
    by_day, by_night = [await world.person(id) for id in (7, 8)]
    await book_earliest(by_day)
    assert not (await ali.sees("Neuer Termin"))["silent"]
    await world.to(MONDAY_MORNING + timedelta(hours=12))
    await book_earliest(by_night)
    assert (await ali.sees("Neuer Termin"))["silent"]
    await world.to(MONDAY_MORNING + timedelta(hours=22))
    await by_day.says_and_waits("/start")
    await by_day.walks("My appointments", "08:00", "Cancel the appointment", "Yes, cancel")
    assert not (await ali.sees("hat abgesagt"))["silent"]
