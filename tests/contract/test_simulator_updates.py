"""How updates reach the bot: kept until confirmed, one poller, or a webhook."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web
from simulator_sides import ANNA, Sides, running_simulator

CONFLICT = (
    409,
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running",
)
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"

Hook = Callable[[dict[str, Any], web.Request], Awaitable[int]]


@pytest.fixture
async def sides() -> AsyncIterator[Sides]:
    async with running_simulator() as both:
        yield both


@asynccontextmanager
async def webhook(hook: Hook) -> AsyncIterator[str]:
    async def handle(request: web.Request) -> web.Response:
        return web.Response(status=await hook(await request.json(), request))

    app = web.Application()
    app.router.add_post("/hook", handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    await runner.cleanup()


def texts(updates: list[dict[str, Any]]) -> list[str]:
    return [update["message"]["text"] for update in updates]


async def test_updates_are_handed_out_until_they_are_confirmed(sides: Sides) -> None:
    for text in "abc":
        await sides.anna_says(text)

    first = await sides.updates(limit=2)
    again = await sides.updates()
    assert (texts(first), texts(again)) == (["a", "b"], ["a", "b", "c"])
    assert await sides.look("/pending") == {"updates": 3}

    rest = await sides.updates(offset=first[-1]["update_id"] + 1)
    assert texts(rest) == ["c"]
    assert await sides.look("/pending") == {"updates": 1}
    assert await sides.updates(offset=rest[-1]["update_id"] + 1) == []


async def test_a_negative_offset_keeps_the_newest(sides: Sides) -> None:
    for text in "abc":
        await sides.anna_says(text)

    assert texts(await sides.updates(offset=-1)) == ["c"]
    assert texts(await sides.updates()) == ["c"]


async def test_a_long_poll_is_answered_as_soon_as_something_comes(sides: Sides) -> None:
    async with asyncio.TaskGroup() as group:
        polling = group.create_task(sides.updates(timeout=50))
        await asyncio.sleep(0.05)
        await sides.anna_says("now")

    assert texts(polling.result()) == ["now"]


async def test_a_second_poller_ends_the_first(sides: Sides) -> None:
    async with asyncio.TaskGroup() as group:
        older = group.create_task(sides.refused("getUpdates", timeout=50))
        await asyncio.sleep(0.05)
        newer = group.create_task(sides.updates(timeout=50))
        await asyncio.sleep(0.05)
        await sides.anna_says("now")

    assert older.result() == CONFLICT
    assert texts(newer.result()) == ["now"]


@pytest.mark.parametrize("params", [{"timeout": 51}, {"limit": 0}, {"limit": 101}])
async def test_a_poll_has_limits(sides: Sides, params: dict[str, int]) -> None:
    assert (await sides.refused("getUpdates", **params))[0] == 400


async def test_only_kinds_that_are_asked_for_come_and_that_is_remembered(sides: Sides) -> None:
    await sides.updates(allowed_updates=["callback_query"])
    await sides.anna_says("unheard")
    await sides.people(f"/people/{ANNA}/presses", message_id=1, data="x")

    (press,) = await sides.updates()
    assert press["callback_query"]["data"] == "x"
    await sides.updates(offset=press["update_id"] + 1, allowed_updates=[])
    await sides.anna_says("heard")
    assert texts(await sides.updates()) == ["heard"]


async def test_an_update_is_kept_a_day_and_a_press_some_minutes(sides: Sides) -> None:
    await sides.anna_says("kept")
    await sides.people(f"/people/{ANNA}/presses", message_id=1, data="x")
    sides.clock.now += 151
    assert texts(await sides.updates()) == ["kept"]

    sides.clock.now += 24 * 3600
    assert await sides.updates() == []


async def test_raw_updates_are_handed_out_as_they_are(sides: Sides) -> None:
    await sides.people("/updates", nonsense=[None], update_id=7)
    given = await sides.people("/updates", message="\ud800")

    assert await sides.updates() == [
        {"update_id": 7, "nonsense": [None]},
        {"update_id": given["update_id"], "message": "\ud800"},
    ]


async def test_a_webhook_gets_updates_with_the_secret(sides: Sides) -> None:
    got: asyncio.Queue[tuple[str | None, str]] = asyncio.Queue()

    async def hook(update: dict[str, Any], request: web.Request) -> int:
        await got.put((request.headers.get(SECRET_HEADER), update["message"]["text"]))
        return 200

    await sides.anna_says("before")
    async with webhook(hook) as url:
        await sides.done("setWebhook", url=url, secret_token="s3cret")
        await sides.anna_says("after")
        assert await got.get() == ("s3cret", "before")
        assert await got.get() == ("s3cret", "after")
        assert (await sides.refused("getUpdates"))[0] == 409

        await sides.done("deleteWebhook")
        await sides.anna_says("polled")
        assert texts(await sides.updates()) == ["polled"]
        assert got.empty()


async def test_a_webhook_is_tried_again_until_it_takes_the_update(sides: Sides) -> None:
    statuses = iter([500, 302, 200])
    done = asyncio.Event()
    got = []

    async def hook(update: dict[str, Any], request: web.Request) -> int:
        got.append((update["message"]["text"], status := next(statuses)))
        if status == 200:
            done.set()
        return status

    async with webhook(hook) as url:
        await sides.done("setWebhook", url=url)
        await sides.anna_says("again")
        await done.wait()
        info = await sides.done("getWebhookInfo")

    assert got == [("again", 500), ("again", 302), ("again", 200)]
    assert info["url"] == url
    assert info["last_error_message"] == "Wrong response from the webhook: 302 Found"
    assert await sides.look("/pending") == {"updates": 0}


async def test_a_webhook_has_as_many_connections_as_it_wants(sides: Sides) -> None:
    started: list[str] = []
    three, five, let_go = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def hook(update: dict[str, Any], request: web.Request) -> int:
        started.append(update["message"]["text"])
        if len(started) == 3:
            three.set()
        if len(started) == 5:
            five.set()
        await let_go.wait()
        return 200

    async with webhook(hook) as url:
        await sides.done("setWebhook", url=url, max_connections=3)
        for text in "abcde":
            await sides.anna_says(text)
        await three.wait()
        await asyncio.sleep(0.05)
        assert sorted(started) == ["a", "b", "c"]
        let_go.set()
        await five.wait()

    assert sorted(started) == ["a", "b", "c", "d", "e"]


async def test_pending_updates_can_be_dropped(sides: Sides) -> None:
    await sides.anna_says("dropped")
    await sides.done("deleteWebhook", drop_pending_updates=True)

    assert await sides.updates() == []


@pytest.mark.parametrize(
    "params",
    [
        {"url": "ftp://a.de"},
        {"url": "http://a.de", "secret_token": "ä"},
        {"url": "http://a.de", "max_connections": 101},
    ],
)
async def test_a_bad_webhook_is_refused(sides: Sides, params: dict[str, Any]) -> None:
    assert (await sides.refused("setWebhook", **params))[0] == 400


async def test_setting_a_webhook_ends_the_poller(sides: Sides) -> None:
    async with asyncio.TaskGroup() as group:
        polling = group.create_task(sides.refused("getUpdates", timeout=50))
        await asyncio.sleep(0.05)
        await sides.done("setWebhook", url="http://127.0.0.1:9/")

    assert polling.result() == (409, "Conflict: terminated by setWebhook request")
