"""One transaction on PostgreSQL: statements with `:name` parameters over a pipeline."""

import re
import sys
from collections.abc import Callable, Mapping
from functools import lru_cache, partial

from bot.storage.engine.database import Row, Value
from bot.storage.engine.postgres_pipeline import Pipeline, PipelineAnswer
from bot.storage.engine.savepoints import NumberedSavepoint

CACHED_STATEMENTS = 512
TRY_LOCK = "SELECT pg_try_advisory_xact_lock(hashtextextended(:name, 0)) AS taken"
NAME = re.compile(r":([a-z_][a-z0-9_]*)", re.IGNORECASE)


@lru_cache(maxsize=CACHED_STATEMENTS)
def numbered(sql: str) -> tuple[bytes, tuple[str, ...]]:
    """The statement with `$1`, `$2`, … and the names that stand behind the numbers.

    No literal may hold a colon, and no cast may be written as `::`.
    """
    names = tuple(dict.fromkeys(NAME.findall(sql)))
    places = {name: f"${place}" for place, name in enumerate(names, 1)}
    return NAME.sub(lambda match: places[match[1]], sql).encode(), names


class Transaction:
    """A Tx; `depth` counts the savepoints still open."""

    __slots__ = ("_pipeline", "depth")

    sole = False
    for_update = "FOR UPDATE"

    def __init__(self, pipeline: Pipeline) -> None:
        self._pipeline = pipeline
        self.depth = 0

    def all(self, sql: str, /, **params: Value) -> list[Row]:
        return self._rows(self._send(sql, params), sys.maxsize)

    def one(self, sql: str, /, **params: Value) -> Row | None:
        rows = self._rows(self._send(sql, params), 1)
        return rows[0] if rows else None

    def ask(self, sql: str, /, **params: Value) -> Callable[[], list[Row]]:
        return partial(self._rows, self._send(sql, params), sys.maxsize)

    def run(self, sql: str, /, **params: Value) -> int:
        answer = self._send(sql, params)
        self._pipeline.read()
        return (answer.result and answer.result.command_tuples) or 0

    def write(self, sql: str, /, **params: Value) -> None:
        self._send(sql, params)

    def flush(self) -> None:
        self._pipeline.read()

    def try_lock(self, name: str) -> bool:
        row = self.one(TRY_LOCK, name=name)
        return row is not None and row["taken"]

    def savepoint(self) -> NumberedSavepoint:
        return NumberedSavepoint(self)

    @property
    def lost(self) -> bool:
        """Whether the connection is gone, and the transaction with it."""
        return self._pipeline.lost

    def _rows(self, answer: PipelineAnswer, most: int) -> list[Row]:
        if answer.result is None:
            self._pipeline.read()
        return self._pipeline.rows(answer, most)

    def _send(self, sql: str, params: Mapping[str, Value]) -> PipelineAnswer:
        text, names = numbered(sql)
        return self._pipeline.send(text, [params[name] for name in names])
