"""Locks on a PostgreSQL database that last as long as a connection: who runs, who is leading."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import psycopg

from bot.storage.engine.postgres import target
from bot.storage.engine.postgres_errors import translated
from bot.storage.engine.run_lock import AlreadyRunning

# Any numbers nobody else is likely to use; the second half of a key is the schema's.
RUNNER, LEADERSHIP = 0x4C6F7473, 0x4C6F7474
SCHEMA = "hashtext(coalesce(current_schema(), ''))"
TRY_LOCK = f"SELECT pg_try_advisory_lock(%s, {SCHEMA})".encode()
UNLOCK = b"SELECT pg_advisory_unlock_all()"
TRY_SHARED_LOCK = f"SELECT pg_try_advisory_lock_shared(%s, {SCHEMA})".encode()
# So that the server notices within ten seconds that the machine of the bot is gone.
KEEP_ALIVE = (
    b"SET tcp_keepalives_idle = 5; SET tcp_keepalives_interval = 1; SET tcp_keepalives_count = 4"
)


@contextmanager
def runner_on_server(url: str, *, alone: bool) -> Iterator[None]:
    """Hold the runner's lock inside the block, on a connection of its own.

    It is given back before the connection is closed, which the server notices only a moment
    later: whoever starts again at once must not find it taken. With the connection it is lost
    anyhow. Several may run that are not alone. Raises AlreadyRunning or DatabaseUnavailable.
    """
    try:
        connection = psycopg.connect(target(url), autocommit=True)
    except psycopg.Error as error:
        raise translated(error) from None
    try:
        connection.execute(KEEP_ALIVE)
        statement = TRY_LOCK if alone else TRY_SHARED_LOCK
        if connection.execute(statement, [RUNNER]).fetchone() != (True,):
            raise AlreadyRunning("a bot is already running on this PostgreSQL database")
        try:
            yield
        finally:
            with suppress(psycopg.Error):
                connection.execute(UNLOCK)
    finally:
        connection.close()
