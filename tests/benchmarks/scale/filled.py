"""A new database made full: migrated, filled in one transaction, and analysed as a server does."""

from collections.abc import Callable

import psycopg

from bot.domain.city import City
from bot.storage.engine.database import Tx
from bot.storage.engine.migrations import migrate
from bot.storage.engine.opening import POSTGRESQL, open_database

from .city import Size

Fill = Callable[[Tx, str, City, Size, int], None]
"""Fills a database of an engine with a city of a size at a moment (UTC epoch seconds)."""


async def make_full(url: str, fill: Fill, city: City, size: Size, now: int) -> None:
    """Fill an empty database; nothing that was set for that is left when it is opened anew."""
    database = await open_database(url)
    await database.run(migrate, database.dialect)
    await database.run(fill, database.dialect.name, city, size, now)
    await database.close()
    if url.startswith(POSTGRESQL):  # the tests' server does not do this by itself
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")
