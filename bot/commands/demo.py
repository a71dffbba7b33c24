"""`python -m bot demo`: simulator, bot, embedded database and a page of phones in one process.

Every case manager of the city has a phone here that is tied already, and a mailbox; so has every
front desk. The clock can be moved.
"""

import asyncio
import socket
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from zoneinfo import ZoneInfo

import aiohttp

from bot import app
from bot.commands import demo_people as cast
from bot.delivery.channel import Result, Sent
from bot.domain import local_time
from bot.domain.actors import Actor
from bot.domain.city import City
from bot.runtime.bot_process import BotProcess
from bot.runtime.clock import Clock
from bot.runtime.resources import Resources
from bot.settings import Settings
from bot.simulator.demo import Demo, routes
from bot.simulator.mailbox import Mailboxes
from bot.simulator.person import Person
from bot.simulator.server import BOT_USERNAME, Simulator

TOKEN = "1:demo"  # noqa: S105  (the simulator takes any)  # nosec B105
LOCAL = "http://127.0.0.1"
CHECK_SECONDS, MOST_CHECKS = 0.05, 100
TIE_SECONDS = 30.0


@dataclass(slots=True)
class Stage:
    """The bot on the page, and the clock the visitor moves."""

    zone: ZoneInfo
    clock: Clock = field(default_factory=Clock)
    process: BotProcess | None = None

    async def advance(self, seconds: float) -> None:
        """Let time pass from one due moment to the next, and happen what each brings."""
        target = self.clock.exact() + seconds
        while (due := await self._next_stop()) <= target:
            await self._be_at(due)
        await self._be_at(target)

    async def advance_to_next(self) -> bool:
        """Let time pass until the next planned message; False if none is planned."""
        due = await self._next_due()
        if due is not None:
            await self._be_at(due)
        return due is not None

    async def _next_stop(self) -> int:
        """The next planned message, or the next hour at which the lists of a day go out."""
        now, due = self.clock.exact(), await self._next_due()
        today = local_time.local_day(int(now), self.zone)
        days = (today, today + timedelta(days=1))
        hours = [local_time.epoch(d, at, self.zone) for d in days for at in cast.MORNINGS]
        morning = min(hour for hour in hours if hour > now)
        return morning if due is None else min(due, morning)

    async def _next_due(self) -> int | None:
        return None if self.process is None else await self.process.next_due()

    async def _be_at(self, moment: float) -> None:
        """Move the clock there, never back, and wait until what was due is delivered."""
        self.clock.move(max(0.0, moment - self.clock.exact()))
        if self.process is None:
            return
        await self.process.catch_up()
        for _ in range(MOST_CHECKS):
            if await self.process.is_drained():
                return
            await asyncio.sleep(CHECK_SECONDS)


@dataclass(frozen=True, slots=True)
class Delivery:
    """Mail that arrives in this process."""

    boxes: Mailboxes

    async def run(self) -> None:
        """There is no connection to look after."""
        await asyncio.Event().wait()

    async def send(self, message: EmailMessage) -> Result:
        """Put the mail into its mailbox."""
        self.boxes.take(message)
        return Sent(None)


async def run(settings: Settings, port: int, ready: Callable[[str], None]) -> None:
    """Serve the page on 127.0.0.1 until cancelled; `ready` is told its address."""
    async with open_demo(settings, port) as (process, url), asyncio.TaskGroup() as group:
        group.create_task(process.run())
        await _tie_everybody(process.resources, url)
        ready(url)


async def run_simulator(port: int, ready: Callable[[str], None]) -> None:
    """`python -m bot simulator`: the Bot API alone, until cancelled."""
    simulator = Simulator(Clock().exact)
    await simulator.start(port=port)
    try:
        ready(simulator.url)
        await asyncio.Event().wait()
    finally:
        await simulator.stop()


@asynccontextmanager
async def open_demo(settings: Settings, port: int) -> AsyncIterator[tuple[BotProcess, str]]:
    """A bot on a new database against its own simulator, and the page's address."""
    here = settings.model_copy(update={"api_url": LOCAL})
    city = app.load_city(here)
    stage, boxes = Stage(city.rules.time_zone), Mailboxes(cast.mailboxes(city))
    simulator = Simulator(stage.clock.exact, extend=routes(_scene(stage, city, boxes)))
    await simulator.start(port=port)
    try:
        with tempfile.TemporaryDirectory(prefix="lotse-demo-") as folder:
            own = _settings(settings, simulator.url, Path(folder))
            async with (
                app.open_resources(own, stage.clock) as resources,
                app.open_bot(
                    replace(resources, staffing=cast.staffing(city)), TOKEN, mail=Delivery(boxes)
                ) as process,
            ):
                stage.process = process
                yield process, simulator.url
    finally:
        await simulator.stop()


def _settings(settings: Settings, api_url: str, folder: Path) -> Settings:
    pages = _free_port()
    changes = {
        "api_url": api_url,
        "database_url": f"sqlite:///{folder}/demo.db",
        "webhook_url": None,
        "staff": None,
        "smtp_url": None,
        "mail_from": None,
        "listen": f"127.0.0.1:{pages}",
        "public_url": f"{LOCAL}:{pages}",
        "actions_per_minute": 0,  # a visitor tries everything at once
        "data_key": None,
        "data_key_file": folder / "demo.key",
    }
    return settings.model_copy(update=changes)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _scene(stage: Stage, city: City, boxes: Mailboxes) -> Demo:
    name = city.text("en", "city") or city.id
    return Demo(
        title=f"Lotse {name}",
        people=(*cast.CLIENTS, *cast.staff(city)),
        places=cast.places(city),
        time_zone=city.rules.time_zone.key,
        now=stage.clock.exact,
        advance=stage.advance,
        advance_to_next=stage.advance_to_next,
        mails=boxes.shown,
        mail=boxes.page,
    )


async def _tie_everybody(resources: Resources, url: str) -> None:
    async with aiohttp.ClientSession() as session:
        for client in cast.CLIENTS:
            await Person(session, url, client.id, client.first_name, client.language_code).join()
        phones = cast.staff(resources.city)
        for case_manager, shown in zip(resources.city.case_managers, phones, strict=True):
            link = await app.make_invitation(resources, Actor.of(case_manager), BOT_USERNAME)
            phone = Person(session, url, shown.id, shown.first_name, shown.language_code)
            await phone.join()
            await phone.says_and_waits(f"/start {link.partition('=')[2]}", TIE_SECONDS)
