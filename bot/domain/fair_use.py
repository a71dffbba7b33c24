"""What keeps one person from using up what is there for all.

So many appointments at once, so many actions a minute, so many changes a day, and a pause after
cancelling often.

Limits are per chat, never per network address, which a whole shelter may share. They hold for who
has deleted everything and comes back. Times are UTC epoch seconds.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.appointment import Appointment

MINUTE_SECONDS = 60
DAY_SECONDS = 86_400
WEEK_SECONDS = 7 * DAY_SECONDS
CANCELLATIONS_A_WEEK = 3
CHANGES_A_DAY = 10
"""Other times and other wishes; each is a notice. Who looks for a time that suits needs fewer."""
BLOCKED_SECONDS = 90 * DAY_SECONDS


class RateAnswer(StrEnum):
    """What an action gets: its screen, the one line that asks for patience, nothing."""

    SCREEN = "screen"
    LINE = "line"
    SILENCE = "silence"


@dataclass(frozen=True, slots=True)
class ActionRate:
    """How many actions a chat has made in the minute that began at `since`."""

    since: int = 0
    actions: int = 0

    def after_another(self, now: int) -> "ActionRate":
        """The pace with an action at `now`; a minute begins with the first action after one."""
        if 0 <= now - self.since < MINUTE_SECONDS:
            return ActionRate(self.since, self.actions + 1)
        return ActionRate(now, 1)

    def answer(self, limit: int) -> RateAnswer:
        """What the newest action gets where `limit` are allowed a minute, 0 for any number."""
        if not limit or self.actions <= limit:
            return RateAnswer.SCREEN
        return RateAnswer.LINE if self.actions == limit + 1 else RateAnswer.SILENCE


def has_enough(booked: Iterable[Appointment], most: int, now: int) -> bool:
    """Whether somebody may not book one more: as many as that are still to begin."""
    return sum(each.start > now for each in booked) >= most


def pauses(own_cancellations: Sequence[int], now: int) -> bool:
    """Whether somebody has to wait a day: after the third cancellation of their own in a week."""
    week = [moment for moment in own_cancellations if moment > now - WEEK_SECONDS]
    return len(week) >= CANCELLATIONS_A_WEEK and now < max(week) + DAY_SECONDS


def has_changed_enough(own_changes: Sequence[int]) -> bool:
    """Whether somebody who changed what they have booked at these moments of a day must phone."""
    return len(own_changes) >= CHANGES_A_DAY
