"""One run: a fresh stub, a fresh bot, a warm-up, then a stretch of time between two readings."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psutil

from .contenders import ROOT, Contender, environment

WARM_PRESSES = 8
START_SECONDS = 30.0
SPARE_SECONDS = 20
PATIENCE = 5.0
ERRORS, LAST_WORDS = "errors", 10


class Failed(Exception):  # noqa: N818
    """A bot did not handle its presses."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How long a run measures and warms up, in seconds, and how many people press."""

    seconds: float
    warm_up: float
    chats: int


@dataclass(frozen=True, slots=True)
class Sample:
    """What one run showed. Processor time is of the bot, in milliseconds a press."""

    rate: float
    cpu: float
    stub_load: float
    memory: float
    calls: float
    booked: int
    cancelled: int


@dataclass(frozen=True, slots=True)
class _Reading:
    at: float
    calls: int
    handled: dict[str, int]
    bot_cpu: float
    stub_cpu: float

    @property
    def presses(self) -> int:
        return sum(self.handled.values())


def measure(contender: Contender, plan: Plan) -> Sample:
    """One run; in one with errors, presses would be lost and the rate untrue. Raises Failed."""
    limit = int(START_SECONDS + plan.warm_up + plan.seconds + SPARE_SECONDS)
    with TemporaryDirectory(prefix="lotse-bench-") as name:
        folder = Path(name)
        arguments = ["--chats", str(plan.chats), "--walk", contender.walk]
        arguments += ["--invitations", ",".join(contender.prepare(folder))]
        with _process((f"{__package__}.stub", *arguments), folder, "", limit) as stub:
            assert stub.stdout is not None
            port = int(stub.stdout.readline())
            url = f"http://127.0.0.1:{port}"
            with _process(contender.arguments, folder, url, limit) as bot:
                try:
                    sample = _watch(plan, port, psutil.Process(stub.pid), psutil.Process(bot.pid))
                except (Failed, OSError) as failure:
                    raise Failed(f"{contender.name}: {failure}\n{_last_words(folder)}") from None
                if said := _last_words(folder):
                    raise Failed(f"{contender.name}: errors while measured\n{said}")
                return sample


def _watch(plan: Plan, port: int, stub: psutil.Process, bot: psutil.Process) -> Sample:
    deadline = time.monotonic() + START_SECONDS
    while _read(port, stub, bot).presses < WARM_PRESSES * plan.chats:
        if time.monotonic() > deadline or bot.status() == psutil.STATUS_ZOMBIE:
            raise Failed(f"not warm after {START_SECONDS:.0f} s")
        time.sleep(0.1)
    time.sleep(plan.warm_up)
    before = _read(port, stub, bot)
    time.sleep(plan.seconds)
    after = _read(port, stub, bot)
    return _sample(before, after, bot.memory_info().rss)


def _sample(before: _Reading, after: _Reading, memory: int) -> Sample:
    presses, seconds = after.presses - before.presses, after.at - before.at
    if not presses:
        raise Failed("no press was handled")

    def more(action: str) -> int:
        return after.handled.get(action, 0) - before.handled.get(action, 0)

    return Sample(
        rate=presses / seconds,
        cpu=(after.bot_cpu - before.bot_cpu) / presses * 1000,
        stub_load=(after.stub_cpu - before.stub_cpu) / seconds,
        memory=memory / 2**20,
        calls=(after.calls - before.calls) / presses,
        booked=more("confirm"),
        cancelled=more("cancel_yes"),
    )


def _read(port: int, stub: psutil.Process, bot: psutil.Process) -> _Reading:
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.request("GET", "/reading")
    told: dict[str, Any] = json.loads(connection.getresponse().read())
    connection.close()
    return _Reading(**told, bot_cpu=_cpu(bot), stub_cpu=_cpu(stub))


def _last_words(folder: Path) -> str:
    return "\n".join((folder / ERRORS).read_text().splitlines()[-LAST_WORDS:])


def _cpu(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


@contextmanager
def _process(
    arguments: tuple[str, ...], folder: Path, url: str, limit: int
) -> Iterator[subprocess.Popen[str]]:
    """A module in a process of its own, which the system itself ends after `limit` seconds."""
    with (folder / ERRORS).open("a") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", *arguments],
            cwd=ROOT,
            env=environment(folder, url),
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
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
