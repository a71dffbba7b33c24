"""Where nobody polls, somebody must ask now and then whether the Bot API is still there."""

import asyncio

from telegram.error import TelegramError

from bot.chat.api import Api
from bot.observability.counters import Counters

PULSE_SECONDS = 30.0


class Heartbeat:
    """Makes a harmless call twice a minute and keeps what came of it."""

    def __init__(self, api: Api, counters: Counters) -> None:
        self._api = api
        self._counters = counters

    async def run(self) -> None:
        """Ask until cancelled."""
        while True:
            try:
                await self._api.call("getMe")
            except TelegramError:
                self._counters.api_failed()
            else:
                self._counters.api_answered()
            await asyncio.sleep(PULSE_SECONDS)
