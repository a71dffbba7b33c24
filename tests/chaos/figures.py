"""What the crash and load tests count."""

from dataclasses import dataclass

import pytest

from bot.storage.engine.opening import SQLITE

ROWS = pytest.StashKey[list[list[str]]]()
HEAD = [
    *("engine", "processes", "kills", "faults", "updates in", "effects out"),
    *("lost", "doubled", "overlaps", "seconds"),
]
NOT_COUNTED = "-"


@dataclass(frozen=True)
class Sizes:
    """How much of everything: kills, updates that wait during an outage, reminders due at once,
    seconds of watching, people in a race, times the disk is full, bookings told by mail.

    `slower` is for tests that cost more, on a server.
    """

    kills: int
    updates: int
    reminders: int
    watched: float
    racers: int
    full_disks: int
    bookings: int
    slower: "Sizes | None" = None

    def on(self, url: str) -> "Sizes":
        """How much on the database at this URL."""
        return self if self.slower is None or url.startswith(SQLITE) else self.slower
