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
from .crowd import LIFE

START_SECONDS = 60.0
SLOWEST = 30
"""Presses a second of who is slow but not stuck."""
SHORTEST_PAUSE, LONGEST_PAUSE = 0.01, 0.1
SPARE_SECONDS = 20
API_TIMEOUTS = 5.0
ERRORS, LAST_WORDS = "errors", 10


class Failed(Exception):  # noqa: N818
    """A bot did not handle its presses."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The stub's counts so far, by its clock, and processor seconds; `presses` are handled."""

    at: float
    calls: int
    presses: int
    bot_cpu: float
    stub_cpu: float


@dataclass(frozen=True, slots=True)
class Running:
    """One stub on `port` and the bots that serve its people, `began` by the stub's clock."""

    port: int
    stub: psutil.Process
    bots: tuple[psutil.Process, ...]
    began: float

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
        self.reach(presses, START_SECONDS + presses / SLOWEST)

    def reach(self, presses: int, seconds: float) -> Reading:
        """Wait until so many presses are handled, but no longer. Raises Failed."""
        began = self.read()
        deadline = time.monotonic() + seconds
        found = began
        while found.presses < presses:
            dead = any(bot.status() == psutil.STATUS_ZOMBIE for bot in self.bots)
            if time.monotonic() > deadline or dead:
                raise Failed(f"{found.presses} of {presses} presses after {seconds:.0f} s")
            time.sleep(_pause(began, found, presses))
            found = self.read()
        return found


def _pause(began: Reading, found: Reading, presses: int) -> float:
    """Half as long as the rest will take, if it goes on like that: few looks, and none late."""
    done, seconds = found.presses - began.presses, found.at - began.at
    left = (presses - found.presses) * seconds / done if done else 0.0
    return min(max(left / 2, SHORTEST_PAUSE), LONGEST_PAUSE)


@contextmanager
def running(
    contender: Contender,
    chats: int,
    seconds: float,
    *,
    life: int = LIFE,
    bots: tuple[dict[str, str], ...] = ({},),
    hooks: tuple[str, ...] = (),
) -> Iterator[Running]:
    """Start all, for `seconds` at most; each of `bots` is a process with settings of its own.

    A run with errors raises Failed: presses would be lost and the figures untrue.
    """
    warm = START_SECONDS + contender.warm_presses * chats / SLOWEST
    limit = int(warm + seconds + SPARE_SECONDS)
    with TemporaryDirectory(prefix="lotse-bench-") as name, ExitStack() as stack:
        folder = Path(name)
        invitations = contender.prepare(environment(folder) | bots[0])
        arguments = ["--chats", str(chats), "--life", str(life), "--walk", contender.walk]
        arguments += ["--invitations", ",".join(invitations), "--hooks", ",".join(hooks)]
        command = (f"{__package__}.stub", *arguments)
        stub = stack.enter_context(_process(command, ROOT, folder, environment(folder), limit))
        assert stub.stdout is not None
        port = int(stub.stdout.readline())
        settings = environment(folder, f"http://127.0.0.1:{port}")
        began = time.monotonic()
        started = [
            stack.enter_context(
                _process(contender.arguments, contender.root, folder, settings | own, limit)
            )
            for own in bots
        ]
        found = tuple(psutil.Process(process.pid) for process in started)
        try:
            yield Running(port, psutil.Process(stub.pid), found, began)
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
    arguments: tuple[str, ...], root: Path, folder: Path, settings: Mapping[str, str], limit: int
) -> Iterator[subprocess.Popen[str]]:
    """A module of a tree in a process of its own; the system ends it after `limit` seconds."""
    with (folder / ERRORS).open("a") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", *arguments],
            cwd=root,
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
