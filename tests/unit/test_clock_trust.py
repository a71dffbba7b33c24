"""Which clock is believed: the machine's, unless others say otherwise by more than an hour."""

from email.utils import formatdate

import pytest

from bot.domain.clock_trust import Clocks
from bot.runtime.clock import Clock

NOON = 1_795_000_000.0
HOUR, DAY = 3600, 86_400


@pytest.mark.parametrize("off", [0, HOUR, -HOUR])
def test_a_clock_that_agrees_with_the_others_is_right(off: int) -> None:
    clocks = Clocks(NOON + off, (NOON,), expected=NOON - 9 * DAY)
    assert (clocks.is_right, clocks.believed) == (True, NOON + off)


@pytest.mark.parametrize("off", [HOUR + 1, -HOUR - 1, 20 * DAY, 365 * DAY, -DAY])
def test_one_that_does_not_is_wrong_and_whichever_fits_what_went_before_is_believed(
    off: int,
) -> None:
    for before in ({"expected": NOON}, {"earliest": NOON}, {}):
        clocks = Clocks(NOON + off, (NOON,), **before)
        assert (clocks.is_right, clocks.believed) == (False, NOON)
    others_off = Clocks(NOON, (NOON + off,), expected=NOON)
    assert (others_off.is_right, others_off.believed) == (False, NOON)


def test_of_two_others_each_has_its_say() -> None:
    clocks = Clocks(NOON, (NOON, NOON + 2 * DAY), expected=NOON)
    assert (clocks.is_right, clocks.believed) == (False, NOON)


def test_alone_it_is_right_as_long_as_it_goes_on_as_it_went() -> None:
    assert Clocks(NOON).is_right
    assert Clocks(NOON, expected=NOON - HOUR).is_right
    jumped = Clocks(NOON + DAY, expected=NOON)
    assert (jumped.is_right, jumped.believed) == (False, NOON)


def test_alone_at_the_start_it_can_have_rested_but_not_gone_back() -> None:
    assert Clocks(NOON + 60 * DAY, earliest=NOON).is_right
    back = Clocks(NOON - DAY, earliest=NOON)
    assert (back.is_right, back.believed) == (False, NOON)


class Machine:
    """Two clocks that a test moves."""

    def __init__(self) -> None:
        self.wall, self.steady = NOON, 0.0

    def passes(self, seconds: float) -> None:
        """Time goes by."""
        self.wall += seconds
        self.steady += seconds


def machine_and_clock() -> tuple[Machine, Clock]:
    """A machine, and the clock that goes by it."""
    machine = Machine()
    return machine, Clock(0.0, lambda: machine.wall, lambda: machine.steady)


def test_a_jump_is_seen_at_once_and_time_goes_on_as_it_was() -> None:
    machine, clock = machine_and_clock()
    clock.hear("Bot API", NOON)
    for jump in (20 * DAY, -40 * DAY, 20 * DAY):
        machine.passes(60)
        before = clock.now()
        machine.wall += jump
        machine.passes(5)
        assert abs(clock.now() - before - 5) <= 1
    assert clock.goes_right()


def test_after_a_rest_that_the_steady_clock_did_not_count_the_next_answer_puts_it_right() -> None:
    machine, clock = machine_and_clock()
    clock.hear("Bot API", NOON)
    clock.now()
    machine.wall += 8 * HOUR
    assert not clock.goes_right()
    clock.hear("Bot API", machine.wall)
    assert (clock.goes_right(), clock.now()) == (True, int(machine.wall))


def test_it_is_told_whose_clock_differs_and_by_how_much() -> None:
    machine, clock = machine_and_clock()
    clock.hear("Bot API", NOON)
    clock.hear("database", NOON + 5)
    clock.now()
    clock.hear("database", NOON + 2 * HOUR)
    assert not clock.goes_right()
    assert clock.differences() == {"machine": 0, "Bot API": 0, "database": 2 * HOUR}
    clock.hear("database", NOON)
    machine.wall -= 3 * HOUR
    assert clock.differences() == {"machine": -3 * HOUR, "Bot API": 0, "database": 0}


def test_only_who_was_heard_since_contradicts() -> None:
    machine, clock = machine_and_clock()
    clock.hear("Bot API", NOON)
    machine.wall += 8 * HOUR
    asleep = machine.steady
    machine.passes(15)
    assert (clock.goes_right(), clock.is_contradicted_since(asleep)) == (False, False)
    clock.hear("database", machine.wall)
    assert (clock.goes_right(), clock.is_contradicted_since(asleep)) == (False, False)
    clock.hear("Bot API", NOON + 15)
    assert clock.is_contradicted_since(asleep)


def test_a_start_with_the_clock_ahead_goes_by_the_time_an_earlier_run_makes_likely() -> None:
    machine, clock = machine_and_clock()
    machine.wall += 20 * DAY
    clock.remember(NOON - HOUR)
    clock.hear("Bot API", NOON)
    assert (clock.goes_right(), clock.now()) == (False, int(NOON))
    machine.passes(90)
    assert clock.now() == int(NOON) + 90


def test_the_distance_of_the_demo_is_no_error() -> None:
    machine, clock = machine_and_clock()
    clock.ahead = 3.0 * DAY
    clock.hear("Bot API", clock.exact())
    clock.remember(clock.exact())
    clock.ahead += 7.0 * DAY
    assert (clock.goes_right(), clock.now()) == (True, int(machine.wall + 10 * DAY))


def test_an_answer_from_before_the_demo_moved_its_clock_says_nothing_of_the_time_now() -> None:
    machine, clock = machine_and_clock()
    clock.move(DAY)
    clock.hear("Bot API", machine.wall)
    assert clock.goes_right()
    machine.passes(3)
    clock.hear("Bot API", machine.wall)
    assert not clock.goes_right()


def test_the_date_of_an_answer_is_read_now_and_then_and_only_if_it_is_one() -> None:
    machine, clock = machine_and_clock()
    for date in ("", "soon", "Thu, 99 Nov 2026 10:00:00 GMT"):
        clock.hear_header("Bot API", date)
    assert clock.goes_right()
    right, wrong = (formatdate(NOON + off, usegmt=True) for off in (0, 2 * HOUR))
    clock.hear_header("Bot API", right)
    clock.hear_header("Bot API", wrong)
    assert clock.goes_right()
    machine.passes(5)
    clock.hear_header("Bot API", wrong)
    assert not clock.goes_right()
