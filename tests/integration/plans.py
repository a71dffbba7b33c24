"""How an engine goes about a statement: which tables, or indexes, it reads from end to end."""

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tracing import Traced

from bot.storage.engine.database import SQLITE, Row, Tx, Value

STORAGE = "bot/storage/"
ALIASES = re.compile(r"\b(?:FROM|JOIN|INTO|UPDATE)\s+(\w+)(?:\s+(?:AS\s+)?(\w+))?", re.IGNORECASE)
WHOLE = re.compile(r"SCAN (\w+)(?: USING (?:COVERING )?INDEX (\w+))?")
FROM_ONE_ON = re.compile(r"SEARCH (\w+) USING INTEGER PRIMARY KEY \(rowid[<>]\?\)")
PLANNED = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")
AS_IF_LARGE = (
    "UPDATE pg_class SET relpages = 1, reltuples = 1000000 WHERE relkind = 'r' AND relname IN"
    " ('persons', 'chats', 'appointments', 'case_manager_cells', 'client_cells', 'outbox',"
    " 'sent_messages', 'audit', 'handled', 'tallies')"
    " AND relnamespace = CAST(current_schema() AS regnamespace)"
)
OF_AN_INDEX = ("Index Scan", "Index Only Scan", "Bitmap Index Scan")

Asked = dict[str, dict[str, Value]]
"""Statements, each with values it was asked with."""


class Noting(Traced):
    """A transaction that keeps each statement once, with the values it was first asked with.

    `callers` are the functions of the storage that have asked, as `module.function`.
    """

    def __init__(self, tx: Tx) -> None:
        super().__init__(tx)
        self.statements: dict[str, dict[str, Value]] = {}
        self.callers: set[str] = set()

    def all(self, sql: str, /, **params: Value) -> list[Row]:
        self._note(sql, params)
        return super().all(sql, **params)

    def one(self, sql: str, /, **params: Value) -> Row | None:
        self._note(sql, params)
        return super().one(sql, **params)

    def run(self, sql: str, /, **params: Value) -> int:
        self._note(sql, params)
        return super().run(sql, **params)

    def ask(self, sql: str, /, **params: Value) -> Callable[[], list[Row]]:
        self._note(sql, params)
        return super().ask(sql, **params)

    def write(self, sql: str, /, **params: Value) -> None:
        self._note(sql, params)
        super().write(sql, **params)

    def _note(self, sql: str, params: dict[str, Value]) -> None:
        if sql.startswith(PLANNED):
            self.statements.setdefault(sql, params)
        frame = sys._getframe(2)
        while STORAGE in frame.f_code.co_filename and frame.f_back is not None:
            self.callers.add(f"{Path(frame.f_code.co_filename).stem}.{frame.f_code.co_name}")
            frame = frame.f_back


def read_whole(tx: Tx, engine: str, asked: Asked) -> dict[str, set[str]]:
    """What each statement reads from end to end: an index, or a table where it uses none.

    Who goes on from one row of a table, however far, reads the table. PostgreSQL plans by what is
    in the tables: what it reads whole of small ones and of large ones has no index that serves.
    """
    if engine == SQLITE:
        return {sql: set(_sqlite_reads(tx, sql, values)) for sql, values in asked.items()}
    for way in ("seqscan", "hashjoin", "mergejoin"):
        tx.run(f"SET LOCAL enable_{way} = off")
    small = {sql: set(_postgres_reads(tx, sql, values)) for sql, values in asked.items()}
    tx.run(AS_IF_LARGE)
    tx.run("SET LOCAL enable_hashjoin = on")
    return {sql: small[sql] & set(_postgres_reads(tx, sql, asked[sql])) for sql in asked}


def tables_of_indexes(tx: Tx, engine: str) -> dict[str, str]:
    """To which table each index belongs."""
    found = tx.all(
        "SELECT name AS indexed, tbl_name AS whose FROM sqlite_master WHERE type = 'index'"
        if engine == SQLITE
        else "SELECT indexname AS indexed, tablename AS whose FROM pg_indexes"
        " WHERE schemaname = current_schema()"
    )
    return {row["indexed"]: row["whose"] for row in found}


def references(tx: Tx, engine: str, table: str) -> list[tuple[str, str]]:
    """Whatever refers to the rows of a table: which table, and by which column."""
    found = tx.all(
        'SELECT m.name AS other, f."from" AS col FROM sqlite_master m'
        " JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table' AND f.\"table\" = :whose"
        if engine == SQLITE
        else "SELECT c.relname AS other, a.attname AS col FROM pg_constraint k"
        " JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class r ON r.oid = k.confrelid"
        " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.conkey[1]"
        " WHERE k.contype = 'f' AND r.relname = :whose"
        " AND k.connamespace = CAST(current_schema() AS regnamespace)",
        whose=table,
    )
    return [(row["other"], row["col"]) for row in found]


def _sqlite_reads(tx: Tx, sql: str, values: dict[str, Value]) -> Iterator[str]:
    return _by_sqlite([row["detail"] for row in tx.all(f"EXPLAIN QUERY PLAN {sql}", **values)], sql)


def _postgres_reads(tx: Tx, sql: str, values: dict[str, Value]) -> Iterator[str]:
    (row,) = tx.all(f"EXPLAIN (FORMAT JSON) {sql}", **values)
    return _by_postgres(row["QUERY PLAN"])


def _by_sqlite(plan: list[str], sql: str) -> Iterator[str]:
    tables = {table for table, _ in ALIASES.findall(sql)}
    aliases = {alias: table for table, alias in ALIASES.findall(sql) if alias} | {
        table: table for table in tables
    }
    for line in plan:
        if (found := WHOLE.match(line)) and (index := found[2] or aliases.get(found[1])):
            yield str(index)
        if found := FROM_ONE_ON.match(line):
            yield aliases.get(str(found[1]), str(found[1]))


def _by_postgres(node: Any) -> Iterator[str]:
    if isinstance(node, list):
        for each in node:
            yield from _by_postgres(each)
    elif isinstance(node, dict):
        kind = node.get("Node Type")
        if kind == "Seq Scan":
            yield str(node["Relation Name"])
        elif kind in OF_AN_INDEX and "Index Cond" not in node:
            yield str(node["Index Name"])
        for part in ("Plan", "Plans"):
            yield from _by_postgres(node.get(part, []))
