"""From the lead time, in working days and hours, to the horizon."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.booking_window import BookingWindow, days_of
from bot.domain.calendar import Calendar
from bot.domain.city import Rules

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = date(2026, 11, 23)


def at(moment: str) -> int:
    return int(datetime.fromisoformat(moment).replace(tzinfo=BERLIN).timestamp())


def calendar(*closures: date, days: int = 1, hours: int = 0, horizon: int = 28) -> Calendar:
    return Calendar(Rules(BERLIN, "DE", "NW", days, hours, horizon, 10, 2), frozenset(closures))


def days(calendar: Calendar, today: date) -> list[date]:
    window = BookingWindow.for_clients(calendar, at(f"{today} 09:00"))
    return list(days_of([window], today))


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        ("2026-11-23 09:00", "2026-11-24 00:00"),  # at nine any time of the next day
        ("2026-11-23 13:59", "2026-11-24 00:00"),
        ("2026-11-23 16:00", "2026-11-24 10:00"),
        ("2026-11-23 23:39", "2026-11-24 12:00"),  # no working hour lies before 08:00
        ("2026-11-24 03:00", "2026-11-25 00:00"),
        ("2026-11-27 17:30", "2026-11-30 11:30"),  # Friday to Monday
        ("2026-11-28 12:00", "2026-11-30 12:00"),
    ],
)
def test_21_working_hours_lie_between_booking_and_talk(now: str, opens: str) -> None:
    assert BookingWindow.for_clients(calendar(hours=4), at(now)).opens == at(opens)


def test_21_without_working_days_the_hours_alone_count() -> None:
    rules = calendar(days=0, hours=2)
    assert BookingWindow.for_clients(rules, at("2026-11-23 09:00")).opens == at("2026-11-23 11:00")
    rules = calendar(days=0, hours=0)
    now = at("2026-11-23 09:00")
    assert BookingWindow.for_clients(rules, now).opens == now + 1


def test_21_the_staff_book_for_who_is_there_without_lead_time() -> None:
    now = at("2026-11-23 23:39")
    window = BookingWindow.for_staff(calendar(hours=4), now)
    assert (window.opens, window.first, window.last) == (now + 1, MONDAY, date(2026, 12, 21))


def test_5_the_horizon_is_the_last_day_that_can_be_booked() -> None:
    found = days(calendar(horizon=28), MONDAY)
    assert (found[0], found[-1]) == (date(2026, 11, 24), date(2026, 12, 21))


def test_5_the_horizon_reaches_over_the_turn_of_the_year_and_leaves_holidays_out() -> None:
    closed = {date(2026, 12, 25), date(2026, 12, 26), date(2027, 1, 1)}
    expected = {date(2026, 12, 22) + timedelta(days=n) for n in range(28)} - closed
    assert set(days(calendar(), date(2026, 12, 21))) == expected


def test_5_the_29th_of_february_can_be_booked() -> None:
    found = days(calendar(horizon=3), date(2028, 2, 27))
    assert found == [date(2028, 2, 28), date(2028, 2, 29), date(2028, 3, 1)]


def test_5_a_horizon_before_the_first_day_leaves_nothing() -> None:
    assert days(calendar(horizon=1), date(2026, 11, 27)) == []


def test_a_weekend_is_open_for_who_releases_it() -> None:
    assert date(2026, 11, 28) in days(calendar(), MONDAY)


def test_of_several_offices_a_day_is_there_if_one_of_them_is_open() -> None:
    now, tuesday, wednesday = at("2026-11-23 09:00"), date(2026, 11, 24), date(2026, 11, 25)
    both_closed = (calendar(tuesday, wednesday, horizon=3), calendar(wednesday, horizon=4))
    windows = [BookingWindow.for_clients(each, now) for each in both_closed]
    assert list(days_of(windows, MONDAY)) == [tuesday, date(2026, 11, 26), date(2026, 11, 27)]
    assert list(days_of([], MONDAY)) == []


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
    city = calendar(*closures, days=lead, horizon=horizon)
    found = days(city, today)
    assert found == sorted(set(found))
    assert not set(found) & set(closures)
    for day in found:
        between = [today + timedelta(days=n) for n in range(1, (day - today).days + 1)]
        assert sum(city.is_working_day(one) for one in between) >= min(lead, 1)
        assert day >= city.working_days_after(today, lead)
        assert (day - today).days <= horizon
