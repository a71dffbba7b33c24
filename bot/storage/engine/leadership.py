"""Leadership: what only one of the processes on a database may do, such as sending messages.

Whoever has it keeps it until the process or its connection ends; then another one takes it.
"""

from collections.abc import Callable, Coroutine
from typing import Any, Protocol

Work = Callable[[], Coroutine[Any, Any, None]]


class Leadership(Protocol):
    """The leadership as one process sees it."""

    @property
    def ours(self) -> bool | None:
        """Whether it is ours; False while another process has it, None while nobody knows."""

    async def run(self, work: Work) -> None:
        """Until cancelled: have `work` done while we lead; when that ends, cancel it."""

    def ring(self) -> None:
        """Wake whoever has the leadership: something has been written for them."""


class SoleLeadership:
    """On SQLite there is one process, and it is always leading."""

    ours = True

    def __init__(self, woken: Callable[[], None]) -> None:
        self.ring = woken

    async def run(self, work: Work) -> None:
        """See Leadership.run."""
        await work()
