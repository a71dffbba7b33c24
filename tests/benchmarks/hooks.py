"""Brings updates to webhooks, each to the next of several addresses, as a balancer would."""

import asyncio
from collections import deque
from itertools import cycle
from urllib.parse import urlsplit

SECRET = "bench-secret-0123456789"
LANES = 10
PAUSE = 0.1


class Hooks:
    """A few connections to each address; one that is not there yet is tried again."""

    def __init__(self, urls: tuple[str, ...]) -> None:
        self._queues = {url: asyncio.Queue[bytes]() for url in urls}
        self._next = cycle(self._queues.values())

    def bring(self, waiting: deque[tuple[int, bytes]]) -> None:
        """Put every update in the queue of its address."""
        while waiting:
            next(self._next).put_nowait(waiting.popleft()[1])

    async def run(self) -> None:
        """Deliver until cancelled."""
        async with asyncio.TaskGroup() as group:
            for url, queue in self._queues.items():
                for _ in range(LANES):
                    group.create_task(_lane(url, queue))


async def _lane(url: str, queue: "asyncio.Queue[bytes]") -> None:
    address = urlsplit(url)
    head = f"POST {address.path} HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\n"
    head += f"X-Telegram-Bot-Api-Secret-Token: {SECRET}\r\nContent-Length: "
    reader, writer = await _connected(address.hostname or "", address.port or 80)
    while True:
        update = await queue.get()
        writer.write(f"{head}{len(update)}\r\n\r\n".encode() + update)
        answer = await reader.readuntil(b"\r\n\r\n")
        if b" 200 " not in answer[:20]:
            raise ConnectionError(answer[:40].decode())


async def _connected(host: str, port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    while True:
        try:
            return await asyncio.open_connection(host, port)
        except OSError:
            await asyncio.sleep(PAUSE)
