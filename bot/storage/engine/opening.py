"""What stands behind a database URL: the database, who runs on it, who leads on it.

The only module that knows every engine. Each brings a driver of its own, and so is loaded only
where it is used.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from bot.storage.engine.database import Database, DatabaseUnavailable
from bot.storage.engine.leadership import Leadership, SoleLeadership
from bot.storage.engine.run_lock import sole_runner

SQLITE = "sqlite:///"
POSTGRESQL = "postgresql://"
UNKNOWN = "the database URL must look like sqlite:///lotse.db or postgresql://user@host/name"


def database_file(url: str) -> Path | None:
    """The file behind the URL of an embedded database; None for a server."""
    name = url.removeprefix(SQLITE)
    return Path(name) if name and name != url else None


async def open_database(url: str) -> Database:
    """Open `sqlite:///relative/path`, `sqlite:////absolute/path` or `postgresql://user@host/name`.

    An SQLite file is made, a database on a server must be there. Raises DatabaseUnavailable with
    one line that can be shown to the operator.
    """
    if url.startswith(POSTGRESQL):
        from bot.storage.engine.postgres import open_postgres

        return await open_postgres(url)
    file = database_file(url)
    if file is None:
        raise DatabaseUnavailable(UNKNOWN)
    from bot.storage.engine.sqlite import open_sqlite

    return await open_sqlite(file)


async def open_snapshot(url: str) -> Database:
    """Open a database that is there, to read it while others write; raises DatabaseUnavailable.

    On SQLite each transaction sees one moment and hinders nobody. A server is opened as usual:
    there a transaction that wants this says so.
    """
    file = database_file(url)
    if file is None:
        return await open_database(url)
    from bot.storage.engine.sqlite import READING, open_sqlite

    return await open_sqlite(file, READING)


def copy_pages_of(url: str, target: Path) -> bool:
    """Copy an embedded database to a new file as it is at one moment; False for a server.

    Raises DatabaseUnavailable or StorageError.
    """
    file = database_file(url)
    if file is None:
        return False
    from bot.storage.engine.sqlite_backup import copy_pages

    copy_pages(file, target)
    return True


def leadership_on(url: str, woken: Callable[[], None]) -> Leadership:
    """The leadership on the database at this URL; `woken` is called when somebody rings for us."""
    if database_file(url) is not None:
        return SoleLeadership(woken)
    from bot.storage.engine.postgres_leadership import PostgresLeadership

    return PostgresLeadership(url, woken)


def runner_of(url: str, *, alone: bool = True) -> AbstractContextManager[None]:
    """The lock of the database at this URL. Raises as sole_runner does.

    On a server several may run that are not alone; on SQLite a runner always is.
    """
    file = database_file(url)
    if file is not None:
        return sole_runner(file)
    from bot.storage.engine.postgres_lock import runner_on_server

    return runner_on_server(url, alone=alone)
