"""When a notice may make a sound on a case manager's phone, and how working hours pass."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from calendars import events, moment

from bot.domain.calendar import Calendar
from bot.domain.working_hours import after, may_ring, since

WRITER = events()
CALENDAR = Calendar.of(WRITER.city, None)
LATER = moment(WRITER, "2026-12-10 10:00")


@pytest.mark.parametrize(
    ("now", "rings"),
    [
        ("2026-11-24 07:59", False),
        ("2026-11-24 08:00", True),
        ("2026-11-24 17:59", True),
        ("2026-11-24 18:00", False),
        ("2026-11-28 11:00", False),  # a Saturday
        ("2026-12-24 11:00", False),  # closed
        ("2026-12-25 11:00", False),  # a public holiday
        ("2026-12-10 06:00", True),  # the day of the appointment
    ],
)
def test_on_working_days_and_on_the_day_itself(now: str, rings: bool) -> None:
    assert may_ring(CALENDAR, LATER, moment(WRITER, now)) is rings


@pytest.mark.parametrize(
    ("hours", "now", "moment_before"),
    [
        (4, "2026-11-24 13:00", "2026-11-24 09:00"),
        (4, "2026-11-24 22:00", "2026-11-24 14:00"),
        (4, "2026-11-24 03:00", "2026-11-23 14:00"),
        (4, "2026-11-24 09:30", "2026-11-23 15:30"),
        (4, "2026-11-23 09:00", "2026-11-20 15:00"),  # over a weekend
        (12, "2026-12-28 10:00", "2026-12-23 08:00"),  # closed on 24 and 25 December
        (1, "2026-10-26 08:30", "2026-10-23 17:30"),  # the clock was put back in between
    ],
)
def test_only_the_hours_of_working_days_pass(hours: int, now: str, moment_before: str) -> None:
    found = since(CALENDAR, hours, moment(WRITER, now))
    assert found == moment(WRITER, moment_before)


@pytest.mark.parametrize(
    ("hours", "now", "moment_after"),
    [
        (0, "2026-11-28 23:39", "2026-11-28 23:39"),
        (4, "2026-11-24 09:00", "2026-11-24 13:00"),
        (4, "2026-11-24 05:00", "2026-11-24 12:00"),
        (4, "2026-11-24 14:00", "2026-11-24 18:00"),
        (4, "2026-11-24 16:30", "2026-11-25 10:30"),
        (4, "2026-11-24 23:39", "2026-11-25 12:00"),
        (4, "2026-11-27 17:00", "2026-11-30 11:00"),  # over a weekend
        (12, "2026-12-23 14:00", "2026-12-28 16:00"),  # closed on 24 and 25 December
        (1, "2026-10-23 18:30", "2026-10-26 09:00"),  # the clock is put back in between
    ],
)
def test_so_many_working_hours_later(hours: int, now: str, moment_after: str) -> None:
    found = after(CALENDAR, hours, moment(WRITER, now))
    assert found == moment(WRITER, moment_after)


def test_an_office_has_hours_of_its_own_days() -> None:
    city, day = WRITER.city, date(2026, 11, 25)
    office = replace(city.offices[0], closures=frozenset({day}))
    calendar = Calendar.of(replace(city, offices=(office,)), office.id)
    tuesday, wednesday, thursday = (
        moment(WRITER, f"2026-11-{number} 09:00") for number in (24, 25, 26)
    )
    assert after(calendar, 10, tuesday) == thursday
    assert since(calendar, 10, thursday) == tuesday
    assert [may_ring(one, LATER, wednesday) for one in (CALENDAR, calendar)] == [True, False]


def test_where_nobody_works_for_weeks_it_counts_to_the_ends_of_those_weeks() -> None:
    closed = frozenset(date(2026, 1, 1) + timedelta(days=n) for n in range(500))
    calendar, now = replace(CALENDAR, closures=closed), moment(WRITER, "2026-11-24 13:00")
    assert now - since(calendar, 1, now) == 60 * 86_400
    assert after(calendar, 1, now) - now == 60 * 86_400
