"""Bot processes that are killed again and again, and what was under way each time."""

import asyncio
import os
import random
import signal
import time
from collections import Counter
from dataclasses import dataclass, field

from fleet import Fleet, Member
from processes import PATIENCE_SECONDS, Program

from bot.storage.engine.database import Tx
from bot.storage.engine.opening import open_database

TROUBLES: dict[str, dict[str, object]] = {
    "429": {"retry_after": 1},
    "500": {"status": 500},
    "502": {"status": 502},
    "dropped": {"drop": "before"},
    "slow": {"delay": 0.3},
}
"""Nothing of this takes effect and fails: whatever comes twice, comes of a kill."""
STRUCK = ("sendMessage",) * 4 + ("editMessageText",) * 4 + ("sendDocument", "getUpdates")
SENDING = "SELECT dedupe_key FROM outbox WHERE state = 'sending'"
# A reminder's own time is hours away, and no setting moves the clock of a process.
MAKE_DUE = """
    UPDATE outbox SET due_at = :now WHERE kind = 'reminder' AND state = 'planned'
    AND id IN (SELECT id FROM outbox WHERE kind = 'reminder' AND state = 'planned'
               ORDER BY id DESC LIMIT 3) RETURNING id
"""
MAKE_NOTICES_DUE = """
    UPDATE outbox SET due_at = :now WHERE kind = 'notice' AND state = 'planned' RETURNING id
"""


@dataclass
class Crashes:
    """The killer and its notes."""

    fleet: Fleet
    dice: random.Random
    kills: int = 0
    in_flight: Counter[str] = field(default_factory=Counter)
    reminders: set[int] = field(default_factory=set)
    faults: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    taken_over: list[tuple[float, float]] = field(default_factory=list)
    """When the leader was killed, and when another one led, in epoch seconds."""

    @property
    def struck(self) -> str:
        """The faults that have struck, by kind."""
        return " ".join(f"{kind}:{n}" for kind, n in sorted(self.faults.items()))

    async def happen(self, times: int) -> None:
        """Kill one of the processes at a random moment and start it again, so many times."""
        for _ in range(times):
            await self.cause_trouble()
            victim = await self._next()
            await self._some_time(victim.program)
            assert victim.program.process.returncode is None, victim.program.text
            await self._kill(victim)
            assert victim.program.errors == []
            await self.make_reminders_due()
            await victim.start()

    async def _next(self) -> Member:
        """Any of them, but first of all the one that sends."""
        chat_sender = None if self.kills else await self.fleet.leader()
        return chat_sender or self.dice.choice(self.fleet.members)

    async def _some_time(self, bot: Program) -> None:
        if self.dice.random() < 0.1:
            return await asyncio.sleep(self.dice.uniform(0.2, 1.5))
        await bot.says("Lotse serves")
        return await asyncio.sleep(self.dice.uniform(0.05, 1.2))

    async def _kill(self, victim: Member) -> None:
        """End it, and note what it was sending: it is looked at when it can do no more."""
        victim.program.process.send_signal(signal.SIGSTOP)
        pid, any_end = victim.program.process.pid, os.WSTOPPED | os.WEXITED | os.WNOWAIT
        await asyncio.to_thread(os.waitid, os.P_PID, pid, any_end)
        sent = await self.fleet.leader() is victim
        if sent:
            self.in_flight.update(row["dedupe_key"] for row in await self.fleet.rows(SENDING))
        killed = time.time()
        await victim.kill()
        self.kills += 1
        if sent and len(self.fleet.members) > 1:
            await self._take_over_from(victim)
            self.taken_over.append((killed, time.time()))

    async def _take_over_from(self, victim: Member) -> None:
        async with asyncio.timeout(PATIENCE_SECONDS):
            # Nothing tells from outside who has a lock.
            while await self.fleet.leader() in (None, victim):  # noqa: ASYNC110
                await asyncio.sleep(0.02)

    async def cause_trouble(self, faults: int = 2) -> None:
        """Note what has struck of the last trouble, and ask for another."""
        url = f"{self.fleet.api_url}/faults"
        async with self.fleet.session.get(url) as answer:
            left = Counter(_kind(fault) for fault in (await answer.json())["script"])
        self.faults += self.asked - left
        self.asked = Counter(self.dice.choices(tuple(TROUBLES), k=faults))
        script = [
            {"method": self.dice.choice(STRUCK), **TROUBLES[kind]} for kind in self.asked.elements()
        ]
        async with self.fleet.session.put(url, json={"script": script}) as put:
            put.raise_for_status()

    async def make_reminders_due(self) -> None:
        """Let some reminders be due now."""
        self.reminders.update(await self._make_due(MAKE_DUE))

    async def make_notices_due(self) -> None:
        """Let what waits for more changes to the same appointment wait no longer."""
        await self._make_due(MAKE_NOTICES_DUE)

    async def _make_due(self, change: str) -> list[int]:
        database = await open_database(self.fleet.database_url)
        try:
            return await database.run(_made_due, change, int(time.time()))
        finally:
            await database.close()


def _made_due(tx: Tx, change: str, now: int) -> list[int]:
    return [row["id"] for row in tx.all(change, now=now)]


def _kind(fault: dict[str, object]) -> str:
    plain = {name: of for name, of in fault.items() if of and name not in ("method", "times")}
    return next(kind for kind, trouble in TROUBLES.items() if trouble == plain)
