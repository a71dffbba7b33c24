"""Presses a second: a warm-up, then a stretch of time between two readings.

Where people are asked for a mix it is a stretch of whole rounds, that all of it may be in it.
"""

import time
from dataclasses import dataclass

from .contenders import Contender
from .crowd import ROUND
from .mixes import Mix, between
from .running import SLOWEST, Failed, Reading, Running, running


@dataclass(frozen=True, slots=True)
class Plan:
    """How long a run measures and warms up at least, in seconds; how many people press; how many
    runs there are of the rates, and which Lotse of another day takes part.
    """

    seconds: float
    warm_up: float
    chats: int
    runs: int
    against: Contender | None = None

    @property
    def longest(self) -> float:
        """How many seconds a run may take once everybody is warm."""
        return self.warm_up + self.seconds + ROUND / SLOWEST


@dataclass(frozen=True, slots=True)
class Sample:
    """What one run showed. Processor time is of the bots, in milliseconds a press."""

    rate: float
    cpu: float
    stub_load: float
    memory: float
    calls: float
    mix: Mix


def measure(contender: Contender, plan: Plan) -> Sample:
    """One run. Raises Failed."""
    with running(contender, plan.chats, plan.longest) as run:
        return watch(run, contender, plan)


def watch(run: Running, contender: Contender, plan: Plan) -> Sample:
    """What happens between two readings, once everybody has pressed a few times."""
    run.warm_up(contender.warm_presses * plan.chats)
    time.sleep(plan.warm_up)
    before = run.read()
    time.sleep(plan.seconds)
    after = run.read()
    if contender.asked:
        after = run.reach(before.presses + _whole(after.presses - before.presses), ROUND / SLOWEST)
    return _sample(before, after, sum(bot.memory_info().rss for bot in run.bots))


def _whole(presses: int) -> int:
    """As many presses, and those that are left of the last round."""
    return -(-presses // ROUND) * ROUND


def _sample(before: Reading, after: Reading, memory: int) -> Sample:
    presses, seconds = after.presses - before.presses, after.at - before.at
    if not presses:
        raise Failed("no press was handled")
    return Sample(
        rate=presses / seconds,
        cpu=(after.bot_cpu - before.bot_cpu) / presses * 1000,
        stub_load=(after.stub_cpu - before.stub_cpu) / seconds,
        memory=memory / 2**20,
        calls=(after.calls - before.calls) / presses,
        mix=between(before.handled, after.handled),
    )
