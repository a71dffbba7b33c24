"""Opening a database: what is made, what is refused in one line, and how its schema grows."""

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.storage.engine.database import Database, DatabaseUnavailable, StorageError
from bot.storage.engine.migrations import DatabaseTooNew, migrate
from bot.storage.engine.opening import database_file, open_database
from bot.storage.engine.run_lock import AlreadyRunning, sole_runner


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "lotse.db"


@pytest.fixture
async def db(file: Path) -> AsyncIterator[Database]:
    database = await open_database(f"sqlite:///{file}")
    yield database
    await database.close()


@pytest.fixture
def any_mode() -> Iterator[None]:
    """A process that takes nothing away from the mode a file is made with."""
    before = os.umask(0)
    yield
    os.umask(before)


async def test_a_new_database_can_be_read_by_its_owner_only(
    any_mode: None, db: Database, file: Path
) -> None:
    await db.run(lambda tx: tx.run(f"CREATE TABLE one (id {db.dialect.id})"))
    made = {each.name: each.stat().st_mode & 0o777 for each in file.parent.iterdir()}
    assert made == dict.fromkeys(("lotse.db", "lotse.db-wal", "lotse.db-shm"), 0o600)


@pytest.mark.parametrize(
    ("url", "file"),
    [
        ("sqlite:///lotse.db", Path("lotse.db")),
        ("sqlite:////var/lib/lotse.db", Path("/var/lib/lotse.db")),
        ("sqlite:///", None),
        ("sqlite://", None),
        ("postgresql://host/name", None),
    ],
)
def test_three_slashes_are_relative_and_four_absolute(url: str, file: Path | None) -> None:
    assert database_file(url) == file


async def test_other_urls_are_refused_without_showing_them() -> None:
    with pytest.raises(DatabaseUnavailable) as refused:
        await open_database("mysql://user:secret@host/name")
    assert str(refused.value) == (
        "the database URL must look like sqlite:///lotse.db or postgresql://user@host/name"
    )


async def test_a_missing_folder_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnavailable) as refused:
        await open_database(f"sqlite:///{tmp_path}/nowhere/lotse.db")
    assert str(refused.value) == f"database {tmp_path}/nowhere/lotse.db: No such file or directory"


async def test_a_folder_is_no_database(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnavailable) as refused:
        await open_database(f"sqlite:///{tmp_path}")
    assert str(refused.value) == f"database {tmp_path} cannot be opened"


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    letter = tmp_path / "letter.txt"
    letter.write_text("no database at all\n" * 100)
    return letter


async def test_another_file_is_no_database(letter: Path) -> None:
    with pytest.raises(DatabaseUnavailable) as refused:
        await open_database(f"sqlite:///{letter}")
    assert str(refused.value) == f"database {letter} is not a database"


def test_a_program_that_cannot_open_its_database_ends_without_a_word_of_its_own(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for name in ("", "/nowhere/lotse.db"):
        with pytest.raises(DatabaseUnavailable):
            asyncio.run(open_database(f"sqlite:///{tmp_path}{name}"))
    assert capfd.readouterr() == ("", "")


def test_only_one_bot_runs_on_a_database(file: Path) -> None:
    with sole_runner(file):
        with pytest.raises(AlreadyRunning) as refused, sole_runner(file):
            pass
        assert str(refused.value) == f"a bot is already running on {file}"
    with sole_runner(file):
        pass


@pytest.fixture
def schema(tmp_path: Path) -> Path:
    folder = tmp_path / "schema"
    folder.mkdir()
    (folder / "0001_start.sql").write_text(
        "-- Comments; may hold anything.\n"
        "CREATE TABLE one (id {id}, name TEXT);\n"
        "INSERT INTO one (name) VALUES ('{}');\n"
    )
    return folder


async def test_each_migration_is_applied_once(db: Database, schema: Path) -> None:
    await db.run(migrate, db.dialect, schema)
    (schema / "0002_more.sql").write_text("INSERT INTO one (name) VALUES ('second')")
    await db.run(migrate, db.dialect, schema)
    await db.run(migrate, db.dialect, schema)
    rows = await db.run(lambda tx: tx.all("SELECT id, name FROM one ORDER BY id"))
    assert [tuple(dict(row).values()) for row in rows] == [(1, "{}"), (2, "second")]
    applied = await db.run(lambda tx: tx.all("SELECT number, name FROM migrations"))
    assert [tuple(dict(row).values()) for row in applied] == [(1, "start"), (2, "more")]


async def test_a_statement_for_another_engine_is_left_out(db: Database, schema: Path) -> None:
    (schema / "0002_engines.sql").write_text(
        "{postgresql} ALTER TABLE one NO NONSENSE;\n"
        "{sqlite} CREATE TABLE two (id {id});\n"
        "INSERT INTO two (id) VALUES (5);\n"
    )
    await db.run(migrate, db.dialect, schema)
    assert [row["id"] for row in await db.run(lambda tx: tx.all("SELECT id FROM two"))] == [5]


async def test_a_migration_that_fails_leaves_nothing_behind(db: Database, schema: Path) -> None:
    (schema / "0002_bad.sql").write_text("CREATE TABLE two (id {id}); SELECT nonsense FROM two;")
    with pytest.raises(StorageError):
        await db.run(migrate, db.dialect, schema)
    tables = await db.run(lambda tx: tx.all("SELECT name FROM sqlite_schema WHERE name = 'one'"))
    assert tables == []


async def test_a_database_newer_than_the_program_is_refused(db: Database, schema: Path) -> None:
    await db.run(migrate, db.dialect, schema)
    (schema / "0001_start.sql").unlink()
    with pytest.raises(DatabaseTooNew) as refused:
        await db.run(migrate, db.dialect, schema)
    assert str(refused.value) == "the database has schema 1, this version knows 0: update it"


async def test_a_schema_with_a_gap_is_refused_before_anything_is_done(
    db: Database, schema: Path
) -> None:
    (schema / "0004_later.sql").write_text("CREATE TABLE later (id {id});")
    with pytest.raises(RuntimeError, match="a migration is missing"):
        await db.run(migrate, db.dialect, schema)
    tables = await db.run(lambda tx: tx.all("SELECT name FROM sqlite_schema WHERE name = 'one'"))
    assert tables == []


async def test_the_shipped_schema_can_be_applied(db: Database) -> None:
    await db.run(migrate, db.dialect)
    applied = await db.run(lambda tx: tx.all("SELECT number FROM migrations"))
    assert [row["number"] for row in applied] == list(range(1, len(applied) + 1))
