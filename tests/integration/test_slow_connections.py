"""Clients that send slowly, read slowly, or come in crowds keep nobody else waiting."""

import asyncio
import logging
import resource
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import pytest
from listening import (
    HALF,
    LARGE,
    LIMITS,
    MOST_SECONDS,
    SOON,
    UPDATE,
    Listening,
    get,
    listening,
    post,
)
from processes import free_port

from bot.web import http_server

TOO_LONG = b"x" * 9000
"""For one line of a request."""
MANY = b"\r\nX-Long: " + TOO_LONG[:8000]


class Serve(Protocol):
    """Starts the server, with limits of its own."""

    def __call__(self, **limits: float) -> AbstractAsyncContextManager[Listening]: ...


@pytest.fixture
def serve(tmp_path: Path) -> Serve:
    def start(**limits: float) -> AbstractAsyncContextManager[Listening]:
        return listening(tmp_path, replace(LIMITS, **limits))  # type: ignore[arg-type]

    return start


@pytest.fixture
async def server(serve: Serve) -> AsyncIterator[Listening]:
    async with serve() as made:
        yield made


async def work(server: Listening) -> list[int]:
    """How those who matter are answered: alive, not ready without the Bot API, an update."""
    asked = [get("/healthz"), get("/readyz"), post("/hook", len(UPDATE), body=UPDATE)]
    return [await server.status(request) for request in asked]


async def test_a_crowd_of_half_sent_requests_silences_neither_health_nor_webhook(
    server: Listening,
) -> None:
    crowd = [await server.line(HALF) for _ in range(5 * LIMITS.connections)]
    assert await work(server) == [200, 503, 200]
    assert server.taken == [{"update_id": 1}]
    await asyncio.gather(*(each.reads() for each in crowd[: -LIMITS.connections]))
    assert [each.is_open for each in crowd].count(True) <= LIMITS.connections


async def test_who_has_been_waited_for_longest_makes_room(server: Listening) -> None:
    first, second = await server.line(HALF), await server.line(HALF)
    for _ in range(LIMITS.connections - 1):
        await server.line(HALF)
    assert await first.reads() == b""
    second.sends(b"\r\n")
    assert b" 200 " in await second.answer()


@pytest.mark.parametrize(
    "rest", [[], [b"X-A: b\r\n"] * 3 + [b"X-"] * 20], ids=["silent", "trickling"]
)
async def test_a_request_that_does_not_end_is_hung_up_on(serve: Serve, rest: list[bytes]) -> None:
    async with serve(head_seconds=SOON) as server:
        line = await server.line(HALF)
        ended = asyncio.ensure_future(line.reads())
        for part in rest:
            line.sends(part)
            await asyncio.wait([ended], timeout=0.05)
        assert await ended == b""


async def test_a_body_that_does_not_come_is_hung_up_on_and_nothing_is_taken(
    serve: Serve, caplog: pytest.LogCaptureFixture
) -> None:
    async with serve(body_seconds=SOON) as server:
        line = await server.line(post("/hook", 100, body=b'{"update_id":'))
        assert await line.reads() == b""
        assert server.taken == []
    assert caplog.records == []


async def test_without_the_secret_no_body_is_waited_for(server: Listening) -> None:
    line = await server.line(post("/hook", 100, secret="wrong"))
    assert b" 404 " in await line.answer()


async def test_who_does_not_read_an_answer_is_hung_up_on(serve: Serve) -> None:
    async with serve(answer_seconds=SOON) as server:
        with socket.create_connection(("127.0.0.1", server.port)) as slow:
            slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            slow.sendall(get("/large"))
            await asyncio.sleep(3 * SOON)
            assert await asyncio.to_thread(_length, slow) < LARGE


def _length(slow: socket.socket) -> int:
    read = 0
    try:
        while part := slow.recv(2**20):
            read += len(part)
    except ConnectionError:
        pass
    return read


async def test_who_reads_gets_all_of_a_large_answer(server: Listening) -> None:
    line = await server.line(get("/large"))
    assert f"Content-Length: {LARGE}".encode() in await line.answer()
    assert len(await line.reader.readexactly(LARGE)) == LARGE


async def test_a_connection_that_idles_is_hung_up_on(serve: Serve) -> None:
    async with serve(answer_seconds=SOON) as server:
        line = await server.line(get("/healthz"))
        assert (await line.reads()).endswith(b"alive\n")


async def test_requests_that_keep_pages_at_work_leave_a_share_to_health_and_webhook(
    server: Listening,
) -> None:
    held = [await server.line(get("/waits")) for _ in range(LIMITS.at_work)]
    for _ in held:
        await server.begun.get()
    assert await server.status(get("/waits")) == 503
    assert await work(server) == [200, 503, 200]
    server.go_on.set()
    assert [b" 200 " in await each.answer() for each in held] == [True] * LIMITS.at_work
    assert await server.status(get("/waits")) == 200


async def test_who_is_slow_with_a_form_makes_room_for_who_is_not(server: Listening) -> None:
    slow = [await server.line(post("/reads", 5)) for _ in range(LIMITS.at_work)]
    await asyncio.sleep(0.1)
    assert await server.status(post("/reads", 5, body=b"hello")) == 200
    assert await slow[0].reads() == b""
    slow[1].sends(b"hello")
    assert b" 200 " in await slow[1].answer()


@pytest.mark.parametrize(
    "sent",
    [
        b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-Long: " + TOO_LONG + b"\r\n\r\n",
        b"GET /" + TOO_LONG + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\n" + b"X-Many: 1\r\n" * 65 + b"\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        b"POST /hook HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        get("/hook")[:-2] + b"Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"\x00\r\n\r\n",
    ],
)
async def test_what_is_not_http_is_refused_and_not_logged(
    server: Listening, sent: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    answer = await (await server.line(sent)).reads()
    head = answer.partition(b"\r\n\r\n")[0].decode()
    assert head.startswith("HTTP/1.0 400 ")
    assert "aiohttp" not in answer.decode().lower() and "python" not in answer.decode().lower()
    assert caplog.records == []


async def test_no_answer_names_what_gives_it(server: Listening) -> None:
    asked = [
        *(get("/healthz"), get("/nothing"), post("/healthz", 0), get("/fails")),
        post("/hook", 2**20 + 1, body=bytes(2**20 + 1)),
    ]
    heads = [await (await server.line(each)).answer() for each in asked]
    assert [int(head.split(b" ")[1]) for head in heads] == [200, 404, 405, 500, 413]
    assert [head for head in heads if b"server:" in head.lower()] == []


async def test_a_mistake_of_ours_is_still_logged(
    server: Listening, caplog: pytest.LogCaptureFixture
) -> None:
    assert await server.status(get("/fails")) == 500
    assert [(each.name, each.levelname) for each in caplog.records] == [("aiohttp.server", "ERROR")]


@pytest.mark.parametrize(
    "sent",
    [
        HALF,
        get("/waits"),
        get("/large"),
        post("/reads", 5),
        post("/hook", 100, body=b"{"),
        post("/hook", 100, secret="wrong"),
        post("/reads", 5)[:-2] + b"Expect: 100-continue\r\n\r\n",
        post("/reads", 5).replace(b"Content-Length: 5", b"Transfer-Encoding: chunked") + b"zz\r\n",
    ],
)
@pytest.mark.parametrize("rudely", [False, True], ids=["closes", "resets"])
async def test_who_goes_away_in_the_middle_is_no_error(
    server: Listening, sent: bytes, rudely: bool, caplog: pytest.LogCaptureFixture
) -> None:
    line = await server.line(sent)
    await asyncio.sleep(0.05)
    if rudely:
        line.writer.transport.abort()
    line.writer.close()
    await asyncio.sleep(0.05)
    server.go_on.set()
    assert await server.status(get("/healthz")) == 200
    assert caplog.records == []


@pytest.mark.parametrize(
    "sent",
    [
        b"GET / HTTP/1.1" + 9 * MANY,
        get("/waits") + get("/waits").replace(b"\r\n\r\n", 4 * MANY + b"\r\n\r\n") * 40,
    ],
    ids=["head", "requests"],
)
async def test_who_sends_without_end_is_hung_up_on(server: Listening, sent: bytes) -> None:
    line = await server.line()
    line.sends(sent)
    assert await line.reads() == b""


async def test_the_server_stops_while_somebody_is_slow(serve: Serve) -> None:
    async with serve(body_seconds=SOON) as server:
        for sent in (HALF, post("/reads", 5), post("/hook", 9, secret="wrong"), get("/large")):
            await server.line(sent)
        await asyncio.sleep(0.05)
        async with asyncio.timeout(MOST_SECONDS):
            await server.stop()


@contextmanager
def files_allowed(most: int) -> Iterator[None]:
    """Inside the block this process may open no more."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)


@pytest.mark.parametrize(("most", "told"), [(800, ["too few files may be open"]), (1024, [])])
async def test_that_too_few_files_may_be_open_is_said_at_the_start(
    caplog: pytest.LogCaptureFixture, most: int, told: list[str]
) -> None:
    with files_allowed(most), caplog.at_level(logging.WARNING, "bot"):
        address = ("127.0.0.1", free_port())
        serving = asyncio.ensure_future(http_server.serve(address, (), ()))
        await asyncio.wait([serving], timeout=0.1)
        serving.cancel()
        await asyncio.wait([serving])
    assert [record.getMessage() for record in caplog.records] == told


def test_a_place_lasts_until_a_request_is_read_when_every_share_is_used() -> None:
    limits = http_server.LIMITS
    assert limits.connections - 5 * limits.at_work >= 4 * limits.backlog
