"""`python -m tests.benchmarks`: measure everybody in turn and print tables.

`make bench` does all of it, about twenty minutes; `--only` picks parts.
"""

import signal
import sys
from contextlib import ExitStack

import click
from postgres import NoBinaries

from .measure import Plan
from .parts import PARTS, tell
from .report import machine
from .revisions import UnknownRevision, lotse_at
from .running import Failed


@click.command()
@click.option("--only", type=click.Choice(list(PARTS)), multiple=True, help="Which; else all.")
@click.option("--seconds", default=6.0, show_default=True, help="How long each run measures.")
@click.option("--warm-up", default=2.0, show_default=True, help="Seconds before that.")
@click.option("--runs", default=5, show_default=True, help="How many runs each, of the rates.")
@click.option("--chats", default=64, show_default=True, help="How many people press at once.")
@click.option("--against", metavar="REV", help="Lotse of this commit takes part, too.")
def main(
    only: tuple[str, ...], seconds: float, warm_up: float, runs: int, chats: int, against: str
) -> None:
    """How fast Lotse is, beside two bare bots and beside itself. Gates are told, not enforced."""
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(1))  # so that no child is left
    with ExitStack() as stack:
        try:
            other = stack.enter_context(lotse_at(against)) if against else None
        except UnknownRevision as reason:
            raise click.BadParameter(str(reason), param_hint="--against") from None
        plan = Plan(seconds, warm_up, chats, runs, other)
        for line in machine():
            click.echo(line)
        all_measured = [_shown(name, plan) for name in only or PARTS]
    sys.exit(not all(all_measured))


def _shown(name: str, plan: Plan) -> bool:
    """Print a part's table, or why there is none; whether there is one."""
    try:
        lines, measured = list(PARTS[name](plan)), True
    except (Failed, NoBinaries) as failure:
        reason = failure if failure.args else "no PostgreSQL for this platform"
        lines, measured = [f"{name}: not measured: {reason}"], False
    tell("")
    for line in ("", *lines):
        click.echo(line)
    return measured


if __name__ == "__main__":
    main()
