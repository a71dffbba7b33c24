"""Eleven hundred clients who never end their requests, and a bot that does its work."""

import asyncio
import resource
import time
from collections import Counter
from pathlib import Path

import aiohttp
import pytest
from fleet import PATH, SECRET
from listening import HALF
from processes import Program, free_port, program, running

from bot.simulator.server import Simulator
from bot.web.webhook import SECRET_HEADER

CROWD = 1_100
FILES = 1_024
"""What systemd allows a service that asks for nothing."""
ATTACK_SECONDS = 60
PATIENCE = 5.0


async def pester(port: int, over: asyncio.Event) -> None:
    """Send half a request and wait; once hung up on, begin again."""
    while not over.is_set():
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(HALF)
        waits = [asyncio.ensure_future(each) for each in (reader.read(), over.wait())]
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        writer.close()
        for each in waits:
            each.cancel()
        await asyncio.gather(*waits, return_exceptions=True)


async def answers(url: str, over: asyncio.Event) -> Counter[tuple[str, int]]:
    """How health and webhook answer meanwhile, each time by a new connection."""
    found: Counter[tuple[str, int]] = Counter()
    timeout = aiohttp.ClientTimeout(PATIENCE)
    while not over.is_set():
        connector = aiohttp.TCPConnector(force_close=True)
        async with aiohttp.ClientSession(connector=connector, timeout=timeout) as session:
            for path in ("/healthz", "/readyz"):
                async with session.get(f"{url}{path}") as answer:
                    found[path, answer.status] += 1
            headers = {SECRET_HEADER: SECRET}
            async with session.post(f"{url}{PATH}", data=b"null", headers=headers) as answer:
                found[PATH, answer.status] += 1
        await asyncio.sleep(0.1)
    return found


async def attacked(bot: Program, port: int) -> Counter[tuple[str, int]]:
    """What health and webhook answered during the attack."""
    await bot.says("Lotse serves")
    over = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        for _ in range(CROWD):
            group.create_task(pester(port, over))
        found = group.create_task(answers(f"http://127.0.0.1:{port}", over))
        await asyncio.sleep(ATTACK_SECONDS)
        over.set()
    return found.result()


@pytest.mark.soak
@pytest.mark.timeout(600)
async def test_half_sent_requests_silence_neither_health_nor_webhook_and_fill_no_log(
    tmp_path: Path,
) -> None:
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    simulator, port = Simulator(time.time), free_port()
    await simulator.start()
    address = f"127.0.0.1:{port}"
    settings = {
        **running(simulator.url),
        "BOT_LISTEN": address,
        "BOT_WEBHOOK_URL": f"http://{address}{PATH}",
        "BOT_WEBHOOK_SECRET": SECRET,
    }
    async with program("run", folder=tmp_path, **settings) as bot:
        resource.prlimit(bot.process.pid, resource.RLIMIT_NOFILE, (FILES, most))
        found = await attacked(bot, port)
        assert await bot.stops() == 0
    await simulator.stop()
    assert found.keys() == {("/healthz", 200), ("/readyz", 200), (PATH, 200)}
    assert min(found.values()) > 10
    assert bot.errors == []
    assert len(bot.text) < 10_000
