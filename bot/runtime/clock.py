"""The only place that reads the time of day; everywhere else time is an argument.

The machine's clock is compared with the clocks of others at each look. One that is wrong by more
than an hour is not gone by: the moment that others, or the last one believed, make likely is.
"""

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime

from bot.domain.clock_trust import Clocks, agree

HEARD_SECONDS = 5.0
UNDER_WAY_SECONDS = 2.0
"""So long after a move what is heard may still be from before it."""
MACHINE = "machine"


def elapsed() -> float:
    """Seconds on a clock that only goes forward: for rates and durations, never for a date."""
    return time.monotonic()


@dataclass(frozen=True, slots=True)
class Reading:
    """What a clock said (UTC epoch seconds) at a moment of the clock that only goes forward."""

    said: float
    at: float

    def now(self, at: float) -> float:
        """What it says at a later moment."""
        return self.said + at - self.at


@dataclass(slots=True)
class Clock:
    """The time the program goes by; in the demo a movable distance ahead of the world's.

    `machine` and `steady` are the machine's two clocks, the time of day and one that only goes
    forward.
    """

    ahead: float = 0.0
    machine: Callable[[], float] = time.time
    steady: Callable[[], float] = elapsed
    _others: dict[str, Reading] = field(default_factory=dict)
    _agreed: Reading | None = None
    _earliest: float | None = None
    _moved_at: float | None = None

    def move(self, seconds: float) -> None:
        """Go further ahead, as in the demo; what is heard just now may be from before that."""
        self.ahead += seconds
        self._moved_at = self.steady()

    def exact(self) -> float:
        """UTC epoch seconds with their fraction."""
        clocks = self._clocks()
        if clocks.others and clocks.is_right:
            self._agreed = Reading(clocks.machine, self.steady())
        return clocks.believed + self.ahead

    def now(self) -> int:
        """UTC epoch seconds."""
        return int(self.exact())

    def goes_right(self) -> bool:
        """Whether what is to be done by the clock may be done."""
        return self._clocks().is_right

    def differences(self) -> dict[str, int]:
        """By how many seconds each clock is ahead of the time gone by; below 0, behind."""
        at, clocks = self.steady(), self._clocks()
        said = {whose: each.now(at) for whose, each in self._others.items()}
        return {
            whose: round(moment - clocks.believed)
            for whose, moment in {MACHINE: clocks.machine, **said}.items()
        }

    def is_contradicted_since(self, moment: float) -> bool:
        """Whether somebody heard after a moment of the steady clock says that ours is wrong.

        What was heard before a machine slept is of no use: the steady clock slept as well.
        """
        at, machine = self.steady(), self.machine()
        heard = (each.now(at) for each in self._others.values() if each.at > moment)
        return any(not agree(machine, said) for said in heard)

    def hear(self, whose: str, said: float) -> None:
        """Somebody else's clock says that it is this moment."""
        if self._moved_at is not None and self.steady() < self._moved_at + UNDER_WAY_SECONDS:
            return
        self._others[whose] = Reading(said - self.ahead, self.steady())

    def hear_header(self, whose: str, date: str) -> None:
        """Somebody's answer is dated like this, as HTTP dates them; read now and then."""
        known = self._others.get(whose)
        if known is None or self.steady() - known.at >= HEARD_SECONDS:
            with suppress(ValueError):
                self.hear(whose, parsedate_to_datetime(date).timestamp())

    def remember(self, moment: float) -> None:
        """An earlier run of the program believed this moment: it is not before it now."""
        self._earliest = moment - self.ahead

    def _clocks(self) -> Clocks:
        at = self.steady()
        others = tuple(each.now(at) for each in self._others.values())
        expected = None if self._agreed is None else self._agreed.now(at)
        return Clocks(self.machine(), others, expected, self._earliest)
