"""A client's phone, with what tests want of one beyond a person's."""

from collections.abc import Awaitable, Callable
from typing import Any

from bot.simulator.person import Message, Person, labels, words


class Client(Person):
    """A person whose presses are counted, and who can describe what is in front of them."""

    pressed = 0
    at_rest: Callable[[], Awaitable[None]] | None = None

    async def presses_data(self, message_id: int, data: str) -> int:
        self.pressed += 1
        return await super().presses_data(message_id, data)

    async def settles(self) -> None:
        """Wait until the bot is done with everything, or, from afar, until nothing changes."""
        if self.at_rest is None:
            return await super().settles()
        await self.at_rest()
        return await self.looks()

    async def _reaction(self, version: int, timeout: float) -> Message | None:  # noqa: ASYNC109
        await super()._reaction(version, timeout)
        if self.at_rest is not None:
            await self.settles()
        return self.screen

    async def walks(self, *wanted: str) -> Message:
        """Press one label after the other, each once the screen before it is there; the last."""
        for label in wanted:
            await self.presses_and_waits(label)
        return self.now

    async def takes(self, action: str, value: str | None = None) -> Message:
        """Press the newest button of an action, whatever the language of its label."""
        message_id, data = next(
            (message["message_id"], button["data"])
            for message in reversed(self.messages)
            for row in message["buttons"]
            for button in row
            if _carries(button, action, value)
        )
        version = await self.presses_data(message_id, data)
        await self._reaction(version, 5.0)
        return self.now

    @property
    def now(self) -> Message:
        """The screen in front of the person."""
        assert self.screen is not None
        return self.screen

    @property
    def view(self) -> tuple[str, list[str]]:
        """All that can be read and all that can be pressed on the screen."""
        return words(self.now), labels(self.now)

    def data(self, label: str) -> tuple[int, str]:
        """Message and data of a button on the screen, to be pressed whenever one likes."""
        buttons = [button for row in self.now["buttons"] for button in row]
        return self.now["message_id"], next(b["data"] for b in buttons if b["text"] == label)


def _carries(button: dict[str, Any], action: str, value: str | None) -> bool:
    kind, _, rest = str(button.get("data", "")).partition(":")
    return kind == action and value in (None, rest.partition(":")[2])
