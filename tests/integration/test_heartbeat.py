"""In webhook mode nobody polls: a call now and then tells whether the Bot API is there."""

import asyncio
import time
from contextlib import suppress

import pytest

from bot.chat.connecting import connect
from bot.chat.heartbeat import Heartbeat
from bot.observability.counters import Counters
from bot.simulator.server import Simulator


async def felt(url: str, seen_before: bool) -> bool:
    """Whether the API counts as there after one beat."""
    counters = Counters(time.monotonic)
    if seen_before:
        counters.api_answered()
    async with connect(url, "1:test") as connection:
        with suppress(TimeoutError):
            async with asyncio.timeout(0.5):
                await Heartbeat(connection.api, counters).run()
    return counters.api_answers


@pytest.mark.parametrize("seen_before", [True, False])
async def test_the_pulse_follows_what_is_there(seen_before: bool) -> None:
    simulator = Simulator(time.time)
    await simulator.start()
    url = simulator.url
    assert await felt(url, seen_before) is True
    await simulator.stop()
    assert await felt(url, seen_before) is False
