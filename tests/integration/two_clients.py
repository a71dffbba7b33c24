"""Two clients of the invented town and a Tuesday in it, for tests of what they book and change."""

from collections.abc import AsyncIterator

import pytest
from town import TEAM, Town, block, case_manager, invented, open_town

from bot.domain.appointment import Reason, Refused
from bot.domain.city import City
from bot.domain.slots import Slot, cells

TAKEN, GONE = Refused(Reason.TAKEN), Refused(Reason.GONE)
TUESDAY = "2026-11-24"
NINE, TEN, ELEVEN = f"{TUESDAY} 09:00", f"{TUESDAY} 10:00", f"{TUESDAY} 11:00"
TEN_MINUTES = 600

# Dora's blocks overlap, so that two of her slots do.
DORA = case_manager("dora", "mill", block(1, "09:00", "12:00"), block(1, "09:30", "12:30"))


@pytest.fixture
def city() -> City:
    """The invented team and Dora."""
    return invented(*TEAM, DORA)


@pytest.fixture
async def town(url: str, city: City) -> AsyncIterator[Town]:
    """The town on each engine."""
    async with open_town(url, city) as made:
        yield made


@pytest.fixture
async def amal(town: Town) -> int:
    """A client."""
    return await town.client(7)


@pytest.fixture
async def olena(town: Town) -> int:
    """Another client."""
    return await town.client(8)


async def stored(town: Town) -> list[tuple[object, ...]]:
    """Id, status and start of every appointment there is."""
    return await town.rows("SELECT id, status, start_at FROM appointments ORDER BY id")


def cells_of(slot: Slot) -> tuple[list[int], list[int]]:
    """The cells a slot takes of its case manager and of its client."""
    return list(cells(slot.start, slot.free_at)), list(cells(slot.start, slot.end))
