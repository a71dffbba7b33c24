"""Handles every waiting update: those of one chat in order, the chats side by side."""

import asyncio
import logging
from collections.abc import Callable, Iterable
from contextlib import suppress

from bot.delivery.chat_sender import ChatSender
from bot.observability.counters import Counters
from bot.observability.logs import fields, request
from bot.services.updates import Queue, UpdateHandler
from bot.storage.engine.database import Database, DatabaseUnavailable
from bot.storage.queues import inbox

log = logging.getLogger(__name__)

SIDE_BY_SIDE = 64
PAUSE_SECONDS = 1.0
LEFT_BEHIND_SECONDS = 3
ELSEWHERE_SECONDS = 0.02


class Workers:
    """Runs the handler; what it answers goes along to the sender.

    `written` is called after each update, since there may be more to send.
    """

    def __init__(
        self,
        database: Database,
        handler: UpdateHandler,
        sender: ChatSender,
        now: Callable[[], int],
        written: Callable[[], None],
        counters: Counters,
    ) -> None:
        self._database = database
        self._handler = handler
        self._sender = sender
        self._now = now
        self._written = written
        self._counters = counters
        self._ready: asyncio.Queue[str] = asyncio.Queue()
        self._queued: set[str] = set()
        self._busy: set[str] = set()

    async def keep(self, updates: list[tuple[int, int, bytes]]) -> None:
        """Store updates (id, chat id, raw JSON); when this returns they cannot be lost."""
        self.wake(await self._database.run(self._handler.take_in, updates, self._now()))
        self._counters.updates += len(updates)

    def wake(self, chat_keys: Iterable[str]) -> None:
        """There is something waiting for these chats."""
        for chat_key in chat_keys:
            if chat_key not in self._queued:
                self._queued.add(chat_key)
                if chat_key not in self._busy:
                    self._ready.put_nowait(chat_key)

    async def run(self) -> None:
        """Work until cancelled, also on what an earlier run or another process has left."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._look_behind())
            for _ in range(SIDE_BY_SIDE):
                group.create_task(self._work())

    async def _look_behind(self) -> None:
        until = self._now()
        while True:
            with suppress(DatabaseUnavailable):
                self.wake(await self._database.run(inbox.waiting_chats, until))
            await asyncio.sleep(LEFT_BEHIND_SECONDS)
            until = self._now() - LEFT_BEHIND_SECONDS

    async def _work(self) -> None:
        while True:
            chat_key = await self._ready.get()
            self._queued.discard(chat_key)
            self._busy.add(chat_key)
            more = await self._handle(chat_key)
            self._busy.discard(chat_key)
            if more or chat_key in self._queued:
                self._queued.add(chat_key)
                self._ready.put_nowait(chat_key)

    async def _handle(self, chat_key: str) -> bool:
        try:
            with request():
                more = await self._try(chat_key)
        except DatabaseUnavailable as problem:
            log.error("database unavailable, the update waits", extra=fields(problem=str(problem)))
            await asyncio.sleep(PAUSE_SECONDS)
            return True
        self._written()
        return more

    async def _try(self, chat_key: str) -> bool:
        begun = self._counters.moment()
        try:
            queue = await self._sender.along(chat_key, self._handler.next_of, chat_key, self._now())
        except DatabaseUnavailable:
            raise
        except Exception as error:
            self._counters.update_failed()
            log.error("an update failed", exc_info=error)
            if await self._database.run(self._handler.failed, chat_key, self._now()):
                log.error("the update is set aside")
            return True
        if queue is Queue.ELSEWHERE:
            await asyncio.sleep(ELSEWHERE_SECONDS)
        elif queue is not Queue.EMPTY:
            self._counters.update_handled(begun)
        return queue in (Queue.MORE, Queue.ELSEWHERE)
