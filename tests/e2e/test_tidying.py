"""What became due while the bot was off is gone soon after it starts."""

import asyncio
from datetime import timedelta

from stage import World


async def test_a_start_tidies_at_once(world: World) -> None:
    anna = await world.person()
    await anna.says_and_waits("/start")
    await world.stop()
    world.clock.ahead += timedelta(hours=49).total_seconds()
    await world.start()
    async with asyncio.timeout(5):
        # Nothing tells of a row that is gone.
        while await world.sql("SELECT 1 FROM persons"):  # noqa: ASYNC110
            await asyncio.sleep(0.02)
