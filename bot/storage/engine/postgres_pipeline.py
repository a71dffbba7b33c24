"""A connection to PostgreSQL on which statements are sent on until somebody needs an answer.

Each answer that is waited for costs a trip to the server and back to this thread; what is only
written travels with the next question. This is libpq's pipeline mode in psycopg's own binding of
libpq. Its cursors can do the same, for three times the processor time a statement.
"""

import select
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

import psycopg
from psycopg.adapt import PyFormat, Transformer
from psycopg.errors import error_from_result
from psycopg.pq import ConnStatus, ExecStatus, TransactionStatus
from psycopg.pq.abc import PGresult

from bot.storage.engine.database import Row, Value

MOST_UNREAD = 64
"""The answers to so few writes fit into what lies between us, where nobody need wait for room."""
MOST_KNOWN = 512
SHUT_DOWN = (
    psycopg.errors.AdminShutdown,
    psycopg.errors.CrashShutdown,
    psycopg.errors.CannotConnectNow,
)

FAILED = ExecStatus.FATAL_ERROR
FINE = (ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK)

Connection = psycopg.Connection[Any]
Types = tuple[int, ...]


class ConnectionLostError(psycopg.OperationalError):
    """The connection broke before COMMIT was asked for, so that nothing is kept."""


class CommitInDoubtError(psycopg.OperationalError):
    """The connection broke after COMMIT was asked for: nobody knows whether anything is kept."""


@dataclass(slots=True)
class Statement:
    """A statement as this connection knows it; `name` it has once it is prepared."""

    text: bytes
    types: Types
    name: bytes = b""
    columns: tuple[str, ...] = ()


@dataclass(slots=True)
class PipelineAnswer:
    """What a statement that was sent leads to; the result is there once it is read."""

    statement: Statement
    result: PGresult | None = None


class Pipeline:
    """Sends statements with `$1`, `$2`, …, and reads what they lead to when somebody must know.

    The first error is raised when it is read; what was sent after it is not executed. `failure` is
    the last error that was not of an earlier one's making.
    """

    def __init__(self, connection: Connection) -> None:
        self._pgconn = connection.pgconn
        self._pgconn.nonblocking = 0
        self._pgconn.enter_pipeline_mode()
        self._arrival = select.poll()
        self._arrival.register(self._pgconn.socket, select.POLLIN)
        self._transformer = Transformer(connection)
        self._known: dict[tuple[bytes, Types], Statement] = {}
        self._being_prepared: list[Statement] = []
        self._connection = connection
        self._numbers = count()
        self._unread: list[PipelineAnswer] = []
        self._ended = False
        self.failure: psycopg.Error | None = None

    @property
    def lost(self) -> bool:
        """Whether the connection is gone."""
        return self._ended or self._pgconn.status == ConnStatus.BAD

    @property
    def is_idle(self) -> bool:
        """Whether no transaction is open and nothing is to be read."""
        return self._pgconn.transaction_status == TransactionStatus.IDLE

    def close(self) -> None:
        """Let go of the connection."""
        self._connection.close()

    def is_there(self) -> bool:
        """Whether the server has not ended the connection while nobody used it."""
        try:
            self._pgconn.consume_input()  # which may be its last words
            self._pgconn.consume_input()
        except psycopg.OperationalError:
            return False
        return not self.lost

    def send(self, text: bytes, values: Sequence[Value] = ()) -> PipelineAnswer:
        """Send a statement, with the next `read` at the latest. Raises what `read` raises."""
        if len(self._unread) >= MOST_UNREAD:
            self.read()
        sent = self._transformer.dump_sequence(values, [PyFormat.AUTO] * len(values))
        types = (self._transformer.types or ()) if values else ()
        formats = self._transformer.formats if values else ()
        try:
            statement = self._statement(text, types)
            if statement.name:
                self._pgconn.send_query_prepared(statement.name, sent, formats)
            else:
                self._pgconn.send_query_params(text, sent, types, formats)
        except psycopg.OperationalError as error:
            raise self._gone() from error
        self._unread.append(answer := PipelineAnswer(statement))
        return answer

    def read(self, *, commits: bool = False) -> None:
        """Wait for the answers to all that was sent. Raises the first error.

        Of a connection that is gone that is a ConnectionLostError, or CommitInDoubtError where
        the last that was sent is a COMMIT which may have been executed.
        """
        if not self._unread:
            return
        sent, self._unread = self._unread, []
        if self._have_come(sent):
            self._being_prepared.clear()
            return
        for statement in self._being_prepared:  # perhaps it was not
            statement.name = b""
        self._being_prepared.clear()
        failed = next((it for it in sent if it.result and it.result.status == FAILED), sent[-1])
        said = failed.result
        error: psycopg.Error
        error = psycopg.OperationalError() if said is None else error_from_result(said)
        self._ended = self._ended or isinstance(error, SHUT_DOWN)
        if self.lost:
            in_doubt = commits and (failed is sent[-1] or error.sqlstate is None)
            raise (CommitInDoubtError() if in_doubt else self._gone()) from error
        if not isinstance(error, psycopg.errors.InFailedSqlTransaction):
            self.failure = error
        raise error

    def rows(self, answer: PipelineAnswer, most: int) -> list[Row]:
        """The first rows of a result, by column. Raises what has kept it from being there."""
        statement, result = answer.statement, answer.result
        if result is None or result.status not in FINE:
            raise self.failure or self._gone()
        if len(columns := statement.columns) != result.nfields:
            names = (result.fname(column) or b"" for column in range(result.nfields))
            statement.columns = columns = tuple(name.decode() for name in names)
        self._transformer.set_pgresult(result)
        found = min(result.ntuples, most)
        return self._transformer.load_rows(
            0, found, lambda row: dict(zip(columns, row, strict=True))
        )

    def _have_come(self, sent: list[PipelineAnswer]) -> bool:
        """Read the result of each; whether all have come and none is an error."""
        try:
            self._pgconn.pipeline_sync()
            for answer in sent:
                answer.result = self._next()
                self._next()  # None, which ends an answer
            self._next()  # the answer to the sync
        except psycopg.OperationalError:
            self._ended = True
            return False
        last = sent[-1].result  # aborted, if one before it has failed
        return last is not None and last.status in FINE

    def _next(self) -> PGresult | None:
        # To wait inside libpq would let no other thread of Python run.
        while self._pgconn.is_busy():
            self._arrival.poll()
            self._pgconn.consume_input()
        return self._pgconn.get_result()

    def _statement(self, text: bytes, types: Types) -> Statement:
        """As it is known, and prepared from the second time on."""
        known = self._known.get((text, types))
        if known is None:
            known = Statement(text, types)
            if len(self._known) < MOST_KNOWN:
                self._known[text, types] = known
        elif not known.name:
            known.name = f"lotse_{next(self._numbers)}".encode()
            self._pgconn.send_prepare(known.name, text, types)
            self._being_prepared.append(known)
            self._unread.append(PipelineAnswer(known))
        return known

    def _gone(self) -> ConnectionLostError:
        self._ended = True
        return ConnectionLostError()
