"""How fast is too fast, and when somebody who cancels a lot has to wait."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.fair_use import (
    CHANGES_A_DAY,
    DAY_SECONDS,
    MINUTE_SECONDS,
    WEEK_SECONDS,
    ActionRate,
    RateAnswer,
    has_changed_enough,
    pauses,
)

SCREEN, LINE, SILENCE = RateAnswer.SCREEN, RateAnswer.LINE, RateAnswer.SILENCE
NOW = 1_795_000_000


def answers(limit: int, *moments: int) -> list[RateAnswer]:
    """What actions at these moments get."""
    rate, found = ActionRate(), []
    for moment in moments:
        rate = rate.after_another(moment)
        found.append(rate.answer(limit))
    return found


def test_one_line_is_said_above_the_limit_and_then_nothing() -> None:
    assert answers(2, *[NOW] * 5) == [SCREEN, SCREEN, LINE, SILENCE, SILENCE]


def test_when_the_minute_has_passed_there_are_screens_again() -> None:
    end = NOW + MINUTE_SECONDS
    assert answers(1, NOW, NOW + 10, end - 1, end, end) == [SCREEN, LINE, SILENCE, SCREEN, LINE]


def test_a_limit_of_none_lifts_it() -> None:
    assert answers(0, *[NOW] * 100) == [SCREEN] * 100


def test_a_clock_that_was_set_back_locks_nobody_out() -> None:
    assert answers(1, NOW, NOW, NOW - 3600) == [SCREEN, LINE, SCREEN]


@given(st.lists(st.integers(0, 200), max_size=60), st.integers(1, 5))
def test_within_any_minute_that_begins_with_an_action_no_more_is_answered(
    steps: list[int], limit: int
) -> None:
    moments = [NOW + sum(steps[: n + 1]) for n in range(len(steps))]
    rate, answered = ActionRate(), dict[int, int]()
    for moment in moments:
        rate = rate.after_another(moment)
        answered[rate.since] = answered.get(rate.since, 0) + (rate.answer(limit) is SCREEN)
    assert all(number <= limit for number in answered.values())


@pytest.mark.parametrize(
    ("ago", "paused"),
    [
        ((), False),
        ((60, 120), False),
        ((60, 120, 180), True),
        ((DAY_SECONDS - 1, DAY_SECONDS, DAY_SECONDS), True),
        ((DAY_SECONDS, DAY_SECONDS + 1, DAY_SECONDS + 2), False),
        ((60, 3 * DAY_SECONDS, WEEK_SECONDS - 1), True),
        ((60, 3 * DAY_SECONDS, WEEK_SECONDS), False),
        ((60, 2 * DAY_SECONDS, 3 * DAY_SECONDS, 4 * DAY_SECONDS), True),
    ],
)
def test_three_own_cancellations_in_a_week_are_a_days_pause(
    ago: tuple[int, ...], paused: bool
) -> None:
    assert pauses([NOW - seconds for seconds in ago], NOW) is paused


def test_so_many_changes_a_day_are_enough() -> None:
    enough = [
        has_changed_enough([NOW] * number) for number in (0, CHANGES_A_DAY - 1, CHANGES_A_DAY)
    ]
    assert enough == [False, False, True]
