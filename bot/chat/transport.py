"""The way to the Bot API: python-telegram-bot's requests over aiohttp.

The bot's token is part of every URL and clients' words are in every payload. So nothing here
logs, and no error carries the text, the cause or the context of the error behind it.
"""

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import aiohttp
import pydantic_core
from telegram.error import NetworkError, RetryAfter, TimedOut
from telegram.request import BaseRequest, RequestData

# The library's own switch to waits as timedelta; without it every 429 raises a warning as well.
os.environ["PTB_TIMEDELTA"] = "true"

UNSET = BaseRequest.DEFAULT_NONE
JSON = {"Content-Type": "application/json"}
KEEP_ALIVE_SECONDS = 15.0
DNS_SECONDS = 300

# The library takes the result of any 2xx answer without looking; a captive portal has none.
RESULT = b'"result"'

UNSENT = (
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.ServerFingerprintMismatch,
    aiohttp.InvalidURL,
)


Hear = Callable[[str], None]
"""Told what an answer of the Bot API says in its header `Date`."""


class NotConnected(NetworkError):  # noqa: N818  (named like python-telegram-bot's own)
    """No connection was made: the request is known not to have had any effect."""


def seconds_to_wait(error: RetryAfter) -> float:
    """How long the API asks us to send nothing."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else wait


@dataclass(frozen=True, slots=True)
class RequestTimeouts:
    """Seconds for each phase of a request; `upload` stands for `write` where files are sent."""

    pool: float = 5.0
    connect: float = 5.0
    write: float = 10.0
    upload: float = 30.0
    read: float = 10.0


DEFAULTS = RequestTimeouts()


class AiohttpRequest(BaseRequest):
    """A BaseRequest with one aiohttp session. Errors: NotConnected, TimedOut, NetworkError."""

    __slots__ = ("_connections", "_hear", "_plain", "_session", "_timeouts")

    def __init__(
        self,
        timeouts: RequestTimeouts = DEFAULTS,
        connections: int = 64,
        hear: Hear = lambda _: None,
    ) -> None:
        self._timeouts = timeouts
        self._hear = hear
        self._connections = connections
        self._plain = _client_timeout(
            timeouts.pool, timeouts.connect, timeouts.write, timeouts.read
        )
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds an answer may take unless a call says otherwise."""
        return self._timeouts.read

    async def initialize(self) -> None:
        """Make the session; the running event loop is the one it belongs to."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(
                    limit=self._connections,
                    limit_per_host=0,
                    keepalive_timeout=KEEP_ALIVE_SECONDS,
                    ttl_dns_cache=DNS_SECONDS,
                ),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"Accept-Encoding": "identity"},
                timeout=self._plain,
            )

    async def shutdown(self) -> None:
        """Close the session and its connections."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = UNSET,
        write_timeout: Any = UNSET,
        connect_timeout: Any = UNSET,
        pool_timeout: Any = UNSET,
    ) -> tuple[int, bytes]:
        """Status and body of the answer. A timeout of None means no limit."""
        if self._session is None:
            raise RuntimeError("initialize() comes first")
        files = request_data is not None and request_data.contains_files
        timeout = self._timeout(files, read_timeout, write_timeout, connect_timeout, pool_timeout)
        try:
            async with self._session.request(
                method,
                url,
                data=_body(request_data),
                headers=None if files or request_data is None else JSON,
                timeout=timeout,
                allow_redirects=False,
            ) as response:
                status, body = response.status, await response.read()
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            failure = _failure(error)
        else:
            if _is_success(status) and RESULT in body:
                self._hear(response.headers.get("Date", ""))
                return status, body
            if not _is_success(status):
                return status, body if _is_object(body) else b"{}"
            failure = NetworkError("the answer is not one of the Bot API")
        # Not inside the handler: the error would hang on this one as its context, URL and all.
        raise failure

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer. Raises NetworkError; the inherited method logs what it cannot parse."""
        answer = _parsed(payload)
        if isinstance(answer, dict):
            return answer
        raise NetworkError("the answer is not a JSON object")

    def _timeout(
        self, files: bool, read: Any, write: Any, connect: Any, pool: Any
    ) -> aiohttp.ClientTimeout:
        if not files and read is write is connect is pool is UNSET:
            return self._plain
        own = self._timeouts
        return _client_timeout(
            own.pool if pool is UNSET else pool,
            own.connect if connect is UNSET else connect,
            (own.upload if files else own.write) if write is UNSET else write,
            own.read if read is UNSET else read,
        )


def _client_timeout(
    pool: float | None, connect: float | None, write: float | None, read: float | None
) -> aiohttp.ClientTimeout:
    # aiohttp bounds waiting for a free connection together with connecting, and has no bound for
    # writing but the total.
    return aiohttp.ClientTimeout(
        connect=_sum(pool, connect),
        sock_connect=connect,
        sock_read=read,
        total=_sum(pool, connect, write, read),
    )


def _sum(*seconds: float | None) -> float | None:
    known = [each for each in seconds if each is not None]
    return sum(known) if len(known) == len(seconds) else None


def _body(request_data: RequestData | None) -> bytes | aiohttp.FormData | None:
    if request_data is None:
        return None
    if not request_data.contains_files:
        return pydantic_core.to_json(request_data.parameters)
    form = aiohttp.FormData()
    for name, value in request_data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, content_type) in request_data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=content_type)
    return form


def _failure(error: Exception) -> NetworkError:
    name = type(error).__name__
    if isinstance(error, UNSENT):
        return NotConnected(name)
    return TimedOut(name) if isinstance(error, TimeoutError) else NetworkError(name)


def _is_success(status: int) -> bool:
    return HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES


def _is_object(body: bytes) -> bool:
    """Whether python-telegram-bot can read an error from it; it quotes what it cannot read."""
    return isinstance(_parsed(body), dict)


def _parsed(payload: bytes) -> Any:
    try:
        return json.loads(payload)
    except (ValueError, RecursionError):
        return None
