"""How an SQLite file is opened to be read, also where nothing can be written: a read-only disk.

To read a database with a write-ahead log, SQLite makes files beside it, through which it agrees
with whoever writes. Where it cannot, it is told that nobody writes. Somebody else may be able to,
so the end of such a reading asks whether the files are as they were.
"""

import errno
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

BUSY_SECONDS = 5.0
NOT_WRITABLE = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)
PRIMARY = 0xFF
# Without a lock to take and with its index in memory, the log is read as it lies there.
WITH_ITS_LOG, WITHOUT_A_LOG = "?mode=ro&vfs=unix-none", "?immutable=1"
ALONE = "PRAGMA locking_mode = EXCLUSIVE;"

FileState = tuple[tuple[int, int] | None, ...]
"""Size and time of change, of the database and of its log; None for one that is not there."""


@dataclass(frozen=True, slots=True)
class ReadableFile:
    """A file and how it can be read: the URI to connect to, and what to say first.

    `state` is what must not have changed while it was read; None where SQLite sees to that.
    """

    file: Path
    uri: str
    first: str = ""
    state: FileState | None = None

    @property
    def was_written(self) -> bool:
        """Whether somebody has written what was taken for unchanging."""
        return self.state is not None and self.state != _state(self.file)


def readable(file: Path) -> ReadableFile:
    """Find out how a database can be read; nothing is made. Raises OSError or sqlite3.Error."""
    if not file.is_file():
        raise FileNotFoundError(errno.ENOENT, "no such file")
    found = ReadableFile(file, file.absolute().as_uri())
    try:
        _try(found)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & PRIMARY not in NOT_WRITABLE:
            raise
        found = _unchanging(found)
        _try(found)
    return found


def _unchanging(plain: ReadableFile) -> ReadableFile:
    state = _state(plain.file)
    has_log = state[1] is not None and state[1][0] > 0
    how, first = (WITH_ITS_LOG, ALONE) if has_log else (WITHOUT_A_LOG, "")
    return ReadableFile(plain.file, plain.uri + how, first, state)


def _state(file: Path) -> FileState:
    return tuple(_size_and_time(each) for each in (file, file.with_name(f"{file.name}-wal")))


def _size_and_time(file: Path) -> tuple[int, int] | None:
    try:
        found = file.stat()
    except FileNotFoundError:
        return None
    return found.st_size, found.st_mtime_ns


def _try(found: ReadableFile) -> None:
    with closing(
        sqlite3.connect(found.uri, timeout=BUSY_SECONDS, isolation_level=None, uri=True)
    ) as connection:
        connection.executescript(found.first)
        connection.execute("SELECT COUNT(*) FROM sqlite_master").fetchall()
