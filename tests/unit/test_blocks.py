"""When talks begin in the weekly blocks: worked out once, and right on every day of every year."""

from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain import local_time
from bot.domain.blocks import Block, Week

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)
HOUR = 3600
# Clocks change at midnight, by half an hour, at two, in none of them, and long ago.
ZONES = ("Africa/Cairo", "Australia/Lord_Howe", "Europe/Berlin", "Asia/Tokyo", "America/Sao_Paulo")


def test_the_starts_of_a_weekday_are_in_order_whatever_the_order_of_the_blocks() -> None:
    week = Week.of((Block(1, time(14), time(15)), Block(1, time(9), time(10, 30))), 30, 15)
    assert week.starts(TUESDAY) == (9 * HOUR, 9 * HOUR + 2700, 14 * HOUR)
    assert week.starts(MONDAY) == ()


def test_a_block_that_begins_or_runs_out_counts_on_its_days_alone() -> None:
    blocks = (
        Block(1, time(9), time(10), valid_until=TUESDAY),
        Block(1, time(11), time(12)),
        Block(1, time(13), time(14), valid_from=TUESDAY + timedelta(days=7)),
    )
    found = [Week.of(blocks, 60, 0).starts(TUESDAY + timedelta(days=7 * n)) for n in (0, 1)]
    assert found == [(9 * HOUR, 11 * HOUR), (11 * HOUR, 13 * HOUR)]


@pytest.mark.parametrize("name", ZONES)
def test_the_moments_of_a_day_are_those_of_the_clock_on_the_wall(name: str) -> None:
    zone = ZoneInfo(name)
    clocks = [time(hour, minute) for hour in range(24) for minute in (0, 30)]
    seconds = [at.hour * HOUR + at.minute * 60 for at in clocks]
    for day in (date(2026, 1, 1) + timedelta(days=n) for n in range(365)):
        expected = [local_time.epoch(day, at, zone) for at in clocks]
        assert local_time.moments(day, seconds, zone) == expected
