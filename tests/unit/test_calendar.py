"""Working days, holidays and closures; and the length of a day on the wall."""

from dataclasses import replace
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.city.load import load
from bot.domain import local_time
from bot.domain.calendar import Calendar
from bot.domain.city import Rules

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = date(2026, 11, 23)


def calendar(*closures: date, subdivision: str = "NW") -> Calendar:
    rules = Rules(BERLIN, "DE", subdivision, 1, 0, 28, 10, 2)
    return Calendar(rules, frozenset(closures))


@pytest.mark.parametrize(
    "day",
    [
        date(2027, 5, 27),  # Fronleichnam
        date(2027, 11, 1),  # Allerheiligen
        date(2026, 12, 25),
        date(2026, 12, 26),
        date(2027, 1, 1),
        date(2027, 3, 26),  # Karfreitag
        date(2026, 10, 3),
    ],
)
def test_6_the_region_is_closed_on_its_public_holidays(day: date) -> None:
    assert calendar().is_closed(day)
    assert not calendar().is_working_day(day)


def test_6_christmas_eve_and_new_years_eve_are_working_days() -> None:
    days = [date(2026, 12, 24), date(2026, 12, 31)]
    assert [calendar().is_working_day(day) for day in days] == [True, True]


def test_6_a_region_has_its_own_holidays() -> None:
    epiphany = date(2027, 1, 6)
    assert calendar(subdivision="BY").is_closed(epiphany)
    assert not calendar(subdivision="NW").is_closed(epiphany)


def test_6_a_closure_of_the_city_is_closed() -> None:
    smallville = Calendar.of(load("tests/cities/smallville.toml"), None)
    assert smallville.is_closed(date(2026, 12, 24))
    closed = calendar(date(2026, 11, 24))
    assert [closed.is_closed(MONDAY + timedelta(days=n)) for n in (0, 1, 2)] == [False, True, False]


@pytest.mark.parametrize(
    ("today", "first"),
    [
        (MONDAY, date(2026, 11, 24)),
        (date(2026, 11, 27), date(2026, 11, 30)),  # Friday to Monday
        (date(2026, 11, 28), date(2026, 11, 30)),  # Saturday to Monday
        (date(2026, 11, 29), date(2026, 11, 30)),
        (date(2026, 12, 23), date(2026, 12, 24)),
        (date(2026, 12, 24), date(2026, 12, 28)),  # over Christmas and a weekend
        (date(2026, 12, 31), date(2027, 1, 4)),  # over the turn of the year
        (date(2027, 5, 26), date(2027, 5, 28)),  # over Fronleichnam
    ],
)
def test_21_the_next_working_day(today: date, first: date) -> None:
    assert calendar().working_days_after(today, 1) == first


def test_21_each_working_day_counts() -> None:
    assert calendar().working_days_after(date(2026, 12, 23), 3) == date(2026, 12, 29)
    assert calendar().working_days_after(MONDAY, 0) == MONDAY


def test_21_a_closure_is_no_working_day() -> None:
    closed = calendar(date(2026, 12, 24))
    assert closed.working_days_after(date(2026, 12, 23), 1) == date(2026, 12, 28)


def test_6_an_office_is_closed_with_the_city_and_on_days_of_its_own() -> None:
    city = load("tests/cities/smallville.toml")
    hall = replace(city.offices[0], closures=frozenset({date(2026, 11, 25)}))
    other = replace(hall, id="other", closures=frozenset[date]())
    city = replace(city, offices=(hall, other))
    days = [date(2026, 11, 25), date(2026, 12, 24)]
    closed = {
        name: [Calendar.of(city, name).is_closed(day) for day in days]
        for name in (hall.id, "other", "gone", None)
    }
    assert closed == {
        hall.id: [True, True],
        "other": [False, True],
        "gone": [False, True],
        None: [False, True],
    }


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2026, 10, 25), 25), (date(2027, 3, 28), 23), (MONDAY, 24)]
)
def test_1_a_day_is_as_long_as_its_clocks_make_it(day: date, hours: int) -> None:
    start, end = local_time.day_bounds(day, BERLIN)
    assert end - start == hours * 3600
    assert [local_time.local_day(start, BERLIN), local_time.local_day(end - 1, BERLIN)] == [
        day,
        day,
    ]
    assert local_time.local_day(end, BERLIN) == day + timedelta(days=1)


def test_1_of_the_doubled_hour_the_first_is_meant() -> None:
    first = local_time.epoch(date(2026, 10, 25), time(2, 30), BERLIN)
    assert local_time.epoch(date(2026, 10, 25), time(3, 30), BERLIN) - first == 2 * 3600


@given(st.integers(0, 2**31))
def test_2_the_wall_clock_and_utc_say_the_same(moment: int) -> None:
    assert int(local_time.local(moment, BERLIN).timestamp()) == moment
