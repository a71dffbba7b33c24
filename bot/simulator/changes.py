"""Lets long polls wait for the next change of a chat."""

import asyncio
from collections import defaultdict


class Changes:
    """Who waits for which chat; closed means that nobody waits any more."""

    def __init__(self) -> None:
        self._waiting: defaultdict[int, set[asyncio.Future[None]]] = defaultdict(set)
        self._closed = False

    def notify(self, chat_id: int) -> None:
        """Wake all who wait for this chat."""
        for future in self._waiting.pop(chat_id, ()):
            if not future.done():
                future.set_result(None)

    async def wait(self, chat_id: int, seconds: float) -> None:
        """Until the chat changes, but no longer than this."""
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
            self.notify(chat_id)
