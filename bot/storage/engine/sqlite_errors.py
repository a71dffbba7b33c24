"""What SQLite's errors mean to those above, in one line without any stored value."""

import sqlite3
from pathlib import Path

from bot.storage.engine.database import DatabaseUnavailable, StorageError

STATES = {
    sqlite3.SQLITE_BUSY: "is locked by another program",
    sqlite3.SQLITE_LOCKED: "is locked by another program",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened",
    sqlite3.SQLITE_NOTADB: "is not a database",
    sqlite3.SQLITE_CORRUPT: "is damaged",
    sqlite3.SQLITE_FULL: "cannot grow: the disk is full",
    sqlite3.SQLITE_IOERR: "cannot be read or written: the disk reports an error",
    sqlite3.SQLITE_READONLY: "cannot be written",
    sqlite3.SQLITE_PERM: "cannot be accessed",
}


def translated(error: sqlite3.Error, file: Path) -> StorageError:
    """The error as our own: a state of the file the operator can change, or a mistake of ours."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_OK) & 0xFF
    if code in STATES:
        return DatabaseUnavailable(f"database {file} {STATES[code]}")
    return StorageError(f"{type(error).__name__}: {error}")
