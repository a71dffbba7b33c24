"""When a client is reminded: quiet hours, clock changes, late bookings."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain import local_time
from bot.domain.reminder_times import PlannedReminder, ReminderKind, plan

BERLIN = ZoneInfo("Europe/Berlin")
LONG_AGO = 0
HOUR = 3600


def moment(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=BERLIN).timestamp())


def planned(start: str, booked: str | None = None) -> dict[ReminderKind, str]:
    """The wall clock of each reminder."""
    found = plan(moment(start), moment(booked) if booked else LONG_AGO, BERLIN)
    return {one.kind: f"{local_time.local(one.due, BERLIN):%Y-%m-%d %H:%M}" for one in found}


def test_a_client_is_reminded_the_day_before_at_the_same_time_and_two_hours_before() -> None:
    assert planned("2026-11-24 10:00") == {
        ReminderKind.DAY_BEFORE: "2026-11-23 10:00",
        ReminderKind.HOURS_BEFORE: "2026-11-24 08:00",
    }


def test_a_reminder_says_until_when_it_is_worth_sending() -> None:
    assert plan(moment("2026-11-24 10:00"), LONG_AGO, BERLIN) == (
        PlannedReminder(
            ReminderKind.DAY_BEFORE, moment("2026-11-23 10:00"), moment("2026-11-23 20:00")
        ),
        PlannedReminder(
            ReminderKind.HOURS_BEFORE, moment("2026-11-24 08:00"), moment("2026-11-24 09:15")
        ),
    )


@pytest.mark.parametrize(
    ("start", "due"),
    [
        ("2026-11-24 09:00", "2026-11-24 07:00"),
        ("2026-11-24 08:55", "2026-11-24 07:00"),
        ("2026-11-24 08:00", "2026-11-24 07:00"),
        ("2026-11-24 07:45", "2026-11-24 07:00"),
        ("2026-11-24 07:40", None),
        ("2026-11-24 06:00", None),
        ("2026-11-24 21:55", "2026-11-24 19:55"),
        ("2026-11-24 22:00", None),
        ("2026-11-24 00:30", None),
    ],
)
def test_3_in_quiet_hours_the_second_reminder_waits_for_seven_if_45_minutes_remain(
    start: str, due: str | None
) -> None:
    assert planned(start).get(ReminderKind.HOURS_BEFORE) == due


@pytest.mark.parametrize(
    ("start", "due"),
    [
        ("2026-11-24 07:00", "2026-11-23 07:00"),
        ("2026-11-24 06:55", "2026-11-23 19:45"),
        ("2026-11-24 19:55", "2026-11-23 19:55"),
        ("2026-11-24 20:00", "2026-11-23 19:45"),
        ("2026-11-24 00:30", "2026-11-23 19:45"),
    ],
)
def test_3_in_quiet_hours_the_first_reminder_goes_the_evening_before(start: str, due: str) -> None:
    assert planned(start)[ReminderKind.DAY_BEFORE] == due


@pytest.mark.parametrize(
    ("start", "day_before", "hours_before", "apart"),
    [
        ("2026-10-25 10:00", "2026-10-24 10:00", "2026-10-25 08:00", 23),
        ("2026-10-26 10:00", "2026-10-25 10:00", "2026-10-26 08:00", 22),
        ("2027-03-28 10:00", "2027-03-27 10:00", "2027-03-28 08:00", 21),
        ("2027-03-29 10:00", "2027-03-28 10:00", "2027-03-29 08:00", 22),
        ("2027-03-28 08:00", "2027-03-27 08:00", "2027-03-28 07:00", 22),
        ("2026-10-25 08:00", "2026-10-24 08:00", "2026-10-25 07:00", 24),
    ],
)
def test_3_reminders_keep_the_wall_clock_over_both_clock_changes(
    start: str, day_before: str, hours_before: str, apart: int
) -> None:
    assert planned(start) == {
        ReminderKind.DAY_BEFORE: day_before,
        ReminderKind.HOURS_BEFORE: hours_before,
    }
    first, second = plan(moment(start), LONG_AGO, BERLIN)
    assert second.due - first.due == apart * HOUR


def test_4_a_reminder_planned_before_the_booking_was_made_is_left_out() -> None:
    start = "2026-11-24 10:00"
    assert set(planned(start, "2026-11-23 09:59")) == {
        ReminderKind.DAY_BEFORE,
        ReminderKind.HOURS_BEFORE,
    }
    assert set(planned(start, "2026-11-23 10:00")) == {ReminderKind.HOURS_BEFORE}
    assert set(planned(start, "2026-11-24 07:59")) == {ReminderKind.HOURS_BEFORE}
    assert set(planned(start, "2026-11-24 08:00")) == set()


MINUTES = st.integers(moment("2026-10-01 00:00") // 300, moment("2027-04-30 00:00") // 300)


@given(MINUTES.map(lambda n: n * 300), st.integers(0, 30 * 86_400))
@example(moment("2026-10-25 02:30"), 10 * 86_400)
@example(moment("2026-10-25 02:30") + HOUR, 10 * 86_400)
@example(moment("2026-10-26 02:30"), 10 * 86_400)
@example(moment("2027-03-29 02:30"), 10 * 86_400)
def test_no_reminder_is_early_late_in_the_night_or_close_to_another(start: int, ago: int) -> None:
    booked = start - ago
    found = plan(start, booked, BERLIN)
    assert len({one.kind for one in found}) == len(found) <= 2
    for one in found:
        due, begins = local_time.local(one.due, BERLIN), local_time.local(start, BERLIN)
        assert booked < one.due <= one.not_after < start
        assert time(7) <= due.time() < time(20)
        if one.kind is ReminderKind.DAY_BEFORE:
            assert due.date() == begins.date() - timedelta(days=1)
            assert due.time() in (begins.time().replace(fold=0), time(19, 45))
        else:
            assert due.date() == begins.date()
            assert 45 * 60 <= start - one.due <= 2 * HOUR
    if len(found) == 2:
        assert found[1].due - found[0].due >= 12 * HOUR


@given(MINUTES.map(lambda n: n * 300), st.integers(0, 30 * 86_400))
def test_booking_later_only_leaves_reminders_out(start: int, ago: int) -> None:
    early, late = plan(start, LONG_AGO, BERLIN), plan(start, start - ago, BERLIN)
    assert late == tuple(one for one in early if one.due > start - ago)
