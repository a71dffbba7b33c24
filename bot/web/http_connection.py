"""One connection to the HTTP server: it ends when its client is slow, or sends too much."""

import asyncio
import socket
import struct
from http import HTTPStatus
from typing import cast

from aiohttp import ClientConnectionResetError, web

from bot.web.connections import Connections

LARGEST_BODY = 1024 * 1024
"""An update; nothing else that is asked for is as long."""
LARGEST_HEAD = 64 * 1024
MOST_HEADERS = 64
LINGER_SECONDS = 1.0
"""For a body nobody asked for, after the answer; it is waited for even when the client is gone."""
AT_ONCE = struct.pack("ii", 1, 0)
"""For SO_LINGER: the system forgets what was not read yet."""


class HttpConnection(web.RequestHandler):
    """Serves one client, and hangs up on it without a word."""

    __slots__ = ("_answered", "_connections", "_deadline", "_open", "_received", "_wire")

    def __init__(self, server: web.Server, connections: Connections) -> None:
        super().__init__(
            server,
            loop=asyncio.get_running_loop(),
            access_log=None,  # type: ignore[arg-type]
            max_headers=MOST_HEADERS,
            lingering_time=LINGER_SECONDS,
            auto_decompress=False,
        )
        self._connections = connections
        self._deadline: asyncio.TimerHandle | None = None
        self._answered = self._received = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Wait for a first request, if there is a place."""
        super().connection_made(transport)
        self._wire = cast(asyncio.Transport, transport)
        self._open = True
        self._wait(self._connections.limits.head_seconds)
        self._connections.enter(self)

    def connection_lost(self, exc: BaseException | None) -> None:
        """The client, or we, have ended it."""
        self._leave()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what belongs to a request; of what nobody asked for, not without end."""
        super().data_received(data)
        self._received += len(data)
        has_head = self._request_count > self._answered
        if self._received > (LARGEST_HEAD + LARGEST_BODY if has_head else LARGEST_HEAD):
            self.end()

    def end(self) -> None:
        """Close at once and leave; a large answer that is not being read is lost."""
        self._leave()
        if self._wire.get_write_buffer_size():
            line = self._wire.get_extra_info("socket")
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
        self._wire.abort()

    def begin(self, path: str) -> bool:
        """Whether the request for this path can be worked on."""
        may = self._open and self._connections.begin(self, path)
        if may:
            self._stop_waiting()
        return may

    def finish(self) -> None:
        """The request has its answer, which is to be read."""
        self._answered += 1
        if self._answered == self._request_count:
            self._received = 0
        if self._open:
            self._connections.finish(self)
            self._wait(self._connections.limits.answer_seconds)

    async def body(self, request: web.Request) -> bytes | None:
        """The body of its request; None for one that is broken, or broken off."""
        if self._open:
            self._connections.pause(self)
            self._wait(self._connections.limits.body_seconds)
        try:
            return await request.read()
        except (OSError, web.RequestPayloadError):
            return None
        finally:
            self._connections.resume(self)
            self._stop_waiting()

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = HTTPStatus.INTERNAL_SERVER_ERROR,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        """What is not HTTP, or goes away, is no error of ours: it is not logged, and not quoted."""
        is_gone = isinstance(exc, ClientConnectionResetError)
        if status != HTTPStatus.BAD_REQUEST and not is_gone:
            return super().handle_error(request, status, exc, message)
        response = web.Response(status=status, headers={"Server": ""})
        response.force_close()
        return response

    def _wait(self, seconds: float) -> None:
        self._stop_waiting()
        self._deadline = self._loop.call_later(seconds, self.end)

    def _stop_waiting(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()

    def _leave(self) -> None:
        self._open = False
        self._stop_waiting()
        self._connections.leave(self)


def connection_of(request: web.Request) -> HttpConnection:
    """The connection a request has come by."""
    assert isinstance(request.protocol, HttpConnection)
    return request.protocol
