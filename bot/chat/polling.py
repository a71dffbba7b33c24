"""The poll loop: asks for updates, has them kept, and only then asks for more.

getUpdates goes over our own transport and is read update by update: the library's own method
raises for the whole batch on one malformed update, and would then be handed it for ever.
"""

import asyncio
import logging
from typing import Any

from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.chat import inbound
from bot.chat.api import Api
from bot.chat.intake import Intake
from bot.chat.transport import seconds_to_wait
from bot.storage.database import DatabaseUnavailable

log = logging.getLogger(__name__)

POLL_SECONDS = 25
READ_SECONDS = POLL_SECONDS + 10
LONGEST_PAUSE_SECONDS = 30.0
CONFLICT_SECONDS = 30.0
PAUSE_SECONDS = 1.0


class Poller:
    """Takes updates from the Bot API for as long as it runs."""

    def __init__(self, api: Api, intake: Intake) -> None:
        self._api = api
        self._intake = intake
        self._offset: int | None = None
        self._faults = 0

    async def run(self) -> None:
        """Poll until cancelled."""
        while True:
            await self._take_patiently(await self._fetch())

    async def _fetch(self) -> list[Any]:
        try:
            got = await self._api.call("getUpdates", read_timeout=READ_SECONDS, **self._question())
        except TelegramError as error:
            await asyncio.sleep(self._pause_after(error))
            return []
        if self._faults:
            log.info("the Bot API answers again")
            self._faults = 0
        return got if isinstance(got, list) else []

    def _question(self) -> dict[str, Any]:
        asked: dict[str, Any] = {
            "timeout": POLL_SECONDS,
            "allowed_updates": inbound.ALLOWED_UPDATES,
        }
        return asked if self._offset is None else {**asked, "offset": self._offset}

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

    async def _take_patiently(self, updates: list[Any]) -> None:
        while updates:
            try:
                newest = await self._intake.take(updates)
            except DatabaseUnavailable as problem:
                log.error("database unavailable, updates stay with Telegram: %s", problem)
                await asyncio.sleep(PAUSE_SECONDS)
                continue
            if newest is None:
                await asyncio.sleep(PAUSE_SECONDS)
                return
            # The newest batch decides, not the highest id ever: ids start anew after a quiet week.
            self._offset = newest + 1
            return
