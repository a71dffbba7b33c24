"""Everybody around the bot: the simulator, the case managers, the clients, and when all is calm."""

import asyncio
import random
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import aiohttp
from fleet import KEY, Fleet, open_fleet
from pydantic import SecretStr
from wanderer import Wanderer

from bot import app
from bot.domain.actors import Actor
from bot.runtime.clock import Clock
from bot.settings import Settings
from bot.simulator.person import Person
from bot.simulator.server import BOT_USERNAME, Simulator

CITY = "tests/chaos/busytown.toml"
SEED = 20261122
AT_ONCE = 8
FIRST_CASE_MANAGER = 1_000_000
CALM_SECONDS = 0.6
OPEN = """
    SELECT (SELECT COUNT(*) FROM inbox) + (SELECT COUNT(*) FROM outbox
    WHERE state IN ('waiting', 'sending') OR (state = 'planned' AND due_at <= :now)) AS n
"""


@asynccontextmanager
async def town(database_url: str, city: str) -> AsyncIterator[tuple[Fleet, dict[str, Person]]]:
    """A fleet, not yet running, and its case managers, each of whom has opened their link."""
    simulator = Simulator(time.time)
    await simulator.start()
    try:
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
            made = Settings(
                api_url=simulator.url,
                database_url=database_url,
                city=city,
                data_key=SecretStr(KEY),
            )
            staff = await _invited(made, session)
            async with open_fleet(made, session) as fleet:
                yield fleet, staff
    finally:
        await simulator.stop()


async def _invited(settings: Settings, session: aiohttp.ClientSession) -> dict[str, Person]:
    staff = {}
    async with app.open_resources(settings, Clock()) as resources:
        for number, case_manager in enumerate(resources.city.case_managers):
            url = settings.api_url
            person = staff[case_manager.id] = Person(
                session, url, FIRST_CASE_MANAGER + number, "CM", "de"
            )
            await person.join()
            link = await app.make_invitation(resources, Actor.of(case_manager), BOT_USERNAME)
            await person.says(f"/start {link.partition('=')[2]}")
    return staff


@dataclass
class Clients:
    """People who do as they like, the same each time; whoever has had enough makes room."""

    fleet: Fleet
    everybody: list[Wanderer] = field(default_factory=list)

    async def come_and_go(self, over: asyncio.Event) -> None:
        """One after another, until it is over."""
        while not over.is_set():
            await self._another().lives(over)

    def _another(self) -> Wanderer:
        number, fleet = len(self.everybody) + 1, self.fleet
        made = Wanderer(
            *(fleet.session, fleet.api_url, number, f"Client {number}", "en"),
            dice=random.Random(SEED + number),
        )
        self.everybody.append(made)
        return made


async def at_rest(fleet: Fleet) -> None:
    """Wait until the bot has taken, handled and sent all there is, and none has come since."""
    calm_since = time.monotonic()
    while time.monotonic() < calm_since + CALM_SECONDS:
        if await pending(fleet) or await fleet.number(OPEN, now=int(time.time())):
            calm_since = time.monotonic()
        await asyncio.sleep(0.05)


async def pending(fleet: Fleet) -> int:
    """How many updates the bot has not confirmed."""
    async with fleet.session.get(f"{fleet.api_url}/pending") as answer:
        return int((await answer.json())["updates"])


async def effects(fleet: Fleet) -> list[float]:
    """When calls that change a chat have taken effect, in epoch seconds."""
    async with fleet.session.get(f"{fleet.api_url}/record") as answer:
        calls = (await answer.json())["calls"]
    changing = [call for call in calls if call["method"].startswith(("send", "edit"))]
    return [call["at"] for call in changing if call["ok"]]
