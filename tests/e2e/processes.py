"""The bot and the simulator as real processes, started, read, killed."""

import asyncio
import os
import re
import socket
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

PATIENCE_SECONDS = 90.0
TOKEN = "1:x-secret-x"
COMPLAINT = re.compile(r"level=(error|critical)|Traceback")


def free_port() -> int:
    """A port nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Program:
    """A running `python -m bot …`, and all it has written so far."""

    process: Process
    out: list[str] = field(default_factory=list)
    err: list[str] = field(default_factory=list)
    written: asyncio.Event = field(default_factory=asyncio.Event)
    closed: int = 0

    @property
    def text(self) -> str:
        """Both streams, for what must or must not stand in either."""
        return "".join((*self.out, *self.err))

    @property
    def errors(self) -> list[str]:
        """The lines in which it complains."""
        return [line for line in (*self.out, *self.err) if COMPLAINT.search(line)]

    async def says(self, wanted: str) -> None:
        """Wait until it has written that."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while wanted not in self.text:
                self.written.clear()
                await self.written.wait()

    async def ends(self) -> int:
        """Wait until it has ended by itself; its exit code."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            code = await self.process.wait()
            while self.closed < 2:
                self.written.clear()
                await self.written.wait()
            return code

    async def stops(self) -> int:
        """End it in order, as a service manager does; its exit code."""
        self.process.terminate()
        return await self.ends()

    async def kill(self) -> None:
        """End it at once, as a power cut would."""
        self.process.kill()
        await self.ends()

    async def read(self, stream: asyncio.StreamReader | None, lines: list[str]) -> None:
        """Collect what it writes until it ends."""
        assert stream is not None
        async for line in stream:
            lines.append(line.decode())
            self.written.set()
        self.closed += 1
        self.written.set()


@asynccontextmanager
async def program(*arguments: str, folder: Path, **settings: str) -> AsyncIterator[Program]:
    """`python -m bot …` with these settings and no others; killed at the end of the block."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BOT_")}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *arguments),
        env={**kept, "BOT_DATABASE_URL": f"sqlite:///{folder}/lotse.db", **settings},
        stdout=PIPE,
        stderr=PIPE,
    )
    made = Program(process)
    async with asyncio.TaskGroup() as group:
        group.create_task(made.read(process.stdout, made.out))
        group.create_task(made.read(process.stderr, made.err))
        try:
            yield made
        finally:
            if process.returncode is None:
                process.kill()
            await process.wait()


def running(url: str) -> dict[str, str]:
    """The settings of a bot on the simulator at `url`, its limits lifted."""
    names = ("BOT_RATE_OVERALL", "BOT_RATE_PER_CHAT", "BOT_ACTIONS_PER_MINUTE")
    lifted = dict.fromkeys(names, "0")
    return {"BOT_TOKEN": TOKEN, "BOT_API_URL": url, **lifted}
