"""A batch on SQLite: what is shared in it, and what a neighbour never notices."""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import cast

import pytest
from notes import add, add_and_fail, create, names

from bot.storage.engine.database import Database, DatabaseUnavailable, StorageError, Tx
from bot.storage.engine.opening import open_database

pytestmark = pytest.mark.timeout(30)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "lotse.db"


@pytest.fixture
async def db(file: Path) -> AsyncIterator[Database]:
    database = await open_database(f"sqlite:///{file}")
    await database.run(create)
    yield database
    await database.close()


def seen_by_others(file: Path) -> list[str]:
    connection = sqlite3.connect(file)
    try:
        return [name for (name,) in connection.execute("SELECT name FROM notes ORDER BY name")]
    finally:
        connection.close()


async def test_all_waiting_jobs_share_one_transaction(db: Database) -> None:
    statements: list[str] = []
    await db.run(lambda tx: raw(tx).set_trace_callback(statements.append))
    await asyncio.gather(*(db.run(add, str(number)) for number in range(20)))
    assert statements.count("BEGIN IMMEDIATE") == 1
    assert statements.count("COMMIT") == 2  # the first ends the transaction that set the trace
    assert len(await db.run(names)) == 20


def raw(tx: Tx) -> sqlite3.Connection:
    """The connection below, to make it fail or tell."""
    return cast(sqlite3.Connection, tx._connection)  # type: ignore[attr-defined]


async def test_results_leave_only_after_the_commit(db: Database, file: Path) -> None:
    seen: list[list[str]] = []

    def add_and_look(tx: Tx, name: str) -> None:
        add(tx, name)
        seen.append(seen_by_others(file))

    async def run_and_look(name: str) -> None:
        await db.run(add_and_look, name)
        seen.append(seen_by_others(file))

    await asyncio.gather(run_and_look("a"), run_and_look("b"))
    assert seen == [[], [], ["a", "b"], ["a", "b"]]


def fill(tx: Tx, name: str) -> None:
    add(tx, name)
    add(tx, name * 3_000_000)


async def test_a_full_disk_hits_only_the_job_that_needs_the_room(db: Database) -> None:
    await db.run(lambda tx: tx.one("PRAGMA max_page_count = 40"))
    results = await asyncio.gather(
        db.run(add, "a"), db.run(fill, "b"), db.run(add, "c"), return_exceptions=True
    )
    assert [type(result) for result in results] == [int, DatabaseUnavailable, int]
    assert str(results[1]).endswith("lotse.db cannot grow: the disk is full")
    assert await db.run(names) == ["a", "c"]


async def test_a_job_that_hides_a_full_disk_writes_nothing_outside_a_transaction(
    db: Database,
) -> None:
    def stubborn(tx: Tx) -> None:
        try:
            fill(tx, "b")
        except sqlite3.Error:
            add(tx, "d")

    await db.run(lambda tx: tx.one("PRAGMA max_page_count = 40"))
    results = await asyncio.gather(
        db.run(add, "a"), db.run(stubborn), db.run(add, "c"), return_exceptions=True
    )
    assert [type(result) for result in results] == [int, StorageError, int]
    assert await db.run(names) == ["a", "c"]


async def test_a_job_that_cannot_be_undone_by_itself_is_never_committed(db: Database) -> None:
    def refuse_undo(action: int, name: str | None, *_: str | None) -> int:
        undo = action == sqlite3.SQLITE_SAVEPOINT and name == "ROLLBACK"
        return sqlite3.SQLITE_DENY if undo else sqlite3.SQLITE_OK

    await db.run(lambda tx: raw(tx).set_authorizer(refuse_undo))
    results = await asyncio.gather(
        db.run(add, "a"), db.run(add_and_fail, "b"), db.run(add, "c"), return_exceptions=True
    )
    assert [type(result) for result in results] == [int, LookupError, int]
    assert await db.run(names) == ["a", "c"]


@pytest.mark.parametrize("pause", [0, 0.2])
async def test_nobody_hangs_when_waiting_in_close_is_given_up(file: Path, pause: float) -> None:
    db = await open_database(f"sqlite:///{file}")
    await db.run(create)
    async with asyncio.TaskGroup() as group:
        running = group.create_task(db.run(add, "a"))
        await asyncio.sleep(0)
        await asyncio.sleep(0)  # now the batch is on the thread, and the next one gathers
        late = group.create_task(settled(db))
        closing = group.create_task(db.close())
        await asyncio.sleep(0)
        closing.cancel()
        await asyncio.sleep(0)
        time.sleep(pause)  # noqa: ASYNC251  (the connection is closed before the batch is settled)
    assert running.result() == 1
    assert late.result() == "StorageError"


async def settled(db: Database) -> str:
    try:
        await db.run(names)
    except StorageError as error:
        return type(error).__name__
    return "done"


async def test_a_database_locked_by_another_program_is_unavailable_to_all(
    db: Database, file: Path
) -> None:
    await db.run(lambda tx: tx.one("PRAGMA busy_timeout = 1"))
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    results = await asyncio.gather(db.run(add, "a"), db.run(add, "b"), return_exceptions=True)
    other.close()
    assert [str(result) for result in results] == [
        f"database {file} is locked by another program"
    ] * 2
    assert await db.run(add, "a") == 1
