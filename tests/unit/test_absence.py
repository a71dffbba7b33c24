"""What of somebody's time can be closed."""

from bot.domain.absence import DAYS_AHEAD, HOURS
from bot.domain.bounds import DAYS_AROUND
from bot.domain.working_hours import WORK_FROM, WORK_UNTIL


def test_every_hour_of_work_can_be_closed_by_itself() -> None:
    working = set(range(WORK_FROM.hour, WORK_UNTIL.hour))
    assert working - set(HOURS) == set()


def test_all_days_that_can_be_closed_can_be_asked_for() -> None:
    assert DAYS_AHEAD < DAYS_AROUND
