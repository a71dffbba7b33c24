"""Resident memory as people come and go: what is kept for each would show."""

import time
from statistics import median

from .contenders import Contender
from .running import SLOWEST, Running, running

EARLY, LATE = 10_000, 100_000
CHATS = 64
ONE_PRESS = 1
LOOKS = 5


def memory(contender: Contender) -> tuple[float, float]:
    """Megabytes after 10,000 persons and after 100,000, each with one press. Raises Failed."""
    with running(contender, CHATS, LATE / SLOWEST, life=ONE_PRESS) as run:
        run.reach(EARLY, LATE / SLOWEST)
        early = _megabytes(run)
        run.reach(LATE, LATE / SLOWEST)
        return early, _megabytes(run)


def _megabytes(run: Running) -> float:
    looks: list[float] = []
    for _ in range(LOOKS):
        looks.append(sum(bot.memory_info().rss for bot in run.bots) / 2**20)
        time.sleep(0.2)
    return median(looks)
