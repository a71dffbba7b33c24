"""Where nobody polls, somebody must ask now and then whether updates still come to us.

Another bot with our token takes the webhook away as soon as it starts, and nothing tells us. So
Telegram is asked twice a minute; what it says is also the sign that the Bot API is there.
"""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable
from typing import Any

from telegram.error import TelegramError

from bot.chat.api import Api
from bot.chat.connecting import WebhookAddress, webhook_parameters
from bot.messages.operator_news import WebhookFault
from bot.observability.counters import Counters
from bot.observability.logs import fields
from bot.observability.webhook_state import CONTESTED, WebhookState

log = logging.getLogger(__name__)

PULSE_SECONDS = 30.0
REASONS = (
    *("wrong response", "timed out", "timeout", "ssl", "certificate", "resolve", "refused"),
    *("reset", "closed", "unreachable", "reserved", "connection"),
)
"""What `last_error_message` is told by: the rest of it may name our host or its address."""
STATUS = re.compile(r"\b[1-5]\d\d\b")

Tell = Callable[[WebhookFault], Awaitable[None]]
"""Lets the operators know."""


class WebhookWatch:
    """Looks every `pulse` seconds, and sets the webhook again where it is not ours any more."""

    def __init__(
        self,
        api: Api,
        webhook: WebhookAddress,
        counters: Counters,
        tell: Tell,
        pulse: float = PULSE_SECONDS,
    ) -> None:
        self._api = api
        self._webhook = webhook
        self._counters = counters
        self._tell = tell
        self._pulse = pulse
        self._known_error: Any = None
        self._has_looked = False

    async def run(self) -> None:
        """Look until cancelled."""
        while True:
            try:
                await self._look()
            except TelegramError:
                self._counters.api_failed()
            else:
                self._counters.api_answered()
            await asyncio.sleep(self._pulse)

    async def _look(self) -> None:
        info, state = await self._info(), self._counters.webhook
        if self._is_ours(info):
            state.found()
            await self._look_for_errors(info)
            return
        lost = state.stands
        if lost:
            if is_first_loss(state):
                log.warning("the webhook was taken away; it is set again")
            await self._tell(WebhookFault.TAKEN)
        await self._set_again(told=not lost)
        if self._is_ours(await self._info()):
            state.found()

    async def _info(self) -> dict[str, Any]:
        found = await self._api.call("getWebhookInfo")
        return found if isinstance(found, dict) else {}

    def _is_ours(self, info: dict[str, Any]) -> bool:
        wanted = webhook_parameters(self._webhook)
        asked = info.get("allowed_updates", wanted["allowed_updates"])
        return info.get("url") == wanted["url"] and set(asked) == set(wanted["allowed_updates"])

    async def _set_again(self, *, told: bool) -> None:
        try:
            await self._api.call("setWebhook", **webhook_parameters(self._webhook))
        except TelegramError as error:
            if not told:
                log.warning("the webhook cannot be set; trying again", exc_info=error)

    async def _look_for_errors(self, info: dict[str, Any]) -> None:
        """Keep what Telegram could not do since the last look; its clock need not be ours."""
        at, is_first = info.get("last_error_date"), not self._has_looked
        is_news = at is not None and at != self._known_error and not is_first
        self._known_error, self._has_looked = at, True
        if not is_news:
            return
        reason = reason_of(str(info.get("last_error_message", "")))
        if self._counters.webhook.failed(reason):
            log.warning("Telegram cannot bring updates", extra=fields(reason=reason))
            await self._tell(WebhookFault.FAILING)


def is_first_loss(state: WebhookState) -> bool:
    """Count that our way was taken; whether that is to be said. That it happens again and again
    is said here, once."""
    times = state.lost()
    if times == CONTESTED:
        log.error("two bots with one token: each takes the updates away from the other")
    return times == 1


def reason_of(message: str) -> str:
    """What Telegram says of its last failure, without any name in it."""
    told = message.lower()
    found = next((reason for reason in REASONS if reason in told), "another")
    status = STATUS.search(told) if found == REASONS[0] else None
    return f"{found} {status[0]}" if status else found
