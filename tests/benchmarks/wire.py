"""HTTP/1.1 as far as Bot API clients on loopback need it: keep-alive, Content-Length, POST.

By hand, because a web framework would cost more than what is measured.
"""

import asyncio
import re
from collections.abc import Callable

LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
END_OF_HEAD = b"\r\n\r\n"

Handle = Callable[[str, bytes, "Connection"], None]
"""Takes the last part of the path, the body, and the connection to `send` the answer on."""


class Connection(asyncio.Protocol):
    """One client's connection; requests are handled in the order they come."""

    __slots__ = ("_handle", "_received", "_transport")

    def __init__(self, handle: Handle) -> None:
        self._handle = handle
        self._received = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None

    @property
    def is_open(self) -> bool:
        """Whether an answer can still arrive."""
        return self._transport is not None and not self._transport.is_closing()

    def data_received(self, data: bytes) -> None:
        self._received = self._received + data if self._received else data
        while (head := self._received.find(END_OF_HEAD)) >= 0:
            length = LENGTH.search(self._received, 0, head)
            end = head + len(END_OF_HEAD) + (int(length[1]) if length else 0)
            if len(self._received) < end:
                return
            path = self._received[: self._received.index(b"\r")].split(b" ")[1]
            body = self._received[head + len(END_OF_HEAD) : end]
            self._received = self._received[end:]
            self._handle(path.rpartition(b"/")[2].decode(), body, self)

    def send(self, answer: bytes) -> None:
        """Send a JSON document; a client that is gone gets nothing."""
        if self._transport is not None:
            self._transport.write(
                b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                % len(answer)
                + answer
            )
