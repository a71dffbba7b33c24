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

from bot.storage.engine.database import (
    POSTGRESQL,
    Database,
    DatabaseUnavailable,
    Dialect,
    StorageError,
    Tx,
)
from bot.storage.engine.migrations import applied, migrate
from bot.storage.upkeep import key_counters

# More names in one statement cost SQLite more than the statements they save.
ROWS_AT_ONCE = 20
BATCHES_ON_THEIR_WAY = 50
LOOK_UP_SECONDS = 0.2
FOR_GOOD = 9999


@dataclass(frozen=True, slots=True)
class CopiedTable:
    """A table with its primary key, after all it refers to, in the schemas `since` to `until`.

    `counts` tells whether its key counts by itself.
    """

    name: str
    key: tuple[str, ...]
    since: int = 1
    until: int = FOR_GOOD
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
    CopiedTable("counts", ("month", "office_id", "language", "outcome"), since=6, until=18),
    CopiedTable("absences", ("id",), since=7, counts=True),
    CopiedTable("audit", ("id",), since=7, counts=True),
    CopiedTable("feeds", ("case_manager_id",), since=7),
    CopiedTable("claims", ("token_hash",), since=7),
    CopiedTable("role_chats", ("person_id",), since=8),
    CopiedTable("role_invites", ("token_hash",), since=8),
    CopiedTable("chats", ("person_id",), since=9),
    CopiedTable("inbox", ("channel", "update_id"), since=9),
    CopiedTable("handled", ("channel", "update_id"), since=9),
    CopiedTable("departures", ("id",), since=12),
    CopiedTable("page_links", ("id",), since=13, counts=True),
    CopiedTable("ended_links", ("appointment_id", "role", "holder"), since=13),
    CopiedTable("waiting_list", ("person_id",), since=16),
    CopiedTable("referral_counts", ("month", "source"), since=18),
    CopiedTable("talk_counts", ("month", "breakdown", "value", "outcome"), since=19),
    CopiedTable("tallies", ("chat_key", "what", "at"), since=14),
)


class Interrupted(DatabaseUnavailable):
    """The copy broke off in the middle; it can be started anew."""


class NotEmpty(DatabaseUnavailable):
    """The target has rows of its own."""


class BrokenOff(Exception):  # noqa: N818  (it ends one thread because another has ended)
    """The other side of the copy is gone."""


Batch = tuple[CopiedTable, list[dict[str, Any]]]
LastKeys = dict[str, int]
"""How far the self-counting keys of each table have come: ends the copy."""
OnItsWay = Batch | LastKeys | int


class _Pipe:
    """Batches on their way from thread to thread; whoever breaks it off lets go of both."""

    def __init__(self) -> None:
        self._batches: Queue[OnItsWay] = Queue(BATCHES_ON_THEIR_WAY)
        self._broken = False
        self._opened: set[str] = set()

    def open(self, end: str) -> None:
        """A job may be run again; what went through the pipe the first time is gone by then."""
        if end in self._opened:
            raise Interrupted("the connection was lost while copying; nothing was copied")
        self._opened.add(end)

    def give(self, batch: OnItsWay) -> None:
        while not self._broken:
            try:
                return self._batches.put(batch, timeout=LOOK_UP_SECONDS)
            except Full:
                pass
        raise BrokenOff

    def take(self) -> OnItsWay:
        while not self._broken:
            try:
                return self._batches.get(timeout=LOOK_UP_SECONDS)
            except Empty:
                pass
        raise BrokenOff

    def break_off(self) -> None:
        self._broken = True


async def copy(
    source: Database,
    target: Database,
    afterwards: Callable[[Tx], None] | None = None,
    *,
    ahead: int = 0,
) -> int:
    """Fill an empty database from another; how many rows. `afterwards` completes the same copy.

    A source with an older schema is brought to the newest on its way. New rows get keys after the
    last one the source has given, and of those `ahead` are left out. Raises, in a group,
    NotEmpty, DatabaseTooNew, DatabaseUnavailable or StorageError; the target is as before then.
    """
    pipe = _Pipe()
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(source.run(_read, source.dialect, pipe))
            written = group.create_task(target.run(_write, target.dialect, pipe, afterwards, ahead))
    finally:
        pipe.break_off()
    return written.result()


def complete(tx: Tx, dialect: Dialect, afterwards: Callable[[Tx], None]) -> int:
    """Bring what was copied page by page to the newest schema; how many rows were in it."""
    schema = max(applied(tx))
    counted = (
        tx.one(f"SELECT COUNT(*) AS n FROM {table.name}")  # noqa: S608  (names of ours)
        for table in _tables(schema)
    )
    rows = sum(int(row["n"]) for row in counted if row is not None)
    migrate(tx, dialect)
    afterwards(tx)
    return rows


def _read(tx: Tx, dialect: Dialect, pipe: _Pipe) -> None:
    if dialect.name == POSTGRESQL:
        tx.write("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
    pipe.open("source")
    schema = max(applied(tx))
    pipe.give(schema)
    for table in _tables(schema):
        for rows in _batches(tx, table):
            pipe.give((table, rows))
    pipe.give({name: key_counters.last(tx, dialect, name) for name in _counting(schema)})


def _batches(tx: Tx, table: CopiedTable) -> Iterator[list[dict[str, Any]]]:
    key = ", ".join(table.key)
    ordered = f"ORDER BY {key} LIMIT {ROWS_AT_ONCE}"
    rows = tx.all(f"SELECT * FROM {table.name} {ordered}")  # noqa: S608  (names of ours)
    after = f"({key}) > ({', '.join(f':{column}' for column in table.key)})"
    while rows:
        yield [{column: row[column] for column in row.keys()} for row in rows]  # noqa: SIM118
        last = {column: rows[-1][column] for column in table.key}
        rows = tx.all(f"SELECT * FROM {table.name} WHERE {after} {ordered}", **last)  # noqa: S608  (names of ours)


def _write(
    tx: Tx,
    dialect: Dialect,
    pipe: _Pipe,
    afterwards: Callable[[Tx], None] | None,
    ahead: int,
) -> int:
    pipe.open("target")
    schema, copied = pipe.take(), 0
    assert isinstance(schema, int)
    migrate(tx, dialect, upto=schema)
    _refuse_unless_empty(tx, schema)
    while isinstance(batch := pipe.take(), tuple):
        copied += _insert(tx, *batch)
    assert isinstance(batch, dict)
    for table, last in batch.items():
        key_counters.go_on_after(tx, dialect, table, last)
    migrate(tx, dialect)
    if ahead:
        _leave_out(tx, dialect, ahead)
    if afterwards is not None:
        afterwards(tx)
    return copied


def _leave_out(tx: Tx, dialect: Dialect, ahead: int) -> None:
    for table in _counting(max(applied(tx))):
        last = key_counters.last(tx, dialect, table)
        key_counters.go_on_after(tx, dialect, table, last + ahead)


def _tables(schema: int) -> list[CopiedTable]:
    return [table for table in TABLES if table.since <= schema <= table.until]


def _counting(schema: int) -> list[str]:
    return [table.name for table in _tables(schema) if table.counts]


def _refuse_unless_empty(tx: Tx, schema: int) -> None:
    for table in _tables(schema):
        if tx.one(f"SELECT 1 AS x FROM {table.name} LIMIT 1"):  # noqa: S608  (names of ours)
            raise NotEmpty("the database to be filled is not empty; nothing was changed")


def _insert(tx: Tx, table: CopiedTable, rows: list[dict[str, Any]]) -> int:
    sql = _insert_sql(table.name, tuple(rows[0]), len(rows))
    numbered = {f"{name}_{n}": value for n, row in enumerate(rows) for name, value in row.items()}
    return tx.run(sql, **numbered)


@lru_cache(maxsize=64)
def _insert_sql(table: str, columns: tuple[str, ...], count: int) -> str:
    if not all(map(str.isidentifier, columns)):  # of a file that anybody may have made
        raise StorageError(f"the table {table} has columns that are not ours")
    values = (f"({', '.join(f':{name}_{n}' for name in columns)})" for n in range(count))
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES {', '.join(values)}"  # noqa: S608  (names of ours)
