"""One transaction on PostgreSQL: statements with `:name` parameters over a psycopg connection."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import psycopg
from psycopg.pq import TransactionStatus

from bot.storage.engine.database import Row, Value
from bot.storage.engine.savepoints import NumberedSavepoint

Connection = psycopg.Connection[dict[str, Any]]

CACHED_STATEMENTS = 512
TRY_LOCK = "SELECT pg_try_advisory_xact_lock(hashtextextended(:name, 0)) AS taken"
NAME = re.compile(r":([a-z_][a-z0-9_]*)", re.IGNORECASE)
NOTHING: Mapping[str, Value] = {}
SHUT_DOWN = (
    psycopg.errors.AdminShutdown,
    psycopg.errors.CrashShutdown,
    psycopg.errors.CannotConnectNow,
)


class ConnectionLostError(psycopg.OperationalError):
    """The connection broke before COMMIT was asked for, so that nothing is kept."""


@lru_cache(maxsize=CACHED_STATEMENTS)
def numbered(sql: str) -> tuple[bytes, tuple[str, ...]]:
    """The statement with `$1`, `$2`, … and the names that stand behind the numbers.

    No literal may hold a colon, and no cast may be written as `::`.
    """
    names = tuple(dict.fromkeys(NAME.findall(sql)))
    places = {name: f"${place}" for place, name in enumerate(names, 1)}
    return NAME.sub(lambda match: places[match[1]], sql).encode(), names


class Transaction:
    """A Tx; `depth` counts the savepoints still open."""

    __slots__ = ("_connection", "_cursor", "_failure", "depth")

    sole = False
    for_update = "FOR UPDATE"

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._cursor = connection.cursor()
        self._failure: psycopg.Error | None = None
        self.depth = 0

    def all(self, sql: str, /, **params: Value) -> list[Row]:
        return [*self.execute(sql, params).fetchall()]

    def one(self, sql: str, /, **params: Value) -> Row | None:
        return self.execute(sql, params).fetchone()

    def run(self, sql: str, /, **params: Value) -> int:
        return self.execute(sql, params).rowcount

    def try_lock(self, name: str) -> bool:
        row = self.one(TRY_LOCK, name=name)
        return row is not None and row["taken"]

    def savepoint(self) -> NumberedSavepoint:
        return NumberedSavepoint(self)

    @property
    def lost(self) -> bool:
        """Whether the connection is gone, and the transaction with it."""
        return self._status is TransactionStatus.UNKNOWN

    def check(self) -> None:
        """Raise what a job has hidden: PostgreSQL turns the COMMIT after an error to ROLLBACK."""
        if self._failure is not None and self._status is not TransactionStatus.INTRANS:
            raise self._failure

    def execute(
        self, sql: str, params: Mapping[str, Value] = NOTHING
    ) -> psycopg.Cursor[dict[str, Any]]:
        statement, names = numbered(sql)
        try:
            return self._cursor.execute(statement, [params[name] for name in names])
        except psycopg.errors.InFailedSqlTransaction:
            raise
        except psycopg.Error as error:
            gone = self._connection.broken or isinstance(error, SHUT_DOWN)
            self._failure = ConnectionLostError() if gone else error
            raise self._failure from error

    @property
    def _status(self) -> TransactionStatus:
        return self._connection.info.transaction_status
