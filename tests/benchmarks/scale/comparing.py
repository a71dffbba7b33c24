"""The same job on a small and a large town in turn, so that both meet the same machine."""

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import median

from postgres import serving

from bot.storage.engine.opening import open_database

from .city import LARGE, SMALL, Size, city
from .filled import make_full
from .filling import fill
from .jobs import Timed, Town, claim_due, days_and_times

ENGINES = ("SQLite", "PostgreSQL")
WARM_UP = LARGE.offices
"""So often each job is done before it is timed: once at every office."""
SEED = 20261122


@dataclass(frozen=True, slots=True)
class Job:
    """How much longer than in the small town it may take in the large one, and how long at most,
    in milliseconds.
    """

    name: str
    timed: Timed
    most_ratio: float
    most_ms: float | None = None


JOBS = (
    Job("days and times of one office", days_and_times, 1.2, 0.7),
    Job("claim what has become due", claim_due, 1.3),
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A job's median milliseconds on the small town and on the large one."""

    job: Job
    engine: str
    small: float
    large: float

    @property
    def ratio(self) -> float:
        """How many times as long the large town takes."""
        return self.large / self.small


async def compare(engine: str, rounds: int, tell: Callable[[str], None]) -> list[Comparison]:
    """Fill both towns on one engine, then do each job so many times on each."""
    now = int(time.time())
    with _empty(engine) as (small_url, large_url):
        tell(f"{engine}: filling the towns")
        small, large = [
            await _filled(url, size, now) for url, size in ((small_url, SMALL), (large_url, LARGE))
        ]
        found = []
        for job in JOBS:
            tell(f"{engine}: {job.name}")
            taken = await _in_turn(job.timed, small, large, rounds)
            found.append(Comparison(job, engine, *taken))
        await small.database.close()
        await large.database.close()
    return found


async def _in_turn(job: Timed, small: Town, large: Town, rounds: int) -> tuple[float, float]:
    for _ in range(WARM_UP):
        await job(small)
        await job(large)
    taken: dict[str, list[float]] = {SMALL.name: [], LARGE.name: []}
    for number in range(rounds):
        for town in (small, large) if number % 2 else (large, small):
            taken[town.size.name].append(await job(town))
    return median(taken[SMALL.name]) * 1000, median(taken[LARGE.name]) * 1000


@contextmanager
def _empty(engine: str) -> Iterator[tuple[str, str]]:
    """The URLs of two empty databases."""
    if engine == "SQLite":
        with tempfile.TemporaryDirectory(prefix="lotse-bench-") as folder:
            yield f"sqlite:///{Path(folder) / 'small.db'}", f"sqlite:///{Path(folder) / 'large.db'}"
    else:
        with serving() as server, server.fresh() as small, server.fresh() as large:
            yield small, large


async def _filled(url: str, size: Size, now: int) -> Town:
    """A town, opened anew after filling."""
    found = city(size)
    await make_full(url, fill, found, size, now)
    return Town(size, await open_database(url), found, now, Random(SEED))
