"""What the rest of the bot knows of a database: transactions, rows and errors, and no engine."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
Value = str | int | float | None
SQLITE, POSTGRESQL = "sqlite", "postgresql"
"""The engines, by the names of their dialects."""


class StorageError(Exception):
    """The database refused a statement: a mistake of ours, told in one line without any value."""


class DatabaseUnavailable(StorageError):  # noqa: N818  (a state of the world, not of the code)
    """The database cannot be used as it is: missing, locked, full, unwritable or damaged."""


class Row(Protocol):
    """One row of a result; `row["name"]` is the value of that column, `dict(row)` all of them."""

    def __getitem__(self, column: str, /) -> Any: ...

    def keys(self) -> Iterable[str]: ...


class Savepoint(Protocol):
    """The point inside a transaction that a `with tx.savepoint()` block can go back to."""

    def undo(self) -> None:
        """Make undone what the block has done so far. The block goes on, usually to return."""


class Tx(Protocol):
    """One transaction. Statements are plain SQL with `:name` parameters, given by keyword."""

    @property
    def for_update(self) -> str:
        """Ends a SELECT whose rows nobody else may change before the transaction is over."""

    def all(self, sql: str, /, **params: Value) -> list[Row]:
        """Every row of the result. Also for `… RETURNING`."""

    def one(self, sql: str, /, **params: Value) -> Row | None:
        """The first row of the result, or None where there is none. Also for `… RETURNING`."""

    def ask(self, sql: str, /, **params: Value) -> Callable[[], list[Row]]:
        """As `all`, but the rows are looked at later, by calling what this returns.

        What is asked meanwhile takes the same way: several questions cost no more than one.
        """

    def run(self, sql: str, /, **params: Value) -> int:
        """Execute a statement without a result; how many rows it inserted, changed or deleted."""

    def write(self, sql: str, /, **params: Value) -> None:
        """As `run`, where nobody asks how many. It may be sent only with what comes after it.

        An error is then raised there, in the same job, and inside the same savepoint.
        """

    @property
    def sole(self) -> bool:
        """Whether no other transaction writes until this one is over."""

    def try_lock(self, name: str) -> bool:
        """Have this name to oneself until the transaction ends. False if another one has it."""

    @property
    def lost(self) -> bool:
        """Whether the transaction is gone, as on a full disk or when the connection breaks."""

    def savepoint(self) -> AbstractContextManager[Savepoint]:
        """A block that leaves no trace when it raises, or after `undo()` on what it yields."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """What migrations must know of an engine.

    `id` is the type of its self-counting key, `sole` the query that keeps other processes from
    migrating until this transaction ends, where the engine does not by itself.
    """

    name: str
    id: str
    sole: str | None = None


class Database(Protocol):
    """A database that many callers share."""

    @property
    def dialect(self) -> Dialect: ...

    async def run(
        self, work: Callable[Concatenate[Tx, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Call `work(tx, …)` in a transaction; its result once that is durable.

        `work` may be called more than once and has no effect but through `tx`. What it raises
        undoes it and is raised here. Cancelling the caller does not stop the work.
        Raises DatabaseUnavailable or StorageError.
        """

    async def close(self) -> None:
        """Finish all that was asked for, then let go of the database."""
