"""The poll loop: asks for updates, has them kept, and only then asks for more.

getUpdates goes over our own transport and is read update by update: the library's own method
raises for the whole batch on one malformed update, and would then be handed it for ever.
"""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from telegram import Bot
from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.request import BaseRequest, RequestData
from telegram.request._requestparameter import RequestParameter

from bot.chat import inbound
from bot.chat.transport import seconds_to_wait
from bot.storage.database import DatabaseUnavailable

log = logging.getLogger(__name__)

POLL_SECONDS = 25
READ_SECONDS = POLL_SECONDS + 10
LONGEST_PAUSE_SECONDS = 30.0
CONFLICT_SECONDS = 30.0

Keep = Callable[[list[tuple[int, int, bytes]]], Awaitable[None]]


class Poller:
    """Takes updates from the Bot API at `url` (with the token in it) for as long as it runs."""

    def __init__(self, bot: Bot, request: BaseRequest, url: str, keep: Keep) -> None:
        self._bot = bot
        self._request = request
        self._url = url
        self._keep = keep
        self._offset: int | None = None
        self._faults = 0

    async def run(self) -> None:
        """Poll until cancelled. A press is answered as soon as it is kept."""
        async with asyncio.TaskGroup() as group:
            while True:
                updates = await self._fetch()
                await self._keep_patiently(updates)
                self._advance(updates)
                for update in updates:
                    if query := inbound.query_id(update):
                        group.create_task(self._answer(query))

    async def _fetch(self) -> list[Any]:
        try:
            got = await self._request.post(
                f"{self._url}/getUpdates", self._question(), read_timeout=READ_SECONDS
            )
        except TelegramError as error:
            await asyncio.sleep(self._pause_after(error))
            return []
        if self._faults:
            log.info("the Bot API answers again")
            self._faults = 0
        return got if isinstance(got, list) else []

    def _question(self) -> RequestData:
        asked: dict[str, Any] = {
            "timeout": POLL_SECONDS,
            "allowed_updates": list(inbound.ALLOWED_UPDATES),
        }
        if self._offset is not None:
            asked["offset"] = self._offset
        return RequestData([RequestParameter.from_input(k, v) for k, v in asked.items()])

    def _pause_after(self, error: TelegramError) -> float:
        self._faults += 1
        if isinstance(error, RetryAfter):
            return seconds_to_wait(error)
        if isinstance(error, Conflict):
            return self._told_once("another process polls with the same token", CONFLICT_SECONDS)
        if isinstance(error, InvalidToken):
            return self._told_once("the token is no longer accepted", LONGEST_PAUSE_SECONDS)
        reason = "unreachable" if isinstance(error, NetworkError) else "failing"
        pause = min(0.5 * 2.0**self._faults, LONGEST_PAUSE_SECONDS)
        return self._told_once(f"the Bot API is {reason}; trying again", pause)

    def _told_once(self, what: str, pause: float) -> float:
        if self._faults == 1:
            log.warning("%s", what)
        return pause

    async def _keep_patiently(self, updates: list[Any]) -> None:
        kept = [
            (*known, json.dumps(update).encode())
            for update in updates
            if (known := inbound.addressed(update))
        ]
        while kept:
            try:
                await self._keep(kept)
                return
            except DatabaseUnavailable as problem:
                log.error("database unavailable, updates stay with Telegram: %s", problem)
                await asyncio.sleep(1.0)

    def _advance(self, updates: list[Any]) -> None:
        """Acknowledge what is kept; by the newest batch only, since ids may start anew."""
        ids = [known[0] for update in updates if (known := inbound.addressed(update))]
        if ids:
            self._offset = max(ids) + 1

    async def _answer(self, query: str) -> None:
        try:
            await self._bot.answer_callback_query(query)
        except TelegramError as error:
            log.debug("a press was not answered: %s", type(error).__name__)
