"""Slots: the times a case manager can still be booked.

Times lie on a grid of five minutes. A slot occupies the cells of its talk for the client, and
those of its talk and the buffer behind it for the case manager.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.domain import local_time
from bot.domain.city import CaseManager
from bot.domain.halves import Half, half_of

CELL_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Slot:
    """A talk from `start` to `end`, after which the case manager is free again at `free_at`.

    All three are UTC epoch seconds.
    """

    case_manager_id: str
    start: int
    end: int
    free_at: int


class Busy(NamedTuple):
    """A stretch in which nothing can be booked; a talk also counts towards the day's limit."""

    start: int
    end: int
    is_talk: bool = False

    def overlaps(self, start: int, end: int) -> bool:
        """Whether the half-open stretches share a second."""
        return self.start < end and start < self.end

    def takes(self, slot: Slot) -> bool:
        """Whether the slot cannot be had; the buffer matters only before another talk."""
        return self.overlaps(slot.start, slot.free_at if self.is_talk else slot.end)


def cells(start: int, end: int) -> range:
    """The five-minute cells a stretch of UTC epoch seconds touches."""
    return range(start // CELL_SECONDS, -(-end // CELL_SECONDS))


def slot_at(person: CaseManager, start: int) -> Slot:
    """The slot that would begin at `start`, whether or not it is free or even released."""
    end = start + person.talk_minutes * 60
    return Slot(person.id, start, end, end + person.buffer_minutes * 60)


def by_day(
    busy: Sequence[Busy], days: Sequence[date], zone: ZoneInfo
) -> Mapping[date, Sequence[Busy]]:
    """The stretches that touch each of these days, which are in order."""
    begins = [local_time.day_bounds(day, zone)[0] for day in days]
    found: dict[date, list[Busy]] = {day: [] for day in days}
    for stretch in busy:
        first = max(bisect_right(begins, stretch.start) - 1, 0)
        for day in days[first : bisect_left(begins, stretch.end)]:
            found[day].append(stretch)
    return found


def free_slots(
    person: CaseManager,
    day: date,
    busy: Sequence[Busy],
    opens: int,
    zone: ZoneInfo,
    half: Half | None = None,
) -> tuple[Slot, ...]:
    """The slots of one open day, or `half` of it, that are released and not taken, in order.

    None begins before `opens`, which is in UTC epoch seconds.
    """
    return tuple(_free(person, day, busy, opens, zone, half))


def first_free(
    person: CaseManager,
    day: date,
    busy: Sequence[Busy],
    opens: int,
    zone: ZoneInfo,
    half: Half | None = None,
) -> Slot | None:
    """The first of these slots, if there is any; quicker than to find them all."""
    return next(_free(person, day, busy, opens, zone, half), None)


def _free(
    person: CaseManager,
    day: date,
    busy: Sequence[Busy],
    opens: int,
    zone: ZoneInfo,
    half: Half | None,
) -> Iterator[Slot]:
    starts = _starts_on(person, day, zone)
    if not starts:
        return
    bounds = local_time.day_bounds(day, zone)
    first, last = bounds[0], max(bounds[1], slot_at(person, starts[-1]).free_at)
    near = [b for b in busy if b.start < last and first < b.end]
    if sum(b.is_talk and b.overlaps(*bounds) for b in near) >= person.talks_a_day:
        return
    for start in starts:
        if start >= opens and (half is None or half_of(start, zone) is half):
            slot = slot_at(person, start)
            if not any(b.takes(slot) for b in near):
                yield slot


def released(person: CaseManager, day: date, zone: ZoneInfo) -> tuple[Slot, ...]:
    """The slots of one day as the person's hours say, whatever is taken of them, in order."""
    return tuple(slot_at(person, start) for start in _starts_on(person, day, zone))


def _starts_on(person: CaseManager, day: date, zone: ZoneInfo) -> list[int]:
    return sorted(
        local_time.epoch(day, at, zone)
        for block in person.blocks
        if block.is_on(day)
        for at in _starts(block.start, block.end, person.talk_minutes, person.buffer_minutes)
    )


@lru_cache(maxsize=1024)
def _starts(first: time, last: time, talk: int, buffer: int) -> tuple[time, ...]:
    """When the talks of a block begin; by the clock, so that days and people share them."""
    opens, closes = _minutes(first), _minutes(last)
    return tuple(time(at // 60, at % 60) for at in range(opens, closes - talk + 1, talk + buffer))


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute
