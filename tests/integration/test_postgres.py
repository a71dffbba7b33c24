"""PostgreSQL: what it does when transactions meet, the server goes away or the URL is wrong."""

import asyncio
import threading
import time
from collections.abc import AsyncIterator
from contextlib import suppress

import psycopg
import pytest
from postgres import Server
from town import VAULT

from bot.storage.engine.database import Database, DatabaseUnavailable, StorageError, Tx
from bot.storage.engine.migrations import migrate
from bot.storage.engine.opening import open_database, runner_of
from bot.storage.engine.postgres_errors import translated
from bot.storage.engine.postgres_transaction import numbered
from bot.storage.engine.run_lock import AlreadyRunning
from bot.storage.records import chats

pytestmark = pytest.mark.timeout(30)


@pytest.fixture
async def db(fresh: str) -> AsyncIterator[Database]:
    database = await open_database(fresh)
    await database.run(lambda tx: tx.run("CREATE TABLE notes (name TEXT PRIMARY KEY, size BIGINT)"))
    yield database
    await database.close()


def add(tx: Tx, name: str) -> int:
    return tx.run("INSERT INTO notes (name, size) VALUES (:name, 0)", name=name)


def names(tx: Tx) -> list[str]:
    return [row["name"] for row in tx.all("SELECT name FROM notes ORDER BY name")]


def backend(tx: Tx) -> int:
    row = tx.one("SELECT pg_backend_pid() AS pid")
    assert row is not None
    return int(row["pid"])


def test_each_name_has_one_number_however_often_it_stands_there() -> None:
    assert numbered("SELECT :b, :a1 WHERE x = :b") == (b"SELECT $1, $2 WHERE x = $1", ("b", "a1"))


async def test_jobs_run_side_by_side(db: Database) -> None:
    met = threading.Barrier(3)

    def meet(tx: Tx, name: str) -> int:
        met.wait(10)
        return add(tx, name)

    assert await asyncio.gather(*(db.run(meet, name) for name in "abc")) == [1, 1, 1]


async def test_of_two_jobs_that_wait_for_each_other_one_is_run_again(db: Database) -> None:
    met = threading.Barrier(2)
    runs: list[str] = []

    def grow(tx: Tx, first: str, second: str) -> None:
        runs.append(first)
        tx.run("UPDATE notes SET size = size + 1 WHERE name = :name", name=first)
        with suppress(threading.BrokenBarrierError):
            met.wait(0.5)
        tx.run("UPDATE notes SET size = size + 1 WHERE name = :name", name=second)

    for name in "ab":
        await db.run(add, name)
    await asyncio.gather(db.run(grow, "a", "b"), db.run(grow, "b", "a"))
    assert len(runs) >= 3
    sizes = await db.run(lambda tx: tx.all("SELECT size FROM notes"))
    assert [row["size"] for row in sizes] == [2, 2]


async def test_who_keeps_getting_in_the_way_is_told_of_after_five_attempts(db: Database) -> None:
    runs: list[int] = []

    def unlucky(tx: Tx) -> None:
        runs.append(1)
        raise psycopg.errors.SerializationFailure("could not serialize")

    with pytest.raises(DatabaseUnavailable, match="too busy"):
        await db.run(unlucky)
    assert len(runs) == 5


async def test_a_job_that_hides_an_error_is_not_taken_for_done(db: Database) -> None:
    def stubborn(tx: Tx) -> str:
        add(tx, "a")
        with suppress(psycopg.Error):
            add(tx, "a")
        return "done"

    with pytest.raises(StorageError, match="UniqueViolation"):
        await db.run(stubborn)
    assert await db.run(names) == []


async def test_a_connection_that_breaks_before_the_commit_is_replaced(
    db: Database, postgres_server: Server
) -> None:
    runs: list[int] = []

    def work(tx: Tx) -> int:
        runs.append(backend(tx))
        add(tx, "a")
        if len(runs) == 1:
            postgres_server.end_backend(runs[0])
        return add(tx, "b")

    assert await db.run(work) == 1
    assert len(set(runs)) == 2
    assert await db.run(names) == ["a", "b"]


async def test_idle_connections_that_a_restart_has_ended_are_not_noticed_by_any_job(
    db: Database, postgres_server: Server
) -> None:
    met = threading.Barrier(10)

    def meet(tx: Tx) -> int:
        pid = backend(tx)
        met.wait(10)
        return pid

    for pid in await asyncio.gather(*(db.run(meet) for _ in range(10))):
        postgres_server.end_backend(pid)
    await asyncio.gather(*(db.run(add, str(number)) for number in range(20)))
    assert len(await db.run(names)) == 20


async def test_several_processes_may_migrate_at_once(fresh: str) -> None:
    databases = [await open_database(fresh) for _ in range(3)]
    await asyncio.gather(*(each.run(migrate, each.dialect) for each in databases))
    rows = await databases[0].run(lambda tx: tx.all("SELECT number FROM migrations"))
    assert len({row["number"] for row in rows}) == len(rows) >= 1
    for each in databases:
        await each.close()


def test_only_one_bot_runs_on_a_database(fresh: str) -> None:
    with runner_of(fresh):
        with pytest.raises(AlreadyRunning) as refused, runner_of(fresh):
            pass
        assert str(refused.value) == "a bot is already running on this PostgreSQL database"
    with runner_of(fresh):
        pass


def test_those_that_share_the_updates_out_run_side_by_side_and_nobody_alone(fresh: str) -> None:
    with (
        runner_of(fresh, alone=False),
        runner_of(fresh, alone=False),
        pytest.raises(AlreadyRunning),
        runner_of(fresh),
    ):
        pass
    with runner_of(fresh), pytest.raises(AlreadyRunning), runner_of(fresh, alone=False):
        pass


async def test_a_lock_is_held_by_one_transaction_until_it_ends(db: Database) -> None:
    locked, done = threading.Event(), threading.Event()

    def hold(tx: Tx) -> bool:
        taken = tx.try_lock("chat")
        locked.set()
        done.wait(10)
        return taken

    def others(tx: Tx) -> tuple[bool, bool]:
        locked.wait(10)
        found = tx.try_lock("chat"), tx.try_lock("another chat")
        done.set()
        return found

    held, found = await asyncio.gather(db.run(hold), db.run(others))
    assert (held, found) == (True, (False, True))
    assert await db.run(lambda tx: tx.try_lock("chat")) is True


async def test_errors_are_told_without_values(db: Database) -> None:
    secret = "a-name-nobody-may-read"
    await db.run(add, secret)
    for work in (
        lambda tx: add(tx, secret),
        lambda tx: tx.run("UPDATE notes SET size = CAST(:name AS BIGINT)", name=secret),
    ):
        with pytest.raises(StorageError) as refused:
            await db.run(work)
        assert secret not in str(refused.value)
        assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("postgresql://u:p%zzsecret@127.0.0.1/x", "the database URL cannot be read"),
        ("postgresql://u:pa/secret@127.0.0.1:1/x", "the PostgreSQL database cannot be reached"),
        (
            "postgresql://u:pa@secret@127.0.0.1:1/x?connect_timeout=2",
            "the PostgreSQL database cannot be reached",
        ),
        ("postgresql://u:secret@127.0.0.1:1/x", "the PostgreSQL database cannot be reached"),
        (
            "postgresql://u:secret@/x?host=/nowhere",
            "the PostgreSQL database cannot be reached",
        ),
    ],
)
def test_a_server_that_is_not_there_is_one_line_without_the_password(
    url: str, told: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(DatabaseUnavailable) as refused:
        asyncio.run(open_database(url))
    assert str(refused.value) == told
    assert capfd.readouterr() == ("", "")


async def test_a_database_that_does_not_exist_is_told(postgres_server: Server) -> None:
    with pytest.raises(DatabaseUnavailable, match="does not exist"):
        await open_database(postgres_server.url.replace("/postgres?", "/nowhere?"))


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (psycopg.errors.DiskFull(), "cannot grow: the disk is full"),
        (psycopg.errors.LockNotAvailable(), "is locked by another program"),
        (psycopg.errors.TooManyConnections(), "accepts no more connections"),
        (psycopg.errors.ReadOnlySqlTransaction(), "cannot be written"),
        (psycopg.OperationalError("server closed the connection"), "cannot be reached"),
    ],
)
def test_states_of_the_server_are_unavailability(error: psycopg.Error, told: str) -> None:
    seen = translated(error)
    assert isinstance(seen, DatabaseUnavailable)
    assert str(seen) == f"the PostgreSQL database {told}"


@pytest.mark.parametrize("table, key", [("persons", "id"), ("chats", "person_id")])
async def test_what_a_turn_has_taken_nobody_else_changes(fresh: str, table: str, key: str) -> None:
    """The chat and the person it is of, until the transaction is over."""
    database = await open_database(fresh)
    try:
        await database.run(migrate, database.dialect)
        chat = await database.run(chats.add, VAULT, 7, "{}", 1)
        done: list[str] = []
        taken = threading.Event()

        def turn(tx: Tx) -> None:
            assert chats.take(tx, VAULT.lookup(7))() is not None
            taken.set()
            time.sleep(0.3)
            done.append("turn")

        def change(tx: Tx) -> None:
            taken.wait(5)
            tx.run(f"UPDATE {table} SET {key} = {key} WHERE {key} = :id", id=chat.person.id)
            done.append("change")

        await asyncio.gather(database.run(turn), database.run(change))
        assert done == ["turn", "change"]
    finally:
        await database.close()
