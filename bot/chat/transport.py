"""The way to the Bot API: python-telegram-bot's requests over an HTTP client of our own.

The bot's token is part of every URL and clients' words are in every payload. So nothing here
logs, and no error carries the text, the cause or the context of the error behind it.
"""

import json
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import aiohttp
import pydantic_core
from telegram.error import NetworkError, RetryAfter, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.chat.http_client import HttpClient, Limits, Unsent
from bot.chat.http_exchange import HttpAnswer, Unanswered

# The library's own switch to waits as timedelta; without it every 429 raises a warning as well.
os.environ["PTB_TIMEDELTA"] = "true"

UNSET = BaseRequest.DEFAULT_NONE
JSON = "application/json"

# The library takes the result of any 2xx answer without looking; a captive portal has none.
RESULT = b'"result"'

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
    """Seconds for each phase of a request; but for files, writing one takes no time."""

    pool: float = 5.0
    connect: float = 5.0
    upload: float = 30.0
    read: float = 10.0


DEFAULTS = RequestTimeouts()


class ApiRequest(BaseRequest):
    """A BaseRequest with one HTTP client. Errors: NotConnected, TimedOut, NetworkError."""

    __slots__ = ("_client", "_connections", "_hear", "_plain", "_timeouts")

    def __init__(
        self,
        timeouts: RequestTimeouts = DEFAULTS,
        connections: int = 128,
        hear: Hear = lambda _: None,
    ) -> None:
        self._timeouts = timeouts
        self._hear = hear
        self._connections = connections
        self._plain = Limits(_sum(timeouts.pool, timeouts.connect), timeouts.read)
        self._client: HttpClient | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds an answer may take unless a call says otherwise."""
        return self._timeouts.read

    async def initialize(self) -> None:
        """Make the client; the running event loop is the one it belongs to."""
        if self._client is None:
            self._client = HttpClient(self._connections)

    async def shutdown(self) -> None:
        """Close the client and its connections."""
        client, self._client = self._client, None
        if client is not None:
            client.close()

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
        files = request_data is not None and request_data.contains_files
        limits = self._limits(files, read_timeout, write_timeout, connect_timeout, pool_timeout)
        body, content_type = await _body(request_data)
        answer = await self._answer(method, url, body, content_type, limits)
        if _is_success(answer.status):
            return answer.status, answer.body
        return answer.status, _readable(answer.body)

    async def call(self, url: str, parameters: dict[str, Any], read_timeout: Any) -> bytes:
        """The body of the answer to plain parameters. Raises TelegramError as the library does."""
        limits = self._plain
        if read_timeout is not UNSET:
            limits = Limits(limits.connect, read_timeout)
        answer = await self._answer("POST", url, pydantic_core.to_json(parameters), JSON, limits)
        if not _is_success(answer.status):
            await Refusal(answer.status, answer.body).post(url)
        return answer.body

    async def _answer(
        self, method: str, url: str, body: bytes, content_type: str, limits: Limits
    ) -> HttpAnswer:
        if self._client is None:
            raise RuntimeError("initialize() comes first")
        try:
            answer = await self._client.request(method, url, body, content_type, limits)
        except (Unsent, Unanswered, TimeoutError) as error:
            failure = _failure(error)
        else:
            if not _is_success(answer.status):
                return answer
            if RESULT in answer.body:
                if answer.date:
                    self._hear(answer.date)
                return answer
            failure = NetworkError("the answer is not one of the Bot API")
        # Not inside the handler: the error would hang on this one as its context, URL and all.
        raise failure

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer. Raises NetworkError; the inherited method logs what it cannot parse."""
        return read(payload)

    def _limits(self, files: bool, read: Any, write: Any, connect: Any, pool: Any) -> Limits:
        if not files and read is write is connect is pool is UNSET:
            return self._plain
        own = self._timeouts
        read = own.read if read is UNSET else read
        upload = own.upload if write is UNSET else write
        return Limits(
            connect=_sum(
                own.pool if pool is UNSET else pool, own.connect if connect is UNSET else connect
            ),
            answer=_sum(upload, read) if files else read,
        )


class Refusal(ApiRequest):
    """An answer that is no success, for the library to say which of its errors that is."""

    __slots__ = ("_body", "_status")

    def __init__(self, status: int, body: bytes) -> None:
        super().__init__()
        self._status = status
        self._body = _readable(body)

    async def do_request(self, *_: Any, **__: Any) -> tuple[int, bytes]:
        """What was answered."""
        return self._status, self._body


def read(payload: bytes) -> dict[str, Any]:
    """An answer of the Bot API. Raises NetworkError."""
    answer = _parsed(payload)
    if isinstance(answer, dict):
        return answer
    raise NetworkError("the answer is not a JSON object")


def _sum(*seconds: float | None) -> float | None:
    known = [each for each in seconds if each is not None]
    return sum(known) if len(known) == len(seconds) else None


async def _body(request_data: RequestData | None) -> tuple[bytes, str]:
    """What is sent, and what it is."""
    if request_data is None:
        return b"{}", JSON
    if not request_data.contains_files:
        return pydantic_core.to_json(request_data.parameters), JSON
    form = aiohttp.FormData()
    for name, value in request_data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, content_type) in request_data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=content_type)
    payload = form()
    return await payload.as_bytes(), payload.content_type


def _failure(error: Exception) -> NetworkError:
    if isinstance(error, TimeoutError):
        return TimedOut("TimeoutError")
    return NotConnected(str(error)) if isinstance(error, Unsent) else NetworkError(str(error))


def _is_success(status: int) -> bool:
    return HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES


def _readable(body: bytes) -> bytes:
    """What python-telegram-bot can read an error from; it quotes what it cannot read."""
    return body if isinstance(_parsed(body), dict) else b"{}"


def _parsed(payload: bytes) -> Any:
    with suppress(ValueError):
        return pydantic_core.from_json(payload)
    # More is legal JSON than the quick reader takes, such as half a surrogate pair in a text.
    with suppress(ValueError, RecursionError):
        return json.loads(payload)
    return None
