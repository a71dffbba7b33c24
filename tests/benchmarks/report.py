"""Every table of the benchmarks, and the machine they were made on: plain text, no more."""

import os
import platform
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from statistics import median

from .contenders import CONTENDERS, PTB
from .latency import PRESSES_A_SECOND, Latency
from .measure import Plan, Sample
from .scale.comparing import Comparison

LIBRARIES = ("python-telegram-bot", "aiogram", "aiohttp", "aiosqlite", "psycopg")
RATES = f"{'':38}{'presses/s':>10}{'min-max':>13}{'ms CPU':>9}{'calls':>7}{'RSS MB':>8}{'stub':>6}"
LATENCIES = f"{'tap to answer, ms':38}{'p50':>8}{'p99':>8}{'min-max':>13}{'presses':>9}"
SCALES = f"{'ms a job':34}{'engine':>12}{'small':>8}{'large':>8}{'ratio':>7}"
LEAST_RATE = {"a": 2.0, "b": 1.0}
GOALS = {"b": "; the goal is 1.3"}
MOST_LATENCY, MOST_SCALE, MOST_MEMORY = 3.0, 1.3, 1.1


def machine() -> Iterator[str]:
    """What the figures depend on."""
    one, five, _ = os.getloadavg()
    yield f"{_processor()}, {os.cpu_count()} cores, load {one:.1f} {five:.1f} at the start"
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    yield f"Python {platform.python_version()}, {libraries}"


def rates(plan: Plan, samples: Mapping[str, Sequence[Sample]]) -> Iterator[str]:
    """Presses a second of everybody, and ours over each peer's."""
    runs = len(samples[PTB.key])
    yield (
        f"Presses a second: {plan.chats} chats, each with one press in flight; {runs} alternating"
        f" runs of {plan.seconds:g} s, medians"
    )
    yield RATES
    yield rate("no framework: the stub's ceiling", samples["-"])
    for contender in CONTENDERS:
        yield rate(f"({contender.key}) {contender.name}", samples[contender.key])
    yield from _rate_ratios(samples)


def rate(name: str, samples: Sequence[Sample]) -> str:
    """Presses a second, processor time a press, calls a press, memory, load of the stub."""
    found = [sample.rate for sample in samples]
    spread = f"{min(found):.0f}-{max(found):.0f}"
    cpu, calls = median(s.cpu for s in samples), median(s.calls for s in samples)
    memory, stub = median(s.memory for s in samples), median(s.stub_load for s in samples)
    return (
        f"{name:38}{median(found):>10.0f}{spread:>13}{cpu:>9.2f}{calls:>7.2f}"
        f"{memory:>8.0f}{stub:>6.0%}"
    )


def _rate_ratios(samples: Mapping[str, Sequence[Sample]]) -> Iterator[str]:
    ours = samples["c"]
    for peer, least in LEAST_RATE.items():
        pairs = list(zip(ours, samples[peer], strict=True))
        found = [our.rate / their.rate for our, their in pairs]
        cpu = median(their.cpu / our.cpu for our, their in pairs)
        told = f"(min-max {min(found):.2f}-{max(found):.2f}; by processor time {cpu:.2f})"
        ratio = median(found)
        gate = f"at least {least}{GOALS.get(peer, '')}"
        yield f"c/{peer}  {ratio:.2f}  {told}  {_verdict(ratio >= least, gate)}"
    booked, cancelled = sum(s.booked for s in ours), sum(s.cancelled for s in ours)
    yield f"c booked or moved {booked} and cancelled {cancelled} appointments while measured"


def latencies(bare: Sequence[Latency], ours: Sequence[Latency]) -> Iterator[str]:
    """Tap to answer at a steady pace, beside bare aiogram."""
    yield (
        f"Tap to answer at {PRESSES_A_SECOND} presses a second by the clock;"
        f" {len(ours)} alternating runs, medians"
    )
    yield LATENCIES
    for name, found in (("(b) bare aiogram", bare), ("(c) Lotse", ours)):
        slow = [run.slow for run in found]
        spread = f"{min(slow):.0f}-{max(slow):.0f}"
        presses = sum(run.presses for run in found)
        middle = median(run.middle for run in found)
        yield f"{name:38}{middle:>8.1f}{median(slow):>8.1f}{spread:>13}{presses:>9}"
    ratios = [our.slow / their.slow for our, their in zip(ours, bare, strict=True)]
    ratio = median(ratios)
    gate = _verdict(ratio <= MOST_LATENCY, f"at most {MOST_LATENCY}")
    yield f"p99, c/b  {ratio:.2f}  (min-max {min(ratios):.2f}-{max(ratios):.2f})  {gate}"


def scales(found: Sequence[Comparison], rounds: int) -> Iterator[str]:
    """The same jobs in a small and a large city."""
    yield (
        f"1,000 case managers, 250,000 + 50,000 appointments, 1,000,000 planned messages against"
        f" 10, 250 + 50 and 1,000; {rounds} alternating jobs, medians"
    )
    yield SCALES
    for row in found:
        gate = _verdict(row.ratio <= MOST_SCALE, f"at most {MOST_SCALE}")
        figures = f"{row.small:>8.2f}{row.large:>8.2f}{row.ratio:>7.2f}"
        yield f"{row.job:34}{row.engine:>12}{figures}  {gate}"


def memories(early: float, late: float) -> Iterator[str]:
    """Resident memory of Lotse as the updates go by."""
    ratio = late / early
    gate = _verdict(ratio <= MOST_MEMORY, f"at most {MOST_MEMORY}")
    yield "Resident memory of Lotse after 10,000 and after 100,000 updates"
    yield f"{early:.1f} MB, then {late:.1f} MB: {ratio:.3f}  {gate}"


def fleets(samples: Mapping[int, Sequence[Sample]]) -> Iterator[str]:
    """Several processes on one PostgreSQL against one: no gate."""
    yield "Lotse on PostgreSQL, updates brought to the processes in turn"
    yield RATES
    for count, found in samples.items():
        yield rate(f"{count} process{'es' if count > 1 else ''}", found)
    one, *_, many = samples.values()
    ratio = median(m.rate / o.rate for m, o in zip(many, one, strict=True))
    yield f"{max(samples)} processes against one: {ratio:.2f} (no gate)"


def _verdict(met: bool, gate: str) -> str:
    return f"{'met' if met else 'MISSED'} ({gate})"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())
