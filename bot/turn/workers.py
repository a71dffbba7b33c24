"""Gives every waiting update its turn: the updates of one chat in order, the chats side by side."""

import asyncio
import logging
from collections.abc import Callable, Iterable
from secrets import token_hex

from bot.storage import inbox
from bot.storage.database import Database, DatabaseUnavailable
from bot.tally import Tally
from bot.turn.turn import Turns

log = logging.getLogger(__name__)

SIDE_BY_SIDE = 64
PAUSE_SECONDS = 1.0


class Workers:
    """Runs turns. `written` is called after each, since there may be something to send."""

    def __init__(
        self,
        database: Database,
        turns: Turns,
        now: Callable[[], int],
        written: Callable[[], None],
        tally: Tally,
    ) -> None:
        self._database = database
        self._turns = turns
        self._now = now
        self._written = written
        self._tally = tally
        self._ready: asyncio.Queue[str] = asyncio.Queue()
        self._queued: set[str] = set()
        self._busy: set[str] = set()

    async def keep(self, updates: list[tuple[int, int, bytes]]) -> None:
        """Store updates (id, chat id, raw JSON); when this returns they cannot be lost."""
        self.wake(await self._database.run(self._turns.take_in, updates, self._now()))
        self._tally.updates += len(updates)

    def wake(self, chat_keys: Iterable[str]) -> None:
        """There is something waiting for these chats."""
        for chat_key in chat_keys:
            if chat_key not in self._queued:
                self._queued.add(chat_key)
                if chat_key not in self._busy:
                    self._ready.put_nowait(chat_key)

    async def run(self) -> None:
        """Work until cancelled, beginning with what an earlier run left."""
        self.wake(await self._database.run(inbox.waiting_chats))
        async with asyncio.TaskGroup() as group:
            for _ in range(SIDE_BY_SIDE):
                group.create_task(self._work())

    async def _work(self) -> None:
        while True:
            chat_key = await self._ready.get()
            self._queued.discard(chat_key)
            self._busy.add(chat_key)
            more = await self._turn(chat_key)
            self._busy.discard(chat_key)
            if more or chat_key in self._queued:
                self._queued.add(chat_key)
                self._ready.put_nowait(chat_key)

    async def _turn(self, chat_key: str) -> bool:
        try:
            more = await self._try(chat_key)
        except DatabaseUnavailable as problem:
            log.error("database unavailable, the update waits: %s", problem)
            await asyncio.sleep(PAUSE_SECONDS)
            return True
        self._written()
        return more

    async def _try(self, chat_key: str) -> bool:
        begun = self._tally.moment()
        try:
            more = await self._database.run(self._turns.next_of, chat_key, self._now())
        except DatabaseUnavailable:
            raise
        except Exception as error:
            self._tally.turn_failed()
            request = token_hex(4)
            log.error("turn %s failed: %s at %s", request, type(error).__name__, _where(error))
            if await self._database.run(self._turns.failed, chat_key, self._now()):
                log.error("turn %s: the update is set aside", request)
            return True
        self._tally.turn_handled(begun)
        return more


def _where(error: Exception) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return "nowhere" if trace is None else f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}"
