"""The poll loop: asks for updates, has them kept, and only then asks for more.

Where somebody else has our token, they take the updates: a webhook they set is taken away again,
another poller is waited for.

getUpdates goes over our own transport and is read update by update: the library's own method
raises for the whole batch on one malformed update, and would then be handed it for ever.
"""

import asyncio
import logging
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.chat import reading_updates
from bot.chat.api import Api
from bot.chat.intake import Intake
from bot.chat.transport import seconds_to_wait
from bot.chat.webhook_watch import Tell, is_first_loss
from bot.messages.operator_news import WebhookFault
from bot.observability.counters import Counters
from bot.observability.logs import fields
from bot.storage.engine.database import DatabaseUnavailable

log = logging.getLogger(__name__)

DATABASE_SECONDS = 1.0
WEBHOOK = "webhook"
"""Telegram says of a conflict that a webhook is active or being set, or that others poll."""


@dataclass(frozen=True, slots=True)
class PollPauses:
    """Seconds: how long a poll is held, how much longer we wait for its answer, and after faults
    the first pause, doubled up to the longest, and the one where somebody else polls."""

    poll: int = 25
    margin: float = 10.0
    first: float = 1.0
    longest: float = 30.0
    conflict: float = 30.0


PAUSES = PollPauses()


class Poller:
    """Takes updates from the Bot API for as long as it runs."""

    def __init__(
        self,
        api: Api,
        intake: Intake,
        counters: Counters,
        tell: Tell,
        pauses: PollPauses = PAUSES,
    ) -> None:
        self._api = api
        self._intake = intake
        self._counters = counters
        self._tell = tell
        self._pauses = pauses
        self._offset: int | None = None
        self._faults = 0
        self._said: set[str] = set()

    async def run(self) -> None:
        """Poll until cancelled."""
        while True:
            await self._take_patiently(await self._fetch())

    async def _fetch(self) -> list[Any]:
        try:
            read = self._pauses.poll + self._pauses.margin
            got = await self._api.call("getUpdates", read_timeout=read, **self._question())
        except TelegramError as error:
            pause = self._pause_after(error)
            if isinstance(error, Conflict):
                pause = await self._make_way(error, pause)
            await asyncio.sleep(pause)
            return []
        self._counters.api_answered()
        self._counters.webhook.found()
        if self._faults:
            log.info("the Bot API answers again")
            self._faults = 0
            self._said.clear()
        return got if isinstance(got, list) else []

    def _question(self) -> dict[str, Any]:
        asked: dict[str, Any] = {
            "timeout": self._pauses.poll,
            "allowed_updates": reading_updates.ALLOWED_UPDATES,
        }
        return asked if self._offset is None else {**asked, "offset": self._offset}

    def _pause_after(self, error: TelegramError) -> float:
        self._faults += 1
        self._counters.api_failed()
        own = self._pauses
        if isinstance(error, RetryAfter):
            return seconds_to_wait(error)
        if isinstance(error, Conflict):
            return own.conflict
        if isinstance(error, InvalidToken):
            return self._told_once("the token is no longer accepted", own.longest)
        reason = "unreachable" if isinstance(error, NetworkError) else "failing"
        pause = min(own.first * 2.0 ** (self._faults - 1), own.longest)
        return self._told_once(f"the Bot API is {reason}; trying again", pause)

    async def _make_way(self, error: Conflict, pause: float) -> float:
        """What to do about somebody else with our token; seconds until we poll again."""
        if WEBHOOK in error.message.lower():
            pause = await self._take_webhook_away(pause)
        else:
            self._told_once("another process polls with the same token", pause)
        if self._is_news(WebhookFault.TAKEN):
            await self._tell(WebhookFault.TAKEN)
        return pause

    async def _take_webhook_away(self, pause: float) -> float:
        state = self._counters.webhook
        if state.stands and is_first_loss(state):
            log.warning("a webhook was set by somebody else; it is taken away again")
        with suppress(TelegramError):
            await self._api.call("deleteWebhook")
        return pause if state.contested or self._faults > 1 else self._pauses.first

    def _told_once(self, what: str, pause: float) -> float:
        if self._is_news(what):
            log.warning(what)
        return pause

    def _is_news(self, what: str) -> bool:
        """Whether it has not been said since polls last were answered."""
        is_news = what not in self._said
        self._said.add(what)
        return is_news

    async def _take_patiently(self, updates: list[Any]) -> None:
        while updates:
            try:
                newest = await self._intake.take(updates)
            except DatabaseUnavailable as problem:
                told = fields(problem=str(problem))
                log.error("database unavailable, updates stay with Telegram", extra=told)
                await asyncio.sleep(DATABASE_SECONDS)
                continue
            if newest is None:
                await asyncio.sleep(DATABASE_SECONDS)
                return
            # The newest batch decides, not the highest id ever: ids start anew after a quiet week.
            self._offset = newest + 1
            return
