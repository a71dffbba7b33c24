"""The lock on a PostgreSQL database: one running bot, as the lock file says on SQLite."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from bot.storage.lock import AlreadyRunning
from bot.storage.postgres import target
from bot.storage.postgres_errors import translated

RUNNER = 0x4C6F7473  # "Lots": any number nobody else is likely to use
# So that the server notices within ten seconds that the machine of the bot is gone.
KEEP_ALIVE = (
    b"SET tcp_keepalives_idle = 5; SET tcp_keepalives_interval = 1; SET tcp_keepalives_count = 4"
)
LOCK = b"SELECT pg_try_advisory_lock(%s, hashtext(coalesce(current_schema(), '')))"


@contextmanager
def sole_on_server(url: str) -> Iterator[None]:
    """Hold the lock inside the block, on a connection of its own, which frees it when it ends.

    Raises AlreadyRunning or DatabaseUnavailable.
    """
    try:
        connection = psycopg.connect(target(url), autocommit=True)
    except psycopg.Error as error:
        raise translated(error) from None
    try:
        connection.execute(KEEP_ALIVE)
        if connection.execute(LOCK, [RUNNER]).fetchone() != (True,):
            raise AlreadyRunning("a bot is already running on this PostgreSQL database")
        yield
    finally:
        connection.close()
