"""Health for whoever watches: alive, ready, and numbers. Nothing of any person.

Alive means that the process answers; ready, that it can do its work. A database that does not
answer, or takes nothing in, makes it not ready, and takes nothing away from the numbers of the
process itself.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TypeVar

from aiohttp import web

from bot.observability.counters import MAIL_SILENCE_SECONDS, Counters
from bot.storage.engine.database import Database, StorageError, Tx
from bot.storage.engine.leadership import Leadership
from bot.storage.queues.gauges import QueueAges, queues
from bot.storage.queues.stocktaking import Stocktaking
from bot.storage.records import key_values
from bot.web import metrics
from bot.web.exposition import CONTENT_TYPE
from bot.web.shared_look import SharedLook

DATABASE_SECONDS = 2.0
LOOKED_AT = "health"
REASONS = {
    "database": "the database does not answer, or cannot be written to",
    "api": "the Bot API does not answer",
    "webhook": "somebody else takes our updates",
    "sender": "nothing is sent",
    "jobs": "a scheduled job has not succeeded for minutes",
    "clock": "the clock is wrong by more than an hour",
    "mail": "no mail has been sent for a quarter of an hour, and one has been due for as long",
}
"""What each part that does not work means."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Health:
    """Three pages about one bot. `now` is the app's clock in UTC epoch seconds.

    `snapshot` is the same database for counting, which may take long and must hold up nobody.
    """

    database: Database
    snapshot: Database
    leadership: Leadership
    counters: Counters
    now: Callable[[], int]
    clock_is_right: Callable[[], bool]
    _tries: SharedLook[QueueAges | None] = field(default_factory=SharedLook, init=False)
    _stock: Stocktaking = field(default_factory=Stocktaking, init=False)

    def routes(self) -> list[web.RouteDef]:
        """What the server answers to."""
        return [
            web.get("/healthz", self.alive),
            web.get("/readyz", self.ready),
            web.get("/metrics", self.numbers),
        ]

    async def alive(self, _: web.Request) -> web.Response:
        """That this can be answered is all there is to say."""
        return web.Response(text="alive\n")

    async def ready(self, _: web.Request) -> web.Response:
        """200 or 503, and what it is about. The sender may be another process.

        What a look costs the disk is shared by all who ask within a second.
        """
        found = await self._tries.found(self._try, self.counters.moment)
        works = self._works(found)
        ready = all(works.values())
        told = {
            "ready": ready,
            **works,
            "reasons": [REASONS[part] for part, good in works.items() if not good],
            "leader": self.leadership.ours is True,
            "webhook_error": self.counters.webhook.error,
            "inbox_oldest_seconds": found and found.inbox_seconds,
            "outbox_oldest_seconds": found and found.outbox_seconds,
            "mail_oldest_seconds": found and found.mail_seconds,
        }
        status = HTTPStatus.OK if ready else HTTPStatus.SERVICE_UNAVAILABLE
        return web.json_response(told, status=status)

    def _works(self, found: QueueAges | None) -> dict[str, bool]:
        leads, counters = self.leadership.ours, self.counters
        return {
            "database": found is not None,
            "api": counters.api_answers,
            "webhook": counters.webhook.ours,
            "sender": counters.sender_runs if leads else leads is False,
            "jobs": counters.jobs_run if leads else leads is False,
            "clock": self.clock_is_right(),
            "mail": leads is False or counters.mails_go_out or not _mail_is_late(found),
        }

    async def _try(self) -> QueueAges | None:
        return await self._look(self.database, self._tried)

    def _tried(self, tx: Tx) -> QueueAges:
        """What waits; with a row written, for a disk that is full can still be read."""
        key_values.put(tx, LOOKED_AT, str(self.now()))
        return queues(tx, self.now())

    async def numbers(self, _: web.Request) -> web.Response:
        """Metrics for Prometheus."""
        waiting = await self._look(self.database, lambda tx: queues(tx, self.now()))
        seen = None if waiting is None else await self._look(self.snapshot, self._stock.look)
        rows = None if seen is None else self._stock.take(seen)
        text = metrics.page(self.counters, self.leadership.ours is True, waiting, rows)
        return web.Response(body=text.encode(), headers={"Content-Type": CONTENT_TYPE})

    async def _look(self, database: Database, work: Callable[[Tx], T]) -> T | None:
        """What the database says, or None if it does not answer in time."""
        try:
            async with asyncio.timeout(DATABASE_SECONDS):
                return await database.run(work)
        except (StorageError, TimeoutError):
            return None


def _mail_is_late(found: QueueAges | None) -> bool:
    return found is not None and found.mail_seconds > MAIL_SILENCE_SECONDS
