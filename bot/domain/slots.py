"""Slots: the times a case manager can still be booked.

Times lie on a grid of five minutes. A slot occupies the cells of its talk for the client, and
those of its talk and the buffer behind it for the case manager.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.domain import wall
from bot.domain.city import Block, CaseManager

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


@dataclass(frozen=True, slots=True)
class Busy:
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


def free_slots(
    person: CaseManager, day: date, busy: Sequence[Busy], now: int, zone: ZoneInfo
) -> tuple[Slot, ...]:
    """The slots of one open day that are released, not begun and not taken, in order."""
    slots = _released(person, day, zone)
    if not slots:
        return ()
    bounds = wall.day_bounds(day, zone)
    if sum(b.is_talk and b.overlaps(*bounds) for b in busy) >= person.talks_a_day:
        return ()
    first, last = slots[0].start, slots[-1].free_at
    near = [stretch for stretch in busy if stretch.overlaps(first, last)]
    return tuple(
        slot for slot in slots if slot.start > now and not any(b.takes(slot) for b in near)
    )


@lru_cache(maxsize=16_384)
def _released(person: CaseManager, day: date, zone: ZoneInfo) -> tuple[Slot, ...]:
    blocks = [block for block in person.blocks if _applies(block, day)]
    starts = sorted(start for block in blocks for start in _starts(person, block, day, zone))
    return tuple(slot_at(person, start) for start in starts)


def _applies(block: Block, day: date) -> bool:
    return (
        block.weekday == day.weekday()
        and (block.valid_from is None or block.valid_from <= day)
        and (block.valid_until is None or day <= block.valid_until)
    )


def _starts(person: CaseManager, block: Block, day: date, zone: ZoneInfo) -> Iterator[int]:
    talk = timedelta(minutes=person.talk_minutes)
    step = talk + timedelta(minutes=person.buffer_minutes)
    at, end = datetime.combine(day, block.start), datetime.combine(day, block.end)
    while at + talk <= end:
        yield int(at.replace(tzinfo=zone).timestamp())
        at += step
