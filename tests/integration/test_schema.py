"""The schema means the same on both engines, whether a database is new or of the version before."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from postgres import Server
from upgrading import write_before

from bot.storage.engine.database import Row, Tx
from bot.storage.engine.migrations import applied, migrate, open_newest
from bot.storage.engine.opening import open_database

TYPES = {"INTEGER": "bigint", "BIGINT": "bigint", "TEXT": "text"}


@dataclass(frozen=True)
class Schema:
    """What a schema means, in words that fit both engines."""

    columns: frozenset[tuple[str, str, str, bool]]
    keys: frozenset[tuple[str, tuple[str, ...]]]
    unique: frozenset[tuple[str, tuple[str, ...]]]
    references: frozenset[tuple[str, str, str, bool]]
    indexes: frozenset[str]


def of_sqlite(tx: Tx) -> Schema:
    """Columns of a primary key are never empty, though SQLite does not say so."""
    tables = _names(tx, "SELECT name FROM sqlite_schema WHERE type = 'table'", "sqlite_sequence")
    columns = {table: tx.all(f"PRAGMA table_info({table})") for table in tables}
    made = "SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL"
    return Schema(
        columns=frozenset(
            (table, row["name"], TYPES[row["type"]], bool(row["notnull"] or row["pk"]))
            for table, rows in columns.items()
            for row in rows
        ),
        keys=frozenset((table, _key(rows)) for table, rows in columns.items()),
        unique=frozenset(
            (table, _columns_of(tx, index["name"]))
            for table in tables
            for index in tx.all(f"PRAGMA index_list({table})")
            if index["origin"] == "u"
        ),
        references=frozenset(
            (table, row["from"], row["table"], row["on_delete"] == "CASCADE")
            for table in tables
            for row in tx.all(f"PRAGMA foreign_key_list({table})")
        ),
        indexes=frozenset(_names(tx, made)),
    )


def _key(rows: list[Row]) -> tuple[str, ...]:
    ordered = sorted((row["pk"], row["name"]) for row in rows if row["pk"])
    return tuple(name for _, name in ordered)


def _columns_of(tx: Tx, index: str) -> tuple[str, ...]:
    return tuple(row["name"] for row in tx.all(f"PRAGMA index_info({index})"))


def _names(tx: Tx, sql: str, *but: str) -> list[str]:
    return [row["name"] for row in tx.all(sql) if row["name"] not in but]


CONSTRAINTS = (
    "SELECT c.contype AS kind, t.relname AS told, a.attname AS name, f.relname AS other,"
    " c.confdeltype = 'c' AS cascades, k.place, c.oid AS constraint_id"
    " FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid"
    " CROSS JOIN LATERAL unnest(c.conkey) WITH ORDINALITY AS k (number, place)"
    " JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.number"
    " LEFT JOIN pg_class f ON f.oid = c.confrelid"
    " WHERE c.connamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema())"
    " ORDER BY c.oid, k.place"
)


def of_postgresql(tx: Tx) -> Schema:
    columns = tx.all(
        "SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns"
        " WHERE table_schema = current_schema()"
    )
    found = tx.all(CONSTRAINTS)
    own = {row["conname"] for row in tx.all("SELECT conname FROM pg_constraint")}
    names = "SELECT indexname AS name FROM pg_indexes WHERE schemaname = current_schema()"
    return Schema(
        columns=frozenset(
            (row["table_name"], row["column_name"], row["data_type"], row["is_nullable"] == "NO")
            for row in columns
        ),
        keys=_constraints(found, "p"),
        unique=_constraints(found, "u"),
        references=frozenset(
            (row["told"], row["name"], row["other"], row["cascades"])
            for row in found
            if _kind(row) == "f"
        ),
        indexes=frozenset(_names(tx, names, *own)),
    )


def _kind(row: Row) -> str:
    kind = row["kind"]
    return kind.decode() if isinstance(kind, bytes) else str(kind)


def _constraints(found: list[Row], kind: str) -> frozenset[tuple[str, tuple[str, ...]]]:
    columns: dict[tuple[str, int], list[str]] = {}
    for row in found:
        if _kind(row) == kind:
            columns.setdefault((row["told"], row["constraint_id"]), []).append(row["name"])
    return frozenset((table, tuple(names)) for (table, _), names in columns.items())


async def newest(url: str) -> Schema:
    async with open_newest(url) as database:
        read = of_sqlite if database.dialect.name == "sqlite" else of_postgresql
        return await database.run(read)


async def test_it_means_the_same_on_both_engines(tmp_path: Path, postgres_server: Server) -> None:
    with postgres_server.fresh() as server:
        on_server = await newest(server)
    on_file = await newest(f"sqlite:///{tmp_path}/lotse.db")
    assert on_file == on_server
    assert len(on_file.columns) > 100
    assert ("chats", ("chat_key",)) in on_file.unique
    assert ("inbox", ("channel", "update_id")) in on_file.keys


async def test_an_upgrade_leads_to_the_schema_of_a_new_database(tmp_path: Path) -> None:
    write_before(tmp_path / "before.db")
    upgraded = await newest(f"sqlite:///{tmp_path}/before.db")
    assert upgraded == await newest(f"sqlite:///{tmp_path}/new.db")


@pytest.mark.parametrize("since", range(1, 9))
async def test_a_database_of_any_schema_can_be_brought_to_the_newest(url: str, since: int) -> None:
    database = await open_database(url)
    try:
        await database.run(migrate, database.dialect, upto=since)
        await database.run(migrate, database.dialect)
        assert max(await database.run(applied)) >= 9
    finally:
        await database.close()
