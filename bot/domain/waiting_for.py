"""Waiting for a free time where nothing was free: for whom or where, and until when."""

from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain import local_time
from bot.domain.city import City


@dataclass(frozen=True, slots=True)
class WaitingFor:
    """What a client waits for: the id of a case manager or of an office; empty for anybody.

    It ends with the moment `until` (UTC epoch seconds).
    """

    target: str
    until: int


def begun(city: City, target: str, today: date) -> WaitingFor:
    """Who begins today waits until the last day they could have booked is over."""
    last = today + timedelta(days=city.rules.horizon_days)
    _, midnight = local_time.day_bounds(last, city.rules.time_zone)
    return WaitingFor(target, midnight - 1)


def where(city: City, target: str) -> tuple[tuple[str, ...], str | None]:
    """The offices to look at, and the only one to look for there, if it is one.

    For whoever, or wherever, the city file names no longer it is everybody everywhere.
    """
    if person := city.case_manager.get(target):
        return (person.office_id,), person.id
    if target in city.office:
        return (target,), None
    return tuple(city.office), None
