"""The part of SQLite that runs in the connection's thread: one batch of jobs, one transaction."""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.storage.database import Row, Value
from bot.storage.savepoints import NumberedSavepoint

# The function, what it gets after the transaction, and that by name.
Job = tuple[Callable[..., Any], tuple[Any, ...], Mapping[str, Any]]
# What the job returned, and what it raised instead.
Outcome = tuple[Any, BaseException | None]

NOTHING: Mapping[str, Value] = {}


class _TransactionLostError(Exception):
    """More is undone than the job that failed."""


class _Transaction:
    """A Tx on the connection's open transaction; `depth` counts the savepoints still open."""

    __slots__ = ("_connection", "_cursor", "depth")

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._cursor = connection.cursor()
        self.depth = 0

    def all(self, sql: str, /, **params: Value) -> list[Row]:
        return self.execute(sql, params).fetchall()

    def one(self, sql: str, /, **params: Value) -> Row | None:
        row: Row | None = self.execute(sql, params).fetchone()
        return row

    def run(self, sql: str, /, **params: Value) -> int:
        return self.execute(sql, params).rowcount

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
    """Run the jobs and commit; if all had to be undone because of one, run each of them alone."""
    if len(jobs) > 1:
        try:
            return _together(connection, begin, jobs)
        except (_TransactionLostError, sqlite3.Error):
            connection.rollback()
    return [_alone(connection, begin, job) for job in jobs]


def _together(connection: sqlite3.Connection, begin: str, jobs: Sequence[Job]) -> list[Outcome]:
    try:
        connection.execute(begin)
    except sqlite3.Error as error:  # locked by another process: no job would fare better alone
        return [(None, error)] * len(jobs)
    tx = _Transaction(connection)
    outcomes = [_attempt(tx, job) for job in jobs]
    tx.execute("COMMIT")
    return outcomes


def _attempt(tx: _Transaction, job: Job) -> Outcome:
    work, args, kwargs = job
    outcome: Outcome
    try:
        with tx.savepoint():
            outcome = work(tx, *args, **kwargs), None
    except BaseException as error:
        outcome = None, error
    if tx.depth:  # its savepoint could be neither undone nor released
        raise _TransactionLostError
    return outcome


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
