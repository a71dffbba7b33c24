"""PostgreSQL: jobs that share a transaction, and what becomes of them when it cannot be kept."""

import asyncio
import threading
import time
from collections.abc import AsyncIterator
from contextlib import suppress

import psycopg
import pytest
from notes import add, add_and_fail, create, names
from postgres import Server

from bot.storage.engine import postgres_session
from bot.storage.engine.database import Database, DatabaseUnavailable, StorageError, Tx
from bot.storage.engine.opening import open_database
from bot.storage.engine.postgres import PostgresDatabase

pytestmark = pytest.mark.timeout(30)

WAIT_SECONDS = 10.0


@pytest.fixture
async def db(fresh: str) -> AsyncIterator[Database]:
    database = await open_database(fresh)
    await database.run(create)
    yield database
    await database.close()


@pytest.fixture
async def another(fresh: str, db: Database) -> AsyncIterator[Database]:
    """The same database as another process sees it."""
    database = await open_database(fresh)
    yield database
    await database.close()


def transaction(tx: Tx) -> int:
    """The number of the transaction a job runs in."""
    row = tx.one("SELECT CAST(pg_current_xact_id() AS TEXT) AS id")
    assert row is not None
    return int(row["id"])


def backend(tx: Tx) -> int:
    row = tx.one("SELECT pg_backend_pid() AS pid")
    assert row is not None
    return int(row["pid"])


def write(tx: Tx, name: str) -> None:
    """Add a note without asking whether it was."""
    tx.write("INSERT INTO notes (name, size) VALUES (:name, 0)", name=name)


def grow(tx: Tx, *wanted: str) -> None:
    for name in wanted:
        tx.run("UPDATE notes SET size = size + 1 WHERE name = :name", name=name)


async def sizes(db: Database) -> dict[str, int]:
    rows = await db.run(lambda tx: tx.all("SELECT name, size FROM notes"))
    return {row["name"]: row["size"] for row in rows}


async def test_jobs_of_a_moment_share_a_transaction(db: Database) -> None:
    found = await asyncio.gather(*(db.run(transaction) for _ in range(10)))
    assert len(set(found)) < 10  # one, where the machine is not slow


async def test_a_job_that_fails_leaves_the_others_what_they_wrote(db: Database) -> None:
    found = await asyncio.gather(
        db.run(add, "a"), db.run(add_and_fail, "b"), db.run(add, "c"), return_exceptions=True
    )
    assert [type(each) for each in found] == [int, LookupError, int]
    assert await db.run(names) == ["a", "c"]


async def test_an_error_of_what_is_written_late_is_of_the_job_that_wrote_it(db: Database) -> None:
    await db.run(add, "a")
    found = await asyncio.gather(
        *(db.run(write, name) for name in "bac"), db.run(names), return_exceptions=True
    )
    assert [type(each) for each in found] == [type(None), StorageError, type(None), list]
    assert await db.run(names) == ["a", "b", "c"]


async def test_what_is_written_late_inside_a_savepoint_fails_inside_of_it(db: Database) -> None:
    def careful(tx: Tx) -> str:
        write(tx, "b")
        with pytest.raises(psycopg.errors.UniqueViolation), tx.savepoint():
            write(tx, "a")
        with suppress(LookupError), tx.savepoint():
            write(tx, "a")
            raise LookupError
        with tx.savepoint() as point:
            write(tx, "c")
            point.undo()
        return "gone on"

    await db.run(add, "a")
    assert await db.run(careful) == "gone on"
    assert await db.run(names) == ["a", "b"]


async def test_a_hidden_error_undoes_its_own_job_alone(db: Database) -> None:
    def stubborn(tx: Tx) -> str:
        add(tx, "b")
        with suppress(psycopg.Error):
            add(tx, "b")
        return "done"

    found = await asyncio.gather(
        db.run(add, "a"), db.run(stubborn), db.run(add, "c"), return_exceptions=True
    )
    assert [type(each) for each in found] == [int, StorageError, int]
    assert await db.run(names) == ["a", "c"]


async def test_rows_that_are_looked_at_later_are_those_of_their_own_question(db: Database) -> None:
    def work(tx: Tx) -> list[list[str]]:
        before = tx.ask("SELECT name FROM notes")
        write(tx, "a")
        after = tx.ask("SELECT name FROM notes WHERE size = :size", size=0)
        return [[row["name"] for row in asked()] for asked in (after, before)]

    assert await db.run(work) == [["a"], []]


async def test_a_question_after_more_writes_than_are_put_off_is_answered(db: Database) -> None:
    def work(tx: Tx) -> list[str]:
        for number in range(300):
            write(tx, f"{number:03}")
        return names(tx)

    assert await db.run(work) == [f"{number:03}" for number in range(300)]


async def test_who_waits_for_a_lock_in_a_batch_waits_alone(db: Database, another: Database) -> None:
    taken, free = threading.Event(), threading.Event()
    seen: list[str] = []

    def hold(tx: Tx) -> None:
        grow(tx, "a")
        taken.set()
        free.wait(WAIT_SECONDS)

    def waits(tx: Tx) -> None:
        grow(tx, "a")
        seen.append("waited")

    def passes(tx: Tx) -> None:
        add(tx, "b")
        seen.append("passed")

    await db.run(add, "a")
    holding = asyncio.ensure_future(another.run(hold))
    await asyncio.to_thread(taken.wait, WAIT_SECONDS)
    passing, waiting = (asyncio.ensure_future(db.run(work)) for work in (passes, waits))
    await passing
    assert seen == ["passed", "passed"]
    free.set()
    await asyncio.gather(holding, waiting)
    assert await sizes(db) == {"a": 2, "b": 0}


async def test_of_two_batches_that_wait_for_each_other_both_are_done(
    db: Database, another: Database
) -> None:
    met = threading.Barrier(2)

    def meet(tx: Tx) -> None:
        with suppress(threading.BrokenBarrierError):
            met.wait(1.0)

    for name in "ab":
        await db.run(add, name)
    await asyncio.gather(
        *(db.run(grow, "a"), db.run(meet), db.run(grow, "b")),
        *(another.run(grow, "b"), another.run(meet), another.run(grow, "a")),
    )
    assert await sizes(db) == {"a": 2, "b": 2}


async def test_who_comes_while_a_batch_takes_long_is_not_held_up(db: Database) -> None:
    begun, over = threading.Event(), threading.Event()

    def export(tx: Tx) -> bool:
        begun.set()
        return over.wait(WAIT_SECONDS)

    slow = asyncio.ensure_future(db.run(export))
    await asyncio.to_thread(begun.wait, WAIT_SECONDS)
    for name in "abc":
        await db.run(add, name)
    over.set()
    assert await slow is True


async def test_what_a_slow_job_has_not_let_begin_is_done_meanwhile(db: Database) -> None:
    over = threading.Event()
    slow, *quick = [
        asyncio.ensure_future(db.run(lambda tx: over.wait(WAIT_SECONDS))),
        *(asyncio.ensure_future(db.run(add, name)) for name in "abc"),
    ]
    assert await asyncio.gather(*quick) == [1, 1, 1]
    over.set()
    assert await slow is True


async def test_a_connection_lost_amid_a_batch_is_noticed_by_nobody(
    db: Database, postgres_server: Server
) -> None:
    runs: list[int] = []

    def work(tx: Tx) -> int:
        runs.append(backend(tx))
        if len(runs) == 1:
            postgres_server.end_backend(runs[0])
        return add(tx, "b")

    jobs = [db.run(add, "a"), db.run(work), db.run(add, "c")]
    assert await asyncio.gather(*jobs) == [1, 1, 1]
    assert len(set(runs)) == 2
    assert await db.run(names) == ["a", "b", "c"]


async def test_what_breaks_at_the_commit_is_in_doubt_and_not_run_again(db: Database) -> None:
    runs: list[str] = []

    def die_at_the_commit(tx: Tx) -> None:
        for statement in (
            "CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS"
            " 'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END'",
            "CREATE CONSTRAINT TRIGGER late AFTER INSERT ON links DEFERRABLE INITIALLY DEFERRED"
            " FOR EACH ROW EXECUTE FUNCTION die()",
        ):
            tx.run(statement)

    def link(tx: Tx, name: str) -> None:
        runs.append(name)
        tx.write("INSERT INTO links VALUES (:note)", note="a")

    await db.run(add, "a")
    await db.run(die_at_the_commit)
    for together in (["alone"], ["first", "second"]):
        runs.clear()
        jobs = (db.run(link, name) for name in together)
        found = await asyncio.gather(*jobs, return_exceptions=True)
        assert {type(each) for each in found} == {DatabaseUnavailable}
        assert runs == together
    assert await db.run(names) == ["a"]


async def test_a_cancelled_caller_leaves_its_batch_to_the_others(db: Database) -> None:
    cancelled, other = (asyncio.ensure_future(db.run(add, name)) for name in "ab")
    await asyncio.sleep(0)
    cancelled.cancel()
    assert await other == 1
    assert cancelled.cancelled()
    assert await db.run(names) == ["a", "b"]


async def test_close_waits_for_every_batch(fresh: str) -> None:
    database = await open_database(fresh)
    await database.run(create)

    def slowly(tx: Tx, name: str) -> int:
        time.sleep(0.1)
        return add(tx, name)

    asked = [asyncio.ensure_future(database.run(slowly, str(number))) for number in range(6)]
    await asyncio.sleep(0)
    await database.close()
    assert [each.result() for each in asked] == [1] * 6


async def test_a_server_that_does_not_come_back_fails_all_who_wait(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(postgres_session, "RESTART_SECONDS", 0.3)
    database = PostgresDatabase("host=/nowhere")
    found = await asyncio.gather(*(database.run(names) for _ in range(40)), return_exceptions=True)
    assert {type(each) for each in found} == {DatabaseUnavailable}
    await database.close()
