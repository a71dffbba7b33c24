"""The tables of who is measured beside whom, and the machine all was measured on: plain text."""

import os
import platform
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from statistics import median

from .contenders import AIOGRAM, CEILING, LOTSE, OTHER, PTB, Contender
from .gates import at_least, at_most, ratios, spread
from .latency import PRESSES_A_SECOND, Latency
from .measure import Plan, Sample
from .mixes import CHANGES, together
from .processes import ONE, SQLITE, THREE, Fleet

LIBRARIES = ("python-telegram-bot", "aiogram", "aiohttp", "aiosqlite", "psycopg")
NAME = 46
RATES = (
    f"{'':{NAME}}{'presses/s':>10}{'min-max':>13}{'ms CPU':>9}{'calls':>7}{'RSS MB':>8}{'stub':>6}"
    + "".join(f"{change:>{len(change) + 2}}" for change in CHANGES)
)
LATENCIES = f"{'tap to answer, ms':{NAME}}{'p50':>8}{'p99':>8}{'min-max':>13}{'presses':>9}"
IN_A_THOUSAND = "booked, moved and cancelled: in a thousand presses of all runs"
LEAST_RATE = {PTB.key: (2.0, ""), AIOGRAM.key: (2.0, "; the goal is 2.3"), OTHER: (1.0, "")}
MOST_LATENCY = 1.2
SLOW_DISK = "slow"
NAMES = {
    AIOGRAM.key: f"({AIOGRAM.key}) {AIOGRAM.name}",
    LOTSE.key: f"({LOTSE.key}) Lotse",
    OTHER: f"({OTHER}) Lotse of the other commit",
    SLOW_DISK: f"({LOTSE.key}) Lotse, an fsync takes 5 ms",
}
MOST_CPU, LEAST_BY_ONE, LEAST_BY_THREE = 1.3, 1.6, 2.0


def machine() -> Iterator[str]:
    """What the figures depend on."""
    one, five, _ = os.getloadavg()
    yield f"{_processor()}, {os.cpu_count()} cores, load {one:.1f} {five:.1f} at the start"
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    yield f"Python {platform.python_version()}, {libraries}"


def rates(
    plan: Plan, contenders: Sequence[Contender], samples: Mapping[str, Sequence[Sample]]
) -> Iterator[str]:
    """Presses a second of everybody, and ours over each other's."""
    yield (
        f"Presses a second: {plan.chats} chats, each with one press in flight; {plan.runs}"
        f" alternating runs of {plan.seconds:g} s, Lotse's to the end of a round, medians"
    )
    yield IN_A_THOUSAND
    yield RATES
    yield rate(CEILING.name, samples[CEILING.key])
    for contender in contenders:
        yield rate(f"({contender.key}) {contender.name}", samples[contender.key])
    ours = samples[LOTSE.key]
    for key in (contender.key for contender in contenders if contender != LOTSE):
        by_rate = ratios(ours, samples[key], lambda sample: sample.rate)
        by_cpu = median(ratios(samples[key], ours, lambda sample: sample.cpu))
        gate = at_least(median(by_rate), *LEAST_RATE[key])
        yield f"{LOTSE.key}/{key}  {spread(by_rate)}; by processor time {by_cpu:.2f}  {gate}"


def rate(name: str, samples: Sequence[Sample]) -> str:
    """Presses a second, processor time a press, calls a press, memory, load of the stub, and the
    mix of all runs where there is one.
    """
    found = [sample.rate for sample in samples]
    ends = f"{min(found):.0f}-{max(found):.0f}"
    cpu, calls = median(s.cpu for s in samples), median(s.calls for s in samples)
    memory, stub = median(s.memory for s in samples), median(s.stub_load for s in samples)
    mix = together(sample.mix for sample in samples).a_thousand
    changes = (f"{often:>{len(change) + 2}.1f}" for change, often in mix.items())
    return (
        f"{name:{NAME}}{median(found):>10.0f}{ends:>13}{cpu:>9.2f}{calls:>7.2f}"
        f"{memory:>8.0f}{stub:>6.0%}{''.join(changes) if any(mix.values()) else ''}"
    )


def latencies(found: Mapping[str, Sequence[Latency]], no_slow_disk: str = "") -> Iterator[str]:
    """Tap to answer at a steady pace, beside bare aiogram."""
    yield (
        f"Tap to answer at {PRESSES_A_SECOND} presses a second by the clock;"
        f" {len(found[LOTSE.key])} alternating runs, medians"
    )
    yield LATENCIES
    for key, runs in found.items():
        yield _latency(NAMES[key], runs)
    for key in (LOTSE.key, SLOW_DISK):
        if key in found:
            yield _slowest(key, found[key], found[AIOGRAM.key])
    if no_slow_disk:
        yield f"{NAMES[SLOW_DISK]}: not measured: {no_slow_disk}"


def _latency(name: str, runs: Sequence[Latency]) -> str:
    slow = [run.slow for run in runs]
    ends = f"{min(slow):.0f}-{max(slow):.0f}"
    middle, presses = median(run.middle for run in runs), sum(run.presses for run in runs)
    return f"{name:{NAME}}{middle:>8.1f}{median(slow):>8.1f}{ends:>13}{presses:>9}"


def _slowest(key: str, ours: Sequence[Latency], theirs: Sequence[Latency]) -> str:
    found = [our.slow / their.slow for our, their in zip(ours, theirs, strict=True)]
    which = f"p99, {LOTSE.key}/{AIOGRAM.key}{', an fsync takes 5 ms' if key == SLOW_DISK else ''}"
    return f"{which}  {spread(found)}  {at_most(median(found), MOST_LATENCY)}"


def fleets(samples: Mapping[Fleet, Sequence[Sample]], before: Fleet | None) -> Iterator[str]:
    """Several processes on one PostgreSQL, one, and one on SQLite."""
    runs = len(samples[ONE])
    yield (
        "Lotse by webhook, updates brought to its processes in turn;"
        f" {runs} alternating runs, medians"
    )
    yield IN_A_THOUSAND
    yield RATES
    for fleet, found in samples.items():
        yield rate(fleet.name, found)
    by_cpu = ratios(samples[ONE], samples[SQLITE], lambda sample: sample.cpu)
    gate = at_most(median(by_cpu), MOST_CPU)
    yield f"processor time a press, PostgreSQL against SQLite  {spread(by_cpu)}  {gate}"
    by_rate = ratios(samples[THREE], samples[ONE], lambda sample: sample.rate)
    yield f"3 processes against 1  {spread(by_rate)}  (no gate)"
    if before is None:
        yield "against 1 process of another commit: not measured: none was named by --against"
        return
    for fleet, least in ((ONE, LEAST_BY_ONE), (THREE, LEAST_BY_THREE)):
        by_rate = ratios(samples[fleet], samples[before], lambda sample: sample.rate)
        gate = at_least(median(by_rate), least)
        yield f"{fleet.name}, against {before.name}  {spread(by_rate)}  {gate}"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())
