"""A client of an HTTP/1.1 server: connections are kept and shared, each for one request at a time.

By itself it does no more than what calls of the Bot API need: no redirects, cookies or compression
(docs/decisions/0028-a-client-of-our-own-for-the-bot-api.md).
"""

import asyncio
import socket
import ssl
from collections import deque
from dataclasses import dataclass
from functools import cache, lru_cache
from urllib.parse import quote, urlsplit

from aiohappyeyeballs import start_connection

from bot.chat.http_exchange import HttpAnswer, HttpExchange

NEXT_ADDRESS_SECONDS = 0.25
"""When the next address of a host is tried beside the first (RFC 8305)."""
PORTS = {"http": 80, "https": 443}
IN_A_PATH = "/:%"


class Unsent(Exception):  # noqa: N818  (what happened, not whose fault it is)
    """Nothing of the request was written: it is known not to have had any effect."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds until a connection must be there, and until the whole answer must; None for ever."""

    connect: float | None
    answer: float | None


@dataclass(frozen=True, slots=True)
class Origin:
    """A server: host and port, and whether it is spoken to under TLS."""

    host: str
    port: int
    tls: bool


class HttpClient:
    """Keeps at most so many connections."""

    def __init__(self, connections: int) -> None:
        self._loop = asyncio.get_running_loop()
        self._places = asyncio.Semaphore(connections)
        self._kept: dict[Origin, deque[HttpExchange]] = {}

    def close(self) -> None:
        """Let go of every connection that is kept."""
        for kept in self._kept.values():
            for exchange in kept:
                exchange.close()
        self._kept.clear()

    async def request(
        self, method: str, url: str, body: bytes, content_type: str, limits: Limits
    ) -> HttpAnswer:
        """The answer to one request. Raises Unsent, Unanswered or TimeoutError."""
        origin, head = _addressed(method, url, content_type)
        request = b"%sContent-Length: %d\r\n\r\n%s" % (head, len(body), body)
        exchange = await self._connected(origin, limits.connect)
        try:
            return await exchange.ask(request, limits.answer)
        finally:
            self._places.release()
            if exchange.is_free:
                self._kept.setdefault(origin, deque()).append(exchange)

    async def _connected(self, origin: Origin, seconds: float | None) -> HttpExchange:
        """A free connection and a place for it. Raises Unsent."""
        if not self._places.locked() and (kept := self._still_kept(origin)):
            await self._places.acquire()
            return kept
        try:
            async with asyncio.timeout(seconds):
                await self._places.acquire()
                try:
                    return self._still_kept(origin) or await self._made(origin)
                except BaseException:
                    self._places.release()
                    raise
        except (OSError, TimeoutError, ValueError) as error:  # a name can be no name at all
            raise Unsent(type(error).__name__) from None

    def _still_kept(self, origin: Origin) -> HttpExchange | None:
        """The connection used last, if one is there still."""
        kept = self._kept.get(origin)
        while kept:
            if (exchange := kept.pop()).is_free:
                return exchange
        return None

    async def _made(self, origin: Origin) -> HttpExchange:
        addresses = await self._loop.getaddrinfo(origin.host, origin.port, type=socket.SOCK_STREAM)
        _, exchange = await self._loop.create_connection(
            lambda: HttpExchange(self._loop),
            sock=await start_connection(addresses, happy_eyeballs_delay=NEXT_ADDRESS_SECONDS),
            ssl=_trust() if origin.tls else None,
            server_hostname=origin.host if origin.tls else None,
        )
        return exchange


@cache
def _trust() -> ssl.SSLContext:
    """Whose certificates are believed: read once, and only where there is TLS."""
    return ssl.create_default_context()


@lru_cache(maxsize=128)
def _addressed(method: str, url: str, content_type: str) -> tuple[Origin, bytes]:
    """Where such a request goes, and its head but for the length of its body. Raises Unsent."""
    try:
        parts = urlsplit(url)
        default = PORTS[parts.scheme]
        host = (parts.hostname or "").encode("idna").decode()
        if not host:
            raise ValueError("no host")
        origin = Origin(host, parts.port or default, parts.scheme == "https")
    except (ValueError, KeyError) as error:
        raise Unsent(type(error).__name__) from None
    shown = f"[{host}]" if ":" in host else host
    place = shown if origin.port == default else f"{shown}:{origin.port}"
    head = (
        f"{method} {quote(parts.path or '/', safe=IN_A_PATH)} HTTP/1.1\r\nHost: {place}\r\n"
        f"Accept-Encoding: identity\r\nContent-Type: {content_type}\r\n"
    )
    return origin, head.encode("ascii")
