"""Transactions as everything above storage knows them, the same on both engines."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from notes import add, add_and_fail, create, names

from bot.storage.engine.database import Database, StorageError, Tx
from bot.storage.engine.opening import open_database

pytestmark = pytest.mark.timeout(30)


@pytest.fixture
async def db(url: str) -> AsyncIterator[Database]:
    database = await open_database(url)
    await database.run(create)
    yield database
    await database.close()


async def seen_by_others(url: str) -> list[str]:
    other = await open_database(url)
    try:
        return await other.run(names)
    finally:
        await other.close()


async def test_a_row_is_read_by_column_name(db: Database) -> None:
    await db.run(add, "a", size=3)
    row = await db.run(lambda tx: tx.one("SELECT name, size FROM notes"))
    assert row is not None
    assert (row["name"], row["size"]) == ("a", 3)
    assert dict(row) == {"name": "a", "size": 3}


async def test_no_row_is_none_and_an_empty_list(db: Database) -> None:
    assert await db.run(lambda tx: tx.one("SELECT name FROM notes")) is None
    assert await db.run(lambda tx: tx.all("SELECT name FROM notes")) == []


async def test_run_counts_rows(db: Database) -> None:
    assert await db.run(add, "a") == 1
    assert await db.run(lambda tx: tx.run("DELETE FROM notes WHERE size = :size", size=9)) == 0


async def test_taken_rows_are_left_out_of_returning(db: Database) -> None:
    sql = "INSERT INTO notes VALUES ('a', 1), ('b', 1) ON CONFLICT DO NOTHING RETURNING name"
    await db.run(add, "a")
    assert [row["name"] for row in await db.run(lambda tx: tx.all(sql))] == ["b"]


async def test_one_of_several_returned_rows_does_not_hinder_the_commit(db: Database) -> None:
    row = await db.run(
        lambda tx: tx.one("INSERT INTO notes VALUES ('a', 1), ('b', 1) RETURNING name")
    )
    assert row is not None
    assert row["name"] == "a"
    assert await db.run(names) == ["a", "b"]


async def test_a_failing_job_leaves_no_trace_and_its_neighbours_succeed(db: Database) -> None:
    results = await asyncio.gather(
        db.run(add, "a"), db.run(add_and_fail, "b"), db.run(add, "c"), return_exceptions=True
    )
    assert results[0] == results[2] == 1
    assert isinstance(results[1], LookupError)
    assert await db.run(names) == ["a", "c"]


async def test_a_failing_job_that_is_alone_leaves_no_trace(db: Database) -> None:
    with pytest.raises(LookupError):
        await db.run(add_and_fail, "a")
    assert await db.run(names) == []


async def test_a_broken_constraint_is_an_error_of_its_own_job(db: Database) -> None:
    await db.run(add, "a")
    results = await asyncio.gather(
        db.run(add, "c"), db.run(add, "a"), db.run(add, "b"), return_exceptions=True
    )
    assert [type(result) for result in results] == [int, StorageError, int]
    assert str(results[1]) in (
        "IntegrityError: UNIQUE constraint failed: notes.name",
        'UniqueViolation: duplicate key value violates unique constraint "notes_pkey"',
    )


async def test_what_only_the_commit_finds_out_hits_its_own_job_alone(db: Database) -> None:
    def link(tx: Tx, note: str) -> int:
        return tx.run("INSERT INTO links VALUES (:note)", note=note)

    await db.run(add, "a")
    results = await asyncio.gather(
        db.run(add, "b"), db.run(link, "nowhere"), db.run(link, "a"), return_exceptions=True
    )
    assert [type(result) for result in results] == [int, StorageError, int]
    assert [row["note"] for row in await db.run(lambda tx: tx.all("SELECT note FROM links"))] == [
        "a"
    ]


async def test_cancelling_a_caller_does_not_cancel_its_job(db: Database, url: str) -> None:
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(db.run(add, name)) for name in "abc"]
        await asyncio.sleep(0)
        tasks[0].cancel()
        tasks[1].cancel()
    assert tasks[0].cancelled()
    assert tasks[2].result() == 1
    await db.close()
    assert await seen_by_others(url) == ["a", "b", "c"]


async def test_nobody_hangs_when_every_caller_of_a_batch_is_cancelled(
    db: Database, url: str
) -> None:
    async with asyncio.TaskGroup() as group:
        first = [group.create_task(db.run(add, name)) for name in "ab"]
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        second = group.create_task(db.run(add, "c"))
        await asyncio.sleep(0)
        for task in [*first, second]:
            task.cancel()
    await db.close()
    assert await seen_by_others(url) == ["a", "b", "c"]


async def test_a_job_that_raises_stop_iteration_does_not_hang(db: Database) -> None:
    with pytest.raises(RuntimeError):
        await db.run(lambda tx: next(iter(())))


async def test_an_undone_savepoint_leaves_no_trace_and_the_job_goes_on(db: Database) -> None:
    def work(tx: Tx) -> str:
        add(tx, "a")
        with tx.savepoint() as outer:
            add(tx, "b")
            with tx.savepoint():
                add(tx, "c")
            outer.undo()
            add(tx, "d")
        with tx.savepoint() as point:
            add(tx, "e")
            point.undo()
            return "refused"

    said, added = await asyncio.gather(db.run(work), db.run(add, "z"))
    assert (said, added) == ("refused", 1)
    assert await db.run(names) == ["a", "d", "z"]


async def test_an_outer_savepoint_cannot_be_undone_from_within_an_inner_one(db: Database) -> None:
    def work(tx: Tx) -> None:
        with tx.savepoint() as outer:
            add(tx, "a")
            with tx.savepoint():
                outer.undo()

    with pytest.raises(StorageError, match=r"no such savepoint|InvalidSavepointSpecification"):
        await db.run(work)
    assert await db.run(names) == []


async def test_a_savepoint_is_undone_when_its_block_raises(db: Database) -> None:
    def work(tx: Tx) -> None:
        add(tx, "a")
        with pytest.raises(LookupError), tx.savepoint():
            add_and_fail(tx, "b")
        add(tx, "c")

    await db.run(work)
    assert await db.run(names) == ["a", "c"]


async def test_close_waits_for_what_is_queued(url: str) -> None:
    db = await open_database(url)
    await db.run(create)
    async with asyncio.TaskGroup() as group:
        for name in "abc":
            group.create_task(db.run(add, name))
        await asyncio.sleep(0)
        await db.close()
    assert await seen_by_others(url) == ["a", "b", "c"]


async def test_a_closed_database_says_so(url: str) -> None:
    db = await open_database(url)
    await db.close()
    await db.close()
    with pytest.raises(StorageError, match="closed"):
        await db.run(names)


async def test_what_was_written_is_there_after_reopening(db: Database, url: str) -> None:
    await db.run(add, "a")
    await db.close()
    again = await open_database(url)
    assert await again.run(names) == ["a"]
    await again.close()
