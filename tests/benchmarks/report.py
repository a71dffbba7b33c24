"""The table: medians with what was lowest and highest, ratios, and the machine it was seen on."""

import os
import platform
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from statistics import median

from .contenders import CONTENDERS
from .measure import Plan, Sample

HEAD = f"{'':38}{'presses/s':>10}{'min-max':>13}{'ms CPU':>9}{'calls':>7}{'RSS MB':>8}{'stub':>6}"


def machine() -> Iterator[str]:
    """What the figures depend on."""
    one, five, _ = os.getloadavg()
    yield f"{_processor()}, {os.cpu_count()} cores, load {one:.1f} {five:.1f} at the start"
    peers = ", ".join(f"{name} {version(name)}" for name in ("python-telegram-bot", "aiogram"))
    yield f"Python {platform.python_version()}, {peers}"


def plan(chosen: Plan, runs: int) -> str:
    """What was done."""
    return (
        f"{chosen.chats} chats, each with one press in flight; {runs} alternating runs of"
        f" {chosen.seconds:g} s after {chosen.warm_up:g} s of warm-up; medians"
    )


def row(name: str, samples: Sequence[Sample]) -> str:
    """One contender: presses a second, the bot's processor time a press, calls a press, memory."""
    rates = [sample.rate for sample in samples]
    spread = f"{min(rates):.0f}-{max(rates):.0f}"
    cpu, calls = median(s.cpu for s in samples), median(s.calls for s in samples)
    memory, stub = median(s.memory for s in samples), median(s.stub_load for s in samples)
    return (
        f"{name:38}{median(rates):>10.0f}{spread:>13}{cpu:>9.2f}{calls:>7.2f}"
        f"{memory:>8.0f}{stub:>6.0%}"
    )


def ratios(samples: Mapping[str, Sequence[Sample]]) -> Iterator[str]:
    """Ours over each peer's: run by run, the median of those, and by processor time."""
    ours = samples["c"]
    for peer in (contender for contender in CONTENDERS if contender.key != "c"):
        pairs = list(zip(ours, samples[peer.key], strict=True))
        rates = [our.rate / their.rate for our, their in pairs]
        cpu = median(their.cpu / our.cpu for our, their in pairs)
        yield (
            f"c/{peer.key}  {median(rates):.2f}  (min-max {min(rates):.2f}-{max(rates):.2f};"
            f" by processor time {cpu:.2f})"
        )
    booked, cancelled = (sum(s.booked for s in ours), sum(s.cancelled for s in ours))
    yield f"c booked or moved {booked} and cancelled {cancelled} appointments while measured"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())
