"""However many ask whether the bot is ready, the database is asked once a second."""

import asyncio

import pytest

from bot.web.shared_look import KEPT_SECONDS, SharedLook


class Watch:
    """Looks that take a moment, counted, on a clock that the test moves."""

    def __init__(self) -> None:
        self.shared: SharedLook[int] = SharedLook()
        self.looks, self.clock = 0, 0.0
        self.may_see = asyncio.Event()

    async def look(self) -> int:
        self.looks += 1
        await self.may_see.wait()
        return self.looks

    async def asks(self) -> int:
        return await self.shared.found(self.look, lambda: self.clock)


async def test_all_who_ask_during_a_look_or_within_a_second_share_it() -> None:
    watch = Watch()
    async with asyncio.TaskGroup() as group:
        asking = [group.create_task(watch.asks()) for _ in range(50)]
        await asyncio.sleep(0)
        watch.may_see.set()
    watch.clock = KEPT_SECONDS - 0.01
    assert [task.result() for task in asking] + [await watch.asks()] == [1] * 51
    watch.clock = KEPT_SECONDS
    assert (await watch.asks(), watch.looks) == (2, 2)


async def test_who_goes_away_during_their_look_leaves_it_to_the_next() -> None:
    watch = Watch()
    async with asyncio.TaskGroup() as group:
        first, second = group.create_task(watch.asks()), group.create_task(watch.asks())
        await asyncio.sleep(0)
        first.cancel()
        watch.may_see.set()
    with pytest.raises(asyncio.CancelledError):
        await first
    assert await second == 2
