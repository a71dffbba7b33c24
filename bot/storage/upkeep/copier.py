"""Copies every table from one database to another, whatever engines they have, keeping ids.

The source is read in one transaction and the target written in one, each in its own thread, with
a few batches on their way between: the copy shows one moment, and is there whole or not at all.
"""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from queue import Empty, Full, Queue
from typing import Any

from bot.storage.engine.database import Database, DatabaseUnavailable, Dialect, Tx
from bot.storage.engine.migrations import applied, migrate

# More names in one statement cost SQLite more than the statements they save.
ROWS_AT_ONCE = 20
BATCHES_ON_THEIR_WAY = 50
LOOK_UP_SECONDS = 0.2
POSTGRESQL = "postgresql"


@dataclass(frozen=True, slots=True)
class CopiedTable:
    """A table with its primary key, after all it refers to, in the schemas `since` to `until`.

    `counts` tells whether its key counts by itself.
    """

    name: str
    key: tuple[str, ...]
    since: int = 1
    until: int = 9999
    counts: bool = False


TABLES = (
    CopiedTable("persons", ("id",), counts=True),
    CopiedTable("case_managers", ("id",)),
    CopiedTable("staff_chats", ("case_manager_id",)),
    CopiedTable("invites", ("token_hash",)),
    CopiedTable("appointments", ("id",), counts=True),
    CopiedTable("case_manager_cells", ("case_manager_id", "cell")),
    CopiedTable("client_cells", ("person_id", "cell")),
    CopiedTable("inbox", ("update_id",), until=8),
    CopiedTable("handled", ("update_id",), until=8),
    CopiedTable("outbox", ("id",), counts=True),
    CopiedTable("facts", ("name",)),
    CopiedTable("sent_messages", ("person_id", "message_id"), since=4),
    CopiedTable("blocked", ("chat_key",), since=5),
    CopiedTable("counts", ("month", "office_id", "language", "outcome"), since=6),
    CopiedTable("absences", ("id",), since=7, counts=True),
    CopiedTable("audit", ("id",), since=7, counts=True),
    CopiedTable("feeds", ("case_manager_id",), since=7),
    CopiedTable("claims", ("token_hash",), since=7),
    CopiedTable("role_chats", ("person_id",), since=8),
    CopiedTable("role_invites", ("token_hash",), since=8),
    CopiedTable("chats", ("person_id",), since=9),
    CopiedTable("inbox", ("channel", "update_id"), since=9),
    CopiedTable("handled", ("channel", "update_id"), since=9),
    CopiedTable("departures", ("id",), since=11),
    CopiedTable("tallies", ("chat_key", "what", "at"), since=14),
)


class Interrupted(DatabaseUnavailable):
    """The copy broke off in the middle; it can be started anew."""


class NotEmpty(DatabaseUnavailable):
    """The target has rows of its own."""


class BrokenOff(Exception):  # noqa: N818  (it ends one thread because another has ended)
    """The other side of the copy is gone."""


Batch = tuple[CopiedTable, list[dict[str, Any]]]


class _Pipe:
    """Batches on their way from thread to thread; whoever breaks it off lets go of both."""

    def __init__(self) -> None:
        self._batches: Queue[Batch | int | None] = Queue(BATCHES_ON_THEIR_WAY)
        self._broken = False
        self._opened: set[str] = set()

    def open(self, end: str) -> None:
        """A job may be run again; what went through the pipe the first time is gone by then."""
        if end in self._opened:
            raise Interrupted("the connection was lost while copying; nothing was copied")
        self._opened.add(end)

    def give(self, batch: Batch | int | None) -> None:
        while not self._broken:
            try:
                return self._batches.put(batch, timeout=LOOK_UP_SECONDS)
            except Full:
                pass
        raise BrokenOff

    def take(self) -> Batch | int | None:
        while not self._broken:
            try:
                return self._batches.get(timeout=LOOK_UP_SECONDS)
            except Empty:
                pass
        raise BrokenOff

    def break_off(self) -> None:
        self._broken = True


async def copy(
    source: Database, target: Database, afterwards: Callable[[Tx], None] | None = None
) -> int:
    """Fill an empty database from another; how many rows. `afterwards` completes the same copy.

    A source with an older schema is brought to the newest on its way. Raises, in a group,
    NotEmpty, DatabaseTooNew, DatabaseUnavailable or StorageError; the target is as before then.
    """
    pipe = _Pipe()
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(source.run(_read, source.dialect, pipe))
            written = group.create_task(target.run(_write, target.dialect, pipe, afterwards))
    finally:
        pipe.break_off()
    return written.result()


def _read(tx: Tx, dialect: Dialect, pipe: _Pipe) -> None:
    if dialect.name == POSTGRESQL:
        tx.run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
    pipe.open("source")
    schema = max(applied(tx))
    pipe.give(schema)
    for table in _tables(schema):
        for rows in _batches(tx, table):
            pipe.give((table, rows))
    pipe.give(None)


def _batches(tx: Tx, table: CopiedTable) -> Iterator[list[dict[str, Any]]]:
    key = ", ".join(table.key)
    ordered = f"ORDER BY {key} LIMIT {ROWS_AT_ONCE}"
    rows = tx.all(f"SELECT * FROM {table.name} {ordered}")  # noqa: S608
    after = f"({key}) > ({', '.join(f':{column}' for column in table.key)})"
    while rows:
        yield [{column: row[column] for column in row.keys()} for row in rows]  # noqa: SIM118
        last = {column: rows[-1][column] for column in table.key}
        rows = tx.all(f"SELECT * FROM {table.name} WHERE {after} {ordered}", **last)  # noqa: S608


def _write(tx: Tx, dialect: Dialect, pipe: _Pipe, afterwards: Callable[[Tx], None] | None) -> int:
    pipe.open("target")
    schema, copied = pipe.take(), 0
    assert isinstance(schema, int)
    migrate(tx, dialect, upto=schema)
    _refuse_unless_empty(tx, schema)
    while isinstance(batch := pipe.take(), tuple):
        copied += _insert(tx, *batch)
    if dialect.name == POSTGRESQL:
        _count_on(tx, schema)
    migrate(tx, dialect)
    if afterwards is not None:
        afterwards(tx)
    return copied


def _tables(schema: int) -> list[CopiedTable]:
    return [table for table in TABLES if table.since <= schema <= table.until]


def _refuse_unless_empty(tx: Tx, schema: int) -> None:
    for table in _tables(schema):
        if tx.one(f"SELECT 1 AS x FROM {table.name} LIMIT 1"):  # noqa: S608
            raise NotEmpty("the database to be filled is not empty; nothing was changed")


def _insert(tx: Tx, table: CopiedTable, rows: list[dict[str, Any]]) -> int:
    sql = _insert_sql(table.name, tuple(rows[0]), len(rows))
    numbered = {f"{name}_{n}": value for n, row in enumerate(rows) for name, value in row.items()}
    return tx.run(sql, **numbered)


@lru_cache(maxsize=64)
def _insert_sql(table: str, columns: tuple[str, ...], count: int) -> str:
    values = (f"({', '.join(f':{name}_{n}' for name in columns)})" for n in range(count))
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES {', '.join(values)}"  # noqa: S608


def _count_on(tx: Tx, schema: int) -> None:
    """Let keys go on after the highest that was copied; SQLite sees to that by itself."""
    for table in _tables(schema):
        if table.counts:
            last = f"pg_get_serial_sequence('{table.name}', 'id'), MAX(id)"
            tx.one(f"SELECT setval({last}) AS at FROM {table.name}")  # noqa: S608
