"""Savepoints in standard SQL, the same on both engines, and what is done inside one of its own."""

from types import TracebackType
from typing import Protocol


class Nested(Protocol):
    """A transaction with savepoints inside each other; `depth` counts those still open."""

    depth: int

    @property
    def lost(self) -> bool:
        """Whether the transaction is gone and with it every savepoint."""

    def write(self, sql: str, /) -> None: ...

    def flush(self) -> None:
        """Wait for what was written; raises the error of it that was not raised yet."""


class NumberedSavepoint:
    """A Savepoint; numbered by depth, so that it is never mistaken for one inside it."""

    __slots__ = ("_name", "_tx")

    def __init__(self, tx: Nested) -> None:
        self._tx = tx
        self._name = f"s{tx.depth}"

    def undo(self) -> None:
        self._tx.flush()
        self._tx.write(f"ROLLBACK TO {self._name}")

    def __enter__(self) -> "NumberedSavepoint":
        self._tx.write(f"SAVEPOINT {self._name}")
        self._tx.depth += 1
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self._tx.flush()
        except Exception:
            self._leave(failed=True)
            if error is None:
                raise
        else:
            self._leave(failed=error is not None)

    def _leave(self, *, failed: bool) -> None:
        """What the block has written late fails in it, and not where somebody else reads next."""
        if failed:
            if self._tx.lost:
                return
            self._tx.write(f"ROLLBACK TO {self._name}")
        self._tx.write(f"RELEASE {self._name}")
        self._tx.depth -= 1
