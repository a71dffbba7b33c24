"""What a value from outside may be, at its edges and far beyond them."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import bounds, local_time
from bot.domain.absence import DAYS_AHEAD, HOURS, can_be_closed
from bot.domain.appointment import MOST_COMPANIONS
from bot.domain.bounds import DAYS_AROUND, LONGEST_TEXT
from bot.domain.list_range import DAYS_BACK

TODAY = date(2026, 11, 23)
DAY = 86_400
BERLIN = ZoneInfo("Europe/Berlin")
MIDNIGHT, _ = local_time.day_bounds(TODAY, BERLIN)
NOON = MIDNIGHT + 12 * 3600
NO_NUMBERS = ("", "-1", "+1", "1.5", "1_0", "٣", "²", "a", "1" * 16, "1" * 5000, " 1", "1\n", "\0")


@given(st.integers(0, 10**15 - 1))
def test_a_number_is_read_as_it_was_written(number: int) -> None:
    assert bounds.number(str(number)) == number


@pytest.mark.parametrize("value", NO_NUMBERS)
def test_what_is_no_plain_number_is_none(value: str) -> None:
    assert (bounds.number(value), bounds.hour(value), bounds.moment(value)) == (None, None, None)


def test_numbers_end_where_they_are_said_to_end() -> None:
    most = str(MOST_COMPANIONS), str(MOST_COMPANIONS + 1)
    assert [bounds.companions(value) for value in most] == [MOST_COMPANIONS, None]
    last = str(local_time.LAST - 1), str(local_time.LAST)
    assert [bounds.moment(value) for value in last] == [local_time.LAST - 1, None]


def test_an_hour_is_one_of_those_at_which_a_closed_time_begins_or_ends() -> None:
    read = [bounds.hour(str(hour)) for hour in range(30)]
    assert [hour for hour in read if hour is not None] == [*HOURS, HOURS.stop]


@given(st.dates())
def test_a_day_is_one_of_about_a_year_around_today(day: date) -> None:
    near = abs((day - TODAY).days) <= DAYS_AROUND
    assert bounds.day(day.isoformat(), TODAY) == (day if near else None)


@given(st.integers(-DAYS_AROUND, DAYS_AROUND))
def test_each_of_these_days_is_read_as_it_was_written(days: int) -> None:
    day = TODAY + timedelta(days=days)
    assert bounds.day(day.isoformat(), TODAY) == day


@pytest.mark.parametrize(
    "value",
    [
        *("", "tomorrow", "2026-13-01", "2026-02-30", "20261124", "2026-W48-2", "0000-00-00"),
        *(
            "0001-01-01",
            "9999-12-31",
            "10000-01-01",
            "2026-11-24T09:00",
            "-026-11-24",
            "٢٠٢٦-١١-٢٤",
        ),
    ],
)
def test_what_is_no_day_is_none(value: str) -> None:
    assert bounds.day(value, TODAY) is None


@pytest.mark.parametrize("value", ["a\0b", "\ud800", "\u202eb", "a\u200fb", "a\nb", "x" * 201])
def test_a_text_that_cannot_be_seen_or_has_no_end_is_none(value: str) -> None:
    assert bounds.text(value) is None


def test_a_text_is_read_without_the_spaces_around_it() -> None:
    assert bounds.text("  k7pm\t\n") == "k7pm"
    assert bounds.text("Ж" * LONGEST_TEXT) == "Ж" * LONGEST_TEXT


@pytest.mark.parametrize(
    ("value", "read"), [("aB3_-", "aB3_-"), ("", None), ("a b", None), ("x" * 65, None)]
)
def test_a_form_is_known_by_plain_signs(value: str, read: str | None) -> None:
    assert bounds.token(value) == read


@pytest.mark.parametrize(
    ("start", "end", "closes"),
    [
        (NOON, NOON + 3600, True),
        (NOON - 3600, NOON, False),
        (NOON, NOON, False),
        (NOON + 3600, NOON, False),
        (MIDNIGHT - DAYS_BACK * DAY, NOON + 1, True),
        (MIDNIGHT - DAYS_BACK * DAY - 1, NOON + 1, False),
        (NOON, MIDNIGHT + (DAYS_AHEAD + 1) * DAY, True),
        (NOON, MIDNIGHT + (DAYS_AHEAD + 1) * DAY + 1, False),
        (253_402_210_800, 253_402_297_200, False),
    ],
)
def test_a_time_is_closed_from_where_the_lists_begin_to_a_year_ahead(
    start: int, end: int, closes: bool
) -> None:
    assert can_be_closed(start, end, NOON, BERLIN) is closes


@given(st.integers(-(2**63), 2**63), st.dates(), st.sampled_from((BERLIN, ZoneInfo("Etc/GMT+12"))))
def test_whatever_is_stored_every_moment_and_day_can_be_told(
    moment: int, day: date, zone: ZoneInfo
) -> None:
    told = local_time.local_day(moment, zone)
    assert date(1969, 12, 31) <= told <= local_time.LAST_DAY
    start, end = local_time.day_bounds(day, zone)
    assert (end - start) // 3600 in (23, 24, 25)
