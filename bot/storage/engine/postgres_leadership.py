"""Leadership on PostgreSQL: a session lock on a connection of its own, and lost with it.

The others ask for it every second, and ring by NOTIFY. A ring that gets lost costs a second at
most, after which the sender looks by itself. NOTIFY has a transaction of its own, because those
that notify commit one after another.
"""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import psycopg
from psycopg import sql

from bot.storage.engine.leadership import Work
from bot.storage.engine.postgres import target
from bot.storage.engine.postgres_lock import KEEP_ALIVE, LEADERSHIP, TRY_LOCK

log = logging.getLogger(__name__)

LOOK_SECONDS = 1.0
PING_SECONDS = 3.0
CHANNEL = b"SELECT 'lotse_' || coalesce(current_schema(), '')"
NOTIFY = b"SELECT pg_notify('lotse_' || coalesce(current_schema(), ''), '')"

Connection = psycopg.AsyncConnection[tuple[Any, ...]]


class PostgresLeadership:
    """A Leadership on a PostgreSQL server."""

    def __init__(self, url: str, woken: Callable[[], None]) -> None:
        self._target = target(url)
        self._woken = woken
        self._rung = asyncio.Event()
        self.ours: bool | None = None

    def ring(self) -> None:
        """See Leadership.ring."""
        if self.ours:
            self._woken()
        else:
            self._rung.set()

    async def run(self, work: Work) -> None:
        """See Leadership.run."""
        while True:
            try:
                await self._connected(work)
            except* (psycopg.Error, TimeoutError):
                log.error("the connection that holds or awaits the leadership is lost")
            finally:
                self.ours = None
            await asyncio.sleep(LOOK_SECONDS)

    async def _connected(self, work: Work) -> None:
        connection = await psycopg.AsyncConnection.connect(self._target, autocommit=True)
        try:
            await connection.execute(KEEP_ALIVE)
            while not await self._has(connection):
                await self._pass_on(connection)
            await self._serve(connection, work)
        finally:
            await connection.close()

    async def _has(self, connection: Connection) -> bool:
        row = await (await connection.execute(TRY_LOCK, [LEADERSHIP])).fetchone()
        self.ours = row == (True,)
        return self.ours

    async def _pass_on(self, connection: Connection) -> None:
        """Ring the leader when we are rung, or just wait a while before asking again."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._rung.wait(), LOOK_SECONDS)
            self._rung.clear()
            await connection.execute(NOTIFY)

    async def _serve(self, connection: Connection, work: Work) -> None:
        async with asyncio.TaskGroup() as group:
            working = group.create_task(work())
            try:
                await self._listen(connection)
            finally:
                self.ours = None
                working.cancel()

    async def _listen(self, connection: Connection) -> None:
        """Pass on what rings, and notice it when the connection is gone."""
        (channel,) = await (await connection.execute(CHANNEL)).fetchone() or ("",)
        await connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(channel)))
        while True:
            async for _ in connection.notifies(timeout=LOOK_SECONDS):
                self._woken()
            async with asyncio.timeout(PING_SECONDS):
                await connection.execute(b"SELECT 1")
