"""One look for everybody who asks at the same time: what it costs does not grow with who asks."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

KEPT_SECONDS = 1.0

T = TypeVar("T")


class SharedLook(Generic[T]):
    """What the last look found, kept for a second; whoever asks during a look waits for it."""

    def __init__(self) -> None:
        self._looking = asyncio.Lock()
        self._found: tuple[float, T] | None = None

    async def found(self, look: Callable[[], Awaitable[T]], moment: Callable[[], float]) -> T:
        """What there is to see; `moment` is a clock in seconds that only goes forward."""
        async with self._looking:
            if self._found is None or moment() - self._found[0] >= KEPT_SECONDS:
                seen = await look()
                self._found = moment(), seen
            return self._found[1]
