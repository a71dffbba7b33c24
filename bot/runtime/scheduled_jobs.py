"""What the clock brings, in one of the processes: tidying, and telling the staff what is due.

The scheduler only wakes; each job asks the database what is due by the app's clock, and does
nothing by one that is wrong. The scheduler goes by the time of day, so a job whose turn a clock
that was set back has put off is looked for besides. What a job had to set aside is logged once and
counted as long as it fails.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any, TypeVar

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.observability.counters import Counters
from bot.observability.logs import fields
from bot.runtime.resources import Resources
from bot.services import daily_digest, escalation, leaving, operator_alerts, who_waits
from bot.services.sweeps import AT_ONCE, Sweep
from bot.services.unit import Unit
from bot.storage.engine import free_pages
from bot.storage.engine.database import DatabaseUnavailable
from bot.storage.engine.each_by_itself import SetAside
from bot.storage.upkeep import housekeeping
from bot.storage.upkeep.letting_go import BEGINNING, RetentionPlace
from bot.storage.upkeep.retention import RULES

T = TypeVar("T")

log = logging.getLogger(__name__)

TIDY, TELL_STAFF = "tidy", "tell_staff"
Part = Callable[[Unit], Iterator[Sweep[Any]]]
PARTS: dict[str, Part] = {
    "leaving": leaving.sweeps,
    "daily digest": daily_digest.sweeps,
    "escalation": escalation.sweeps,
    "operator alerts": operator_alerts.sweeps,
    "waiting list": who_waits.sweeps,
}
"""Who of the staff leaves, what they are told, and who waits for a free time.

One that fails keeps nobody from the others.
"""
MINUTES = {TIDY: 60, TELL_STAFF: 1}
LOOK_SECONDS = 60


class ScheduledJobs:
    """The jobs of one process; `ring` wakes whoever sends."""

    def __init__(self, resources: Resources, counters: Counters, ring: Callable[[], None]) -> None:
        self._resources = resources
        self._counters = counters
        self._ring = ring
        self._known: set[str] = set()
        self._stopped = False
        self._turns = {job: asyncio.Lock() for job in MINUTES}
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._jobs = {TIDY: self.tidy, TELL_STAFF: self.tell_staff}
        for job in self._jobs:
            self._add(job)

    def start(self) -> None:
        """Get ready; nothing is done before `resume`."""
        self._scheduler.start(paused=True)

    def resume(self) -> None:
        """Do the jobs from now on, tidying at once: a bot started every half hour tidies too."""
        for job in self._jobs:
            self._counters.job_done(job, 0)
        self._scheduler.resume()
        self._add_once(TIDY)

    def pause(self) -> None:
        """Leave the jobs to another process."""
        self._scheduler.pause()
        self._counters.jobs_left()

    def stop(self) -> None:
        """Do nothing any more."""
        self._stopped = True
        self._scheduler.shutdown(wait=False)

    async def watch(self) -> None:
        """Look for what the scheduler has left out, until cancelled."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            self.hurry()

    def hurry(self) -> None:
        """Let the jobs run that are late by a clock that only goes forward, and begin their turns
        anew."""
        for job, age in self._counters.job_ages.items():
            if age > MINUTES[job] * 60 + LOOK_SECONDS:
                self._add(job)
                self._add_once(job)

    async def tidy(self) -> None:
        """Let go what its term has passed, a day's worth at a time, and the room it has taken."""
        await self._do(TIDY, self._tidy_a_day)

    async def tidy_whole(self) -> None:
        """Let go all that its term has passed, however long nothing was tidied."""
        await self._do(TIDY, lambda: self._tidy(self._resources.clock.now()))

    async def _tidy_a_day(self) -> list[SetAside]:
        database, now = self._resources.database, self._resources.clock.now()
        return await self._tidy(await database.run(housekeeping.a_day_further, now))

    async def _tidy(self, now: int) -> list[SetAside]:
        """Step by step, each in a transaction of its own: between them others have their turn."""
        database, zone = self._resources.database, self._resources.city.rules.time_zone
        found = list[SetAside]()
        for rule in RULES:
            after: RetentionPlace | None = BEGINNING
            while after is not None:
                step = await database.run(housekeeping.follow, rule, now, zone, after)
                after = step.after
                found += step.stayed
        await database.run(housekeeping.note_tidied, now)
        while await database.run(free_pages.give_back, database.dialect):
            pass
        return found

    async def tell_staff(self) -> None:
        """Tell the staff what waits for them."""
        await self._do(TELL_STAFF, self._tell_staff)
        self._ring()

    async def _tell_staff(self) -> list[SetAside]:
        """Part by part; one that cannot be looked through is set aside whole."""
        now, found = self._resources.clock.now(), list[SetAside]()
        for name, part in PARTS.items():
            try:
                for sweep in await self._in_unit(now, partial(_listed, part)):
                    found += await self._over(sweep, now)
            except DatabaseUnavailable:
                raise
            except Exception as error:
                found.append(SetAside("job", name, error))
        return found

    async def _over(self, sweep: Sweep[Any], now: int) -> list[SetAside]:
        """A few items at a time, each few in a transaction of their own."""
        due, found = await self._in_unit(now, sweep.due), list[SetAside]()
        for first in range(0, len(due), AT_ONCE):
            items = due[first : first + AT_ONCE]
            found += await self._in_unit(now, partial(_dealt_with, sweep, items))
        return found

    async def _in_unit(self, now: int, work: Callable[[Unit], T]) -> T:
        open_unit = self._resources.open_unit
        return await self._resources.database.run(lambda tx: work(open_unit(tx, now)))

    def _add(self, job: str) -> None:
        self._scheduler.add_job(
            self._jobs[job],
            "interval",
            id=job,
            replace_existing=True,
            minutes=MINUTES[job],
            misfire_grace_time=None,
            coalesce=True,
            max_instances=1,
        )

    def _add_once(self, job: str) -> None:
        once = f"{job} now"
        self._scheduler.add_job(
            self._jobs[job], id=once, replace_existing=True, misfire_grace_time=None
        )

    async def _do(self, job: str, work: Callable[[], Awaitable[list[SetAside]]]) -> None:
        if not self._resources.clock.goes_right():
            return
        try:
            async with self._turns[job]:
                found = await work()
        except asyncio.CancelledError:
            if self._stopped:  # between two steps; the rest is due again
                return
            raise
        except DatabaseUnavailable as problem:
            told = fields(job=job, problem=str(problem))
            log.error("database unavailable, a job waits", extra=told)
            return
        self._counters.job_done(job, len(found))
        self._report(job, found)

    def _report(self, job: str, found: Iterable[SetAside]) -> None:
        for each in found:
            if each.item not in self._known:
                self._known.add(each.item)
                told = fields(job=job, item=each.item)
                log.error("set aside by a job", exc_info=each.error, extra=told)


def _listed(part: Part, unit: Unit) -> list[Sweep[Any]]:
    return list(part(unit))


def _dealt_with(sweep: Sweep[Any], items: Sequence[Any], unit: Unit) -> list[SetAside]:
    return list(sweep.over(unit, items))
