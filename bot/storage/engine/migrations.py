"""Numbered migrations: each file in `schema/` is applied once, in order, and recorded."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.storage.engine.database import Database, DatabaseUnavailable, Dialect, Tx
from bot.storage.engine.opening import open_database

SCHEMA = Path(__file__).with_name("schema")


class DatabaseTooNew(DatabaseUnavailable):
    """The database was written by a later version of the bot."""


@dataclass(frozen=True, slots=True)
class _Migration:
    number: int
    name: str
    file: Path


@asynccontextmanager
async def open_newest(url: str) -> AsyncIterator[Database]:
    """The database of this URL, brought to the newest schema; closed afterwards.

    Raises DatabaseUnavailable.
    """
    database = await open_database(url)
    try:
        await database.run(migrate, database.dialect)
        yield database
    finally:
        await database.close()


def migrate(tx: Tx, dialect: Dialect, schema: Path = SCHEMA, *, upto: int | None = None) -> None:
    """Bring the database to the newest schema, or to the one with the number `upto`.

    A file `NNNN_name.sql` holds statements that end in `;` (so none stands in a literal) and
    comments on lines of their own; `{id}` stands for the type of a self-counting key. A statement
    that begins with `{sqlite}` or `{postgresql}` is for that engine alone.
    Raises DatabaseTooNew.
    """
    if dialect.sole is not None:
        tx.one(dialect.sole)
    tx.write(
        "CREATE TABLE IF NOT EXISTS migrations (number BIGINT PRIMARY KEY, name TEXT NOT NULL)"
    )
    migrations = _read(schema)
    known = applied(tx)
    newest = max(*known, upto or 0, 0)
    if newest > len(migrations):
        raise DatabaseTooNew(
            f"the database has schema {newest}, this version knows {len(migrations)}: update it"
        )
    for migration in migrations[:upto]:
        if migration.number not in known:
            _apply(tx, dialect, migration)


def applied(tx: Tx) -> set[int]:
    """The numbers of the migrations a database has had."""
    return {row["number"] for row in tx.all("SELECT number FROM migrations")}


def _read(schema: Path) -> list[_Migration]:
    files = sorted(schema.glob("*.sql"))
    migrations = [_Migration(int(file.name[:4]), file.stem[5:], file) for file in files]
    numbers = [each.number for each in migrations]
    if numbers != list(range(1, len(files) + 1)):
        raise RuntimeError(f"{schema}: a migration is missing, there are {numbers}")
    return migrations


def _apply(tx: Tx, dialect: Dialect, migration: _Migration) -> None:
    for statement in _statements(migration.file.read_text(encoding="utf-8")):
        if (ours := _of_engine(statement, dialect)) is not None:
            tx.write(ours.replace("{id}", dialect.id))
    tx.write(
        "INSERT INTO migrations (number, name) VALUES (:number, :name)",
        number=migration.number,
        name=migration.name,
    )


def _statements(text: str) -> Iterator[str]:
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("--")]
    return (part.strip() for part in "\n".join(lines).split(";") if part.strip())


def _of_engine(statement: str, dialect: Dialect) -> str | None:
    """The statement as this engine is to have it; None if it is for another one."""
    if not statement.startswith("{"):
        return statement
    engine, _, rest = statement.removeprefix("{").partition("}")
    return rest if engine == dialect.name else None
