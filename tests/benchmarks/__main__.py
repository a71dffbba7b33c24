"""`python -m tests.benchmarks`: measure everybody in turn and print a table."""

import signal
import sys

import click

from . import report
from .contenders import CEILING, CONTENDERS, Contender
from .measure import Failed, Plan, Sample, measure


@click.command()
@click.option("--seconds", default=6.0, show_default=True, help="How long each run measures.")
@click.option("--warm-up", default=2.0, show_default=True, help="Seconds before that.")
@click.option("--runs", default=5, show_default=True, help="How many runs each.")
@click.option("--chats", default=64, show_default=True, help="How many people press.")
def main(seconds: float, warm_up: float, runs: int, chats: int) -> None:
    """Presses handled per second, by two bare bots and by Lotse."""
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(1))  # so that no child is left
    plan = Plan(seconds, warm_up, chats)
    for line in (*report.machine(), report.plan(plan, runs), "", report.HEAD):
        click.echo(line)
    samples: dict[str, list[Sample]] = {contender.key: [] for contender in CONTENDERS}
    try:
        click.echo(report.row(CEILING.name, [measure(CEILING, plan)]))
        for number in range(runs):
            for contender in CONTENDERS:
                _tell(f"run {number + 1} of {runs}: {contender.name}")
                samples[contender.key].append(measure(contender, plan))
    except Failed as failure:
        _tell("")
        click.echo(str(failure), err=True)
        sys.exit(1)
    _tell("")
    for contender in CONTENDERS:
        click.echo(report.row(_label(contender), samples[contender.key]))
    for line in ("", *report.ratios(samples)):
        click.echo(line)


def _label(contender: Contender) -> str:
    return f"({contender.key}) {contender.name}"


def _tell(what: str) -> None:
    """On a terminal only: what goes on at the moment."""
    if sys.stderr.isatty():
        click.echo(f"\r\033[K{what}", nl=False, err=True)


if __name__ == "__main__":
    main()
