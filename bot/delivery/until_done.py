"""Work on the database that must not be given up: it waits until the database is there again."""

import asyncio
import logging
from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from bot.observability.logs import fields
from bot.storage.engine.database import Database, DatabaseUnavailable, Tx

log = logging.getLogger(__name__)

PAUSE_SECONDS = 1.0

P = ParamSpec("P")
T = TypeVar("T")


async def until_done(
    database: Database,
    work: Callable[Concatenate[Tx, P], T],
    /,
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    """Run `work`, again and again while the database is away.

    What was sent must be settled: whoever gives up sends it a second time.
    """
    while True:
        try:
            return await database.run(work, *args, **kwargs)
        except DatabaseUnavailable as problem:
            told = fields(problem=str(problem))
            log.error("database unavailable, what was sent waits", extra=told)
            await asyncio.sleep(PAUSE_SECONDS)
