"""A transaction that writes down the statements it is asked."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from bot.storage.engine.database import Row, Savepoint, Tx, Value


class Traced:
    """A transaction that writes down what it is asked."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx
        self.told: list[str] = []

    @property
    def sole(self) -> bool:
        return self._tx.sole

    @property
    def for_update(self) -> str:
        return self._tx.for_update

    @property
    def lost(self) -> bool:
        return self._tx.lost

    def all(self, sql: str, /, **params: Value) -> list[Row]:
        self.told.append(sql)
        return self._tx.all(sql, **params)

    def one(self, sql: str, /, **params: Value) -> Row | None:
        self.told.append(sql)
        return self._tx.one(sql, **params)

    def ask(self, sql: str, /, **params: Value) -> Callable[[], list[Row]]:
        self.told.append(sql)
        return self._tx.ask(sql, **params)

    def run(self, sql: str, /, **params: Value) -> int:
        self.told.append(sql)
        return self._tx.run(sql, **params)

    def write(self, sql: str, /, **params: Value) -> None:
        self.told.append(sql)
        self._tx.write(sql, **params)

    def try_lock(self, name: str) -> bool:
        return self._tx.try_lock(name)

    def savepoint(self) -> AbstractContextManager[Savepoint]:
        self.told += ["SAVEPOINT", "RELEASE"]
        return self._tx.savepoint()
