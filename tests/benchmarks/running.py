"""A fresh stub and fresh bots, each a process of its own, as long as a block lasts."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psutil

from .contenders import ROOT, Contender, environment

WARM_PRESSES = 8
START_SECONDS = 60.0
SPARE_SECONDS = 20
API_TIMEOUTS = 5.0
ERRORS, LAST_WORDS = "errors", 10


class Failed(Exception):  # noqa: N818
    """A bot did not handle its presses."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The stub's counts so far, by its clock, and processor seconds."""

    at: float
    calls: int
    handled: dict[str, int]
    bot_cpu: float
    stub_cpu: float

    @property
    def presses(self) -> int:
        """Presses that have been handled."""
        return sum(self.handled.values())


@dataclass(frozen=True, slots=True)
class Running:
    """One stub on `port` and the bots that serve its people."""

    port: int
    stub: psutil.Process
    bots: tuple[psutil.Process, ...]

    def ask(self, what: str) -> Any:
        """What the stub answers to `GET /what`."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=API_TIMEOUTS)
        connection.request("GET", f"/{what}")
        told = json.loads(connection.getresponse().read())
        connection.close()
        return told

    def read(self) -> Reading:
        """What has been done so far."""
        cpu = sum(_cpu(bot) for bot in self.bots)
        return Reading(**self.ask("reading"), bot_cpu=cpu, stub_cpu=_cpu(self.stub))

    def warm_up(self, presses: int) -> None:
        """Wait until so many presses are handled. Raises Failed."""
        self.reach(presses, START_SECONDS)

    def reach(self, presses: int, seconds: float) -> None:
        """Wait until so many presses are handled, but no longer. Raises Failed."""
        deadline = time.monotonic() + seconds
        while (done := self.read().presses) < presses:
            dead = any(bot.status() == psutil.STATUS_ZOMBIE for bot in self.bots)
            if time.monotonic() > deadline or dead:
                raise Failed(f"{done} of {presses} presses after {seconds:.0f} s")
            time.sleep(0.1)


@contextmanager
def running(
    contender: Contender,
    chats: int,
    seconds: float,
    *,
    bots: tuple[dict[str, str], ...] = ({},),
    hooks: tuple[str, ...] = (),
) -> Iterator[Running]:
    """Start all, for `seconds` at most; each of `bots` is a process with settings of its own.

    A run with errors raises Failed: presses would be lost and the figures untrue.
    """
    limit = int(START_SECONDS + seconds + SPARE_SECONDS)
    with TemporaryDirectory(prefix="lotse-bench-") as name, ExitStack() as stack:
        folder = Path(name)
        invitations = contender.prepare(environment(folder) | bots[0])
        arguments = ["--chats", str(chats), "--walk", contender.walk]
        arguments += ["--invitations", ",".join(invitations), "--hooks", ",".join(hooks)]
        command = (f"{__package__}.stub", *arguments)
        stub = stack.enter_context(_process(command, folder, environment(folder), limit))
        assert stub.stdout is not None
        port = int(stub.stdout.readline())
        settings = environment(folder, f"http://127.0.0.1:{port}")
        started = [
            stack.enter_context(_process(contender.arguments, folder, settings | own, limit))
            for own in bots
        ]
        try:
            yield Running(
                port, psutil.Process(stub.pid), tuple(psutil.Process(p.pid) for p in started)
            )
        except (Failed, OSError) as failure:
            raise Failed(f"{contender.name}: {failure}\n{_last_words(folder)}") from None
        if said := _last_words(folder):
            raise Failed(f"{contender.name}: errors while measured\n{said}")


def _last_words(folder: Path) -> str:
    return "\n".join((folder / ERRORS).read_text().splitlines()[-LAST_WORDS:])


def _cpu(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


@contextmanager
def _process(
    arguments: tuple[str, ...], folder: Path, settings: Mapping[str, str], limit: int
) -> Iterator[subprocess.Popen[str]]:
    """A module in a process of its own, which the system itself ends after `limit` seconds."""
    with (folder / ERRORS).open("a") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", *arguments],
            cwd=ROOT,
            env=settings,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            preexec_fn=partial(signal.alarm, limit),
        )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(API_TIMEOUTS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
