"""Watches the machine's clock: what was believed is kept, that it is wrong is said.

A clock that is wrong by more than an hour would delete what has a term, remind of what is far off
and pass on what nobody missed. While it is, none of that is done. The operators are told at the
next look that finds it so, if another clock was heard again by then: a machine that slept is right.
"""

import asyncio
import logging
from contextlib import suppress

from bot.messages.operator_news import ClockWrong
from bot.observability.logs import fields
from bot.runtime.resources import Resources
from bot.services import outgoing
from bot.storage.engine.database import DatabaseUnavailable, Tx
from bot.storage.engine.server_clock import server_time
from bot.storage.records import key_values

log = logging.getLogger(__name__)

LOOK_SECONDS = 15.0
LAST_KNOWN, TOLD = "clock", "clock_told"


class ClockWatch:
    """Looks at the clock of `resources` now and then."""

    def __init__(self, resources: Resources) -> None:
        self._resources = resources
        self._wrong_since: float | None = None

    async def begin(self) -> None:
        """Take up what an earlier run believed; nobody has said yet what time it is."""
        with suppress(DatabaseUnavailable):
            known = await self._resources.database.run(key_values.get, LAST_KNOWN)
            if known is not None:
                self._resources.clock.remember(float(known))

    async def run(self) -> None:
        """Look until cancelled."""
        while True:
            await self.look()
            await asyncio.sleep(LOOK_SECONDS)

    async def look(self) -> None:
        """Ask the database's server, keep what is believed, and say what is wrong."""
        with suppress(DatabaseUnavailable):
            await self._resources.database.run(self._look)
        clock = self._resources.clock
        is_right = clock.goes_right()
        if is_right and self._wrong_since is not None:
            self._wrong_since = None
            log.info("the clock is right again")
        elif not is_right and self._wrong_since is None:
            self._wrong_since = clock.steady()
            self._say()

    def _look(self, tx: Tx) -> None:
        resources, clock = self._resources, self._resources.clock
        said = server_time(tx, resources.database.dialect)
        if said is not None:
            clock.hear("database", said + clock.ahead)
        if clock.goes_right():
            key_values.put(tx, LAST_KNOWN, str(clock.now()))
            return
        if self._wrong_since is None or not clock.is_contradicted_since(self._wrong_since):
            return
        unit = resources.open_unit(tx, clock.now())
        today = unit.today.isoformat()
        if key_values.advance(tx, TOLD, today):
            outgoing.to_operators(unit, ClockWrong(), f"clock:{today}")

    def _say(self) -> None:
        """Whose clock differs from the time that is gone by, and by how many seconds."""
        ahead = self._resources.clock.differences()
        told = {whose.lower().replace(" ", "_"): f"{by:+d}" for whose, by in ahead.items()}
        log.error(
            "the clock is wrong: nothing is deleted, reminded or passed on", extra=fields(**told)
        )
