"""The parts of the benchmarks: each measures its own in turn and gives the lines of its table."""

import asyncio
import sys
from collections.abc import Callable, Iterator

import click
from postgres import serving

from . import report, report_alone
from .contenders import AIOGRAM, CEILING, LOTSE, PEERS, Contender
from .latency import Latency, latency
from .measure import Plan, Sample, measure
from .memory import memory
from .mixes import differences, together
from .processes import ONE, SQLITE, THREE, Fleet, one_of, processes
from .running import Failed
from .scale.comparing import ENGINES, compare
from .slow_disk import NoSlowDisk, slow_disk
from .stalls import stall_report
from .stalls.stalling import stalls
from .start import start
from .typing import typings

LATENCY_SECONDS = 15.0
LATENCY_RUNS = 3
ROUNDS = 300
FLEET_RUNS = 3
STARTS = 5

Part = Callable[[Plan], Iterator[str]]
Samples = dict[str, list[Sample]]


def rates(plan: Plan) -> Iterator[str]:
    """Presses a second beside bare bots."""
    contenders = (*PEERS, *_lotses(plan))
    samples: Samples = {CEILING.key: [measure(CEILING, plan)]}
    for number in range(plan.runs):
        for contender in contenders:
            tell(f"run {number + 1} of {plan.runs}: {contender.name}")
            samples.setdefault(contender.key, []).append(measure(contender, plan))
    _compared({each.name: samples[each.key] for each in _lotses(plan)})
    return report.rates(plan, contenders, samples)


def latencies(plan: Plan) -> Iterator[str]:
    """Tap to answer beside a bare bot, on this disk and on a slow one."""
    try:
        with slow_disk() as slow:
            return report.latencies(_latencies(plan, slow))
    except NoSlowDisk as reason:
        return report.latencies(_latencies(plan, None), str(reason))


def _latencies(plan: Plan, slow: dict[str, str] | None) -> dict[str, list[Latency]]:
    runs: list[tuple[str, Contender, dict[str, str]]] = [
        (each.key, each, {}) for each in (AIOGRAM, *_lotses(plan))
    ]
    if slow is not None:
        runs.append((report.SLOW_DISK, LOTSE, slow))
    found: dict[str, list[Latency]] = {}
    for number in range(LATENCY_RUNS):
        for key, contender, own in runs:
            tell(f"tap to answer, run {number + 1} of {LATENCY_RUNS}: {contender.name}")
            found.setdefault(key, []).append(latency(contender, LATENCY_SECONDS, own))
    return found


def scales(plan: Plan) -> Iterator[str]:
    """A large city beside a small one."""
    found = [row for engine in ENGINES for row in asyncio.run(compare(engine, ROUNDS, tell))]
    return report_alone.scales(found, ROUNDS)


def fleets(plan: Plan) -> Iterator[str]:
    """PostgreSQL beside SQLite, three processes beside one."""
    before = one_of(plan.against) if plan.against else None
    samples: dict[Fleet, list[Sample]] = {}
    with serving() as server:
        for number in range(FLEET_RUNS):
            for fleet in (SQLITE, ONE, THREE, *filter(None, [before])):
                tell(f"processes, run {number + 1} of {FLEET_RUNS}: {fleet.name}")
                samples.setdefault(fleet, []).append(processes(server, fleet, plan))
    _compared({fleet.name: found for fleet, found in samples.items()})
    return report.fleets(samples, before)


def memories(plan: Plan) -> Iterator[str]:
    """Memory late beside memory early."""
    tell("100,000 persons")
    return report_alone.memories(*memory(LOTSE))


def starts(plan: Plan) -> Iterator[str]:
    """From the start to the first press."""
    tell("starts")
    return report_alone.starts([start() for _ in range(STARTS)])


def stallings(plan: Plan) -> Iterator[str]:
    """What might stall on millions of rows."""
    found = [row for engine in ENGINES for row in asyncio.run(stalls(engine, tell))]
    return stall_report.stalls(found)


def typed(plan: Plan) -> Iterator[str]:
    """What it takes to know which place a message names."""
    return report_alone.typings(typings())


PARTS: dict[str, Part] = {
    "rate": rates,
    "latency": latencies,
    "scale": scales,
    "processes": fleets,
    "start": starts,
    "memory": memories,
    "stalls": stallings,
    "typing": typed,
}


def _lotses(plan: Plan) -> tuple[Contender, ...]:
    return (LOTSE, plan.against) if plan.against else (LOTSE,)


def _compared(samples: Samples) -> None:
    """Raises Failed where the people of two did not do the same."""
    mixes = {name: together(run.mix for run in found) for name, found in samples.items()}
    if told := list(differences(mixes)):
        raise Failed("\n".join(told))


def tell(what: str) -> None:
    """On a terminal only: what goes on at the moment."""
    if sys.stderr.isatty():
        click.echo(f"\r\033[K{what}", nl=False, err=True)
