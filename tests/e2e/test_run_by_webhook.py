"""Updates brought to the bot instead of fetched by it: the same booking, behind a secret."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import pytest
from processes import free_port
from pydantic import SecretStr
from stage import TOKEN, World, book_earliest, open_world

from bot.runtime.timeouts import ApiTimeouts
from bot.settings import Settings
from bot.simulator.person import words

SECRET = "webhook-secret-0123456789"
HEADER = "X-Telegram-Bot-Api-Secret-Token"


class WebhookWorld(World):
    """A bot that has its updates brought to it."""

    @property
    def settings(self) -> Settings:
        port = self.port = getattr(self, "port", None) or free_port()
        changes = {
            "listen": f"127.0.0.1:{port}",
            "webhook_url": f"http://127.0.0.1:{port}/from-telegram",
            "webhook_secret": SecretStr(SECRET),
        }
        return super().settings.model_copy(update=changes)

    async def listening(self) -> None:
        """Wait until the bot can be reached."""
        async with asyncio.timeout(20):
            while True:
                with suppress(OSError):
                    _, writer = await asyncio.open_connection("127.0.0.1", self.port)
                    writer.close()
                    return await writer.wait_closed()
                await asyncio.sleep(0.01)

    async def becomes(self, status: int, ours: bool) -> None:
        """Wait until /readyz has this status, and says so of the webhook."""
        async with asyncio.timeout(40):
            while True:
                async with self.session.get(f"http://127.0.0.1:{self.port}/readyz") as answer:
                    if (answer.status, (await answer.json())["webhook"]) == (status, ours):
                        return
                await asyncio.sleep(0.01)

    async def strike_set_webhook(self, times: int) -> None:
        """It cannot be set so many times."""
        script = [{"method": "setWebhook", "times": times, "status": 502}]
        url = f"{self.simulator.url}/faults"
        async with self.session.put(url, json={"script": script}) as answer:
            answer.raise_for_status()

    async def brought(self, body: bytes, secret: str | None = SECRET, path: str = "") -> int:
        """Bring something to the webhook; the status of the answer."""
        headers = {HEADER: secret} if secret is not None else {}
        url = f"http://127.0.0.1:{self.port}{path or '/from-telegram'}"
        async with self.session.post(url, data=body, headers=headers) as answer:
            return answer.status


@pytest.fixture
async def served(tmp_path: Path) -> AsyncIterator[WebhookWorld]:
    """Herne, by webhook; the bot is up."""
    async with open_world(tmp_path, "herne", WebhookWorld) as made:
        assert isinstance(made, WebhookWorld)
        await made.listening()
        yield made


async def test_an_appointment_is_booked_by_webhook(served: WebhookWorld) -> None:
    ali = await served.case_manager("mohammad")
    anna = await served.person()
    await book_earliest(anna)
    assert words(anna.now).startswith("✅ Your appointment is booked.")
    await ali.sees("Neuer Termin")


async def test_what_came_while_the_bot_was_down_is_brought_again(served: WebhookWorld) -> None:
    anna = await served.person()
    await book_earliest(anna)
    await served.stop()
    await anna.presses("Show at the door")
    await served.start()
    await anna.sees("Hello. I have an appointment.", 10)


async def test_a_polling_bot_that_was_started_for_seconds_leaves_the_webhook_standing(
    tmp_path: Path,
) -> None:
    often = ApiTimeouts(pulse=0.05)
    async with open_world(tmp_path, "herne", WebhookWorld, often) as served:
        assert isinstance(served, WebhookWorld)
        await served.listening()
        await served.becomes(200, True)
        await served.strike_set_webhook(3)
        async with served.session.post(f"{served.simulator.url}/bot{TOKEN}/deleteWebhook") as done:
            assert done.status == 200
        await served.becomes(503, False)
        await served.becomes(200, True)
        await book_earliest(await served.person())


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + "x", "ä"])
async def test_whoever_does_not_know_the_secret_finds_nothing(
    served: WebhookWorld, secret: str | None
) -> None:
    update = b'{"update_id":1,"message":{"chat":{"id":7,"type":"private"},"text":"/start"}}'
    anna = await served.person()
    assert await served.brought(update, secret) == 404
    assert await served.sql("SELECT COUNT(*) FROM inbox") == [(0,)]
    assert anna.messages == []


@pytest.mark.parametrize(
    "body", [b"", b"{", b"hello", b"\xff\xfe", b'{"update_id":', b"[" * 100_000, b"9" * 5000]
)
async def test_what_is_no_json_is_refused(served: WebhookWorld, body: bytes) -> None:
    assert await served.brought(body) == 400


@pytest.mark.parametrize("body", [b"null", b"[]", b"5", b'"x"', b"{}", b'{"update_id":"x"}'])
async def test_json_that_is_no_update_is_thanked_and_forgotten(
    served: WebhookWorld, body: bytes
) -> None:
    assert await served.brought(body) == 200
    assert await served.sql("SELECT COUNT(*) FROM inbox") == [(0,)]


async def test_the_same_update_brought_twice_has_one_effect(served: WebhookWorld) -> None:
    anna = await served.person()
    await book_earliest(anna)
    before = anna.now["message_id"]
    update = (
        b'{"update_id":4242,"message":{"message_id":99,"chat":{"id":7,"type":"private"},'
        b'"from":{"id":7},"text":"/start"}}'
    )
    assert [await served.brought(update) for _ in range(3)] == [200] * 3
    await served.taken()
    await anna.looks()
    assert anna.now["message_id"] == before + 1


async def test_there_is_nothing_else_to_find(served: WebhookWorld) -> None:
    assert await served.brought(b"{}", path="/elsewhere") == 404
    async with served.session.get(f"http://127.0.0.1:{served.port}/from-telegram") as answer:
        assert answer.status in (404, 405)
