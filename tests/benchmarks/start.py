"""From the start of the program to the first press that is answered, with many persons there."""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import replace

from bot.storage.engine.migrations import migrate
from bot.storage.engine.opening import open_database

from .contenders import LOTSE
from .running import running
from .scale.filling import fill_persons

PERSONS = 100_000
SLOWEST_START = 30.0


def start() -> float:
    """Seconds until somebody who has waited with /start has pressed a first button and been
    answered, on a new database with 100,000 others. Raises Failed.
    """
    crowded = replace(LOTSE, prepare=_crowded)
    with running(crowded, 1, SLOWEST_START) as run:
        return run.reach(1, SLOWEST_START).at - run.began


def _crowded(settings: Mapping[str, str]) -> list[str]:
    asyncio.run(_fill(settings["BOT_DATABASE_URL"]))
    return []


async def _fill(url: str) -> None:
    database = await open_database(url)
    await database.run(migrate, database.dialect)
    await database.run(fill_persons, PERSONS, int(time.time()))
    await database.close()
