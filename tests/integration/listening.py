"""The HTTP server on a real socket, with limits small enough to reach, and clients of all kinds."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiohttp import web
from processes import free_port

from bot.observability.counters import Counters
from bot.storage.engine.leadership import SoleLeadership
from bot.storage.engine.migrations import open_newest
from bot.web import http_server
from bot.web.connections import HttpLimits
from bot.web.health import Health
from bot.web.http_connection import connection_of
from bot.web.webhook import SECRET_HEADER, Webhook

SECRET = "webhook-secret-0123456789"
SOON = 0.4
MOST_SECONDS = 10
LARGE = 10_000_000
LIMITS = HttpLimits(
    head_seconds=60, body_seconds=60, answer_seconds=60, connections=14, at_work=2, backlog=1
)
"""Patient; tests about time shorten what they are about."""


@dataclass
class Line:
    """One connection of a client."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    def sends(self, data: bytes) -> None:
        self.writer.write(data)

    async def reads(self) -> bytes:
        """All that comes until the server hangs up."""
        got = b""
        async with asyncio.timeout(MOST_SECONDS):
            try:
                while part := await self.reader.read(65536):
                    got += part
            except ConnectionError:
                pass
        return got

    async def answer(self) -> bytes:
        """The head of the next answer."""
        async with asyncio.timeout(MOST_SECONDS):
            return await self.reader.readuntil(b"\r\n\r\n")

    @property
    def is_open(self) -> bool:
        """Whether the server has not hung up, as far as is known."""
        return not self.reader.at_eof() and self.reader.exception() is None


@dataclass
class Listening:
    """A server with webhook, health, and pages that wait, take a form, fail, or are large."""

    port: int
    taken: list[Any] = field(default_factory=list)
    begun: asyncio.Queue[None] = field(default_factory=asyncio.Queue)
    go_on: asyncio.Event = field(default_factory=asyncio.Event)
    lines: list[Line] = field(default_factory=list)
    serving: asyncio.Task[None] | None = None

    async def stop(self) -> None:
        """Stop the server, whoever is connected."""
        assert self.serving is not None
        self.serving.cancel()
        await asyncio.wait([self.serving])

    async def line(self, sent: bytes = b"") -> Line:
        """A new connection, which has sent this."""
        made = Line(*await asyncio.open_connection("127.0.0.1", self.port))
        self.lines.append(made)
        made.sends(sent)
        await made.writer.drain()
        return made

    async def status(self, sent: bytes) -> int:
        """How a request of its own is answered."""
        line = await self.line(sent)
        try:
            return int((await line.answer()).split(b" ")[1])
        finally:
            line.writer.close()

    async def take(self, updates: list[Any]) -> int | None:
        self.taken += updates
        return None

    async def waits(self, _: web.Request) -> web.Response:
        self.begun.put_nowait(None)
        await self.go_on.wait()
        return web.Response()

    async def reads(self, request: web.Request) -> web.Response:
        body = await connection_of(request).body(request)
        return web.Response(body=body)

    async def large(self, _: web.Request) -> web.Response:
        return web.Response(body=bytes(LARGE))

    async def fails(self, _: web.Request) -> web.Response:
        raise ValueError("secret")

    def pages(self) -> list[web.RouteDef]:
        return [
            web.get("/waits", self.waits),
            web.post("/reads", self.reads),
            web.get("/large", self.large),
            web.get("/fails", self.fails),
        ]


def get(path: str) -> bytes:
    """A whole request."""
    return f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode()


def post(path: str, length: int, secret: str = SECRET, body: bytes = b"") -> bytes:
    """A request whose body is as long as it says, or is still to come."""
    head = f"POST {path} HTTP/1.1\r\nHost: x\r\n{SECRET_HEADER}: {secret}\r\n"
    return f"{head}Content-Length: {length}\r\n\r\n".encode() + body


HALF = b"GET /healthz HTTP/1.1\r\nHost: x\r\n"
UPDATE = b'{"update_id":1}'


@asynccontextmanager
async def listening(folder: Path, limits: HttpLimits = LIMITS) -> AsyncIterator[Listening]:
    """The server, until the end of the block."""
    made = Listening(free_port())
    async with open_newest(f"sqlite:///{folder}/lotse.db") as database:
        leadership = SoleLeadership(lambda: None)
        health = Health(
            *(database, database, leadership, Counters(time.monotonic)),
            *(lambda: 0, lambda: True),
        )
        kept = [*health.routes(), *Webhook("/hook", SECRET, made.take).routes()]
        address = ("127.0.0.1", made.port)
        serving = http_server.serve(address, kept, made.pages(), limits)
        made.serving = asyncio.create_task(serving)
        try:
            await _up(made)
            yield made
        finally:
            made.go_on.set()
            for line in made.lines:
                line.writer.close()
            await made.stop()


async def _up(made: Listening) -> None:
    async with asyncio.timeout(MOST_SECONDS):
        while True:
            try:
                assert await made.status(get("/healthz")) == 200
                return
            except OSError:
                await asyncio.sleep(0.01)
