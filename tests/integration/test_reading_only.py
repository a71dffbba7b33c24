"""A database is read where nothing can be written, with and without what SQLite keeps beside it."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from bot.commands import backup
from bot.settings import Settings
from bot.storage.engine.database import Database, DatabaseUnavailable
from bot.storage.engine.migrations import open_newest
from bot.storage.engine.opening import open_snapshot
from bot.storage.records import key_values

NOW = 1_796_000_000
NOBODY = 65_534
LEFT_BESIDE = {"nothing": (), "its log": ("-wal",), "its log and index": ("-wal", "-shm")}


@contextmanager
def without_rights() -> Iterator[None]:
    """The superuser may write everything: inside the block the process is nobody."""
    if (own := os.geteuid()) != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(own)


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that everybody can look into."""
    with tempfile.TemporaryDirectory() as made:
        Path(made).chmod(0o755)
        yield Path(made)
        for each in Path(made).rglob("*"):
            each.chmod(0o700)


async def left(folder: Path, beside: tuple[str, ...]) -> Path:
    """The files of a database as a running program leaves them, in a folder nobody can write."""
    running, disk = folder / "lotse.db", folder / "disk"
    disk.mkdir()
    async with open_newest(f"sqlite:///{running}") as database:
        await database.run(key_values.put, "first", "1")
        if not beside:
            await database.close()
        for ending in ("", *beside):
            shutil.copy(f"{running}{ending}", f"{disk}/lotse.db{ending}")
    for file in disk.iterdir():
        file.chmod(0o444)
    disk.chmod(0o555)
    return disk / "lotse.db"


async def first(database: Database) -> str | None:
    return await database.run(key_values.get, "first")


@pytest.mark.parametrize("beside", LEFT_BESIDE.values(), ids=LEFT_BESIDE)
async def test_a_database_is_read_whatever_lies_beside_it(
    folder: Path, beside: tuple[str, ...]
) -> None:
    file = await left(folder, beside)
    before = sorted(file.parent.iterdir())
    with without_rights():
        database = await open_snapshot(f"sqlite:///{file}")
        assert await first(database) == "1"
        await database.close()
    assert sorted(file.parent.iterdir()) == before


async def test_a_backup_is_made_of_a_database_that_cannot_be_written(
    folder: Path,
) -> None:
    file = await left(folder, ("-wal",))
    own = folder / "own"
    own.mkdir()
    own.chmod(0o777)
    with without_rights():
        await backup.backup(Settings(database_url=f"sqlite:///{file}"), own / "made.db", NOW)
    with closing(sqlite3.connect(own / "made.db")) as made:
        facts = made.execute("SELECT name, value FROM facts ORDER BY name").fetchall()
    assert facts == [("backup_made", str(NOW)), ("first", "1")]


async def test_a_file_that_is_written_after_all_while_it_is_read_shows_no_one_moment(
    folder: Path,
) -> None:
    file = await left(folder, ())
    with without_rights():
        database = await open_snapshot(f"sqlite:///{file}")
        assert await first(database) == "1"
    file.chmod(0o600)
    os.utime(file, (NOW, NOW))
    with pytest.raises(DatabaseUnavailable, match="was written while it was read"):
        await database.close()


async def test_a_database_that_cannot_be_read_is_told_in_one_line(
    folder: Path,
) -> None:
    file = await left(folder, ())
    file.chmod(0o000)
    with without_rights(), pytest.raises(DatabaseUnavailable) as refused:
        await open_snapshot(f"sqlite:///{file}")
    assert str(refused.value) == f"database {file} cannot be opened"
