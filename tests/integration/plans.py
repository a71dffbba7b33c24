"""How an engine goes about a statement: which tables, or indexes, it reads from end to end."""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tracing import Traced

from bot.storage.engine.database import SQLITE, Row, Tx, Value

STORAGE = "bot/storage/"
ALIASES = re.compile(r"\b(?:FROM|JOIN|INTO|UPDATE)\s+(\w+)(?:\s+(?:AS\s+)?(\w+))?", re.IGNORECASE)
WHOLE = re.compile(r"SCAN (\w+)(?: USING (?:COVERING )?INDEX (\w+))?")
FROM_ONE_ON = re.compile(r"SEARCH (\w+) USING INTEGER PRIMARY KEY \(rowid[<>]")
PLANNED = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")
OF_AN_INDEX = ("Index Scan", "Index Only Scan", "Bitmap Index Scan")


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

    def _note(self, sql: str, params: dict[str, Value]) -> None:
        if sql.startswith(PLANNED):
            self.statements.setdefault(sql, params)
        frame = sys._getframe(2)
        while STORAGE in frame.f_code.co_filename and frame.f_back is not None:
            self.callers.add(f"{Path(frame.f_code.co_filename).stem}.{frame.f_code.co_name}")
            frame = frame.f_back


def read_whole(tx: Tx, engine: str, sql: str, values: dict[str, Value]) -> set[str]:
    """What a statement reads from end to end: an index, or a table where it uses none.

    Who goes on from one row of a table, however far, reads the table.
    """
    if engine == SQLITE:
        plan = [row["detail"] for row in tx.all(f"EXPLAIN QUERY PLAN {sql}", **values)]
        return set(_by_sqlite(plan, sql))
    (row,) = tx.all(f"EXPLAIN (FORMAT JSON) {sql}", **values)
    plan = row["QUERY PLAN"]
    return set(_by_postgres(json.loads(plan) if isinstance(plan, str) else plan))


def _by_sqlite(plan: list[str], sql: str) -> Iterator[str]:
    tables = {table for table, _ in ALIASES.findall(sql)}
    aliases = {alias: table for table, alias in ALIASES.findall(sql) if alias} | {
        table: table for table in tables
    }
    for line in plan:
        if (found := WHOLE.match(line)) and (index := found[2] or aliases.get(found[1])):
            yield index
        if found := FROM_ONE_ON.match(line):
            yield aliases.get(found[1], found[1])


def _by_postgres(node: Any) -> Iterator[str]:
    if isinstance(node, list):
        for each in node:
            yield from _by_postgres(each)
    elif isinstance(node, dict):
        kind = node.get("Node Type")
        if kind == "Seq Scan":
            yield node["Relation Name"]
        elif kind in OF_AN_INDEX and "Index Cond" not in node:
            yield node["Index Name"]
        for part in ("Plan", "Plans"):
            yield from _by_postgres(node.get(part, []))
