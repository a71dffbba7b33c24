"""A backup of an SQLite file is a copy of its pages: of one moment, whole, or not there."""

import asyncio
import resource
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from bot.commands import backup
from bot.settings import Settings
from bot.storage.engine.database import DatabaseUnavailable, StorageError, Tx
from bot.storage.engine.migrations import DatabaseTooNew, migrate, open_newest
from bot.storage.engine.opening import open_database
from bot.storage.engine.sqlite_backup import copy_pages
from bot.storage.records import key_values

NOW, PAGE = 1_796_000_000, 4096


@pytest.fixture
async def file(tmp_path: Path) -> Path:
    """A database with some hundreds of pages."""
    async with open_newest(f"sqlite:///{tmp_path}/lotse.db") as database:
        await database.run(fill)
    return tmp_path / "lotse.db"


def fill(tx: Tx, pages: int = 400) -> None:
    for number in range(pages):
        key_values.put(tx, f"x{number}", "x" * PAGE)


def names(folder: Path) -> list[str]:
    return [found.name for found in folder.iterdir()]


def made_by(file: Path) -> Settings:
    return Settings(database_url=f"sqlite:///{file}")


@contextmanager
def no_file_longer_than(size: int) -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


async def test_a_copy_shows_one_moment_while_others_write(file: Path, tmp_path: Path) -> None:
    copied = asyncio.Event()
    written = 0

    def both(tx: Tx, number: int) -> None:
        """In a table at one end of the file and in one at the other."""
        tx.run("INSERT INTO handled VALUES ('telegram', :id, :now)", id=number, now=NOW)
        key_values.put(tx, f"written {number}", "1")

    async with open_newest(f"sqlite:///{file}") as running, asyncio.TaskGroup() as group:

        async def go_on() -> None:
            nonlocal written
            while not copied.is_set():
                await running.run(both, written)
                written += 1

        group.create_task(go_on())
        await asyncio.sleep(0.05)
        await asyncio.to_thread(copy_pages, file, tmp_path / "copy.db")
        copied.set()
    with closing(sqlite3.connect(tmp_path / "copy.db")) as copy:
        [(handled,)] = copy.execute("SELECT COUNT(*) FROM handled")
        [(noted,)] = copy.execute("SELECT COUNT(*) FROM facts WHERE name LIKE 'written %'")
    assert handled == noted
    assert 0 < handled < written


async def test_a_file_that_is_damaged_is_no_backup(file: Path, tmp_path: Path) -> None:
    with file.open("r+b") as opened:
        opened.seek(60 * PAGE)
        opened.write(b"x" * 20 * PAGE)
    with pytest.raises(DatabaseUnavailable, match=r"lotse\.db is damaged"):
        await backup.backup(made_by(file), tmp_path / "backup.db", NOW)
    assert not (tmp_path / "backup.db").exists()


async def test_where_the_disk_takes_no_more_there_is_no_backup(file: Path, tmp_path: Path) -> None:
    with no_file_longer_than(50 * PAGE), pytest.raises(DatabaseUnavailable, match="disk"):
        await backup.backup(made_by(file), tmp_path / "backup.db", NOW)
    assert names(tmp_path) == ["lotse.db"]


async def test_a_backup_of_an_older_schema_has_the_newest(tmp_path: Path) -> None:
    made = await open_database(f"sqlite:///{tmp_path}/old.db")
    await made.run(migrate, made.dialect, upto=8)
    await made.run(lambda tx: tx.run("INSERT INTO handled VALUES (3, 4)"))
    await made.close()
    told = await backup.backup(made_by(tmp_path / "old.db"), tmp_path / "backup.db", NOW)
    assert told.startswith("1 rows are in")
    with closing(sqlite3.connect(tmp_path / "backup.db")) as copy:
        assert copy.execute("SELECT channel, update_id FROM handled").fetchall() == [
            ("telegram", 3)
        ]


async def test_a_file_of_somebody_elses_or_of_tomorrow_is_no_backup(
    file: Path, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(tmp_path / "other.db")) as other:
        other.execute("CREATE TABLE notes (x)")
    with pytest.raises(StorageError, match="no such table"):
        await backup.backup(made_by(tmp_path / "other.db"), tmp_path / "backup.db", NOW)
    with closing(sqlite3.connect(file)) as newer, newer:
        newer.execute("INSERT INTO migrations VALUES (999, 'of tomorrow')")
    with pytest.raises(DatabaseTooNew):
        await backup.backup(made_by(file), tmp_path / "backup.db", NOW)
    assert not (tmp_path / "backup.db").exists()


async def test_a_log_that_one_large_transaction_made_long_is_cut(tmp_path: Path) -> None:
    log, most = tmp_path / "lotse.db-wal", 16 * 1024 * 1024
    async with open_newest(f"sqlite:///{tmp_path}/lotse.db") as database:
        await database.run(lambda tx: fill(tx, most // PAGE + 400))
        long = log.stat().st_size
        await database.run(key_values.put, "y", "1")
        assert log.stat().st_size <= most < long
