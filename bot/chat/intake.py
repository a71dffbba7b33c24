"""Where updates enter: handled or kept first, acknowledged afterwards, and presses answered.

A press gets an empty answer as soon as it cannot be lost, so that the phone stops waiting; what
there is to say stands on the screen. The answer is best effort: no retry, no outbox, no limit.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from telegram.error import TelegramError

from bot.chat import reading_updates
from bot.chat.api import Api
from bot.services.incoming import Arrival

log = logging.getLogger(__name__)

Accept = Callable[[list[Arrival]], Awaitable[None]]
"""Handles updates or stores them; when it returns they cannot be lost."""


class Intake:
    """Takes updates from whatever brings them."""

    def __init__(self, api: Api, accept: Accept) -> None:
        self._api = api
        self._accept = accept
        self._presses: asyncio.Queue[str] = asyncio.Queue()

    async def take(self, updates: list[Any]) -> int | None:
        """Accept the updates; the highest id among them. Raises DatabaseUnavailable.

        What has no id cannot be kept nor asked for again, and is passed over; of what is not
        ours to answer nothing is kept.
        """
        numbered = [(reading_updates.number(each), each) for each in updates]
        known = [(number, each) for number, each in numbered if number is not None]
        read = [(reading_updates.arrival(number, each), each) for number, each in known]
        ours = [(arrival, each) for arrival, each in read if arrival is not None]
        if any(len(reading_updates.kinds_of(each)) > 1 for _, each in ours):
            log.warning("an update tells two things at once; the first is handled")
        if ours:
            await self._accept([arrival for arrival, _ in ours])
        for _, each in ours:
            if query := reading_updates.query_id(each):
                self._presses.put_nowait(query)
        return max((number for number, _ in known), default=None)

    async def run(self) -> None:
        """Answer presses until cancelled."""
        async with asyncio.TaskGroup() as group:
            while True:
                group.create_task(self._answer(await self._presses.get()))

    async def _answer(self, query: str) -> None:
        try:
            await self._api.make("answerCallbackQuery", callback_query_id=query)
        except TelegramError as error:
            log.debug("a press was not answered", exc_info=error)
