"""SQLite: all waiting jobs go to the connection's thread together and share one durable commit.

A commit on disk costs far more than the statements in it. So `run` leaves a job, and as soon as
the thread is free, every job that waits goes there in one hop and runs in one transaction; if one
fails, each runs again in one of its own. Nobody gets a result before the commit. No task drives
this: a batch is started by the event loop, and its end starts the next.
"""

import asyncio
import os
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import aiosqlite

from bot.storage.engine.database import SQLITE, DatabaseUnavailable, Dialect, StorageError, Tx
from bot.storage.engine.jobs import Job, Outcome
from bot.storage.engine.sqlite_batch import run_batch
from bot.storage.engine.sqlite_errors import translated
from bot.storage.engine.sqlite_reading import BUSY_SECONDS, ReadableFile, readable

P = ParamSpec("P")
T = TypeVar("T")

CACHED_STATEMENTS = 512
CHANGED = "was written while it was read and cannot show one moment; try again"
# To write, take the lock before anything is read; to read one moment, hinder nobody who writes.
WRITING, READING = "BEGIN IMMEDIATE", "BEGIN"
# The empty transaction fails at once where the file cannot be written, and not at the first client.
# A new file can give free pages back; that must be said before anything is in it.
OF_THE_FILE = (
    "PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL; BEGIN IMMEDIATE; COMMIT;"
)
# Deleted rows are overwritten: what has passed its term must not stand in unused pages. A log that
# one large transaction has made long is cut when it begins anew.
OF_THE_CONNECTION = """
    PRAGMA synchronous = FULL;
    PRAGMA foreign_keys = ON;
    PRAGMA temp_store = MEMORY;
    PRAGMA cache_size = -16384;
    PRAGMA secure_delete = ON;
    PRAGMA journal_size_limit = 16777216;
"""


class SqliteDatabase:
    """A Database on one SQLite file, with one connection in one thread."""

    # AUTOINCREMENT: a key is never given twice, even when the newest row is gone.
    dialect = Dialect(name=SQLITE, id="INTEGER PRIMARY KEY AUTOINCREMENT")

    def __init__(self, connection: aiosqlite.Connection, opened: ReadableFile, begin: str) -> None:
        self._connection = connection
        self._opened = opened
        self._begin = begin
        self._loop = asyncio.get_running_loop()
        self._waiting: list[tuple[Job, asyncio.Future[Outcome]]] = []
        self._busy = False
        self._closed = False

    async def run(
        self, work: Callable[Concatenate[Tx, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """See Database.run."""
        if self._closed:
            raise StorageError("the database is closed")
        value, error = await self._enqueue((work, args, kwargs))
        if isinstance(error, sqlite3.Error):
            raise translated(error, self._opened.file) from error
        if error is not None:
            raise error
        return value  # type: ignore[no-any-return]

    async def close(self) -> None:
        """See Database.close."""
        if self._closed:
            return
        last = self._enqueue((lambda tx: None, (), {}))
        self._closed = True
        try:
            await last
        finally:
            await self._connection.close()
        if self._opened.was_written:
            raise DatabaseUnavailable(f"database {self._opened.file} {CHANGED}")

    def _enqueue(self, job: Job) -> asyncio.Future[Outcome]:
        done: asyncio.Future[Outcome] = self._loop.create_future()
        self._waiting.append((job, done))
        if not self._busy:
            self._busy = True
            self._loop.call_soon(self._start)
        return done

    def _start(self) -> None:
        batch, self._waiting = self._waiting, []
        jobs = [job for job, _ in batch]
        try:
            finished = _on_thread(self._connection, run_batch, self._begin, jobs)
        except ValueError:  # the connection is closed, because waiting in close() was given up
            self._settle(batch, [(None, StorageError("the database is closed"))] * len(batch))
        else:
            finished.add_done_callback(lambda finished: self._finish(batch, finished))

    def _finish(
        self,
        batch: Sequence[tuple[Job, asyncio.Future[Outcome]]],
        finished: asyncio.Future[list[Outcome]],
    ) -> None:
        error = finished.exception()
        self._settle(batch, [(None, error)] * len(batch) if error else finished.result())

    def _settle(
        self, batch: Sequence[tuple[Job, asyncio.Future[Outcome]]], outcomes: Sequence[Outcome]
    ) -> None:
        for (_, done), outcome in zip(batch, outcomes, strict=True):
            if not done.done():  # a caller who was cancelled does not ask any more
                done.set_result(outcome)
        # Called after those just answered have run: what they ask for next joins the batch.
        self._busy = bool(self._waiting)
        if self._busy:
            self._loop.call_soon(self._start)


def _on_thread(
    connection: aiosqlite.Connection, function: Callable[..., T], *args: Any
) -> asyncio.Future[T]:
    """Have the connection's thread call `function(sqlite3 connection, *args)`.

    The first step of aiosqlite's coroutine puts the call on the thread's queue and yields the
    future of its result. It is for callbacks: nobody waits inside the coroutine, and asyncio lets
    no other coroutine await that future in its place. aiosqlite logs what it calls: of a lambda
    that is not the arguments, which are personal data.
    """
    raw = connection._conn
    return connection._execute(lambda: function(raw, *args)).send(None)  # type: ignore


async def open_sqlite(file: Path, begin: str = WRITING) -> SqliteDatabase:
    """Open the file, made readable for its owner only if it is new. See open_database."""
    try:
        opened = await asyncio.to_thread(_writable if begin == WRITING else readable, file)
        connection = await aiosqlite.connect(
            opened.uri,
            uri=True,
            timeout=BUSY_SECONDS,
            isolation_level=None,
            cached_statements=CACHED_STATEMENTS,
        )
    except OSError as error:
        raise DatabaseUnavailable(f"database {file}: {error.strerror}") from error
    except sqlite3.Error as error:
        raise translated(error, file) from error
    connection.row_factory = sqlite3.Row
    await connection.executescript(opened.first + OF_THE_CONNECTION)
    return SqliteDatabase(connection, opened, begin)


def _writable(file: Path) -> ReadableFile:
    # What is wrong with the file shows here: where aiosqlite fails to connect, it leaves a thread
    # behind that may outlive the event loop and end in a traceback.
    with suppress(FileExistsError):
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    with closing(sqlite3.connect(file, timeout=BUSY_SECONDS, isolation_level=None)) as connection:
        connection.executescript(OF_THE_FILE)
    return ReadableFile(file, file.absolute().as_uri())
