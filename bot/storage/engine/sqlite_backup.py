"""A whole SQLite file is copied with SQLite's own means: page by page, as it is at one moment."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from bot.storage.engine.database import DatabaseUnavailable
from bot.storage.engine.sqlite_errors import translated
from bot.storage.engine.sqlite_reading import BUSY_SECONDS, ReadableFile, readable

# Nothing is to be kept of a copy that breaks off: it needs no journal, and is on disk at its end.
OF_THE_COPY = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA mmap_size = 2147418112"
WHOLE = "ok"
OF_THE_TARGET = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN)
PRIMARY = 0xFF


def copy_pages(source: Path, target: Path) -> None:
    """Make `target`, a new file for its owner only, what `source` is at this moment, and read it.

    Nobody who writes meanwhile is hindered, and the copy is on disk when this ends. Refused is a
    file whose tables or indexes are not whole. Raises DatabaseUnavailable or StorageError.
    """
    try:
        opened = readable(source)
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with closing(_connected(target.absolute().as_uri())) as made:
            made.executescript(OF_THE_COPY)
            _copy(opened, made)
            (found,) = made.execute("PRAGMA quick_check(1)").fetchone()
        _settle(target)
    except OSError as error:
        raise DatabaseUnavailable(
            f"database {error.filename or source}: {error.strerror}"
        ) from error
    except sqlite3.Error as error:
        its_own = error.sqlite_errorcode & PRIMARY not in OF_THE_TARGET
        raise translated(error, source if its_own else target) from error
    if found != WHOLE:
        raise DatabaseUnavailable(f"database {source} is damaged")
    if opened.was_written:
        raise DatabaseUnavailable(f"database {source} was written while it was read; try again")


def _copy(opened: ReadableFile, made: sqlite3.Connection) -> None:
    with closing(_connected(opened.uri)) as connection:
        connection.executescript(opened.first)
        connection.backup(made)  # all pages in one step: that is what makes it one moment


def _settle(file: Path) -> None:
    with file.open("rb") as copied:
        os.fsync(copied.fileno())


def _connected(uri: str) -> sqlite3.Connection:
    return sqlite3.connect(uri, timeout=BUSY_SECONDS, isolation_level=None, uri=True)
