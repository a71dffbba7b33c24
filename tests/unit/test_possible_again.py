"""Whose talk is possible after all, who is asked about it, and whom somebody must phone."""

from dataclasses import replace

import pytest
from calendars import appointment

from bot.domain.appointment import Status
from bot.domain.possible_again import GoneFacts, possible_again, to_ask, to_phone
from bot.domain.slots import Slot

START, HALF = 1_800_000_000, 1800
BEFORE = START - 86_400
OFF = replace(appointment(START, end=START + HALF), status=Status.CALLED_OFF)
GONE = GoneFacts(
    OFF,
    Slot(OFF.case_manager_id, OFF.start, OFF.end, OFF.end),
    rebooked=False,
    settled=False,
    reachable=True,
)


def later(gone: GoneFacts, seconds: int, number: int) -> GoneFacts:
    """The same about a talk so much later."""
    about = gone.about
    start, end = about.start + seconds, about.end + seconds
    slot = Slot(about.case_manager_id, start, end, end)
    return replace(gone, about=replace(about, id=number, start=start, end=end), free=slot)


def test_what_is_ahead_and_free_and_was_not_answered_is_possible_again() -> None:
    assert possible_again([GONE], BEFORE) == (GONE,)
    assert (*to_ask([GONE]),) == (OFF,)
    assert (*to_phone([GONE]),) == ()


def test_it_is_so_until_it_begins() -> None:
    assert possible_again([GONE], START - 1) == (GONE,)
    assert possible_again([GONE], START) == ()


@pytest.mark.parametrize(
    "gone",
    [
        replace(GONE, rebooked=True),
        replace(GONE, settled=True),
        replace(GONE, free=None),
        replace(GONE, about=replace(OFF, status=Status.CANCELLED)),
        replace(GONE, about=replace(OFF, status=Status.BOOKED)),
    ],
)
def test_what_was_answered_or_is_not_free_or_not_called_off_stays_as_it_is(
    gone: GoneFacts,
) -> None:
    assert possible_again([gone], BEFORE) == ()


def test_whom_no_chat_reaches_somebody_phones() -> None:
    silent = replace(GONE, reachable=False)
    assert (*to_ask([silent]),) == ()
    assert (*to_phone([silent]),) == (OFF,)


def test_of_two_at_the_same_time_it_is_who_had_it_last() -> None:
    first, last = replace(GONE, called_off_at=1), replace(later(GONE, 600, 99), called_off_at=2)
    assert possible_again([first, last], BEFORE) == (last,)


def test_those_that_follow_on_one_another_are_all_possible_in_order_of_time() -> None:
    next_one = replace(later(GONE, HALF, 99), called_off_at=2)
    assert possible_again([next_one, GONE], BEFORE) == (GONE, next_one)
