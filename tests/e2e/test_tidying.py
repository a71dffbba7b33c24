"""What became due while the bot was off is gone soon after it starts, a day's worth at a time."""

import asyncio
from datetime import timedelta

from stage import World

TIDIED = "SELECT value FROM facts WHERE name = 'tidied'"


async def tidies(world: World) -> None:
    """Start a day later, and wait until it has tidied."""
    before = await world.sql(TIDIED)
    await world.stop()
    world.clock.ahead += timedelta(hours=25).total_seconds()
    await world.start()
    async with asyncio.timeout(40):
        # Nothing tells of a row that is gone.
        while await world.sql(TIDIED) == before:  # noqa: ASYNC110
            await asyncio.sleep(0.02)


async def test_a_start_tidies_at_once(world: World) -> None:
    anna = await world.person()
    await anna.says_and_waits("/start")
    for left in (1, 1, 0):  # who has agreed to nothing stays for two days
        await tidies(world)
        assert await world.sql("SELECT COUNT(*) FROM persons") == [(left,)]
