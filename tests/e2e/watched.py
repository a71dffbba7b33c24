"""A bot that polls and is watched over HTTP."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import aiohttp
from phone import Client
from processes import free_port
from stage import World, book_earliest, open_world

from bot.settings import Settings


class WatchedWorld(World):
    """A bot that polls and is watched."""

    @property
    def settings(self) -> Settings:
        self.port = getattr(self, "port", None) or free_port()
        return super().settings.model_copy(update={"listen": f"127.0.0.1:{self.port}"})

    async def page(self, path: str) -> tuple[int, str]:
        """Status and text of a page."""
        async with self.session.get(f"http://127.0.0.1:{self.port}{path}") as answer:
            return answer.status, await answer.text()

    async def readiness(self) -> tuple[int, dict[str, Any]]:
        """What /readyz says."""
        async with self.session.get(f"http://127.0.0.1:{self.port}/readyz") as answer:
            return answer.status, await answer.json()

    async def is_ready(self, wanted: bool) -> dict[str, Any]:
        """Wait until it is ready, or no longer; what it says then."""
        async with asyncio.timeout(40):
            while True:
                status, told = await self.readiness()
                if status == (200 if wanted else 503):
                    return told
                await asyncio.sleep(0.02)

    async def numbers(self) -> dict[str, float]:
        """The samples of /metrics by name and labels."""
        _, text = await self.page("/metrics")
        lines = (line.rpartition(" ") for line in text.splitlines() if not line.startswith("#"))
        return {name: float(value) for name, _, value in lines}


async def reached(session: aiohttp.ClientSession, url: str) -> None:
    """Wait until somebody answers there."""
    async with asyncio.timeout(40):
        while True:
            with suppress(aiohttp.ClientConnectionError):
                async with session.get(url):
                    return
            await asyncio.sleep(0.02)


@asynccontextmanager
async def open_watched(folder: Path) -> AsyncIterator[WatchedWorld]:
    """Herne, watched; the bot is up."""
    async with open_world(folder, "herne", WatchedWorld) as made:
        assert isinstance(made, WatchedWorld)
        await reached(made.session, f"http://127.0.0.1:{made.port}/healthz")
        await made.is_ready(True)
        yield made


async def booked(watched: WatchedWorld) -> Client:
    """Somebody who has booked with somebody who was told."""
    for number, case_manager_id in enumerate(("mohammad", "akelma")):
        await watched.case_manager(case_manager_id, 987_654_300 + number)
    anna = await watched.person(id=123_456_789, name="Anneliese")
    await book_earliest(anna)
    return anna
