"""Duty: what only one of the processes on a database may do, such as sending messages.

Whoever has it keeps it until the process or its connection ends; then another one takes it.
"""

from collections.abc import Callable, Coroutine
from typing import Any, Protocol

from bot.storage.database import database_file

Work = Callable[[], Coroutine[Any, Any, None]]


class Duty(Protocol):
    """The duty as one process sees it."""

    @property
    def ours(self) -> bool | None:
        """Whether it is ours; False while another process has it, None while nobody knows."""

    async def run(self, work: Work) -> None:
        """Until cancelled: have `work` done while the duty is ours; when it is lost, cancel it."""

    def ring(self) -> None:
        """Wake whoever has the duty: something has been written for them."""


class SoleDuty:
    """On SQLite there is one process, and it is always on duty."""

    ours = True

    def __init__(self, woken: Callable[[], None]) -> None:
        self.ring = woken

    async def run(self, work: Work) -> None:
        """See Duty.run."""
        await work()


def duty_on(url: str, woken: Callable[[], None]) -> Duty:
    """The duty on the database at this URL; `woken` is called when somebody rings for us."""
    if database_file(url) is not None:
        return SoleDuty(woken)
    from bot.storage.postgres_duty import PostgresDuty

    return PostgresDuty(url, woken)
