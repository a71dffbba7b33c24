"""How much the crash, load and property tests do, short and long, and what is counted."""

from dataclasses import dataclass, replace

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
    seconds of watching, people in a race, times the disk is full, bookings told by mail; examples
    of clients who book at once, of a city file that is edited, of the life of an appointment.

    `slower` is for tests that cost more, on a server.
    """

    kills: int
    updates: int
    reminders: int
    watched: float
    racers: int
    full_disks: int
    bookings: int
    crowds: int
    edits: int
    lives: int
    slower: "Sizes | None" = None

    def on(self, url: str) -> "Sizes":
        """How much on the database at this URL."""
        return self if self.slower is None or url.startswith(SQLITE) else self.slower


SERVER = Sizes(
    kills=2,
    updates=300,
    reminders=2_000,
    watched=3.0,
    racers=16,
    full_disks=2,
    bookings=100,
    crowds=8,
    edits=4,
    lives=6,
)
SHORT = replace(
    SERVER, kills=3, updates=1_000, racers=40, crowds=30, edits=12, lives=100, slower=SERVER
)
LONG = Sizes(
    kills=100,
    updates=10_000,
    reminders=20_000,
    watched=60.0,
    racers=500,
    full_disks=20,
    bookings=1_000,
    crowds=2_000,
    edits=2_000,
    lives=2_000,
)
