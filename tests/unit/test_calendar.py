"""Working days, holidays, lead time and horizon; and the length of a day on the wall."""

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


def calendar(
    *closures: date, lead: int = 1, horizon: int = 28, subdivision: str = "NW"
) -> Calendar:
    rules = Rules(BERLIN, "DE", subdivision, lead, horizon, 10, 2)
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
    assert Calendar.of(load("tests/cities/smallville.toml")).is_closed(date(2026, 12, 24))
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
def test_21_the_lead_time_counts_working_days(today: date, first: date) -> None:
    assert calendar().first_day(today) == first


def test_21_a_longer_lead_time_counts_each_working_day() -> None:
    assert calendar(lead=3).first_day(date(2026, 12, 23)) == date(2026, 12, 29)
    assert calendar(lead=0).first_day(MONDAY) == MONDAY


def test_21_a_closure_is_no_working_day_of_the_lead_time() -> None:
    assert calendar(date(2026, 12, 24)).first_day(date(2026, 12, 23)) == date(2026, 12, 28)


def test_5_the_horizon_is_the_last_day_that_can_be_booked() -> None:
    days = list(calendar(horizon=28).bookable_days(MONDAY))
    assert (days[0], days[-1]) == (date(2026, 11, 24), date(2026, 12, 21))


def test_5_the_horizon_reaches_over_the_turn_of_the_year_and_leaves_holidays_out() -> None:
    days = set(calendar().bookable_days(date(2026, 12, 21)))
    closed = {date(2026, 12, 25), date(2026, 12, 26), date(2027, 1, 1)}
    assert days == {date(2026, 12, 22) + timedelta(days=n) for n in range(28)} - closed


def test_5_the_29th_of_february_can_be_booked() -> None:
    days = list(calendar(horizon=3).bookable_days(date(2028, 2, 27)))
    assert days == [date(2028, 2, 28), date(2028, 2, 29), date(2028, 3, 1)]


def test_5_a_horizon_before_the_first_day_leaves_nothing() -> None:
    assert list(calendar(horizon=1).bookable_days(date(2026, 11, 27))) == []


def test_5_a_day_can_be_booked_exactly_if_it_is_one_of_the_bookable_days() -> None:
    city = calendar(date(2026, 11, 25), lead=2, horizon=35)
    days = [MONDAY + timedelta(days=n) for n in range(-1, 40)]
    assert [day for day in days if city.is_bookable(day, MONDAY)] == list(
        city.bookable_days(MONDAY)
    )


def test_a_weekend_is_open_for_who_releases_it() -> None:
    assert date(2026, 11, 28) in calendar().bookable_days(MONDAY)


@given(
    today=st.dates(date(2024, 1, 1), date(2030, 12, 31)),
    lead=st.integers(0, 5),
    horizon=st.integers(0, 60),
    closed=st.sets(st.integers(0, 60), max_size=10),
)
def test_bookable_days_are_the_open_ones_between_lead_time_and_horizon(
    today: date, lead: int, horizon: int, closed: set[int]
) -> None:
    closures = [today + timedelta(days=n) for n in closed]
    city = calendar(*closures, lead=lead, horizon=horizon)
    days = list(city.bookable_days(today))
    assert days == sorted(set(days))
    assert not set(days) & set(closures)
    for day in days:
        between = [today + timedelta(days=n) for n in range(1, (day - today).days + 1)]
        assert sum(city.is_working_day(one) for one in between) >= min(lead, 1)
        assert day >= city.first_day(today)
        assert (day - today).days <= horizon


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
