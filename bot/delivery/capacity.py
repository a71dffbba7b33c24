"""The places of a sender: so many deliveries at once, and those that rest keep none."""

import asyncio
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

LAST_CALLS_SECONDS = 5.0


@dataclass(slots=True)
class Capacity:
    """`free` places, the rows `in_hand`, and the calls under way; `left` is called for each place
    that becomes free."""

    free: int
    left: Callable[[], None]
    in_hand: set[int] = field(default_factory=set)
    _calls: int = 0
    _silent: asyncio.Event = field(default_factory=asyncio.Event)

    def take(self, row_ids: Iterable[int]) -> None:
        """These rows, all for one recipient, are being delivered from now on."""
        self.in_hand.update(row_ids)
        self.free -= 1

    def leave(self, row_ids: Iterable[int]) -> None:
        """These rows are done with."""
        self.in_hand.difference_update(row_ids)
        self.free += 1
        self.left()

    async def rest(self, seconds: float) -> None:
        """Wait without keeping a place from somebody else's message."""
        self.free += 1
        self.left()
        try:
            await asyncio.sleep(seconds)
        finally:
            self.free -= 1

    @contextmanager
    def call(self) -> Iterator[None]:
        """A call is being made and settled."""
        self._calls += 1
        self._silent.clear()
        try:
            yield
        finally:
            self._calls -= 1
            if self._calls == 0:
                self._silent.set()

    async def last_calls(self) -> None:
        """Wait until no call is under way, but not for long."""
        with suppress(TimeoutError):
            async with asyncio.timeout(LAST_CALLS_SECONDS):
                while self._calls:
                    await self._silent.wait()
