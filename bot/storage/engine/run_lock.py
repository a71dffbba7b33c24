"""The lock on a database: who runs on it, whatever short commands come and go."""

import fcntl
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from bot.storage.engine.database import DatabaseUnavailable, database_file


class AlreadyRunning(DatabaseUnavailable):
    """Another bot runs on this database."""


def runner_of(url: str, *, alone: bool = True) -> AbstractContextManager[None]:
    """The lock of the database at this URL. Raises as sole_runner does.

    On a server several may run that are not alone; on SQLite a runner always is.
    """
    file = database_file(url)
    if file is not None:
        return sole_runner(file)
    from bot.storage.engine.postgres_lock import runner_on_server

    return runner_on_server(url, alone=alone)


@contextmanager
def sole_runner(database: Path) -> Iterator[None]:
    """Hold `<database>.lock` inside the block. Raises AlreadyRunning or DatabaseUnavailable.

    The kernel frees it when the process ends in whatever way. The file itself stays: were it
    deleted, two processes could hold locks on two files of the same name.
    """
    path = database.with_name(f"{database.name}.lock")
    try:
        file = path.open("a")
    except OSError as error:
        raise DatabaseUnavailable(f"lock file {path}: {error.strerror}") from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunning(f"a bot is already running on {database}") from None
        yield
