"""Updates as they come: each handled before it is acknowledged, or kept and handled in its turn."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest
from test_chat_sender import Listed, chat_sender
from test_handling_at_once import CHAT, HANDLER, started
from town import VAULT, Town, invented, open_town

from bot.observability.counters import Counters
from bot.runtime.workers import Workers
from bot.services.unit import Unit
from bot.storage.engine.database import Tx


@pytest.fixture
async def town(url: str) -> AsyncIterator[Town]:
    async with open_town(url, invented()) as made:
        yield made


@asynccontextmanager
async def working(town: Town, channel: Listed) -> AsyncIterator[tuple[Workers, Counters]]:
    """Workers and a sender at work."""

    def open_unit(tx: Tx, now: int) -> Unit:
        return replace(town.unit(tx), now=now)

    sender, counters = chat_sender(town, channel), Counters(time.monotonic)
    workers = Workers(
        *(town.database, VAULT, open_unit, HANDLER, sender, lambda: town.now, sender.wake, counters)
    )
    async with asyncio.timeout(30), asyncio.TaskGroup() as group:
        tasks = [group.create_task(each.run()) for each in (sender, workers)]
        await until(lambda: town.rows("SELECT 1 FROM facts WHERE name = 'courier_term'"))
        yield workers, counters
        for task in tasks:
            task.cancel()


async def until(look: Callable[[], Awaitable[list[Any]]]) -> None:
    for _ in range(2000):
        if await look():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it never came to be")


async def numbers(town: Town) -> list[int]:
    rows = await town.rows("SELECT update_id FROM handled ORDER BY handled_at, update_id")
    return [number for (number,) in rows]


async def inbox(town: Town) -> list[tuple[Any, ...]]:
    return await town.rows("SELECT update_id, set_aside FROM inbox")


async def test_what_comes_alone_has_had_its_effect_when_it_is_accepted(town: Town) -> None:
    channel = Listed()
    async with working(town, channel) as (workers, counters):
        await workers.accept([started(1)])
        assert (await numbers(town), await inbox(town)) == ([1], [])
        assert await channel.delivers(1) == [CHAT]
        assert (counters.updates, counters.handled["handled"]) == (1, 1)


async def test_what_comes_together_from_one_chat_is_handled_in_order(town: Town) -> None:
    channel = Listed()
    async with working(town, channel) as (workers, _):
        await workers.accept([started(1), started(2), started(3)])
        await until(lambda: town.rows("SELECT 1 FROM handled WHERE update_id = 3"))
        assert (await numbers(town), await inbox(town)) == ([1, 2, 3], [])


async def test_what_cannot_be_handled_at_once_is_kept_and_handled_from_there(town: Town) -> None:
    unreadable: Any = object()
    good = started(1)
    odd = replace(good, incoming=replace(good.incoming, event=unreadable))
    channel = Listed()
    async with working(town, channel) as (workers, counters):
        await workers.accept([odd])
        assert await channel.delivers(1) == [CHAT]
        await until(lambda: town.rows("SELECT 1 FROM handled WHERE update_id = 1"))
        assert await inbox(town) == []
        assert (await numbers(town), counters.handled["failed"]) == ([1], 0)
