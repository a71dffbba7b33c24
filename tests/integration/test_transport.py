"""The transport against a real HTTP server, by itself and under python-telegram-bot."""

import asyncio
import json
import logging
import socket
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputFile
from telegram.error import (
    BadRequest,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.request import RequestData

from bot.chat.transport import ApiRequest, NotConnected, RequestTimeouts, seconds_to_wait

TOKEN = "4711:VERY-SECRET"
WORDS = "words of a client"
SHORT = RequestTimeouts(pool=0.2, connect=0.2, upload=0.2, read=0.2)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def serving(handler: Handler) -> AsyncIterator[str]:
    """The base URL of a server that answers every request by the handler."""
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", handler)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    try:
        yield f"http://{host}:{port}/bot"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def bot_at(base_url: str) -> AsyncIterator[Bot]:
    request = ApiRequest()
    bot = Bot(TOKEN, base_url=base_url, request=request, get_updates_request=request)
    await request.initialize()
    try:
        yield bot
    finally:
        await request.shutdown()


def answering(status: int, body: object) -> Handler:
    async def handler(_: web.Request) -> web.Response:
        text = body if isinstance(body, str) else json.dumps(body)
        return web.Response(status=status, text=text)

    return handler


async def failing(base_url: str, request: ApiRequest | None = None) -> TelegramError:
    """The error of a request that must fail."""
    async with request or ApiRequest(SHORT) as used:
        with pytest.raises(TelegramError) as failed:
            await used.post(f"{base_url}{TOKEN}/getMe", RequestData())
    return failed.value


MESSAGE = {"message_id": 7, "date": 0, "chat": {"id": 1, "type": "private"}}


async def test_without_files_the_parameters_are_one_json_object() -> None:
    seen: list[tuple[str, str, str, Any]] = []

    async def handler(request: web.Request) -> web.Response:
        seen.append((request.method, request.path, request.content_type, await request.json()))
        return web.json_response({"ok": True, "result": MESSAGE})

    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("نعم", callback_data="y")]])
    async with serving(handler) as url, bot_at(url) as bot:
        message = await bot.send_message(1, "سلام", reply_markup=keyboard)
    assert message.message_id == 7
    buttons = [[{"text": "نعم", "callback_data": "y"}]]
    body = {"chat_id": 1, "text": "سلام", "reply_markup": {"inline_keyboard": buttons}}
    assert seen == [("POST", f"/bot{TOKEN}/sendMessage", "application/json", body)]


async def test_with_files_each_call_sends_a_form_of_its_own() -> None:
    seen: list[dict[str, Any]] = []

    async def handler(request: web.Request) -> web.Response:
        form = await request.post()
        document = form["document"]
        assert isinstance(document, web.FileField)
        file = document.filename, document.content_type, document.file.read()
        seen.append({**form, "document": file})
        return web.json_response({"ok": True, "result": MESSAGE})

    document = InputFile(b"BEGIN:VCALENDAR", filename="Termin.ics")
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Back", callback_data="b")]])
    async with serving(handler) as url, bot_at(url) as bot:
        for _ in range(2):
            await bot.send_document(1, document, caption="سلام", reply_markup=keyboard)
    expected = {
        "chat_id": "1",
        "caption": "سلام",
        "reply_markup": json.dumps(keyboard.to_dict()),
        "document": ("Termin.ics", "text/calendar", b"BEGIN:VCALENDAR"),
    }
    assert seen == [expected, expected]


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, BadRequest),
        (401, InvalidToken),
        (403, Forbidden),
        (404, InvalidToken),
        (409, Conflict),
        (500, NetworkError),
    ],
)
async def test_a_refusal_keeps_its_class_and_the_description(
    status: int, kind: type[TelegramError]
) -> None:
    body = {"ok": False, "error_code": status, "description": "Reason: told by Telegram"}
    async with serving(answering(status, body)) as url:
        error = await failing(url)
    assert type(error) is kind
    assert error.message == "Reason: told by Telegram"


async def test_too_many_requests_say_how_long_to_wait() -> None:
    body = {"ok": False, "error_code": 429, "description": "x", "parameters": {"retry_after": 3}}
    async with serving(answering(429, body)) as url:
        error = await failing(url)
    assert isinstance(error, RetryAfter)
    assert seconds_to_wait(error) == 3


@pytest.mark.parametrize("body", [f"<html>{WORDS}", f'["{WORDS}"]', ""])
async def test_a_gateway_that_fails_is_not_quoted(
    body: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with serving(answering(502, body)) as url:
        error = await failing(url)
    assert type(error) is NetworkError
    assert error.message == "Bad Gateway (502)"
    assert WORDS not in caplog.text


@pytest.mark.parametrize("body", [f"<html>{WORDS}", f'["{WORDS}"]', ""])
async def test_an_answer_that_is_not_an_object_is_not_quoted(
    body: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with serving(answering(200, body)) as url:
        error = await failing(url)
    assert type(error) is NetworkError
    assert error.message == "the answer is not one of the Bot API"
    assert WORDS not in caplog.text


async def test_a_redirect_is_not_followed() -> None:
    async def handler(request: web.Request) -> web.Response:
        assert request.path == f"/bot{TOKEN}/getMe"
        return web.Response(status=302, headers={"Location": "/elsewhere"})

    async with serving(handler) as url:
        error = await failing(url)
    assert error.message == "Found (302)"


async def stall(_: web.Request) -> web.Response:
    await asyncio.sleep(30)
    return web.Response()


async def test_a_slow_answer_is_a_timeout_and_may_have_had_an_effect() -> None:
    async with serving(stall) as url:
        error = await failing(url)
    assert type(error) is TimedOut


async def test_a_call_can_wait_longer_than_the_others() -> None:
    async def handler(_: web.Request) -> web.Response:
        await asyncio.sleep(0.5)
        return web.json_response({"ok": True, "result": []})

    async with serving(handler) as url, ApiRequest(SHORT) as request:
        for timeouts in (5, None):
            answer = await request.post(f"{url}{TOKEN}/getUpdates", read_timeout=timeouts)
            assert answer == []


def closed_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


async def test_a_closed_port_is_known_not_to_have_had_an_effect() -> None:
    error = await failing(f"http://127.0.0.1:{closed_port()}/bot")
    assert type(error) is NotConnected


async def test_an_unknown_host_is_known_not_to_have_had_an_effect() -> None:
    error = await failing("http://lotse.invalid/bot")
    assert type(error) is NotConnected


async def test_waiting_in_vain_for_a_connection_is_known_not_to_have_had_an_effect() -> None:
    request = ApiRequest(RequestTimeouts(pool=0.1, connect=0.1, read=0.5), connections=1)
    async with serving(stall) as url, request:
        results = await asyncio.gather(
            *(request.post(f"{url}{TOKEN}/getMe", RequestData()) for _ in range(2)),
            return_exceptions=True,
        )
    assert [type(result) for result in results] == [TimedOut, NotConnected]


async def drop(request: web.Request) -> web.Response:
    await request.read()
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


async def test_a_connection_dropped_after_reading_may_have_had_an_effect() -> None:
    async with serving(drop) as url:
        error = await failing(url)
    assert type(error) is NetworkError


async def test_an_answer_cut_off_may_have_had_an_effect() -> None:
    async def handler(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Length": "100"})
        await response.prepare(request)
        await response.write(b'{"ok":')
        assert request.transport is not None
        request.transport.close()
        return response

    async with serving(handler) as url:
        error = await failing(url)
    assert type(error) is NetworkError


@pytest.mark.parametrize("handler", [stall, drop, answering(502, WORDS), answering(401, {})])
async def test_neither_logs_nor_errors_tell_the_token(
    handler: Handler, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with serving(handler) as url:
        check_silence(await failing(url), caplog)


@pytest.mark.parametrize("url", ["http://lotse.invalid/bot", "nonsense://", "http://[", "//"])
async def test_neither_logs_nor_errors_tell_the_token_of_what_is_not_reached(
    url: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    error = await failing(url)
    assert type(error) is NotConnected
    check_silence(error, caplog)


def check_silence(error: TelegramError, caplog: pytest.LogCaptureFixture) -> None:
    assert error.__cause__ is error.__context__ is None
    told = "".join(traceback.format_exception(error)) + repr(error) + caplog.text
    assert "VERY-SECRET" not in told
    assert WORDS not in told


async def test_it_can_be_opened_twice_and_closed_twice() -> None:
    request = ApiRequest(SHORT)
    await request.initialize()
    await request.initialize()
    assert request.read_timeout == 0.2
    await request.shutdown()
    await request.shutdown()


async def test_it_can_be_opened_again() -> None:
    request = ApiRequest(SHORT)
    async with serving(answering(200, {"ok": True, "result": True})) as url:
        for _ in range(2):
            async with request:
                assert await request.post(f"{url}{TOKEN}/close") is True
