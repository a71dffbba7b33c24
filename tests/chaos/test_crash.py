"""The promise under SIGKILL: no update, appointment or message is lost, whatever dies when."""

import asyncio
import random
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import aiohttp
import pytest
from audit import Audit, Findings
from crashes import CITY, Crashes
from figures import Sizes
from wanderer import Wanderer

from bot import app
from bot.app import Clock
from bot.settings import Settings
from bot.simulator.person import Person
from bot.simulator.server import BOT_USERNAME, Simulator

SEED = 20261122
CLIENTS = 8
CALM_SECONDS = 0.6
EVERYTHING = 100_000
OPEN = """
    SELECT (SELECT COUNT(*) FROM inbox) + (SELECT COUNT(*) FROM outbox
    WHERE state IN ('waiting', 'sending') OR (state = 'planned' AND due_at <= :now))
"""


def settings(folder: Path, url: str) -> Settings:
    return Settings(api_url=url, database_url=f"sqlite:///{folder}/lotse.db", city=CITY)


@asynccontextmanager
async def simulated() -> AsyncIterator[tuple[str, aiohttp.ClientSession]]:
    simulator = Simulator(time.time)
    await simulator.start()
    try:
        async with aiohttp.ClientSession() as session:
            yield simulator.url, session
    finally:
        await simulator.stop()


async def invited(folder: Path, url: str, session: aiohttp.ClientSession) -> dict[str, Person]:
    """The case managers, each of whom has opened their link."""
    staff = {}
    async with app.open_house(settings(folder, url), Clock()) as house:
        for number, case_manager in enumerate(house.city.case_managers):
            person = staff[case_manager.id] = Person(session, url, 900 + number, "CM", "de")
            await person.join()
            link = await app.make_invitation(house, case_manager.id, BOT_USERNAME)
            await person.says(f"/start {link.partition('=')[2]}")
    return staff


async def at_rest(folder: Path, url: str, session: aiohttp.ClientSession) -> None:
    """Wait until the bot has taken, handled and sent all there is, and none has come since."""
    calm_since = time.monotonic()
    with closing(sqlite3.connect(folder / "lotse.db", timeout=5)) as file:
        while time.monotonic() < calm_since + CALM_SECONDS:
            async with session.get(f"{url}/pending") as answer:
                pending = (await answer.json())["updates"]
            if pending or file.execute(OPEN, {"now": int(time.time())}).fetchone()[0]:
                calm_since = time.monotonic()
            await asyncio.sleep(0.05)


async def live_and_die(crashes: Crashes, clients: list[Wanderer], kills: int) -> None:
    """People use the bot, the bot is killed; its last life lets them finish what they began."""
    over = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        people = [group.create_task(client.lives(over)) for client in clients]
        await crashes.happen(kills)
        await crashes.cause_trouble(0)
        async with crashes.bot():
            over.set()
            await asyncio.wait(people)
            await at_rest(crashes.folder, crashes.url, crashes.session)


async def audited(crashes: Crashes, clients: list[Wanderer], staff: dict[str, Person]) -> Findings:
    """The books, with everything that stands in every chat."""
    for person in (*clients, *staff.values()):
        await person.looks(last=EVERYTHING)
    async with app.open_house(settings(crashes.folder, crashes.url), Clock()) as house:
        audit = Audit(house, crashes.folder)
        await audit.of(crashes, clients, staff)
        return audit.findings


async def effects(url: str, session: aiohttp.ClientSession) -> int:
    """How many calls that change a chat have taken effect."""
    async with session.get(f"{url}/record") as answer:
        calls = (await answer.json())["calls"]
    return sum(call["ok"] and call["method"].startswith(("send", "edit")) for call in calls)


@pytest.mark.timeout(1800)
async def test_nothing_is_lost_when_the_bot_is_killed_at_any_moment(
    tmp_path: Path, sizes: Sizes, row: list[str]
) -> None:
    began = time.monotonic()
    async with simulated() as (url, session):
        staff = await invited(tmp_path, url, session)
        crashes = Crashes(tmp_path, url, session, random.Random(SEED))
        clients = [
            Wanderer(session, url, n, f"Client {n}", "en", dice=random.Random(SEED + n))
            for n in range(1, CLIENTS + 1)
        ]
        await live_and_die(crashes, clients, sizes.kills)
        found = await audited(crashes, clients, staff)
        sent = await effects(url, session)
    faults = " ".join(f"{kind}:{n}" for kind, n in sorted(crashes.faults.items()))
    figures = (crashes.kills, faults, found.updates, sent, len(found.lost), found.doubled)
    row += ["SQLite", "1", *map(str, (*figures, found.overlaps, round(time.monotonic() - began)))]
    assert (found.lost, found.wrong, found.unexplained, found.overlaps) == ([], [], [], 0)
    assert crashes.kills == sizes.kills and crashes.reminders
