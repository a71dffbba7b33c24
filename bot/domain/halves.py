"""Mornings and afternoons, for who can come in one half of the day only."""

from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain import local_time

NOON = 12


class Half(StrEnum):
    """A half of the day, parted at noon."""

    MORNING = "am"
    AFTERNOON = "pm"


def half_of(moment: int, zone: ZoneInfo) -> Half:
    """The half of the day a moment lies in, by the clock on the wall."""
    before_noon = local_time.local(moment, zone).hour < NOON
    return Half.MORNING if before_noon else Half.AFTERNOON
