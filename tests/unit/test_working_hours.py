"""When a notice may make a sound on a case manager's phone."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from calendars import events, moment

from bot.domain.working_hours import may_ring, since

WRITER = events()
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
    assert may_ring(WRITER.city, LATER, moment(WRITER, now)) is rings


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
    found = since(WRITER.city, hours, moment(WRITER, now))
    assert found == moment(WRITER, moment_before)


def test_where_nobody_works_for_weeks_it_counts_from_the_beginning_of_those_weeks() -> None:
    closed = frozenset(date(2026, 1, 1) + timedelta(days=n) for n in range(365))
    city, now = replace(WRITER.city, closures=closed), moment(WRITER, "2026-11-24 13:00")
    assert now - since(city, 1, now) == 60 * 86_400
