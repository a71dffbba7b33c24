"""What the crash and load tests count."""

from dataclasses import dataclass

import pytest

ROWS = pytest.StashKey[list[list[str]]]()
HEAD = [
    *("engine", "processes", "kills", "faults", "updates in", "effects out"),
    *("lost", "doubled", "overlaps", "seconds"),
]


@dataclass(frozen=True)
class Sizes:
    """Kills, updates that wait during an outage, reminders due at once, seconds of watching."""

    kills: int
    updates: int
    reminders: int
    watched: float
