"""The lock on a database: who runs on it, whatever short commands come and go."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.storage.engine.database import DatabaseUnavailable


class AlreadyRunning(DatabaseUnavailable):
    """Another bot runs on this database."""


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
