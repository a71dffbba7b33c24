"""A bot and its simulator in this process, with a clock that can be moved, for scripted people."""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import aiohttp

from bot import app
from bot.app import Clock, Lotse
from bot.settings import Settings
from bot.simulator.person import Person
from bot.simulator.server import BOT_USERNAME, Simulator

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY_MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=BERLIN)
TOKEN = "1:test"


@dataclass
class World:
    """What a test plays with: people, the bot, the clock."""

    folder: Path
    clock: Clock
    simulator: Simulator
    session: aiohttp.ClientSession
    city: str = "herne"
    lotse: Lotse | None = None
    _running: asyncio.Task[None] | None = None
    _open: AsyncExitStack = field(default_factory=AsyncExitStack)

    @property
    def settings(self) -> Settings:
        return Settings(
            api_url=self.simulator.url,
            database_url=f"sqlite:///{self.folder}/lotse.db",
            city=self.city,
            rate_overall=0,
            rate_per_chat=0,
        )

    async def start(self) -> None:
        """Start the bot on what the database holds."""
        house = await self._open.enter_async_context(app.open_house(self.settings, self.clock))
        self.lotse = await self._open.enter_async_context(app.open_lotse(house, TOKEN))
        self._running = asyncio.get_running_loop().create_task(self.lotse.run())

    async def stop(self) -> None:
        """Stop the bot; the simulator and the database stay."""
        if self._running is not None:
            self._running.cancel()
            await asyncio.wait([self._running])
            self._running = None
        await self._open.aclose()

    async def restart(self) -> None:
        """Stop the bot and start another on the same database."""
        await self.stop()
        await self.start()

    async def person(self, id: int = 7, language: str = "en", name: str = "Anna") -> Person:
        """Somebody with a phone, who has not written yet."""
        person = Person(self.session, self.simulator.url, id, name, language)
        await person.join()
        return person

    async def case_manager(self, case_manager_id: str, id: int = 900) -> Person:
        """A case manager whose chat is tied, in front of their first screen."""
        assert self.lotse is not None
        link = await app.make_invitation(self.lotse.house, case_manager_id, BOT_USERNAME)
        person = await self.person(id, "de", case_manager_id)
        await person.says_and_waits(f"/start {link.partition('=')[2]}")
        return person

    async def to(self, moment: datetime) -> None:
        """Move the clock to a moment and let happen what that brings."""
        self.clock.ahead = moment.timestamp() - time.time()
        if self.lotse is not None:
            await self.lotse.catch_up()

    async def sql(self, query: str) -> list[tuple[object, ...]]:
        """Look into the database from outside."""
        with sqlite3.connect(self.folder / "lotse.db") as connection:
            return connection.execute(query).fetchall()


@asynccontextmanager
async def open_world(folder: Path, city: str) -> AsyncIterator[World]:
    """A bot for this city on Monday 23 November 2026, 9:00 in Berlin."""
    clock = Clock(MONDAY_MORNING.timestamp() - time.time())
    simulator = Simulator(clock.exact)
    await simulator.start()
    async with aiohttp.ClientSession() as session:
        made = World(folder, clock, simulator, session, city)
        await made.start()
        try:
            yield made
        finally:
            await made.stop()
            await simulator.stop()


async def book_earliest(person: Person, place: str = "44649") -> None:
    """From /start to a booked appointment, in English, by the shortest way."""
    await person.says_and_waits("/start")
    for label in ("English", "I agree", "Book an appointment", place, "Earliest free time"):
        await person.presses_and_waits(label)
    await person.presses_and_waits("Confirm")
