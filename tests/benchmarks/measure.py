"""Presses a second: a warm-up, then a stretch of time between two readings."""

import time
from dataclasses import dataclass

from .contenders import Contender
from .running import WARM_PRESSES, Failed, Reading, Running, running


@dataclass(frozen=True, slots=True)
class Plan:
    """How long a run measures and warms up, in seconds, and how many people press."""

    seconds: float
    warm_up: float
    chats: int


@dataclass(frozen=True, slots=True)
class Sample:
    """What one run showed. Processor time is of the bots, in milliseconds a press."""

    rate: float
    cpu: float
    stub_load: float
    memory: float
    calls: float
    booked: int
    cancelled: int


def measure(contender: Contender, plan: Plan) -> Sample:
    """One run. Raises Failed."""
    with running(contender, plan.chats, plan.warm_up + plan.seconds) as run:
        return watch(run, plan)


def watch(run: Running, plan: Plan) -> Sample:
    """What happens between two readings, once everybody has pressed a few times."""
    run.warm_up(WARM_PRESSES * plan.chats)
    time.sleep(plan.warm_up)
    before = run.read()
    time.sleep(plan.seconds)
    after = run.read()
    return _sample(before, after, sum(bot.memory_info().rss for bot in run.bots))


def _sample(before: Reading, after: Reading, memory: int) -> Sample:
    presses, seconds = after.presses - before.presses, after.at - before.at
    if not presses:
        raise Failed("no press was handled")

    def more(action: str) -> int:
        return after.handled.get(action, 0) - before.handled.get(action, 0)

    return Sample(
        rate=presses / seconds,
        cpu=(after.bot_cpu - before.bot_cpu) / presses * 1000,
        stub_load=(after.stub_cpu - before.stub_cpu) / seconds,
        memory=memory / 2**20,
        calls=(after.calls - before.calls) / presses,
        booked=more("confirm"),
        cancelled=more("cancel_yes"),
    )
