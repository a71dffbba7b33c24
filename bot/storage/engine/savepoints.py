"""Savepoints in standard SQL, the same on both engines, and what is done inside one of its own."""

from types import TracebackType
from typing import Protocol


class Nested(Protocol):
    """A transaction with savepoints inside each other; `depth` counts those still open."""

    depth: int

    @property
    def lost(self) -> bool:
        """Whether the transaction is gone and with it every savepoint."""

    def execute(self, sql: str, /) -> object: ...


class NumberedSavepoint:
    """A Savepoint; numbered by depth, so that it is never mistaken for one inside it."""

    __slots__ = ("_name", "_tx")

    def __init__(self, tx: Nested) -> None:
        self._tx = tx
        self._name = f"s{tx.depth}"

    def undo(self) -> None:
        self._tx.execute(f"ROLLBACK TO {self._name}")

    def __enter__(self) -> "NumberedSavepoint":
        self._tx.execute(f"SAVEPOINT {self._name}")
        self._tx.depth += 1
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is not None:
            if self._tx.lost:
                return
            self.undo()
        self._tx.execute(f"RELEASE {self._name}")
        self._tx.depth -= 1
