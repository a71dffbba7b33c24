"""Lets long polls wait for the next change of a chat, or of any."""

import asyncio
from collections import defaultdict
from itertools import takewhile


class Changes:
    """Counts the changes of all chats and wakes who waits; closed means that nobody waits any more.

    The version is the number of changes so far, over all chats.
    """

    def __init__(self) -> None:
        self.version = 0
        self._last: dict[int, int] = {}
        self._waiting: defaultdict[int | None, set[asyncio.Future[None]]] = defaultdict(set)
        self._closed = False

    def notify(self, chat_id: int) -> None:
        """The chat has changed: wake all who wait for it."""
        self.version += 1
        # Taken out first, so that the chat that changed last stands last.
        self._last.pop(chat_id, None)
        self._last[chat_id] = self.version
        self._wake(chat_id)
        self._wake(None)

    def since(self, version: int) -> list[int]:
        """The chats that have changed after that version, the newest change first."""
        newest_first = reversed(self._last.items())
        return [chat_id for chat_id, _ in takewhile(lambda each: each[1] > version, newest_first)]

    async def wait(self, chat_id: int | None, seconds: float) -> None:
        """Until the chat changes (any chat for None), but no longer than this."""
        if self._closed:
            return
        future = asyncio.get_running_loop().create_future()
        self._waiting[chat_id].add(future)
        try:
            async with asyncio.timeout(seconds):
                await future
        except TimeoutError:
            self._waiting[chat_id].discard(future)

    def close(self) -> None:
        """Wake everybody, for the end of the server."""
        self._closed = True
        for chat_id in list(self._waiting):
            self._wake(chat_id)

    def _wake(self, chat_id: int | None) -> None:
        for future in self._waiting.pop(chat_id, ()):
            if not future.done():
                future.set_result(None)
