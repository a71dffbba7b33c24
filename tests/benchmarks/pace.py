"""Presses by the clock, so many a second, whether or not the bot keeps up.

Who has been ready longest presses next. If nobody is ready, the press is late, and the time it
waits for somebody counts like the time the bot takes: a queue shows.
"""

import asyncio
from collections import deque
from collections.abc import Callable

from .api import Api
from .crowd import Person

QUIET_SECONDS = 1.0


class ActionRate:
    """Takes over from people who press at once; `deliver` hands new updates to the bot."""

    def __init__(self, api: Api, rate: float, deliver: Callable[[], None]) -> None:
        self.taken: list[tuple[float, float]] = []
        self._api = api
        self._rate = rate
        self._deliver = deliver
        self._loop = asyncio.get_running_loop()
        self._began = self._loop.time() + QUIET_SECONDS
        self._late: deque[float] = deque()
        self._ready: deque[Person] = deque()
        self._due: dict[int, float] = {}
        api.ready, api.gone = self.ready, self.done
        self._plan(0)

    def ready(self, person: Person) -> None:
        """The person has got an answer and a screen."""
        self.done(person)
        self._ready.append(person)
        self._press()

    def done(self, person: Person) -> None:
        """What they pressed has got both, whether or not they press again."""
        if (due := self._due.pop(person.id, None)) is not None:
            self.taken.append((due, self._loop.time() - due))

    def _plan(self, number: int) -> None:
        due = self._began + number / self._rate
        self._loop.call_at(due, self._fall_due, number, due)

    def _fall_due(self, number: int, due: float) -> None:
        self._late.append(due)
        self._plan(number + 1)
        self._press()
        self._deliver()

    def _press(self) -> None:
        while self._late and self._ready:
            person = self._ready.popleft()
            self._due[person.id] = self._late.popleft()
            self._api.press(person)
