"""A client who comes to the starting line and presses when all others press."""

import asyncio
import random
from collections.abc import Iterator, Sequence
from typing import Any

from crowd import SEED
from fleet import Fleet
from wanderer import Wanderer

SIDE_BY_SIDE = 50


class Racer(Wanderer):
    """Presses the first button of an action, as everybody does."""

    async def comes(self) -> None:
        """Up to the choice of an office."""
        await self.join()
        await self.writes("/start")
        await self._press("language", "en")
        await self._press("agree")
        await self.begins()

    async def begins(self) -> None:
        """Another booking, up to the choice of an office."""
        await self.writes("/menu")
        await self.first("book", "postal")

    async def first(self, *actions: str) -> None:
        """Press the first button of each action in turn, each on the screen the last one gave."""
        for action in actions:
            await self._press_and_see(next(p for p in self._on_screen() if p.action == action))

    async def twice(self, action: str) -> None:
        """Press the same button two times."""
        button = next(p for p in self._on_screen() if p.action == action)
        await self._press_and_see(button, twice=True)

    def may(self, action: str) -> bool:
        """Whether the screen has such a button."""
        return any(p.action == action for p in self._on_screen())


def racers(fleet: Fleet, how_many: int) -> list[Racer]:
    """All who take part."""
    return [
        Racer(
            *(fleet.session, fleet.api_url, number, f"Racer {number}", "en"),
            dice=random.Random(SEED + number),
        )
        for number in range(1, how_many + 1)
    ]


async def at_once(moves: Sequence[Any]) -> None:
    """Nobody waits for another."""
    await asyncio.gather(*moves)


def in_groups(people: Sequence[Racer]) -> Iterator[Sequence[Racer]]:
    """A few at a time, for what is not the race."""
    for start in range(0, len(people), SIDE_BY_SIDE):
        yield people[start : start + SIDE_BY_SIDE]


def with_button(people: Sequence[Racer], action: str) -> list[Racer]:
    """Those in front of such a button."""
    return [each for each in people if each.may(action)]
