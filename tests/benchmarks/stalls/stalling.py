"""Each job on the great town again and again, tidying with presses between, a backup, a start."""

import asyncio
import os
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from datetime import time as hour
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from postgres import serving
from typed_words import WORDS

from bot.commands import backup
from bot.domain.city import City
from bot.observability.counters import Counters
from bot.runtime.clock import Clock
from bot.runtime.resources import Resources
from bot.runtime.scheduled_jobs import ScheduledJobs
from bot.settings import Settings
from bot.storage.engine.database import Database
from bot.storage.engine.migrations import migrate
from bot.storage.engine.opening import open_database
from bot.storage.records import key_values

from ..scale.city import city
from ..scale.filled import make_full
from . import great_jobs
from .great_jobs import VAULT, GreatTown, Job, staffing_of
from .great_town import DAY, GREAT, fill_greatly

ROUNDS, SEED = 20, 20261201
MOST, MOST_BACKUP, MOST_START = 50.0, 15_000.0, 1_500.0
JOBS: tuple[tuple[str, Job], ...] = (
    ("a stranger starts, by transaction", great_jobs.a_stranger_starts),
    ("days and times of one office", great_jobs.free_days_and_times),
    ("sweep and claim what is due", great_jobs.what_has_become_due),
    ("/export", great_jobs.export),
    ("delete everything, by transaction", great_jobs.delete_everything),
    ("forget a stranger", great_jobs.forget_a_stranger),
    ("unseen bookings, 20 offices", great_jobs.unseen_bookings),
    ("open language help", great_jobs.open_language_help),
    ("/metrics", great_jobs.metrics),
    ("/readyz", great_jobs.readiness),
)
BETWEEN_PRESSES = 0.02
NOON = hour(11)


@dataclass(frozen=True, slots=True)
class Stall:
    """The milliseconds something took, each time, and how many it may take at most."""

    what: str
    engine: str
    took: Sequence[float]
    most: float


class _Watched:
    """A database that notes how long each transaction takes whoever asks for it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.took: list[float] = []

    @property
    def dialect(self) -> Any:
        return self._database.dialect

    async def run(self, work: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        began = time.perf_counter()
        try:
            return await self._database.run(work, *args, **kwargs)
        finally:
            self.took.append(time.perf_counter() - began)

    async def close(self) -> None:
        await self._database.close()


async def stalls(engine: str, tell: Callable[[str], None]) -> list[Stall]:
    """Everything on one engine."""
    now, found = _by_day(), city(GREAT)
    with _empty(engine) as (url, folder):
        tell(f"{engine}: filling the great town")
        await make_full(url, fill_greatly, found, GREAT, now)
        os.sync()  # what filling has left to be written is nobody's to wait for
        return await _measured(engine, url, folder, found, now, tell)


async def _measured(
    engine: str, url: str, folder: Path, found: City, now: int, tell: Callable[[str], None]
) -> list[Stall]:
    stall = partial(Stall, engine=engine)
    tell(f"{engine}: start and backup")
    started = await _start(url, found, now)
    made = [stall("start: opened, looked back", took=[started], most=MOST_START)]
    if engine == "SQLite":  # of a server it is a copy row by row, which takes minutes
        made.append(stall("backup", took=[await _backup(url, folder, now)], most=MOST_BACKUP))
    async with _town(url, found, now) as town:
        for what, job in JOBS:
            tell(f"{engine}: {what}")
            took = [each for _ in range(ROUNDS) for each in await job(town)]
            made.append(stall(what, took=_milliseconds(took), most=MOST))
        tell(f"{engine}: tidying")
        steps, presses = await _tidied(town)
    made.append(stall("tidying, a transaction", took=_milliseconds(steps), most=MOST))
    made.append(stall("a write meanwhile", took=_milliseconds(presses), most=2 * MOST))
    return made


async def _start(url: str, found: City, now: int) -> float:
    began = time.perf_counter()
    async with _town(url, found, now) as town:
        await town.database.run(migrate, town.database.dialect)
        await great_jobs.look_back(town)
    return (time.perf_counter() - began) * 1000


async def _backup(url: str, folder: Path, now: int) -> float:
    began = time.perf_counter()
    await backup.backup(Settings(database_url=url), folder / "backup.db", now)
    took = (time.perf_counter() - began) * 1000
    (folder / "backup.db").unlink()
    return took


async def _tidied(town: GreatTown) -> tuple[list[float], list[float]]:
    """A day later: what has passed its term goes, while somebody writes now and then."""
    watched, clock = _Watched(town.database), Clock(ahead=town.now + DAY - time.time())
    settings = Settings(database_url="sqlite:///unused.db")
    resources = Resources(settings, clock, town.city, WORDS, watched, VAULT, town.staffing)
    jobs, presses = ScheduledJobs(resources, Counters(time.monotonic), lambda: None), list[float]()

    async def press() -> None:
        while True:
            began = time.perf_counter()
            await town.database.run(key_values.put, "pressed", str(began))
            presses.append(time.perf_counter() - began)
            await asyncio.sleep(BETWEEN_PRESSES)

    pressing = asyncio.create_task(press())
    await jobs.tidy()
    pressing.cancel()
    return watched.took, presses


@asynccontextmanager
async def _town(url: str, found: City, now: int) -> AsyncIterator[GreatTown]:
    database = await open_database(url)
    try:
        yield GreatTown(database, found, GREAT, now, Random(SEED), staffing_of(found))
    finally:
        await database.close()


@contextmanager
def _empty(engine: str) -> Iterator[tuple[str, Path]]:
    """The URL of an empty database, and a folder for a backup."""
    with tempfile.TemporaryDirectory(prefix="lotse-bench-") as folder:
        if engine == "SQLite":
            yield f"sqlite:///{Path(folder) / 'great.db'}", Path(folder)
        else:
            with serving() as server, server.fresh() as url:
                yield url, Path(folder)


def _by_day() -> int:
    """Noon: at night the staff are told nothing."""
    return int(datetime.combine(datetime.now(UTC), NOON, UTC).timestamp())


def _milliseconds(seconds: Sequence[float]) -> list[float]:
    return [each * 1000 for each in seconds]
