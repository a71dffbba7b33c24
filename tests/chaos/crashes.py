"""A bot process that is killed again and again, and what was under way each time."""

import asyncio
import random
import sqlite3
import time
from collections import Counter
from contextlib import AbstractAsyncContextManager, closing
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
from processes import Program, program, running

CITY = "tests/chaos/busytown.toml"
TROUBLES: dict[str, dict[str, object]] = {
    "429": {"retry_after": 1},
    "500": {"status": 500},
    "502": {"status": 502},
    "dropped": {"drop": "before"},
    "slow": {"delay": 0.3},
}
"""Nothing of this takes effect and fails: whatever comes twice, comes of a kill."""
STRUCK = ("sendMessage",) * 4 + ("editMessageText",) * 4 + ("sendDocument", "getUpdates")
# A reminder's own time is hours away, and no setting moves the clock of a process.
MAKE_DUE = """
    UPDATE outbox SET due_at = :now WHERE kind = 'reminder' AND state = 'planned'
    AND id IN (SELECT id FROM outbox WHERE kind = 'reminder' AND state = 'planned'
               ORDER BY id DESC LIMIT 3) RETURNING id
"""


@dataclass
class Crashes:
    """The killer and its notes."""

    folder: Path
    url: str
    session: aiohttp.ClientSession
    dice: random.Random
    kills: int = 0
    in_flight: Counter[str] = field(default_factory=Counter)
    reminders: set[int] = field(default_factory=set)
    faults: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)

    async def happen(self, times: int) -> None:
        """Start the bot and kill it at a random moment, so many times."""
        for _ in range(times):
            await self.cause_trouble()
            async with self.bot() as bot:
                await self._some_time(bot)
                assert bot.process.returncode is None, bot.text
                await bot.kill()
                assert "ERROR" not in bot.text, bot.text
            self.kills += 1
            await asyncio.to_thread(self._look)

    def bot(self) -> AbstractAsyncContextManager[Program]:
        """The bot as a process on our database."""
        return program("run", folder=self.folder, **running(self.url), BOT_CITY=CITY)

    async def _some_time(self, bot: Program) -> None:
        if self.dice.random() < 0.1:
            return await asyncio.sleep(self.dice.uniform(0.2, 1.5))
        await bot.says("Lotse serves")
        return await asyncio.sleep(self.dice.uniform(0.05, 1.2))

    async def cause_trouble(self, faults: int = 2) -> None:
        """Note what has struck of the last trouble, and ask for another."""
        async with self.session.get(f"{self.url}/faults") as answer:
            left = Counter(_kind(fault) for fault in (await answer.json())["script"])
        self.faults += self.asked - left
        self.asked = Counter(self.dice.choices(tuple(TROUBLES), k=faults))
        script = [
            {"method": self.dice.choice(STRUCK), **TROUBLES[kind]} for kind in self.asked.elements()
        ]
        async with self.session.put(f"{self.url}/faults", json={"script": script}) as put:
            put.raise_for_status()

    def _look(self) -> None:
        """Note what was on its way at the kill; let some reminders be due at the next start."""
        with closing(sqlite3.connect(self.folder / "lotse.db")) as file, file:
            if not file.execute("SELECT 1 FROM sqlite_master WHERE name = 'outbox'").fetchall():
                return
            sending = "SELECT dedupe_key FROM outbox WHERE state = 'sending'"
            self.in_flight.update(key for (key,) in file.execute(sending))
            due = file.execute(MAKE_DUE, {"now": int(time.time())}).fetchall()
            self.reminders.update(row for (row,) in due)


def _kind(fault: dict[str, object]) -> str:
    plain = {name: of for name, of in fault.items() if of and name not in ("method", "times")}
    return next(kind for kind, trouble in TROUBLES.items() if trouble == plain)
