"""Bot processes on one database: one that polls, or several behind a balancer."""

import base64
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
from balancer import Balancer
from processes import Program, free_port, program, running

from bot.settings import Settings
from bot.storage.engine.database import Database, Row, Value
from bot.storage.engine.opening import SQLITE, open_snapshot
from bot.storage.engine.postgres_lock import LEADERSHIP

KEY = base64.urlsafe_b64encode(bytes(32)).decode()
PATH = "/from-telegram"
SECRET = "webhook-secret-0123456789"
LEADS = """
    SELECT a.application_name AS name FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
    WHERE l.locktype = 'advisory' AND l.granted AND l.classid = :leadership AND l.objsubid = 2
"""


@dataclass
class Member:
    """One of the processes: its settings, and the program that runs at the moment."""

    number: int
    settings: dict[str, str]
    bot: Program | None = None
    life: AsyncExitStack = field(default_factory=AsyncExitStack)

    @property
    def name(self) -> str:
        """By which the database server knows it."""
        return f"member-{self.number}"

    async def start(self) -> None:
        """Start it."""
        started = program("run", folder=Path(), **self.settings)
        self.bot = await self.life.enter_async_context(started)

    async def kill(self) -> None:
        """End it at once; what it wrote can still be read."""
        await self.program.kill()
        await self.life.aclose()

    @property
    def program(self) -> Program:
        assert self.bot is not None
        return self.bot


@dataclass
class Fleet:
    """All processes, and what they share. `eye` looks into the database from outside."""

    settings: Settings
    session: aiohttp.ClientSession
    eye: Database
    members: list[Member] = field(default_factory=list)
    _lives: AsyncExitStack = field(default_factory=AsyncExitStack)

    @property
    def database_url(self) -> str:
        return self.settings.database_url

    @property
    def api_url(self) -> str:
        return self.settings.api_url

    @property
    def engine(self) -> str:
        return "SQLite" if self.database_url.startswith(SQLITE) else "PostgreSQL"

    async def rows(self, sql: str, **params: Value) -> list[Row]:
        """Look into the database."""
        return await self.eye.run(lambda tx: tx.all(sql, **params))

    async def number(self, sql: str, **params: Value) -> int:
        """The one number a query gives, under the name n."""
        (row,) = await self.rows(sql, **params)
        return int(row["n"])

    @asynccontextmanager
    async def running(self, processes: int, *cities: str) -> AsyncIterator[None]:
        """Start them all, each with its own city file if any are named; at the end kill them."""
        async with self._lives:
            self.members = await self._made(processes)
            for member, city in zip(self.members, cities, strict=False):
                member.settings["BOT_CITY"] = city
            for member in self.members:
                self._lives.push_async_callback(member.life.aclose)
                await member.start()
            yield

    async def leader(self) -> Member | None:
        """The process that sends, seen from outside; None while nobody does."""
        if len(self.members) == 1:
            return self.members[0]
        named = {row["name"] for row in await self.rows(LEADS, leadership=LEADERSHIP)}
        return next((each for each in self.members if each.name in named), None)

    async def serve(self) -> None:
        """Wait until all of them serve."""
        for member in self.members:
            await member.program.says("Lotse serves")

    async def _made(self, processes: int) -> list[Member]:
        if processes == 1:
            return [Member(1, self._environment())]
        ports = [free_port() for _ in range(processes)]
        balancer = Balancer(f"http://127.0.0.1:{port}" for port in ports)
        await balancer.start()
        self._lives.push_async_callback(balancer.stop)
        numbered = enumerate(ports, 1)
        return [Member(number, self._behind(balancer, port, number)) for number, port in numbered]

    def _environment(self) -> dict[str, str]:
        return {
            **running(self.api_url),
            "BOT_DATABASE_URL": self.database_url,
            "BOT_DATA_KEY": KEY,
            "BOT_CITY": self.settings.city,
        }

    def _behind(self, balancer: Balancer, port: int, number: int) -> dict[str, str]:
        return {
            **self._environment(),
            # So that the server can tell who holds a lock.
            "BOT_DATABASE_URL": f"{self.database_url}&application_name=member-{number}",
            "BOT_WEBHOOK_URL": f"{balancer.url}{PATH}",
            "BOT_WEBHOOK_SECRET": SECRET,
            "BOT_LISTEN": f"127.0.0.1:{port}",
        }


@asynccontextmanager
async def open_fleet(settings: Settings, session: aiohttp.ClientSession) -> AsyncIterator[Fleet]:
    """The fleet of a database that has been migrated, no process of it running yet."""
    eye = await open_snapshot(settings.database_url)
    try:
        yield Fleet(settings, session, eye)
    finally:
        await eye.close()
