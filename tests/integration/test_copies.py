"""Copies of a whole database: equal, of one moment, whole or not there."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from town import VAULT, invented, open_town, telegram

from bot.messages.payloads import Kind
from bot.storage.engine.database import (
    Database,
    DatabaseUnavailable,
    StorageError,
    Tx,
)
from bot.storage.engine.migrations import DatabaseTooNew, migrate
from bot.storage.engine.opening import open_database, open_snapshot
from bot.storage.queues import inbox, outbox
from bot.storage.queues.outbox_row import OutboxRow, Priority
from bot.storage.records import key_values, persons
from bot.storage.upkeep import copier
from bot.storage.upkeep.after_restore import leave_the_past
from bot.storage.upkeep.copier import NotEmpty, copy

NOW, HOUR, DAY = 1_800_000_000, 3600, 86_400
PEOPLE = 1300


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    """Where the copy is taken from and where it goes."""
    return f"sqlite:///{tmp_path}/lotse.db", f"sqlite:///{tmp_path}/copy.db"


@asynccontextmanager
async def opened(*urls: str) -> AsyncIterator[list[Database]]:
    """Databases, the first to read from."""
    first, *others = urls
    made = [await open_snapshot(first), *[await open_database(url) for url in others]]
    try:
        yield made
    finally:
        for database in made:
            await database.close()


async def a_town(url: str) -> None:
    """A database with rows in every table, of some more than one batch."""
    async with open_town(url, invented()) as town:
        for number in range(3):
            client = await town.client(number)
            slot = town.slot("anna", f"2026-12-01 {9 + number:02}:00")
            await town.book(client, slot)
        await town.hold(await town.client(9), town.slot("ben", "2026-12-08 09:00"))
        await town.database.run(many)


def many(tx: Tx) -> None:
    """Rows that a booking does not make."""
    key_values.put(tx, "key_check", VAULT.key_check)
    tx.run("INSERT INTO staff_chats VALUES ('anna', 1, 5)")
    tx.run("INSERT INTO invites VALUES ('hash', 'ben', 5)")
    tx.run("INSERT INTO role_chats VALUES (2, 'front_desk', 'mill', 5)")
    tx.run("INSERT INTO role_invites VALUES ('hash', 'operator', NULL, 5)")
    tx.run("INSERT INTO sent_messages VALUES (1, 2, 5, 1)")
    tx.run("INSERT INTO blocked VALUES ('chat', 'K7PM', 5)")
    tx.run("INSERT INTO tallies VALUES ('chat', 'cancelled', 5, 2)")
    tx.run("INSERT INTO talk_counts VALUES ('2026-11', 'office', 'mill', 'came', 5)")
    tx.run("INSERT INTO referral_counts VALUES ('2026-11', 'school', 7, 2)")
    tx.run("INSERT INTO absences VALUES (1, 'anna', 5, 6)")
    tx.run("INSERT INTO audit VALUES (1000, 1, 5, 'case_manager:anna', 'seen')")
    tx.run("INSERT INTO feeds VALUES ('anna', 'hash', 5)")
    tx.run("INSERT INTO claims VALUES ('hash', 1, 5, 0)")
    tx.run("INSERT INTO departures VALUES ('anna', 'case_manager', 5)")
    tx.run("INSERT INTO page_links VALUES (7, 'case_manager', 'anna', 5, 6)")
    tx.run("INSERT INTO ended_links VALUES (1, 'case_manager', 'anna', 0)")
    tx.run("INSERT INTO waiting_list VALUES (1, 'anna', 5, 6, NULL, NULL)")
    for number in range(PEOPLE):
        inbox.keep(tx, telegram(number), f"chat {number % 7}", "sealed", NOW)
        tx.run("INSERT INTO handled VALUES ('telegram', :id, :now)", id=-number, now=NOW)
        outbox.put(tx, draft(f"x:{number}", NOW), NOW)
    # A newest row that is gone: its key must not come back.
    tx.run("DELETE FROM outbox WHERE dedupe_key = :key", key=f"x:{PEOPLE - 1}")


def draft(key: str, due: int, kind: Kind = Kind.TEXT, person: int | None = 1) -> OutboxRow:
    return OutboxRow(kind, "{}", key, Priority.NOTICE, due, person, "anna")


def content(file: str) -> dict[str, list[tuple[Any, ...]]]:
    """Every table of a database, read past our own code."""
    with closing(sqlite3.connect(file.removeprefix("sqlite:///"))) as connection:
        return {
            name: sorted(connection.execute(f"SELECT * FROM {name}"), key=repr)
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            ).fetchall()
        }


async def test_every_table_is_copied_row_by_row(files: tuple[str, str]) -> None:
    await a_town(files[0])
    async with opened(*files) as (source, target):
        rows = await copy(source, target)
    before, after = map(content, files)
    assert after == before
    assert rows == sum(map(len, before.values())) - len(before["migrations"])
    assert [name for name in before if not before[name]] == []


async def test_every_table_of_the_schema_is_known_to_the_copier(files: tuple[str, str]) -> None:
    async with open_town(files[0], invented()):
        known = content(files[0])
    assert {table.name for table in copier.TABLES if table.until == copier.FOR_GOOD} == set(
        known
    ) - {"migrations"}


async def test_a_copy_to_either_engine_and_back_is_the_same_again(tmp_path: Path, url: str) -> None:
    start, back = f"sqlite:///{tmp_path}/start.db", f"sqlite:///{tmp_path}/back.db"
    await a_town(start)
    async with opened(start, url) as (source, target):
        await copy(source, target)
    async with opened(url, back) as (source, target):
        await copy(source, target)
    assert content(back) == content(start)


@pytest.mark.parametrize("schema", [1, 4, 6, 8])
async def test_a_copy_of_an_older_schema_is_brought_to_the_newest(
    tmp_path: Path, url: str, schema: int
) -> None:
    start = f"sqlite:///{tmp_path}/start.db"
    made = await open_database(start)
    await made.run(migrate, made.dialect, upto=schema)
    await made.run(
        lambda tx: tx.run(
            "INSERT INTO persons (id, chat_key, chat_sealed, session, created_at, seen_at)"
            " VALUES (41, 'key', 'sealed', '{}', 5, 6)"
        )
    )
    await made.run(lambda tx: tx.run("INSERT INTO handled VALUES (3, 4)"))
    await made.close()
    async with opened(start, url) as (source, target):
        assert await copy(source, target) == 2
        found = await target.run(lambda tx: tx.one("SELECT * FROM chats"))
        handled = await target.run(lambda tx: tx.one("SELECT * FROM handled"))
        new = await target.run(persons.add, NOW)
    assert found is not None
    assert handled is not None
    assert (found["person_id"], found["chat_key"], found["seen_at"]) == (41, "key", 6)
    assert (handled["channel"], handled["update_id"]) == ("telegram", 3)
    assert new.id == 42


async def test_new_rows_of_the_copy_get_new_keys(tmp_path: Path, url: str) -> None:
    start = f"sqlite:///{tmp_path}/start.db"
    await a_town(start)
    async with opened(start, url) as (source, target):
        await copy(source, target)
        highest = await target.run(lambda tx: tx.one("SELECT MAX(id) AS id FROM outbox"))
        await target.run(lambda tx: outbox.put(tx, draft("new", NOW), NOW))
        row = await target.run(lambda tx: tx.one("SELECT id FROM outbox WHERE dedupe_key = 'new'"))
    assert row is not None
    assert highest is not None
    assert row["id"] > highest["id"]


async def test_a_key_whose_row_is_gone_is_not_given_again_by_a_copy_of_a_copy(
    tmp_path: Path, url: str
) -> None:
    start, back = f"sqlite:///{tmp_path}/start.db", f"sqlite:///{tmp_path}/back.db"
    await a_town(start)
    with closing(sqlite3.connect(tmp_path / "start.db")) as file:
        (last,) = file.execute("SELECT seq FROM sqlite_sequence WHERE name = 'outbox'").fetchone()
        assert last == file.execute("SELECT MAX(id) FROM outbox").fetchone()[0] + 1
    async with opened(start, url) as (source, target):
        await copy(source, target)
    async with opened(url, back) as (source, target):
        await copy(source, target)
        await target.run(lambda tx: outbox.put(tx, draft("new", NOW), NOW))
        row = await target.run(lambda tx: tx.one("SELECT id FROM outbox WHERE dedupe_key = 'new'"))
    assert row is not None
    assert row["id"] == last + 1


async def test_a_copy_shows_one_moment_while_others_go_on_writing(files: tuple[str, str]) -> None:
    await a_town(files[0])
    copied, written = asyncio.Event(), 0

    def add_both(tx: Tx, number: int) -> None:
        """One row in a table read early, one in a table read late."""
        tx.run("INSERT INTO handled VALUES ('telegram', :id, :now)", id=10_000 + number, now=NOW)
        key_values.put(tx, f"written {number}", "1")

    async def go_on(database: Database) -> None:
        nonlocal written
        while not copied.is_set():
            await database.run(add_both, written)
            written += 1

    async with opened(*files, files[0]) as (source, target, running), asyncio.TaskGroup() as group:
        group.create_task(go_on(running))
        await asyncio.sleep(0.05)
        await copy(source, target)
        copied.set()
    assert written > 5
    after = content(files[1])
    handled = {row[1] - 10_000 for row in after["handled"] if row[1] >= 10_000}
    noted = {int(row[0].split()[1]) for row in after["facts"] if row[0].startswith("written")}
    assert handled == noted != set(range(written))


async def test_writing_waits_for_no_backup(files: tuple[str, str]) -> None:
    await a_town(files[0])
    async with opened(*files) as (source, running):
        running = await open_database(files[0])

        def read_and_let_others_write(tx: Tx) -> list[str]:
            before = tx.all("SELECT name FROM facts")
            wrote = asyncio.run_coroutine_threadsafe(
                running.run(key_values.put, "during", "1"), loop
            ).result(timeout=3)
            assert wrote is None
            assert len(tx.all("SELECT name FROM facts")) == len(before)
            return [row["name"] for row in before]

        loop = asyncio.get_running_loop()
        assert "during" not in await source.run(read_and_let_others_write)
        await running.close()


async def test_a_database_that_is_not_empty_stays_as_it_is(files: tuple[str, str]) -> None:
    await a_town(files[0])
    async with opened(*files) as (source, target):
        await target.run(migrate, target.dialect)
        await target.run(key_values.put, "something", "1")
        before = content(files[1])
        with pytest.raises(ExceptionGroup) as raised:
            await copy(source, target)
    assert [type(error) for error in raised.value.exceptions] == [NotEmpty]
    assert content(files[1]) == before


async def test_a_copy_that_fails_half_way_leaves_nothing(files: tuple[str, str]) -> None:
    await a_town(files[0])

    def fail(tx: Tx) -> None:
        raise LookupError

    async with opened(*files) as (source, target):
        with pytest.raises(ExceptionGroup):
            await copy(source, target, fail)
        assert content(files[1]) == {}
        await copy(source, target)
    assert content(files[1]) == content(files[0])


async def test_a_source_that_is_no_database_of_ours_is_refused(
    tmp_path: Path, files: tuple[str, str]
) -> None:
    sqlite3.connect(tmp_path / "lotse.db").close()
    async with opened(*files) as (source, target):
        with pytest.raises(ExceptionGroup) as raised:
            await copy(source, target)
    assert raised.group_contains(StorageError)
    assert content(files[1]) == {}


async def test_a_source_with_columns_that_would_be_statements_is_refused(
    tmp_path: Path, files: tuple[str, str]
) -> None:
    await a_town(files[0])
    with closing(sqlite3.connect(tmp_path / "lotse.db")) as file, file:
        file.execute('ALTER TABLE facts ADD COLUMN "value) SELECT 1, 2 --" TEXT')
    async with opened(*files) as (source, target):
        with pytest.raises(ExceptionGroup) as raised:
            await copy(source, target)
    told = [str(error) for error in raised.value.exceptions if type(error) is StorageError]
    assert told == ["the table facts has columns that are not ours"]
    assert content(files[1]) == {}


async def test_a_source_that_is_missing_is_not_made(tmp_path: Path, files: tuple[str, str]) -> None:
    with pytest.raises(DatabaseUnavailable, match="no such file"):
        await open_snapshot(files[0])
    assert not (tmp_path / "lotse.db").exists()


async def test_a_source_newer_than_the_program_is_refused(
    tmp_path: Path, files: tuple[str, str]
) -> None:
    await a_town(files[0])
    with closing(sqlite3.connect(tmp_path / "lotse.db")) as file, file:
        file.execute("INSERT INTO migrations VALUES (999, 'of tomorrow')")
    async with opened(*files) as (source, target):
        with pytest.raises(ExceptionGroup) as raised:
            await copy(source, target)
    assert raised.group_contains(DatabaseTooNew)


async def test_after_a_restore_nothing_of_the_past_is_open(files: tuple[str, str]) -> None:
    async with open_town(files[0], invented()) as town:
        await town.client(1)
        for key, kind, due, written, person in (
            ("reminder long due", Kind.REMINDER, NOW - DAY, NOW - 2 * DAY, 1),
            ("reminder just due", Kind.REMINDER, NOW, NOW - DAY, 1),
            ("reminder to come", Kind.REMINDER, NOW + HOUR, NOW - DAY, 1),
            ("notice of last week", Kind.NOTICE, NOW - 7 * DAY, NOW - 7 * DAY, 1),
            ("notice of today", Kind.NOTICE, NOW - HOUR, NOW - HOUR, 1),
            ("homeless of last week", Kind.NOTICE, NOW - 7 * DAY, NOW - 7 * DAY, None),
            ("homeless of today", Kind.NOTICE, NOW - HOUR, NOW - HOUR, None),
        ):
            await town.database.run(outbox.put, draft(key, due, kind, person), written)
        await town.database.run(inbox.keep, telegram(1), "a", "sealed", NOW - 2 * DAY)
        await town.database.run(inbox.keep, telegram(2), "a", "sealed", NOW - HOUR)
    async with opened(*files) as (source, target):
        await copy(source, target, partial(leave_the_past, now=NOW))
        rows = await target.run(
            lambda tx: tx.all("SELECT dedupe_key, state FROM outbox WHERE state <> 'expired'")
        )
        waiting = await target.run(lambda tx: inbox.first_two(tx, "a"))
    assert {(row["dedupe_key"], row["state"]) for row in rows} == {
        ("reminder to come", "planned"),
        ("notice of today", "waiting"),
        ("homeless of today", "unaddressed"),
    }
    assert [update.key.update_id for update in waiting] == [2]


async def test_a_copy_whose_job_is_run_again_is_refused_rather_than_partial() -> None:
    pipe = copier._Pipe()
    pipe.open("source")
    with pytest.raises(copier.Interrupted):
        pipe.open("source")
