"""When a notice may make a sound on a case manager's phone."""

import pytest
from calendars import events, moment

from bot.domain.working_hours import may_ring

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
