"""Both sides of a running simulator, as plain as HTTP allows."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from aiohttp import ClientSession

from bot.simulator.server import Simulator

NOON = 1_800_000_000.0
ANNA = 1001


@dataclass
class Clock:
    """A clock that stands until it is moved."""

    now: float = NOON

    def __call__(self) -> float:
        return self.now


@dataclass(frozen=True)
class Sides:
    """The bot's side and the people's side of one simulator."""

    simulator: Simulator
    session: ClientSession
    clock: Clock

    @property
    def url(self) -> str:
        return self.simulator.url

    async def bot(self, method: str, **params: Any) -> Any:
        """The whole answer to a call with a JSON body."""
        url = f"{self.url}/bot1:x/{method}"
        async with self.session.post(url, json=params) as answer:
            body = await answer.json()
        assert answer.status == (200 if body["ok"] else body["error_code"])
        return body

    async def done(self, method: str, **params: Any) -> Any:
        """The result of a call that must succeed."""
        body = await self.bot(method, **params)
        assert body["ok"], body
        return body["result"]

    async def refused(self, method: str, **params: Any) -> tuple[int, str]:
        """Code and description of a call that must fail."""
        body = await self.bot(method, **params)
        assert not body["ok"], body
        return body["error_code"], body["description"]

    async def people(self, path: str, **body: Any) -> Any:
        """What the people's side answers to a POST."""
        async with self.session.post(f"{self.url}{path}", json=body) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json()

    async def look(self, path: str) -> Any:
        """What a GET gives."""
        async with self.session.get(f"{self.url}{path}") as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json()

    async def faults(self, **wanted: Any) -> None:
        """Replace all faults."""
        async with self.session.put(f"{self.url}/faults", json=wanted) as answer:
            assert answer.status == 200, await answer.text()

    async def anna_says(self, text: str = "hello") -> int:
        """Anna, who joins first, writes; the message id."""
        await self.people("/people", id=ANNA, first_name="Anna", language_code="en")
        said = await self.people(f"/people/{ANNA}/messages", text=text)
        return int(said["message_id"])

    async def updates(self, **params: Any) -> list[dict[str, Any]]:
        """What getUpdates hands out."""
        found: list[dict[str, Any]] = await self.done("getUpdates", **params)
        return found


@asynccontextmanager
async def running_simulator() -> AsyncIterator[Sides]:
    """A simulator on a free port, with Anna in it who has written once; no update waits."""
    clock = Clock()
    simulator = Simulator(clock)
    await simulator.start()
    async with ClientSession() as session:
        sides = Sides(simulator, session, clock)
        await sides.anna_says()
        await sides.updates(offset=-1)
        await sides.updates(offset=(1 << 31) - 1)
        yield sides
    await simulator.stop()
