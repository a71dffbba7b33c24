"""One bad item stops only itself: what fails is undone, named, and left for somebody to look at."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from bot.storage.engine.database import Tx

T = TypeVar("T", int, str)


@dataclass(frozen=True, slots=True)
class SetAside:
    """An item that could not be dealt with: `what` it is and its `key`, which names no client."""

    what: str
    key: int | str
    error: Exception

    @property
    def item(self) -> str:
        """Which one it is, in words."""
        return f"{self.what} {self.key}"


def each_by_itself(
    tx: Tx, what: str, items: Iterable[T], work: Callable[[T], None]
) -> Iterator[SetAside]:
    """Do the work for each item in a savepoint of its own; the items for which it failed.

    Raises what the work raises where that has ended the whole transaction.
    """
    for item in items:
        try:
            with tx.savepoint():
                work(item)
        except Exception as error:
            if tx.lost:
                raise
            yield SetAside(what, item, error)
