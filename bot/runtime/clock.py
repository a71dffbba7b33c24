"""The only place that reads the time of day; everywhere else time is an argument."""

import time
from dataclasses import dataclass


@dataclass(slots=True)
class Clock:
    """The time the program goes by: the machine's, and in the demo a movable distance from it."""

    ahead: float = 0.0

    def exact(self) -> float:
        """UTC epoch seconds with their fraction."""
        return time.time() + self.ahead

    def now(self) -> int:
        """UTC epoch seconds."""
        return int(self.exact())


def elapsed() -> float:
    """Seconds on a clock that only goes forward: for rates and durations, never for a date."""
    return time.monotonic()
