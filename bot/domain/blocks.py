"""The weekly stretches of time a case manager releases, and when talks begin in them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from itertools import chain
from typing import Self


@dataclass(frozen=True, slots=True)
class Block:
    """A weekly stretch of local time a case manager has released; Monday is weekday 0."""

    weekday: int
    start: time
    end: time
    valid_from: date | None = None
    valid_until: date | None = None

    def is_on(self, day: date) -> bool:
        """Whether the stretch is released on this day."""
        return (
            self.weekday == day.weekday()
            and (self.valid_from is None or self.valid_from <= day)
            and (self.valid_until is None or day <= self.valid_until)
        )


@dataclass(frozen=True, slots=True)
class Week:
    """When somebody's talks begin, weekday by weekday.

    Starts are in seconds after midnight by the clock on the wall, and so hold for every day.
    """

    weekdays: tuple["_Weekday", ...]

    @classmethod
    def of(cls, blocks: Iterable[Block], talk_minutes: int, buffer_minutes: int) -> Self:
        """The week of these blocks, in which talks and the buffers behind them take turns."""
        found = [(block, _starts(block, talk_minutes, buffer_minutes)) for block in blocks]
        return cls(
            tuple(_Weekday.of([(b, at) for b, at in found if b.weekday == n]) for n in range(7))
        )

    def starts(self, day: date) -> tuple[int, ...]:
        """When talks begin on this day, in order."""
        return self.weekdays[day.weekday()].starts(day)


@dataclass(frozen=True, slots=True)
class _Weekday:
    """The blocks of a weekday with the starts in each; `always` those of a day, if never others."""

    blocks: Sequence[tuple[Block, tuple[int, ...]]]
    always: tuple[int, ...] | None

    @classmethod
    def of(cls, blocks: Sequence[tuple[Block, tuple[int, ...]]]) -> Self:
        lasting = all(b.valid_from is None and b.valid_until is None for b, _ in blocks)
        return cls(blocks, _in_order(starts for _, starts in blocks) if lasting else None)

    def starts(self, day: date) -> tuple[int, ...]:
        if self.always is not None:
            return self.always
        return _in_order(starts for block, starts in self.blocks if block.is_on(day))


def _in_order(starts: Iterable[tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(sorted(chain.from_iterable(starts)))


def _starts(block: Block, talk: int, buffer: int) -> tuple[int, ...]:
    opens, closes = _minutes(block.start), _minutes(block.end)
    return tuple(at * 60 for at in range(opens, closes - talk + 1, talk + buffer))


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute
