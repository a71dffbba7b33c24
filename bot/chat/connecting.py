"""The first words with the Bot API: does it know us, and how shall updates come?"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from telegram import Bot, User
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.chat import reading_updates
from bot.chat.api import Api
from bot.chat.transport import DEFAULTS, ApiRequest, Hear, RequestTimeouts

log = logging.getLogger(__name__)

T = TypeVar("T")

FIRST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 30.0


class NotAccepted(Exception):  # noqa: N818  (what the API says, in one line)
    """The Bot API will not have our token or our webhook."""


@dataclass(frozen=True, slots=True)
class WebhookAddress:
    """Where Telegram brings updates, and the secret it shows there."""

    url: str
    secret: str


def start_link(username: str, argument: str) -> str:
    """The link that starts a bot of this name, with an argument if there is one."""
    return f"https://t.me/{username}" + (f"?start={argument}" if argument else "")


class Identity:
    """Who we are on Telegram: asked for once, however often it is needed."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._known: User | None = None

    async def username(self) -> str:
        """The bot's user name; waits until the API knows us. Raises NotAccepted."""
        return (await self._asked()).username or ""

    async def number(self) -> int:
        """The bot's id; waits until the API knows us. Raises NotAccepted."""
        return (await self._asked()).id

    async def start_link(self, argument: str) -> str:
        """The link that starts the bot with an argument. Raises NotAccepted."""
        return start_link(await self.username(), argument)

    async def _asked(self) -> User:
        if self._known is None:
            self._known = await _greet(self._bot)
        return self._known


@dataclass(frozen=True, slots=True)
class Connection:
    """Ways to the Bot API: the library's, a plain one, and one of its own for the long polls."""

    bot: Bot
    api: Api
    polls: Api
    identity: Identity


@asynccontextmanager
async def connect(
    api_url: str, token: str, timeouts: RequestTimeouts = DEFAULTS, hear: Hear = lambda _: None
) -> AsyncIterator[Connection]:
    """Open the ways to the Bot API; nothing is sent yet. `hear` is told what time it is there."""
    base = f"{api_url}/bot"
    request, polling = ApiRequest(timeouts, hear=hear), ApiRequest(timeouts, hear=hear)
    await request.initialize()
    await polling.initialize()
    try:
        bot = Bot(token, base_url=base, request=request, get_updates_request=polling)
        address = f"{base}{token}"
        yield Connection(bot, Api(request, address), Api(polling, address), Identity(bot))
    finally:
        await polling.shutdown()
        await request.shutdown()


async def _greet(bot: Bot) -> User:
    """Wait until the API knows us; who we are. Raises NotAccepted for a wrong token."""
    return await _until_answered(bot.get_me, "BOT_TOKEN")


async def arrange(bot: Bot, webhook: WebhookAddress | None) -> None:
    """Have updates brought to the webhook, or kept for our polls; none is dropped.

    Raises NotAccepted.
    """
    if webhook is None:
        await _until_answered(bot.delete_webhook, "BOT_WEBHOOK_URL")
        return
    await _until_answered(
        partial(bot.set_webhook, **webhook_parameters(webhook)), "BOT_WEBHOOK_URL"
    )


def webhook_parameters(webhook: WebhookAddress) -> dict[str, Any]:
    """How setWebhook is told where to bring which updates; none that waits is dropped."""
    return {
        "url": webhook.url,
        "secret_token": webhook.secret,
        "allowed_updates": list(reading_updates.ALLOWED_UPDATES),
    }


async def _until_answered(call: Callable[[], Coroutine[Any, Any, T]], setting: str) -> T:
    """Make a call until it is answered; what the API refuses is the setting's fault."""
    pause = FIRST_PAUSE_SECONDS
    while True:
        try:
            return await call()
        except (InvalidToken, BadRequest):
            # The library's own message quotes the token.
            raise NotAccepted(f"{setting}: the Bot API does not accept it") from None
        except TelegramError as error:
            if pause == FIRST_PAUSE_SECONDS:
                log.warning("the Bot API is unreachable; trying again", exc_info=error)
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
