"""What two notices about one appointment say together, and until when the second one waits."""

from dataclasses import replace

import pytest
from test_what_notices_say import ABOUT

from bot.domain.appointment import Status
from bot.domain.staffing import StandIn
from bot.messages.joined_notices import (
    APART_SECONDS,
    SOON_SECONDS,
    can_be_joined,
    can_follow,
    joined,
    waits_until,
)
from bot.messages.notices import Notice, NoticeKind

HOUR = 3600
MOVED_ONCE = replace(ABOUT, sequence=1, start=ABOUT.start + HOUR, end=ABOUT.end + HOUR)
MOVED_TWICE = replace(ABOUT, sequence=2, start=ABOUT.start + 2 * HOUR, end=ABOUT.end + 2 * HOUR)
GONE = replace(MOVED_TWICE, status=Status.CANCELLED)
SEEN = replace(GONE, seen_at=5)
BOOKED, MOVED, WISHES = NoticeKind.BOOKED, NoticeKind.MOVED, NoticeKind.WISHES
CANCELLED = NoticeKind.CANCELLED
AT_ONCE, LONG_AGO = ABOUT.start - 86_400, 0


@pytest.mark.parametrize(
    ("earlier", "new", "said"),
    [
        (
            Notice(MOVED, MOVED_ONCE, was=ABOUT.start),
            Notice(MOVED, MOVED_TWICE, was=MOVED_ONCE.start),
            Notice(MOVED, MOVED_TWICE, was=ABOUT.start),
        ),
        (
            Notice(BOOKED, MOVED_ONCE),
            Notice(MOVED, MOVED_TWICE, was=MOVED_ONCE.start),
            Notice(BOOKED, MOVED_TWICE),
        ),
        (
            Notice(MOVED, MOVED_ONCE, was=ABOUT.start),
            Notice(WISHES, MOVED_ONCE),
            Notice(MOVED, MOVED_ONCE, was=ABOUT.start),
        ),
        (
            Notice(WISHES, ABOUT),
            Notice(MOVED, MOVED_ONCE, was=ABOUT.start),
            Notice(MOVED, MOVED_ONCE, was=ABOUT.start),
        ),
        (
            Notice(CANCELLED, ABOUT),
            Notice(BOOKED, MOVED_ONCE),
            Notice(MOVED, MOVED_ONCE, was=ABOUT.start),
        ),
        (
            Notice(MOVED, MOVED_TWICE, was=ABOUT.start),
            Notice(CANCELLED, GONE),
            Notice(CANCELLED, replace(GONE, start=ABOUT.start, end=ABOUT.end)),
        ),
        (
            Notice(BOOKED, MOVED_ONCE, if_unseen=StandIn.DEPUTY),
            Notice(WISHES, MOVED_ONCE),
            Notice(BOOKED, MOVED_ONCE, if_unseen=StandIn.DEPUTY),
        ),
        (
            Notice(MOVED, MOVED_ONCE, was=ABOUT.start, if_unseen=StandIn.DEPUTY),
            Notice(MOVED, MOVED_TWICE, was=MOVED_ONCE.start, if_unseen=StandIn.OFFICE),
            Notice(MOVED, MOVED_TWICE, was=ABOUT.start, if_unseen=StandIn.OFFICE),
        ),
        (Notice(WISHES, MOVED_TWICE), Notice(CANCELLED, GONE), Notice(CANCELLED, GONE)),
        (Notice(BOOKED, MOVED_TWICE), Notice(CANCELLED, SEEN), Notice(CANCELLED, SEEN)),
        (Notice(BOOKED, MOVED_TWICE), Notice(CANCELLED, GONE), None),
    ],
)
def test_two_notices_say_together_what_was_first_and_what_is_last(
    earlier: Notice, new: Notice, said: Notice | None
) -> None:
    assert joined(earlier, new) == said


@pytest.mark.parametrize(
    ("notice", "follows", "joins"),
    [
        (Notice(MOVED, MOVED_ONCE, was=ABOUT.start), True, True),
        (Notice(WISHES, ABOUT), True, True),
        (Notice(BOOKED, MOVED_ONCE), True, True),
        (Notice(CANCELLED, MOVED_ONCE), True, True),
        (Notice(BOOKED, ABOUT), False, False),
        (Notice(CANCELLED, GONE), False, True),
        (Notice(NoticeKind.CALLED_OFF, MOVED_ONCE), False, True),
        (Notice(NoticeKind.LATE, MOVED_ONCE), False, False),
    ],
)
def test_a_first_booking_and_what_has_its_own_hour_is_told_by_itself(
    notice: Notice, follows: bool, joins: bool
) -> None:
    assert (can_follow(notice), can_be_joined(notice)) == (follows, joins)


def test_a_change_waits_a_little_after_the_one_before_it() -> None:
    moved = Notice(MOVED, MOVED_ONCE, was=ABOUT.start)
    assert waits_until(moved, LONG_AGO, AT_ONCE) == AT_ONCE
    assert waits_until(moved, AT_ONCE - 60, AT_ONCE) == AT_ONCE - 60 + APART_SECONDS


@pytest.mark.parametrize("was", [ABOUT.start, MOVED_TWICE.start])
def test_nothing_waits_about_a_talk_that_is_or_was_to_be_soon(was: int) -> None:
    now = min(was, MOVED_ONCE.start) - SOON_SECONDS + 1
    assert waits_until(Notice(MOVED, MOVED_ONCE, was=was), now, now) == now


def test_an_end_waits_for_nothing() -> None:
    assert waits_until(Notice(CANCELLED, GONE), AT_ONCE, AT_ONCE) == AT_ONCE
