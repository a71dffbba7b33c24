"""In webhook mode nobody polls: a call now and then tells whether the Bot API is there."""

import asyncio
import time
from contextlib import suppress

import pytest

from bot.chat.connecting import connect
from bot.chat.pulse import Pulse
from bot.simulator.server import Simulator
from bot.tally import Tally


async def felt(url: str, seen_before: bool) -> bool:
    """Whether the API counts as there after one beat."""
    tally = Tally(time.monotonic)
    if seen_before:
        tally.api_answered()
    async with connect(url, "1:test") as connection:
        with suppress(TimeoutError):
            async with asyncio.timeout(0.5):
                await Pulse(connection.api, tally).run()
    return tally.api_answers


@pytest.mark.parametrize("seen_before", [True, False])
async def test_the_pulse_follows_what_is_there(seen_before: bool) -> None:
    simulator = Simulator(time.time)
    await simulator.start()
    url = simulator.url
    assert await felt(url, seen_before) is True
    await simulator.stop()
    assert await felt(url, seen_before) is False
