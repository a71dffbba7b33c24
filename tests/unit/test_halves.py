"""Morning and afternoon part at noon by the clock on the wall, in summer and in winter."""

import pytest
from town_in_memory import ADA, ZONE, at

from bot.domain.halves import Half, half_of
from bot.domain.local_time import local, local_day
from bot.domain.slots import first_free, free_slots


@pytest.mark.parametrize(
    ("moment", "half"),
    [
        ("2026-11-25 00:00", Half.MORNING),
        ("2026-11-25 11:59", Half.MORNING),
        ("2026-11-25 12:00", Half.AFTERNOON),
        ("2026-07-01 11:55", Half.MORNING),
        ("2026-07-01 12:00", Half.AFTERNOON),
    ],
)
def test_a_moment_lies_in_a_half_of_its_day(moment: str, half: Half) -> None:
    assert half_of(at(moment), ZONE) is half


@pytest.mark.parametrize(
    ("half", "starts"),
    [
        (Half.MORNING, ["08:00", "08:40", "09:20", "10:00", "10:40", "11:20"]),
        (Half.AFTERNOON, ["13:00", "13:40", "14:20", "15:00"]),
    ],
)
def test_only_the_times_of_the_half_asked_for_are_free(half: Half, starts: list[str]) -> None:
    monday = local_day(at("2026-11-30 00:00"), ZONE)
    found = free_slots(ADA, monday, (), 0, ZONE, half)
    assert [f"{local(slot.start, ZONE):%H:%M}" for slot in found] == starts
    assert first_free(ADA, monday, (), 0, ZONE, half) == found[0]


def test_a_day_with_mornings_only_has_no_room_in_the_afternoon() -> None:
    wednesday = local_day(at("2026-11-25 00:00"), ZONE)
    assert first_free(ADA, wednesday, (), 0, ZONE, Half.AFTERNOON) is None
