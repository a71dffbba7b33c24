"""Which times of a released block can still be booked."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import local_time
from bot.domain.blocks import Block
from bot.domain.city import CaseManager
from bot.domain.slots import (
    Busy,
    Slot,
    cells,
    first_free,
    free_slots,
    slot_at,
)

BERLIN = ZoneInfo("Europe/Berlin")
TUESDAY = date(2026, 11, 24)
MINUTE = 60
LONG_AGO = 0


def case_manager(
    *blocks: Block, talk: int = 45, buffer: int = 15, talks_a_day: int = 6
) -> CaseManager:
    return CaseManager("anna", "Anna", "mill", frozenset(), blocks, talks_a_day, talk, buffer)


def block(start: str, end: str, weekday: int = 1, **validity: date) -> Block:
    return Block(weekday, time.fromisoformat(start), time.fromisoformat(end), **validity)


def at(clock: str, day: date = TUESDAY) -> int:
    return local_time.epoch(day, time.fromisoformat(clock), BERLIN)


def talk(start: str, end: str, day: date = TUESDAY) -> Busy:
    return Busy(at(start, day), at(end, day), is_talk=True)


def starts(
    person: CaseManager, *busy: Busy, day: date = TUESDAY, opens: int = LONG_AGO
) -> tuple[str, ...]:
    found = free_slots(person, day, busy, opens, BERLIN)
    return tuple(f"{local_time.local(slot.start, BERLIN):%H:%M}" for slot in found)


MORNING = case_manager(block("09:00", "12:00"))


def test_talks_follow_each_other_with_a_buffer_between() -> None:
    assert starts(MORNING) == ("09:00", "10:00", "11:00")


def test_the_last_talk_ends_with_the_block_and_its_buffer_may_lie_behind() -> None:
    person = case_manager(block("09:00", "11:45"))
    assert starts(person) == ("09:00", "10:00", "11:00")
    assert starts(case_manager(block("09:00", "11:40"))) == ("09:00", "10:00")


def test_a_block_shorter_than_a_talk_has_no_slot() -> None:
    assert starts(case_manager(block("09:00", "09:40"))) == ()


def test_the_blocks_of_a_day_are_offered_in_order_of_time() -> None:
    person = case_manager(block("14:00", "15:00"), block("09:00", "10:00"))
    assert starts(person) == ("09:00", "14:00")


def test_a_block_is_released_on_its_weekday_only() -> None:
    assert starts(MORNING, day=date(2026, 11, 25)) == ()


def test_a_block_counts_from_its_first_to_its_last_day() -> None:
    person = case_manager(
        block("09:00", "10:00", valid_until=date(2026, 11, 24)),
        block("13:00", "14:00", valid_from=date(2026, 12, 1)),
    )
    days = [date(2026, 11, 17), TUESDAY, date(2026, 12, 1)]
    assert [starts(person, day=day) for day in days] == [("09:00",), ("09:00",), ("13:00",)]


def test_a_slot_says_when_the_talk_ends_and_when_the_case_manager_is_free_again() -> None:
    expected = Slot("anna", at("09:00"), at("09:45"), at("10:00"))
    assert slot_at(MORNING, at("09:00")) == expected
    assert free_slots(MORNING, TUESDAY, (), LONG_AGO, BERLIN)[0] == expected


def test_what_begins_too_soon_is_not_offered() -> None:
    assert starts(MORNING, opens=at("09:00")) == ("09:00", "10:00", "11:00")
    assert starts(MORNING, opens=at("09:00") + 1) == ("10:00", "11:00")


@pytest.mark.parametrize("change", [date(2026, 10, 25), date(2027, 3, 28)])
@pytest.mark.parametrize("clock", ["09:00", "14:00"])
def test_1_a_weekly_time_stays_the_same_on_the_wall_over_both_clock_changes(
    change: date, clock: str
) -> None:
    person = case_manager(Block(6, time.fromisoformat(clock), time(17)), talk=180, buffer=0)
    sundays = [date.fromordinal(change.toordinal() + 7 * week) for week in (-1, 0, 1)]
    assert [starts(person, day=day)[0] for day in sundays] == [clock] * 3
    seconds = [free_slots(person, day, (), LONG_AGO, BERLIN)[0].start for day in sundays]
    hour_of_the_change = 3600 if change.month == 10 else -3600
    assert seconds[1] - seconds[0] == 7 * 86_400 + hour_of_the_change
    assert seconds[2] - seconds[1] == 7 * 86_400


@pytest.mark.parametrize(
    ("busy", "left"),
    [
        (talk("09:00", "10:00"), ("10:00", "11:00")),
        (talk("10:00", "10:05"), ("09:00", "11:00")),
        (talk("08:00", "09:00"), ("09:00", "10:00", "11:00")),
        (talk("12:00", "13:00"), ("09:00", "10:00", "11:00")),
        (talk("08:55", "12:05"), ()),
    ],
)
def test_8_a_talk_of_another_length_takes_every_slot_it_touches(
    busy: Busy, left: tuple[str, ...]
) -> None:
    assert starts(MORNING, busy) == left


def test_9_a_talk_that_begins_in_the_buffer_of_a_slot_takes_it() -> None:
    assert starts(MORNING, talk("09:50", "09:55")) == ("10:00", "11:00")


def test_9_the_buffer_behind_the_last_talk_must_be_free_too() -> None:
    assert starts(MORNING, talk("11:50", "13:00")) == ("09:00", "10:00")


def test_10_a_talk_outside_shortened_hours_still_counts_towards_the_day() -> None:
    person = case_manager(block("10:00", "12:00"), talks_a_day=1)
    assert starts(person, talk("08:00", "09:00")) == ()
    assert starts(person, talk("15:00", "16:00")) == ()


def test_13_a_talk_of_the_old_length_keeps_its_time_when_talks_become_shorter() -> None:
    person = case_manager(block("09:00", "12:00"), talk=30, buffer=0)
    assert starts(person, talk("09:00", "10:00")) == ("10:00", "10:30", "11:00", "11:30")


def test_a_day_with_enough_talks_is_full() -> None:
    person = case_manager(block("09:00", "12:00"), talks_a_day=2)
    assert starts(person, talk("09:00", "10:00")) == ("10:00", "11:00")
    assert starts(person, talk("09:00", "10:00"), talk("10:00", "11:00")) == ()


def test_talks_of_another_day_do_not_count() -> None:
    person = case_manager(block("09:00", "12:00"), talks_a_day=1)
    yesterday, tomorrow = date(2026, 11, 23), date(2026, 11, 25)
    others = talk("09:00", "10:00", yesterday), talk("09:00", "10:00", tomorrow)
    assert starts(person, *others) == ("09:00", "10:00", "11:00")


def test_what_is_no_talk_takes_time_and_does_not_count() -> None:
    person = case_manager(block("09:00", "12:00"), talks_a_day=1)
    assert starts(person, Busy(at("09:00"), at("09:30"))) == ("10:00", "11:00")


def test_the_first_free_slot_is_there_until_the_last_is_taken_or_too_soon() -> None:
    two = (talk("09:00", "09:45"), talk("11:00", "11:45"))
    taken = (*two, talk("10:00", "10:45"))
    firsts = [first_free(MORNING, TUESDAY, busy, LONG_AGO, BERLIN) for busy in ((), two, taken)]
    assert [slot and slot.start for slot in firsts] == [at("09:00"), at("10:00"), None]
    soon = [first_free(MORNING, TUESDAY, (), at(clock), BERLIN) for clock in ("11:00", "11:01")]
    assert [slot and slot.start for slot in soon] == [at("11:00"), None]


def test_stretches_that_only_meet_do_not_overlap() -> None:
    busy = Busy(100, 200)
    assert [busy.overlaps(0, 100), busy.overlaps(200, 300)] == [False, False]
    assert [busy.overlaps(0, 101), busy.overlaps(199, 300)] == [True, True]


def test_a_talk_takes_the_five_minute_cells_it_touches() -> None:
    assert list(cells(3000, 3900)) == [10, 11, 12]
    assert list(cells(3001, 3899)) == [10, 11, 12]
    assert list(cells(3000, 3901)) == [10, 11, 12, 13]


STRETCHES = st.tuples(st.integers(0, 200), st.integers(1, 60)).map(
    lambda pair: (at("06:00") + pair[0] * 300, at("06:00") + (pair[0] + pair[1]) * 300)
)


@given(STRETCHES, STRETCHES)
def test_on_the_grid_two_stretches_share_a_cell_exactly_if_they_overlap(
    one: tuple[int, int], other: tuple[int, int]
) -> None:
    assert Busy(*one).overlaps(*other) == bool({*cells(*one)} & {*cells(*other)})


@given(
    talk_minutes=st.sampled_from((20, 30, 45, 60)),
    buffer=st.sampled_from((0, 5, 15)),
    taken=st.lists(STRETCHES, max_size=5),
    are_talks=st.booleans(),
    opens=st.integers(at("08:00"), at("14:00")),
)
def test_free_is_exactly_what_is_released_and_touched_by_nothing(
    talk_minutes: int, buffer: int, taken: list[tuple[int, int]], are_talks: bool, opens: int
) -> None:
    """The buffer behind a talk keeps out other talks of the same person, and nothing else."""
    person = case_manager(block("08:00", "13:00"), talk=talk_minutes, buffer=buffer)
    midnight = int(datetime(2026, 11, 24, tzinfo=BERLIN).timestamp())
    expected = []
    for minute in range(8 * 60, 13 * 60 - talk_minutes + 1, talk_minutes + buffer):
        start = midnight + minute * MINUTE
        bound = talk_minutes + buffer if are_talks else talk_minutes
        seconds = range(start, start + bound * MINUTE, MINUTE)
        if start >= opens and not any(a <= second < b for second in seconds for a, b in taken):
            expected.append(start)
    busy = [Busy(*pair, are_talks) for pair in taken]
    found = free_slots(person, TUESDAY, busy, opens, BERLIN)
    assert [slot.start for slot in found] == expected
    assert first_free(person, TUESDAY, busy, opens, BERLIN) == next(iter(found), None)
