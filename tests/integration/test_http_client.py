"""The HTTP client against a server that says exactly these bytes, and goes when it likes."""

import asyncio
import gc
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

import pytest
from post_office import certificate
from until import until

from bot.chat import http_client, http_exchange
from bot.chat.http_client import HttpClient, Limits, Unsent
from bot.chat.http_exchange import HttpAnswer, Unanswered

SOON = Limits(connect=20, answer=20)
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
CLOSES = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok"


@dataclass
class Wire:
    """A server that answers each request by the next of `says`; None hangs up instead."""

    says: list[bytes | None]
    requests: list[bytes] = field(default_factory=list)
    lines: list[asyncio.StreamWriter] = field(default_factory=list)
    port: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/bot1:x/getMe"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.lines.append(writer)
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = int(head.lower().partition(b"content-length: ")[2].split(b"\r")[0])
                self.requests.append(head + await reader.readexactly(length))
                answer = self.says.pop(0)
                if answer is None:
                    writer.transport.abort()
                    return
                writer.write(answer)
                await writer.drain()
                if answer.endswith(b"<EOF>"):
                    writer.close()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()


@asynccontextmanager
async def wire(*says: bytes | None) -> AsyncIterator[Wire]:
    made = Wire(list(says))
    server = await asyncio.start_server(made.serve, "127.0.0.1", 0)
    made.port = server.sockets[0].getsockname()[1]
    try:
        yield made
    finally:
        server.close()
        for line in made.lines:
            line.close()


@pytest.fixture
async def client() -> AsyncIterator[HttpClient]:
    made = HttpClient(2)
    yield made
    made.close()


async def ask(
    client: HttpClient, url: str, body: bytes = b"{}", limits: Limits = SOON
) -> HttpAnswer:
    return await client.request("POST", url, body, "application/json", limits)


async def test_a_request_is_written_as_the_standard_says(client: HttpClient) -> None:
    async with wire(OK) as server:
        await ask(client, server.url.replace("bot1:x", "bot1:ä x"), "{ö}".encode())
    assert server.requests == [
        b"POST /bot1:%C3%A4%20x/getMe HTTP/1.1\r\n"
        + f"Host: 127.0.0.1:{server.port}\r\n".encode()
        + b"Accept-Encoding: identity\r\nContent-Type: application/json\r\n"
        + b"Content-Length: 4\r\n\r\n{\xc3\xb6}"
    ]


@pytest.mark.parametrize(
    ("answer", "read"),
    [
        (OK, HttpAnswer(200, b"ok", "")),
        (
            b"HTTP/1.1 200 OK\r\ndate: now\r\nTransfer-Encoding: chunked\r\n\r\n"
            b"2\r\nab\r\n3;x=y\r\ncde\r\n0\r\nTrailer: t\r\n\r\n",
            HttpAnswer(200, b"abcde", "now"),
        ),
        (b"HTTP/1.1 200 OK\r\n\r\nwhole<EOF>", HttpAnswer(200, b"whole<EOF>", "")),
        (b"HTTP/1.0 502 Bad Gateway\r\n\r\n<EOF>", HttpAnswer(502, b"<EOF>", "")),
        (b"HTTP/1.1 103 Early Hints\r\nDate: x\r\n\r\n" + OK, HttpAnswer(200, b"ok", "x")),
        (b"HTTP/1.1 204 No Content\r\n\r\n", HttpAnswer(204, b"", "")),
    ],
    ids=["length", "chunks", "until the end", "old", "interim first", "no body"],
)
async def test_an_answer_is_read_however_its_end_is_told(
    client: HttpClient, answer: bytes, read: HttpAnswer
) -> None:
    async with wire(answer) as server:
        assert await ask(client, server.url) == read


async def test_an_answer_that_comes_byte_by_byte_is_read(client: HttpClient) -> None:
    async def dribble(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        for byte in OK:
            writer.write(bytes([byte]))
            await asyncio.sleep(0)
        writer.close()

    server = await asyncio.start_server(dribble, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    assert await ask(client, f"http://127.0.0.1:{port}/x") == HttpAnswer(200, b"ok", "")
    server.close()


async def test_one_connection_serves_one_request_after_another(client: HttpClient) -> None:
    async with wire(OK, OK, OK) as server:
        assert [(await ask(client, server.url)).status for _ in range(3)] == [200] * 3
    assert len(server.lines) == 1


async def test_who_comes_when_all_connections_are_in_use_waits_for_one() -> None:
    client = HttpClient(1)
    async with wire(OK, OK, OK) as server:
        answers = await asyncio.gather(*(ask(client, server.url) for _ in range(3)))
    assert (answers, len(server.lines)) == ([HttpAnswer(200, b"ok", "")] * 3, 1)
    client.close()


@pytest.mark.parametrize("answer", [CLOSES, OK + b"unasked", b"HTTP/1.0 200 OK\r\n\r\n<EOF>"])
async def test_a_connection_that_is_to_close_is_not_used_again(
    client: HttpClient, answer: bytes
) -> None:
    async with wire(answer, OK) as server:
        assert (await ask(client, server.url)).status == 200
        assert (await ask(client, server.url)).status == 200
    assert len(server.lines) == 2


async def test_a_kept_connection_that_died_is_replaced_before_anything_is_written(
    client: HttpClient,
) -> None:
    async with wire(OK, OK) as server:
        await ask(client, server.url)
        kept = next(iter(client._kept.values()))[0]
        server.lines[0].transport.abort()
        await until(lambda: not kept.is_free)
        assert (await ask(client, server.url)).status == 200
    assert len(server.requests) == 2


async def test_a_connection_unused_for_long_is_not_trusted(
    client: HttpClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http_exchange, "KEPT_SECONDS", 0.05)
    async with wire(OK, OK) as server:
        for _ in range(2):
            await ask(client, server.url)
            kept = next(iter(client._kept.values()))[0]
            await until(lambda: not kept.is_free)  # noqa: B023  (it is asked before the next)
    assert len(server.lines) == 2


@pytest.mark.parametrize(
    "answer",
    [
        None,
        b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nhalf<EOF>",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nha<EOF>",
        b"HTTP/1.1 100 Continue\r\n\r\n<EOF>",
        b"nonsense<EOF>",
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n<EOF>",
    ],
    ids=["none", "cut off", "cut off in a chunk", "interim only", "nonsense", "another protocol"],
)
async def test_a_request_without_a_whole_answer_may_have_had_an_effect(
    client: HttpClient, answer: bytes | None
) -> None:
    async with wire(answer) as server:
        with pytest.raises((Unanswered, TimeoutError)):
            await ask(client, server.url, limits=Limits(20, 1))
    assert len(server.requests) == 1


async def test_an_answer_without_end_is_not_kept(
    client: HttpClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http_exchange, "MOST_BYTES", 10)
    async with wire(b"HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n" + b"x" * 20) as server:
        with pytest.raises(Unanswered):
            await ask(client, server.url)


@pytest.mark.parametrize(
    "url",
    [
        *("nonsense://", "http://[", "//", "http://", "ftp://host/x", "http://host:99999/"),
        f"http://{'x' * 70}.example/",
    ],
)
async def test_an_address_that_is_none_is_known_not_to_have_had_an_effect(
    client: HttpClient, url: str
) -> None:
    with pytest.raises(Unsent):
        await ask(client, url)


async def test_who_is_cancelled_leaves_no_connection_that_answers_somebody_else(
    client: HttpClient,
) -> None:
    async with wire(b"", OK) as server:
        asking = asyncio.create_task(ask(client, server.url))
        await until(lambda: bool(server.requests))
        asking.cancel()
        await asyncio.wait([asking])
        assert (await ask(client, server.url)).body == b"ok"
    assert (asking.cancelled(), len(server.lines)) == (True, 2)


def _is_connected(made: object, name: object) -> bool:
    if not isinstance(made, socket.socket) or made.fileno() < 0:
        return False
    with suppress(OSError):
        return bool(made.getpeername() == name)
    return False


async def test_who_is_cancelled_while_connecting_leaves_nothing_open(client: HttpClient) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        name = server.getsockname()
        address = f"http://127.0.0.1:{name[1]}/x"
        for moments in range(200):
            asking = asyncio.create_task(ask(client, address))
            for _ in range(moments):
                await asyncio.sleep(0)
            asking.cancel()
            await asyncio.wait([asking])
        await asyncio.sleep(0)
        assert [made for made in gc.get_objects() if _is_connected(made, name)] == []


async def test_a_server_without_a_known_certificate_gets_nothing(
    client: HttpClient, tmp_path_factory: pytest.TempPathFactory
) -> None:
    shown = certificate(tmp_path_factory.mktemp("certificate")).shown
    server = await asyncio.start_server(lambda reader, writer: None, "127.0.0.1", 0, ssl=shown)
    port = server.sockets[0].getsockname()[1]
    with pytest.raises(Unsent, match="SSLCertVerificationError"):
        await ask(client, f"https://127.0.0.1:{port}/x")
    server.close()


async def test_what_is_said_under_tls_is_read(
    client: HttpClient,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cert, wired = certificate(tmp_path_factory.mktemp("certificate")), Wire([OK])
    monkeypatch.setattr(http_client, "_trust", lambda: cert.trusted)
    server = await asyncio.start_server(wired.serve, "127.0.0.1", 0, ssl=cert.shown)
    port = server.sockets[0].getsockname()[1]
    assert await ask(client, f"https://127.0.0.1:{port}/x") == HttpAnswer(200, b"ok", "")
    server.close()
