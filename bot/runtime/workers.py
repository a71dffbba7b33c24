"""Handles every update: those of one chat in order, the chats side by side.

What comes is handled at once, before it is acknowledged. Only what cannot be, because something
of its chat waits or handling it fails, is kept in the inbox and worked off from there.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable
from contextlib import suppress

from bot.delivery.chat_sender import ChatSender
from bot.observability.counters import Counters
from bot.observability.logs import fields, request
from bot.services.incoming import Arrival
from bot.services.unit import OpenUnit
from bot.services.updates import Queue, UpdateHandler
from bot.storage.engine.database import Database, DatabaseUnavailable
from bot.storage.queues import inbox
from bot.storage.vault import Vault

log = logging.getLogger(__name__)

SIDE_BY_SIDE = 64
PAUSE_SECONDS = 1.0
LEFT_BEHIND_SECONDS = 3
ELSEWHERE_SECONDS = 0.02


class Workers:
    """Runs the handler; what it answers goes along with the sender.

    `written` is called where something else is left to be sent.
    """

    def __init__(
        self,
        database: Database,
        vault: Vault,
        open_unit: OpenUnit,
        handler: UpdateHandler,
        sender: ChatSender,
        now: Callable[[], int],
        written: Callable[[], None],
        counters: Counters,
    ) -> None:
        self._database = database
        self._vault = vault
        self._open_unit = open_unit
        self._handler = handler
        self._sender = sender
        self._now = now
        self._written = written
        self._counters = counters
        self._ready: asyncio.Queue[str] = asyncio.Queue()
        self._queued: set[str] = set()
        self._busy: set[str] = set()

    async def accept(self, arrivals: list[Arrival]) -> None:
        """Handle updates or keep them; when this returns they cannot be lost.

        Raises DatabaseUnavailable.
        """
        now = self._now()
        turns = {self._vault.lookup(each.incoming.chat_id): each for each in reversed(arrivals)}
        at_once = {key: each for key, each in turns.items() if self._is_free(key)}
        done = await asyncio.gather(
            *(self._at_once(key, each) for key, each in at_once.items()), return_exceptions=True
        )
        handled = set[int]()
        for each, found in zip(at_once.values(), done, strict=True):
            if isinstance(found, BaseException):
                raise found
            if found:
                handled.add(each.number)
        later = [each for each in arrivals if each.number not in handled]
        if later:
            self.wake(
                await self._database.run(
                    lambda tx: self._handler.keep(self._open_unit(tx, now), later)
                )
            )
        self._counters.updates += len(arrivals)

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

    def _is_free(self, chat_key: str) -> bool:
        return chat_key not in self._busy and chat_key not in self._queued

    async def _at_once(self, chat_key: str, arrival: Arrival) -> bool:
        """Handle an update that has just come; whether it was its turn, and it could be."""
        begun = self._counters.moment()
        self._busy.add(chat_key)
        try:
            with request():
                handled, left = await self._sender.along(
                    lambda unit: self._handler.at_once(unit, chat_key, arrival)
                )
        except DatabaseUnavailable:
            raise
        except Exception:
            return False  # once it is kept it is tried again, and what is wrong is counted and told
        finally:
            self._done_with(chat_key)
        if left:
            self._written()
        if handled:
            self._counters.update_handled(begun)
        return handled

    async def _work(self) -> None:
        while True:
            chat_key = await self._ready.get()
            self._queued.discard(chat_key)
            self._busy.add(chat_key)
            if await self._handle(chat_key):
                self._queued.add(chat_key)
            self._done_with(chat_key)

    def _done_with(self, chat_key: str) -> None:
        self._busy.discard(chat_key)
        if chat_key in self._queued:
            self._ready.put_nowait(chat_key)

    async def _handle(self, chat_key: str) -> bool:
        try:
            with request():
                return await self._try(chat_key)
        except DatabaseUnavailable as problem:
            log.error("database unavailable, the update waits", extra=fields(problem=str(problem)))
            await asyncio.sleep(PAUSE_SECONDS)
            return True

    async def _try(self, chat_key: str) -> bool:
        begun = self._counters.moment()
        try:
            queue, left = await self._sender.along(
                lambda unit: self._handler.next_of(unit, chat_key)
            )
        except DatabaseUnavailable:
            raise
        except Exception as error:
            await self._failed(chat_key, error)
            return True
        if left:
            self._written()
        if queue is Queue.ELSEWHERE:
            await asyncio.sleep(ELSEWHERE_SECONDS)
        elif queue is not Queue.EMPTY:
            self._counters.update_handled(begun)
        return queue in (Queue.MORE, Queue.ELSEWHERE)

    async def _failed(self, chat_key: str, error: Exception) -> None:
        self._counters.update_failed()
        log.error("an update failed", exc_info=error)
        now = self._now()
        if await self._database.run(
            lambda tx: self._handler.failed(self._open_unit(tx, now), chat_key)
        ):
            log.error("the update is set aside")
        self._written()
