"""What the clock brings, item by item: found at one moment, dealt with a few at a time.

Between finding and dealing others have had their turn: what is done about an item looks first
whether it is still so.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Generic, TypeVar

from bot.services.unit import Unit
from bot.storage.engine.each_by_itself import SetAside, each_by_itself

AT_ONCE = 5
"""So many items are dealt with in one transaction."""

Item = TypeVar("Item", int, str)


@dataclass(frozen=True, slots=True)
class Sweep(Generic[Item]):
    """Items of one kind that may be due, and what is done about each."""

    what: str
    due: Callable[[Unit], Sequence[Item]]
    deal_with: Callable[[Unit, Item], None]

    def over(self, unit: Unit, items: Sequence[Item]) -> Iterator[SetAside]:
        """Deal with some of them, each by itself; those that had to be set aside."""
        return each_by_itself(unit.tx, self.what, items, partial(self.deal_with, unit))
