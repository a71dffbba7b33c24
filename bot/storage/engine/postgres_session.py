"""One transaction after the other on a connection to PostgreSQL, made anew where it is lost."""

import time
from contextlib import suppress

import psycopg
from psycopg.types.numeric import Int8Dumper

from bot.storage.engine.postgres_pipeline import Connection, ConnectionLostError, Pipeline
from bot.storage.engine.postgres_transaction import Transaction

BEGIN = b"BEGIN ISOLATION LEVEL READ COMMITTED"
LOCK_TIMEOUT = b"SET lock_timeout = '10s'"
SHORT_LOCK_TIMEOUT = b"SET LOCAL lock_timeout = '100ms'"
"""For those that hold up others; also shorter than the second after which deadlocks are found."""
RESTART_SECONDS, PAUSE_SECONDS = 5.0, 0.25


class NotReachedError(psycopg.OperationalError):
    """No connection was to be had, for as long as a server may take to come back."""


class PostgresSession:
    """Begins and ends transactions; used by one thread at a time."""

    def __init__(self, conninfo: str) -> None:
        self._conninfo = conninfo
        self._pipeline: Pipeline | None = None

    def begin(self, *, in_haste: bool) -> Transaction:
        """A new transaction. In haste, it waits for no lock that is held longer.

        Raises NotReachedError.
        """
        pipeline = self._pipeline
        if pipeline is None or not pipeline.is_there():
            self.close()
            pipeline = self._pipeline = Pipeline(self._connected())
        pipeline.failure = None
        pipeline.send(BEGIN)
        if in_haste:
            pipeline.send(SHORT_LOCK_TIMEOUT)
        return Transaction(pipeline)

    def commit(self) -> None:
        """Make the transaction durable. Raises what went wrong in it, also what a job has hidden.

        PostgreSQL turns the COMMIT after an error to ROLLBACK.
        """
        pipeline = self._pipeline
        if pipeline is None or pipeline.lost:
            raise ConnectionLostError
        answer = pipeline.send(b"COMMIT")
        pipeline.read(commits=True)
        if answer.result is None or answer.result.command_status != b"COMMIT":
            raise pipeline.failure or ConnectionLostError()

    def rollback(self) -> None:
        """Leave no trace of the transaction."""
        pipeline = self._pipeline
        if pipeline is None:
            return
        with suppress(psycopg.Error):
            pipeline.read()
        with suppress(psycopg.Error):
            if not pipeline.is_idle:
                pipeline.send(b"ROLLBACK")
                pipeline.read()
        if not pipeline.is_idle:
            self.close()

    def close(self) -> None:
        """Let go of the connection, if there is one."""
        if self._pipeline is not None:
            self._pipeline.close()
            self._pipeline = None

    def _connected(self) -> Connection:
        for _ in range(int(RESTART_SECONDS / PAUSE_SECONDS)):
            with suppress(psycopg.OperationalError):
                return _connect(self._conninfo)
            time.sleep(PAUSE_SECONDS)
        try:
            return _connect(self._conninfo)
        except psycopg.OperationalError as error:
            raise NotReachedError(*error.args) from error


def _connect(conninfo: str) -> Connection:
    connection = psycopg.connect(conninfo, autocommit=True)
    # Else each size of number would make a statement of its own.
    connection.adapters.register_dumper(int, Int8Dumper)
    connection.execute(LOCK_TIMEOUT)
    return connection
