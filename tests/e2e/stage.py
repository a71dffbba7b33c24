"""A bot and its simulator in this process, with a clock that can be moved, for scripted people."""

import asyncio
import json
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, closing
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
from phone import Client

from bot import app
from bot.delivery.mail_sender import MailChannel
from bot.domain.actors import Actor
from bot.runtime.bot_process import BotProcess
from bot.runtime.clock import Clock
from bot.runtime.timeouts import API_TIMEOUTS, ApiTimeouts
from bot.settings import Settings
from bot.simulator.person import Person
from bot.simulator.server import BOT_USERNAME, Simulator

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY_MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=BERLIN)
TOKEN = "1:test"
OPEN_ROWS = (
    "SELECT EXISTS (SELECT 1 FROM inbox WHERE set_aside = 0)"
    " OR EXISTS (SELECT 1 FROM outbox WHERE state IN ('waiting', 'sending'))"
)
WISHED = "PLANB Ruhr, Wanne", "Ali Mohammad"


@dataclass
class World:
    """What a test plays with: people, the bot, the clock."""

    folder: Path
    clock: Clock
    simulator: Simulator
    session: aiohttp.ClientSession
    city: str = "herne"
    timeouts: ApiTimeouts = API_TIMEOUTS
    rate_overall: float = 0
    actions_per_minute: int = 0
    example: bool = True
    mail: MailChannel | None = None
    locales: Path = app.LOCALES
    process: BotProcess | None = None
    _running: asyncio.Task[None] | None = None
    _open: AsyncExitStack = field(default_factory=AsyncExitStack)
    _eye: sqlite3.Connection | None = None

    @property
    def settings(self) -> Settings:
        return Settings(
            api_url=self.simulator.url,
            database_url=f"sqlite:///{self.folder}/lotse.db",
            city=self.city,
            rate_overall=self.rate_overall,
            rate_per_chat=0,
            actions_per_minute=self.actions_per_minute,
        )

    async def start(self) -> None:
        """Start the bot on what the database holds."""
        resources = await self._open.enter_async_context(
            app.open_resources(self.settings, self.clock, self.locales)
        )
        resources = replace(resources, city=replace(resources.city, example=self.example))
        self.process = await self._open.enter_async_context(
            app.open_bot(resources, TOKEN, self.timeouts, self.mail)
        )
        self._running = asyncio.get_running_loop().create_task(self.process.run())

    async def stop(self) -> None:
        """Stop the bot; the simulator and the database stay."""
        if self._running is not None:
            self._running.cancel()
            await asyncio.wait([self._running])
            assert self._running.cancelled(), self._running.exception()
            self._running = None
        await self._open.aclose()

    async def close(self) -> None:
        """Stop the bot and look no longer into its database."""
        await self.stop()
        if self._eye is not None:
            self._eye.close()

    async def restart(self) -> None:
        """Stop the bot and start another on the same database."""
        await self.stop()
        await self.start()

    async def person(self, id: int = 7, language: str = "en", name: str = "Anna") -> Client:
        """Somebody with a phone, who has not written yet."""
        person = Client(self.session, self.simulator.url, id, name, language)
        person.at_rest = self.taken
        await person.join()
        return person

    async def invitation(self, case_manager_id: str) -> str:
        """What a case manager who opens their one-time link sends."""
        assert self.process is not None
        return await self.invitation_of(
            Actor.of(self.process.resources.city.case_manager[case_manager_id])
        )

    async def invitation_of(self, actor: Actor) -> str:
        """What somebody of the staff who opens their one-time link sends."""
        assert self.process is not None
        link = await app.make_invitation(self.process.resources, actor, BOT_USERNAME)
        return f"/start {link.partition('=')[2]}"

    async def case_manager(self, case_manager_id: str, id: int = 900) -> Client:
        """A case manager whose chat is tied, in front of their first screen."""
        person = await self.person(id, "de", case_manager_id)
        await person.says_and_waits(await self.invitation(case_manager_id))
        return person

    async def to(self, moment: datetime) -> None:
        """Move the clock to a moment and let happen what that brings."""
        self.clock.move(moment.timestamp() - time.time() - self.clock.ahead)
        if self.process is not None:
            await self.process.catch_up()

    async def passes(self, **time: float) -> None:
        """Let time go by: minutes=11, hours=2."""
        self.clock.move(timedelta(**time).total_seconds())
        if self.process is not None:
            await self.process.catch_up()

    async def brings(self, update: dict[str, Any]) -> None:
        """Hand the bot an update as it stands, whatever its shape."""
        async with self.session.post(f"{self.simulator.url}/updates", json=update) as answer:
            answer.raise_for_status()

    async def taken(self) -> None:
        """Wait until the bot has taken, handled and answered all there was."""
        async with asyncio.timeout(20):
            # Nothing tells of a row that is gone.
            while self._has_open_rows() or await self.pending() or self._has_open_rows():  # noqa: ASYNC110
                await asyncio.sleep(0.002)

    def _has_open_rows(self) -> bool:
        if self._eye is None:
            self._eye = sqlite3.connect(self.folder / "lotse.db", timeout=5)
        return bool(self._eye.execute(OPEN_ROWS).fetchone()[0])

    async def pending(self) -> int:
        """How many updates the bot has not confirmed."""
        async with self.session.get(f"{self.simulator.url}/pending") as answer:
            return int((await answer.json())["updates"])

    async def code(self) -> str:
        """The code of the newest appointment."""
        return str((await self.sql("SELECT code FROM appointments ORDER BY id DESC"))[0][0])

    async def kept(self, person: Person) -> dict[str, Any]:
        """The conversation as the database has it, but for its revision."""
        assert self.process is not None
        key = self.process.resources.vault.lookup(person.id)
        rows = await self.sql(f"SELECT session FROM chats WHERE chat_key = '{key}'")
        found = json.loads(str(rows[0][0]))
        return {name: value for name, value in found.items() if name != "revision"}

    async def sql(self, query: str) -> list[tuple[object, ...]]:
        """Look into the database from outside, or change it."""
        with closing(sqlite3.connect(self.folder / "lotse.db", timeout=5)) as file, file:
            return file.execute(query).fetchall()


@asynccontextmanager
async def open_world(
    folder: Path,
    city: str,
    kind: type[World] = World,
    timeouts: ApiTimeouts = API_TIMEOUTS,
    rate_overall: float = 0,
    actions_per_minute: int = 0,
    *,
    example: bool = True,
    locales: Path = app.LOCALES,
) -> AsyncIterator[World]:
    """A bot for this city on Monday 23 November 2026, 9:00 in Berlin.

    Without `example` it is as strict about who can be booked as in front of Telegram itself.
    """
    clock = Clock(MONDAY_MORNING.timestamp() - time.time())
    simulator = Simulator(lambda: time.time() + clock.ahead)
    await simulator.start()
    async with aiohttp.ClientSession() as session:
        limits = rate_overall, actions_per_minute
        made = kind(folder, clock, simulator, session, city, timeouts, *limits, example)
        made.locales = locales
        await made.start()
        try:
            yield made
        finally:
            await made.close()
            await simulator.stop()


async def agree(person: Client) -> None:
    """From /start to the main menu, in English."""
    await person.says_and_waits("/start")
    await person.walks("English", "I agree")


async def book_earliest(person: Client, place: str = "44649") -> None:
    """From /start to a booked appointment, in English, by the shortest way."""
    await agree(person)
    await person.walks("Book an appointment", place, "Earliest free time", "Confirm")


async def book_at(
    person: Client,
    time: str = "10:00",
    day: str = "Wednesday 25 November",
    who: tuple[str, str] = WISHED,
    place: str = "44649",
) -> None:
    """From the main menu to an appointment with a person of an office at a day and time."""
    await person.walks("Book an appointment", place, *who, day, time, "Confirm")
