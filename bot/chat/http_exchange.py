"""One HTTP/1.1 connection as a client uses it: one request at a time, each with its answer.

llhttp reads the answers (RFC 9112): bodies with a length, in chunks, or until the end. What was
written may have had an effect, whatever becomes of the answer.
"""

import asyncio
from dataclasses import dataclass, field
from typing import Any

from httptools import HttpParserError, HttpResponseParser

MOST_BYTES = 64 * 2**20
KEPT_SECONDS = 10.0
"""A connection that was not used between two looks, so far apart, is not trusted any more."""
FIRST_FINAL_STATUS = 200
FRAMES = (b"content-length", b"transfer-encoding")


class Unanswered(Exception):  # noqa: N818  (what happened, not whose fault it is)
    """The request was written and no whole answer came: it may have had its effect."""


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """Status and body of an answer, and what its header `Date` says."""

    status: int
    body: bytes
    date: str


@dataclass(slots=True)
class _Reading:
    """What has come of an answer. Without a frame its body ends with the connection."""

    answer: asyncio.Future[HttpAnswer]
    body: list[bytes] = field(default_factory=list)
    size: int = 0
    date: str = ""
    framed: bool = False
    begun: bool = False


class HttpExchange(asyncio.Protocol):
    """One connection. `is_free` is whether the next request can be written to it."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._transport: asyncio.Transport | None = None
        self._reading: _Reading | None = None
        self._parser: Any = None
        self._uses = 0
        self._next_look: asyncio.TimerHandle | None = None

    @property
    def is_free(self) -> bool:
        """Whether it is open and no answer is awaited."""
        transport = self._transport
        return transport is not None and not transport.is_closing() and self._reading is None

    async def ask(self, request: bytes, seconds: float | None) -> HttpAnswer:
        """Write a request and wait so long for its answer. Raises Unanswered or TimeoutError.

        Who is cancelled meanwhile leaves a connection that can serve nobody else: it is closed.
        """
        if self._transport is None:
            raise Unanswered("closed")
        reading = self._reading = _Reading(self._loop.create_future())
        self._parser = HttpResponseParser(self)
        self._uses += 1
        self._transport.write(request)
        late = None if seconds is None else self._loop.call_later(seconds, self._fail_late)
        try:
            return await reading.answer
        except asyncio.CancelledError:
            self.close()
            raise
        finally:
            if late is not None:
                late.cancel()

    def close(self) -> None:
        """Let go of the connection at once."""
        if self._transport is not None:
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._look(None)

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None
        if self._next_look is not None:
            self._next_look.cancel()
        reading = self._reading
        if reading is None:
            return
        if exc is None and reading.begun and not reading.framed:
            self._end(reading)
        else:
            self._fail(Unanswered(type(exc).__name__ if exc else "EOFError"))

    def data_received(self, data: bytes) -> None:
        if self._reading is None:
            self.close()  # nobody asked
            return
        try:
            self._parser.feed_data(data)
        except HttpParserError as error:
            self._fail(Unanswered(type(error).__name__))

    def on_header(self, name: bytes, value: bytes) -> None:
        """Of the parser: a line of the answer's head."""
        if self._reading is None:
            return
        lowered = name.lower()
        if lowered == b"date":
            self._reading.date = value.decode("latin-1")
        elif lowered in FRAMES:
            self._reading.framed = True

    def on_headers_complete(self) -> None:
        """Of the parser: the head is whole."""
        if self._reading is None:
            self.close()
        else:
            self._reading.begun = self._parser.get_status_code() >= FIRST_FINAL_STATUS

    def on_body(self, body: bytes) -> None:
        """Of the parser: a piece of the body."""
        if self._reading is None:
            return
        self._reading.body.append(body)
        self._reading.size += len(body)
        if self._reading.size > MOST_BYTES:
            self._fail(Unanswered("OverflowError"))

    def on_message_complete(self) -> None:
        """Of the parser: the answer is whole, or was an interim one."""
        if self._reading is not None and self._reading.begun:
            reusable = self._parser.should_keep_alive()
            self._end(self._reading)
            if not reusable:
                self.close()

    def _end(self, reading: _Reading) -> None:
        self._reading = None
        if not reading.answer.done():
            status = self._parser.get_status_code()
            reading.answer.set_result(HttpAnswer(status, b"".join(reading.body), reading.date))

    def _fail_late(self) -> None:
        self._fail(TimeoutError())

    def _fail(self, error: Exception) -> None:
        reading, self._reading = self._reading, None
        if reading is not None and not reading.answer.done():
            reading.answer.set_exception(error)
        self.close()

    def _look(self, uses: int | None) -> None:
        """Close it if it was not used since the last look; else look again."""
        if uses == self._uses and self._reading is None:
            self.close()
        else:
            self._next_look = self._loop.call_later(KEPT_SECONDS, self._look, self._uses)
