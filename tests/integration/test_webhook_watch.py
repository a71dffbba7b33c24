"""In webhook mode nobody polls: whether updates still come to us is asked for now and then."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest

from bot.chat.connecting import WebhookAddress, arrange, connect
from bot.chat.webhook_watch import WebhookWatch, reason_of
from bot.messages.operator_news import WebhookFault
from bot.observability.counters import Counters
from bot.simulator.server import Simulator

TOKEN, SECRET = "1:test", "webhook-secret"
OURS = WebhookAddress("http://127.0.0.1:9/ours", SECRET)
TAKEN_AGAIN = "the webhook was taken away; it is set again"
CONTESTED = "two bots with one token: each takes the updates away from the other"


async def felt(url: str, seen_before: bool) -> bool:
    """Whether the API counts as there after one look."""
    counters = Counters(time.monotonic)
    if seen_before:
        counters.api_answered()
    async with connect(url, TOKEN) as connection:
        with suppress(TimeoutError):
            async with asyncio.timeout(0.5):
                await WebhookWatch(connection.api, OURS, counters, tell_nobody).run()
    return counters.api_answers


async def tell_nobody(fault: WebhookFault) -> None:
    """There are no operators."""


@pytest.mark.parametrize("seen_before", [True, False])
async def test_the_pulse_follows_what_is_there(seen_before: bool) -> None:
    simulator = Simulator(time.time)
    await simulator.start()
    url = simulator.url
    assert await felt(url, seen_before) is True
    await simulator.stop()
    assert await felt(url, seen_before) is False


@dataclass
class Watched:
    """A webhook of ours that is looked at often, and what the operators are told."""

    url: str
    session: aiohttp.ClientSession
    counters: Counters
    told: list[WebhookFault] = field(default_factory=list)

    async def tell(self, fault: WebhookFault) -> None:
        self.told.append(fault)

    async def calls(self, method: str, **parameters: Any) -> Any:
        """What somebody else does with our token."""
        address = f"{self.url}/bot{TOKEN}/{method}"
        async with self.session.post(address, json=parameters) as answer:
            return (await answer.json())["result"]

    async def faults(self, *script: dict[str, Any]) -> None:
        async with self.session.put(f"{self.url}/faults", json={"script": script}) as answer:
            answer.raise_for_status()

    async def brings_an_update(self) -> None:
        """Something happens that Telegram would bring."""
        async with self.session.post(f"{self.url}/updates", json={"message": {}}) as answer:
            answer.raise_for_status()

    async def until(self, holds: Callable[[], bool]) -> None:
        async with asyncio.timeout(5):
            # Nothing tells of it.
            while not holds():  # noqa: ASYNC110
                await asyncio.sleep(0.005)

    async def is_lost_and_found(self, times: int) -> None:
        state = self.counters.webhook
        await self.until(lambda: state.losses == times and state.stands)

    async def stands(self) -> tuple[str, list[str]]:
        info = await self.calls("getWebhookInfo")
        return info["url"], info["allowed_updates"]


@asynccontextmanager
async def watched_webhook() -> AsyncIterator[Watched]:
    simulator = Simulator(time.time)
    await simulator.start()
    async with (
        aiohttp.ClientSession() as session,
        connect(simulator.url, TOKEN) as connection,
        asyncio.TaskGroup() as group,
    ):
        made = Watched(simulator.url, session, Counters(time.monotonic))
        await arrange(connection.bot, OURS)
        made.counters.webhook.found()
        watch = WebhookWatch(connection.api, OURS, made.counters, made.tell, pulse=0.02)
        running = group.create_task(watch.run())
        yield made
        running.cancel()
    await simulator.stop()


@pytest.fixture
async def watched() -> AsyncIterator[Watched]:
    async with watched_webhook() as made:
        yield made


@pytest.fixture
def said(caplog: pytest.LogCaptureFixture) -> Callable[[], list[str]]:
    """What the log says, in order."""
    caplog.set_level(logging.INFO, logger="bot")
    return lambda: [each.getMessage() for each in caplog.records if each.name.startswith("bot")]


ALLOWED = sorted(["message", "callback_query", "my_chat_member", "message_reaction"])


@pytest.mark.parametrize(
    ("method", "parameters"),
    [
        ("deleteWebhook", {}),
        ("setWebhook", {"url": "http://127.0.0.1:9/elsewhere"}),
        ("setWebhook", {"url": OURS.url, "allowed_updates": ["poll"]}),
    ],
)
async def test_a_webhook_that_is_changed_is_set_again_and_that_is_said_once(
    watched: Watched, said: Callable[[], list[str]], method: str, parameters: dict[str, Any]
) -> None:
    await watched.calls(method, **parameters)
    await watched.is_lost_and_found(1)
    assert await watched.stands() == (OURS.url, ALLOWED)
    assert watched.counters.webhook.ours is True
    await watched.until(lambda: watched.told == [WebhookFault.TAKEN])
    assert said() == [TAKEN_AGAIN]


async def test_while_it_cannot_be_set_again_it_is_not_ours_and_that_is_said_once(
    watched: Watched, said: Callable[[], list[str]]
) -> None:
    await watched.faults({"method": "setWebhook", "times": 5, "status": 400})
    await watched.calls("deleteWebhook")
    state = watched.counters.webhook
    await watched.until(lambda: state.losses == 1)
    assert (state.ours, watched.counters.api_answers) == (False, True)
    await watched.is_lost_and_found(1)
    assert await watched.stands() == (OURS.url, ALLOWED)
    assert said() == [TAKEN_AGAIN, "the webhook cannot be set; trying again"]


async def test_operators_hear_of_it_also_when_telegram_is_away_right_after(
    watched: Watched,
) -> None:
    await watched.faults({"method": "setWebhook", "delay": 0.3})
    await watched.calls("deleteWebhook")
    await watched.until(lambda: watched.counters.webhook.losses == 1)
    await watched.faults({"method": "getWebhookInfo", "status": 502})
    await watched.is_lost_and_found(1)
    assert watched.told == [WebhookFault.TAKEN]


async def test_two_bots_that_take_it_from_each_other_are_named(
    watched: Watched, said: Callable[[], list[str]]
) -> None:
    for times in range(1, 5):
        await watched.calls("deleteWebhook")
        await watched.is_lost_and_found(times)
    assert await watched.stands() == (OURS.url, ALLOWED)
    assert watched.counters.webhook.ours is False
    assert said() == [TAKEN_AGAIN, CONTESTED]


async def test_what_telegram_cannot_bring_is_told_once_for_each_reason(
    watched: Watched, said: Callable[[], list[str]], caplog: pytest.LogCaptureFixture
) -> None:
    state = watched.counters.webhook
    await asyncio.sleep(0.1)
    await watched.brings_an_update()
    await watched.until(lambda: state.errors > 0)
    assert state.error == "connection"
    assert said() == ["Telegram cannot bring updates"]
    assert caplog.records[-1].fields == {"reason": "connection"}  # type: ignore[attr-defined]
    assert watched.told == [WebhookFault.FAILING]
    assert state.ours is True


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        ("Wrong response from the webhook: 502 Bad Gateway", "wrong response 502"),
        ("Wrong response from the webhook: 404 Not Found", "wrong response 404"),
        ("Connection timed out", "timed out"),
        ("Read timeout expired", "timeout"),
        ("SSL error {error:0A000086:SSL routines::certificate verify failed}", "ssl"),
        ("Failed to resolve host bot.example.org: Name or service not known", "resolve"),
        ("Connection refused", "refused"),
        ("Connection reset by peer", "reset"),
        ("IP address 10.0.0.1 is reserved", "reserved"),
        ("https://bot.example.org/secret is not amused", "another"),
        ("", "another"),
    ],
)
def test_of_an_error_only_its_kind_is_told(message: str, reason: str) -> None:
    assert reason_of(message) == reason
