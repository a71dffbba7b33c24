"""From a tap to its answer, at a steady number of presses a second."""

import time
from dataclasses import dataclass
from statistics import quantiles

from .contenders import Contender
from .running import Failed, Running, running

PRESSES_A_SECOND = 30
CHATS = 64
GRACE_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds from the moment a press was due until its answer and screen had arrived."""

    middle: float
    slow: float
    presses: int


def latency(contender: Contender, seconds: float, own: dict[str, str] | None = None) -> Latency:
    """One run, with settings of its own if need be: the median and the 99th percentile.

    Raises Failed if a press got no answer.
    """
    with running(contender, CHATS, seconds + 10, bots=(own or {},)) as run:
        run.warm_up(contender.warm_presses * CHATS)
        run.ask(f"pace-{PRESSES_A_SECOND}")
        time.sleep(3)
        taken = _taken(run, seconds)
    cuts = quantiles(taken, n=100, method="inclusive")
    return Latency(cuts[49] * 1000, cuts[98] * 1000, len(taken))


def _taken(run: Running, seconds: float) -> list[float]:
    first = run.read().at
    time.sleep(seconds + GRACE_SECONDS)
    last = first + seconds
    taken = [took for due, took in run.ask("taken") if first <= due < last]
    if len(taken) < PRESSES_A_SECOND * seconds - 1:
        raise Failed(f"{len(taken)} of {PRESSES_A_SECOND * seconds:.0f} presses were answered")
    return taken
