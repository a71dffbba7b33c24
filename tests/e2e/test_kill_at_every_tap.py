"""A booking during which the bot is killed and started anew at every single tap."""

import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path

import aiohttp
from phone import Client
from processes import Program, program, running

from bot.simulator.server import Simulator

TAPS = (
    ("English", "We do not ask for your name"),
    ("I agree", "What would you like to do?"),
    ("Book an appointment", "What is your postcode"),
    ("44649", "These offices are near you"),
    ("PLANB Ruhr, Wanne", "Who would you like to talk to?"),
    ("Ali Mohammad", "Which day would you like?"),
    (None, "What time would you like?"),
    (None, "Is this right?"),
    ("Confirm", "✅ Your appointment is booked."),
)


@dataclass
class Mortal:
    """A bot process that can be killed and started again on the same database."""

    folder: Path
    url: str
    bot: Program
    lives: AsyncExitStack

    async def dies_and_rises(self) -> None:
        """Kill it with SIGKILL and start another one."""
        await self.bot.kill()
        assert self.bot.errors == []
        self.bot = await self.lives.enter_async_context(
            program("run", folder=self.folder, **running(self.url))
        )


@asynccontextmanager
async def mortal_bot(folder: Path) -> AsyncIterator[Mortal]:
    """A bot as a real process on a simulator in this one."""
    simulator = Simulator(time.time)
    await simulator.start()
    try:
        async with AsyncExitStack() as lives:
            bot = await lives.enter_async_context(
                program("run", folder=folder, **running(simulator.url))
            )
            yield Mortal(folder, simulator.url, bot, lives)
    finally:
        await simulator.stop()


async def tied(session: aiohttp.ClientSession, mortal: Mortal) -> Client:
    """A case manager who has opened the link that `invite` printed."""
    settings = running(mortal.url)
    async with program("invite", "mohammad", folder=mortal.folder, **settings) as invite:
        assert await invite.ends() == 0
    ali = Client(session, mortal.url, 900, "Ali", "de")
    await ali.join()
    await ali.says(f"/start {''.join(invite.out).strip().partition('=')[2]}")
    await ali.sees("Ihre Termine kommen ab jetzt in diesem Chat an.", 20)
    return ali


async def book_with_a_kill_at_every_tap(mortal: Mortal, anna: Client) -> None:
    """Every second time the bot dies before it can answer, else right after it did."""
    await anna.says("/start")
    await anna.sees("Please choose your language.", 20)
    for number, (label, seen) in enumerate(TAPS):
        await anna.presses(label or anna.labels[0], 20)
        if number % 2 == 0:
            await mortal.dies_and_rises()
        await anna.sees(seen, 20)
        if number % 2 == 1:
            await mortal.dies_and_rises()


async def test_a_booking_survives_a_kill_at_every_tap(tmp_path: Path) -> None:
    async with mortal_bot(tmp_path) as mortal, aiohttp.ClientSession() as session:
        ali = await tied(session, mortal)
        anna = Client(session, mortal.url, 7, "Anna", "en")
        await anna.join()
        await book_with_a_kill_at_every_tap(mortal, anna)
        await ali.sees_anywhere("Neuer Termin", 20)
        await anna.walks("Main menu", "My appointments")
        assert len([label for label in anna.labels if "·" in label]) == 1
        assert mortal.bot.errors == []
    with closing(sqlite3.connect(tmp_path / "lotse.db")) as file:
        assert file.execute("SELECT status FROM appointments").fetchall() == [("booked",)]
