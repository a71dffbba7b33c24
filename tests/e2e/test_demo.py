"""The demo as a whole: a visitor books on one phone, and moves the clock."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
import pytest

from bot.commands.demo import open_demo
from bot.commands.demo_people import CLIENTS
from bot.settings import Settings
from bot.simulator.person import Person, words

DAY = 86_400
BERLIN = ZoneInfo("Europe/Berlin")
TO_AN_APPOINTMENT = (
    "English",
    "I agree",
    "Book an appointment",
    "44649",
    "Earliest free time",
    "Confirm",
)


@dataclass(frozen=True)
class Visitor:
    """Somebody in front of the page."""

    session: aiohttp.ClientSession
    url: str

    async def moves_clock(self, **move: Any) -> dict[str, Any]:
        async with self.session.post(f"{self.url}/demo/clock", json=move) as answer:
            moved: dict[str, Any] = await answer.json()
            return moved

    async def time(self) -> datetime:
        async with self.session.get(f"{self.url}/demo") as answer:
            return datetime.fromtimestamp((await answer.json())["now"], BERLIN)


@pytest.fixture
async def visitor() -> AsyncIterator[Visitor]:
    """A visitor on a Sunday at noon, when every office is closed until the morning."""
    async with (
        open_demo(Settings(), 0) as (process, url),
        aiohttp.ClientSession() as session,
        asyncio.TaskGroup() as group,
    ):
        running = group.create_task(process.run())
        made = Visitor(session, url)
        now = await made.time()
        noon = datetime(now.year, now.month, now.day, 12, tzinfo=BERLIN)
        sunday = noon + timedelta(days=7 - now.weekday() + 6)
        await made.moves_clock(seconds=(sunday - now).total_seconds())
        yield made
        running.cancel()


@pytest.fixture
async def amal(visitor: Visitor) -> Person:
    """The first client, with an appointment on Monday, four working hours from now."""
    amal = Person(visitor.session, visitor.url, CLIENTS[0].id, language_code="en")
    await amal.join()
    await amal.says_and_waits("/start")
    for label in TO_AN_APPOINTMENT:
        await amal.presses_and_waits(label)
    await amal.settles()
    return amal


async def test_a_reminder_arrives_though_the_clock_jumps_past_the_appointment(
    visitor: Visitor, amal: Person
) -> None:
    await visitor.moves_clock(seconds=DAY)

    reminder = await amal.sees("🔔")
    sent = datetime.fromtimestamp(reminder["date"], BERLIN)
    assert ((await visitor.time()).weekday(), sent.weekday(), sent.hour) == (0, 0, 11), words(
        reminder
    )


async def test_the_clock_can_go_to_the_next_reminder_and_then_knows_of_none(
    visitor: Visitor, amal: Person
) -> None:
    moves = []
    for _ in range(2):
        moves.append(await visitor.moves_clock(to="next"))
        await amal.sees("🔔")
    moves.append(await visitor.moves_clock(to="next"))

    assert [each["moved"] for each in moves] == [True, True, False]
    assert moves[2]["now"] - moves[1]["now"] < 60
