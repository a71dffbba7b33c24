"""Whether a talk that was booked still lies in released hours on an open day."""

from dataclasses import replace
from datetime import date, time

import pytest
from calendars import events, moment

from bot.domain.blocks import Block
from bot.domain.city import CaseManager, City
from bot.domain.released import within_hours

WRITER = events()
OFFICE = WRITER.city.offices[0]
TUESDAYS = (
    Block(1, time(12), time(13, 30)),  # without a gap after the one before it
    Block(1, time(9), time(12)),
    Block(1, time(15), time(16), valid_until=date(2026, 11, 24)),
)
ADA = CaseManager("ada", "Ada", OFFICE.id, frozenset(), TUESDAYS, 6, 45, 15)


def lies_within(start: str, end: str, city: City = WRITER.city) -> bool:
    day = start.partition(" ")[0]
    return within_hours(city, ADA, moment(WRITER, start), moment(WRITER, f"{day} {end}"))


@pytest.mark.parametrize(
    ("start", "end", "within"),
    [
        ("2026-11-24 09:00", "09:45", True),
        ("2026-11-24 11:30", "12:15", True),  # over two blocks in one
        ("2026-11-24 12:45", "13:30", True),
        ("2026-11-24 13:00", "13:45", False),
        ("2026-11-24 08:30", "09:15", False),
        ("2026-11-24 15:00", "15:45", True),
        ("2026-12-01 15:00", "15:45", False),  # the block has run out
        ("2026-11-25 09:00", "09:45", False),  # a Wednesday
        ("2026-12-29 09:00", "09:45", True),
    ],
)
def test_in_released_hours(start: str, end: str, within: bool) -> None:
    assert lies_within(start, end) is within


def test_a_closed_day_of_the_city_or_of_the_office_is_not_released() -> None:
    day, city = frozenset({date(2026, 11, 24)}), WRITER.city
    closed = replace(OFFICE, closures=day)
    cities = (
        city,
        replace(city, closures=day),
        replace(city, offices=(closed,)),
        replace(city, offices=(OFFICE, replace(closed, id="elsewhere"))),
    )
    talk = "2026-11-24 09:00", "09:45"
    assert [lies_within(*talk, each) for each in cities] == [True, False, False, True]


def test_a_public_holiday_is_not_released() -> None:
    assert not within_hours(
        WRITER.city,
        replace(ADA, blocks=tuple(Block(day, time(9), time(12)) for day in range(7))),
        moment(WRITER, "2026-12-25 09:00"),
        moment(WRITER, "2026-12-25 09:45"),
    )
