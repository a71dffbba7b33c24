"""Presses a second: a warm-up, then a stretch of time between two readings.

Where people are asked for a mix it is a stretch of whole rounds, two at least, that all of it may
be in it.
"""

import time
from dataclasses import dataclass

from .contenders import Contender
from .crowd import ROUND
from .mixes import Mix, between
from .running import SLOWEST, Failed, Reading, Running, running

LEAST_ROUNDS = 2
LONGEST_STRETCH = LEAST_ROUNDS * ROUND / SLOWEST
"""Seconds that whole rounds may take beyond what is planned."""


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
        return self.warm_up + self.seconds + LONGEST_STRETCH


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
    done, before = run.ask("done"), run.read()
    time.sleep(plan.seconds)
    after = run.read()
    if contender.asked:
        whole = _whole(after.presses - before.presses)
        after = run.reach(before.presses + whole, LONGEST_STRETCH)
    memory = sum(bot.memory_info().rss for bot in run.bots)
    return _sample(before, after, memory, between(done, run.ask("done")))


def _whole(presses: int) -> int:
    """As many presses, and those that are left of the last round or of two."""
    return max(-(-presses // ROUND), LEAST_ROUNDS) * ROUND


def _sample(before: Reading, after: Reading, memory: int, mix: Mix) -> Sample:
    presses, seconds = after.presses - before.presses, after.at - before.at
    if not presses:
        raise Failed("no press was handled")
    return Sample(
        rate=presses / seconds,
        cpu=(after.bot_cpu - before.bot_cpu) / presses * 1000,
        stub_load=(after.stub_cpu - before.stub_cpu) / seconds,
        memory=memory / 2**20,
        calls=(after.calls - before.calls) / presses,
        mix=mix,
    )
