"""The part of SQLite that runs in the connection's thread: one batch of jobs, one transaction."""

import sqlite3
from collections.abc import Callable, Mapping, Sequence

from bot.storage.engine.database import Row, Value
from bot.storage.engine.jobs import Job, Outcome
from bot.storage.engine.savepoints import NumberedSavepoint

NOTHING: Mapping[str, Value] = {}


class _Transaction:
    """A Tx on the connection's open transaction; `depth` counts the savepoints still open."""

    __slots__ = ("_connection", "_cursor", "depth")

    sole = True
    for_update = ""  # one transaction writes at a time

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._cursor = connection.cursor()
        self.depth = 0

    def all(self, sql: str, /, **params: Value) -> list[Row]:
        return self.execute(sql, params).fetchall()

    def one(self, sql: str, /, **params: Value) -> Row | None:
        row: Row | None = self.execute(sql, params).fetchone()
        return row

    def ask(self, sql: str, /, **params: Value) -> Callable[[], list[Row]]:
        rows = self.all(sql, **params)
        return lambda: rows

    def run(self, sql: str, /, **params: Value) -> int:
        return self.execute(sql, params).rowcount

    def write(self, sql: str, /, **params: Value) -> None:
        self.execute(sql, params)

    def flush(self) -> None:
        """Nothing is put off here."""

    def try_lock(self, name: str) -> bool:
        return True  # for the same reason

    def savepoint(self) -> NumberedSavepoint:
        return NumberedSavepoint(self)

    @property
    def lost(self) -> bool:
        """Whether SQLite has rolled back the transaction by itself, as on "disk is full"."""
        return not self._connection.in_transaction

    def execute(self, sql: str, params: Mapping[str, Value] = NOTHING) -> sqlite3.Cursor:
        # A job that catches the error and goes on would otherwise write outside any transaction.
        if not self._connection.in_transaction:
            raise sqlite3.OperationalError("the transaction has been rolled back")
        return self._cursor.execute(sql, params)


def run_batch(connection: sqlite3.Connection, begin: str, jobs: Sequence[Job]) -> list[Outcome]:
    """Run the jobs and commit; if one of them fails, undo all and run each of them alone.

    Hardly any fails, and a savepoint for each would cost as much as its statements.
    """
    if len(jobs) > 1:
        try:
            return _together(connection, begin, jobs)
        except BaseException:
            connection.rollback()
    return [_alone(connection, begin, job) for job in jobs]


def _together(connection: sqlite3.Connection, begin: str, jobs: Sequence[Job]) -> list[Outcome]:
    try:
        connection.execute(begin)
    except sqlite3.Error as error:  # locked by another process: no job would fare better alone
        return [(None, error)] * len(jobs)
    tx = _Transaction(connection)
    outcomes: list[Outcome] = [(work(tx, *args, **kwargs), None) for work, args, kwargs in jobs]
    tx.execute("COMMIT")
    return outcomes


def _alone(connection: sqlite3.Connection, begin: str, job: Job) -> Outcome:
    work, args, kwargs = job
    try:
        connection.execute(begin)
        tx = _Transaction(connection)
        value = work(tx, *args, **kwargs)
        tx.execute("COMMIT")
    except BaseException as error:
        connection.rollback()
        return None, error
    return value, None
