"""Slots: the times a case manager can still be booked.

Times lie on a grid of five minutes. A slot occupies the cells of its talk for the client, and
those of its talk and the buffer behind it for the case manager.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.domain import local_time
from bot.domain.city import CaseManager
from bot.domain.halves import Half, half_of

CELL_SECONDS = 300
MOST_TALK_MINUTES, MOST_BUFFER_MINUTES = 240, 120
"""In no city is a talk longer, or the buffer behind it."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A talk from `start` to `end`, after which the case manager is free again at `free_at`.

    All three are UTC epoch seconds.
    """

    case_manager_id: str
    start: int
    end: int
    free_at: int


Taken = tuple[int, int, bool]
"""What a `Busy` is, as it is read from the database by the hundred."""


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


def free_slots(
    person: CaseManager,
    day: date,
    busy: Sequence[Taken],
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
    busy: Sequence[Taken],
    opens: int,
    zone: ZoneInfo,
    half: Half | None = None,
) -> Slot | None:
    """The first of these slots, if there is any; quicker than to find them all."""
    return next(_free(person, day, busy, opens, zone, half), None)


def _free(
    person: CaseManager,
    day: date,
    busy: Sequence[Taken],
    opens: int,
    zone: ZoneInfo,
    half: Half | None,
) -> Iterator[Slot]:
    starts = starts_on(person, day, zone)
    if not starts:
        return
    talk, with_buffer = person.talk_minutes * 60, (person.talk_minutes + person.buffer_minutes) * 60
    begins, ends = local_time.day_bounds(day, zone)
    last, talks = max(ends, starts[-1] + with_buffer), 0
    kept_out: list[tuple[int, int]] = []  # what begins between two of these; see Busy.takes
    for since, until, is_talk in busy:
        if since < last and begins < until:
            kept_out.append((since - (with_buffer if is_talk else talk), until))
            talks += is_talk and since < ends
    if talks >= person.talks_a_day:
        return
    for start in starts:
        if start < opens or (half is not None and half_of(start, zone) is not half):
            continue
        for after, before in kept_out:
            if after < start < before:
                break
        else:
            yield Slot(person.id, start, start + talk, start + with_buffer)


def starts_on(person: CaseManager, day: date, zone: ZoneInfo) -> list[int]:
    """When the talks of a day begin as the person's hours say, whatever is taken, in order.

    In UTC epoch seconds.
    """
    return local_time.moments(day, person.week.starts(day), zone)
