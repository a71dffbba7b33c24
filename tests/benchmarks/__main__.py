"""`python -m tests.benchmarks`: measure everybody in turn and print tables.

`make bench` does all of it, about twelve minutes; `--only` picks parts.
"""

import asyncio
import signal
import sys
from collections.abc import Callable, Iterator

import click
from postgres import NoBinaries, serving

from . import report
from .contenders import AIOGRAM, CEILING, CONTENDERS, LOTSE
from .latency import latency
from .measure import Plan, Sample, measure
from .memory import memory
from .processes import processes
from .running import Failed
from .scale.comparing import ENGINES, compare
from .stalls import stall_report
from .stalls.stalling import stalls

LATENCY_SECONDS = 15.0
LATENCY_RUNS = 3
ROUNDS = 300
FLEETS = (1, 3)
FLEET_RUNS = 2


def rates(plan: Plan, runs: int) -> Iterator[str]:
    """Presses a second beside bare bots."""
    samples: dict[str, list[Sample]] = {CEILING.key: [measure(CEILING, plan)]}
    for number in range(runs):
        for contender in CONTENDERS:
            _tell(f"run {number + 1} of {runs}: {contender.name}")
            samples.setdefault(contender.key, []).append(measure(contender, plan))
    return report.rates(plan, samples)


def latencies(plan: Plan, runs: int) -> Iterator[str]:
    """Tap to answer beside a bare bot."""
    bare, ours = [], []
    for number in range(LATENCY_RUNS):
        _tell(f"tap to answer, run {number + 1} of {LATENCY_RUNS}")
        bare.append(latency(AIOGRAM, LATENCY_SECONDS))
        ours.append(latency(LOTSE, LATENCY_SECONDS))
    return report.latencies(bare, ours)


def scales(plan: Plan, runs: int) -> Iterator[str]:
    """A large city beside a small one."""
    found = [row for engine in ENGINES for row in asyncio.run(compare(engine, ROUNDS, _tell))]
    return report.scales(found, ROUNDS)


def memories(plan: Plan, runs: int) -> Iterator[str]:
    """Memory late beside memory early."""
    _tell("100,000 updates")
    return report.memories(*memory(LOTSE))


def fleets(plan: Plan, runs: int) -> Iterator[str]:
    """Three processes beside one."""
    samples: dict[int, list[Sample]] = {}
    with serving() as server:
        for _ in range(FLEET_RUNS):
            for count in FLEETS:
                _tell(f"processes: {count}")
                samples.setdefault(count, []).append(processes(server, count, plan))
    return report.fleets(samples)


def stalling(plan: Plan, runs: int) -> Iterator[str]:
    """What might stall on millions of rows."""
    found = [row for engine in ENGINES for row in asyncio.run(stalls(engine, _tell))]
    return stall_report.stalls(found)


PARTS: dict[str, Callable[[Plan, int], Iterator[str]]] = {
    "rate": rates,
    "latency": latencies,
    "scale": scales,
    "processes": fleets,
    "memory": memories,
    "stalls": stalling,
}


@click.command()
@click.option("--only", type=click.Choice(list(PARTS)), multiple=True, help="Which; else all.")
@click.option("--seconds", default=6.0, show_default=True, help="How long each run measures.")
@click.option("--warm-up", default=2.0, show_default=True, help="Seconds before that.")
@click.option("--runs", default=5, show_default=True, help="How many runs each, of the rates.")
@click.option("--chats", default=64, show_default=True, help="How many people press.")
def main(only: tuple[str, ...], seconds: float, warm_up: float, runs: int, chats: int) -> None:
    """How fast Lotse is, beside two bare bots and beside itself. Gates are told, not enforced."""
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(1))  # so that no child is left
    plan = Plan(seconds, warm_up, chats)
    for line in report.machine():
        click.echo(line)
    failed = False
    for name in only or PARTS:
        try:
            lines = list(PARTS[name](plan, runs))
        except (Failed, NoBinaries) as failure:
            failed = True
            lines = [f"{name}: not measured: {failure or 'no PostgreSQL for this platform'}"]
        _tell("")
        for line in ("", *lines):
            click.echo(line)
    sys.exit(failed)


def _tell(what: str) -> None:
    """On a terminal only: what goes on at the moment."""
    if sys.stderr.isatty():
        click.echo(f"\r\033[K{what}", nl=False, err=True)


if __name__ == "__main__":
    main()
