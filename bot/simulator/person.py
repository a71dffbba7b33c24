"""A scripted person who speaks only the simulator's people side, so also in another process."""

# ruff: noqa: ASYNC109 (a timeout here is how long the server lets a long poll wait)

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

from aiohttp import ClientSession

Message = dict[str, Any]
Found = TypeVar("Found")

NEWEST = 30
PATIENCE = 20.0
CALM = 0.15


class Person:
    """Somebody with a phone. All waiting is done by long poll; limits are in seconds."""

    def __init__(
        self,
        session: ClientSession,
        url: str,
        id: int,
        first_name: str = "Anna",
        language_code: str = "en",
    ) -> None:
        self.id = id
        self.first_name = first_name
        self.language_code = language_code
        self.chat: dict[str, Any] = {"version": -1, "bot_version": -1, "messages": []}
        self._session = session
        self._url = url.rstrip("/")

    @property
    def messages(self) -> list[Message]:
        """The bot's messages as last seen, oldest first."""
        return [message for message in self.chat["messages"] if message["from"] == "bot"]

    @property
    def screen(self) -> Message | None:
        """The newest bot message that has buttons, as last seen."""
        return next((each for each in reversed(self.messages) if each["buttons"]), None)

    @property
    def labels(self) -> list[str]:
        """The labels of the screen's buttons."""
        return labels(self.screen) if self.screen else []

    async def join(self) -> None:
        """Exist, without having written to the bot."""
        person = {
            "id": self.id,
            "first_name": self.first_name,
            "language_code": self.language_code,
        }
        await self._post(f"{self._url}/people", person)

    async def says(self, text: str) -> int:
        """Write a text; the chat's version right after it."""
        return await self._send({"text": text})

    async def sends(
        self, *, location: tuple[float, float] | None = None, forwarded: bool = False, **kind: Any
    ) -> int:
        """Send location=(latitude, longitude), or sticker=True and the like."""
        body: dict[str, Any] = {**kind, "forwarded": True} if forwarded else kind
        if location is not None:
            body["location"] = {"latitude": location[0], "longitude": location[1]}
        return await self._send(body)

    async def edits(self, message_id: int, text: str) -> int:
        """Put another text in place of an own message's."""
        return await self._act("edits", {"message_id": message_id, "text": text})

    async def reacts(self, message_id: int, emoji: str = "👍") -> int:
        """Set an emoji on a message; an empty one takes it away."""
        return await self._act("reactions", {"message_id": message_id, "emoji": emoji})

    async def presses(self, label: str, timeout: float = PATIENCE) -> int:
        """Press the button of that label, or of one that contains it, on the newest message."""
        message_id, data = await self._until(
            lambda: _button(self.messages, label), timeout, f"no button {label!r}"
        )
        return await self.presses_data(message_id, data)

    async def presses_data(self, message_id: int, data: str) -> int:
        """Press whether or not there is such a button."""
        return await self._act("presses", {"message_id": message_id, "data": data})

    async def says_and_waits(self, text: str, timeout: float = PATIENCE) -> Message | None:
        """Write, and wait until the bot has sent or edited something; then the screen."""
        return await self._reaction(await self.says(text), timeout)

    async def presses_and_waits(self, label: str, timeout: float = PATIENCE) -> Message | None:
        """Press, and wait until the bot has sent or edited something; then the screen."""
        return await self._reaction(await self.presses(label, timeout), timeout)

    async def sees(self, text: str, timeout: float = PATIENCE) -> Message:
        """Wait until the bot's newest message contains the text."""
        return await self._until(
            lambda: _containing(self.messages[-1:], text), timeout, f"not seen: {text!r}"
        )

    async def sees_anywhere(self, text: str, timeout: float = PATIENCE) -> Message:
        """Wait until any of the bot's messages contains the text; the newest of those."""
        return await self._until(
            lambda: _containing(self.messages, text), timeout, f"not seen anywhere: {text!r}"
        )

    async def settles(self) -> None:
        """Wait until the chat has not changed for a moment."""
        await self.looks()
        before = None
        while before != self.chat["version"]:
            before = self.chat["version"]
            await self.looks(wait=CALM)

    async def looks(self, wait: float = 0.0, last: int = NEWEST) -> None:
        """Fetch the chat's newest messages, waiting at most so long for a change."""
        query = {"after": str(self.chat["version"]), "wait": str(wait), "last": str(last)}
        async with self._session.get(f"{self._path}/chat", params=query) as answer:
            answer.raise_for_status()
            self.chat = await answer.json()

    async def downloads(self, message: Message) -> bytes:
        """The file of a message."""
        async with self._session.get(f"{self._path}/files/{message['file']['file_id']}") as answer:
            answer.raise_for_status()
            return await answer.read()

    async def blocks(self) -> None:
        """Block the bot."""
        await self._post(f"{self._path}/block", {})

    async def unblocks(self) -> None:
        """Let the bot write again."""
        await self._post(f"{self._path}/unblock", {})

    @property
    def _path(self) -> str:
        return f"{self._url}/people/{self.id}"

    async def _send(self, body: dict[str, Any]) -> int:
        return await self._act("messages", body)

    async def _act(self, path: str, body: dict[str, Any]) -> int:
        answer = await self._post(f"{self._path}/{path}", body)
        return int(answer["version"])

    async def _post(self, url: str, body: dict[str, Any]) -> dict[str, Any]:
        async with self._session.post(url, json=body) as answer:
            answer.raise_for_status()
            found: dict[str, Any] = await answer.json()
            return found

    async def _reaction(self, version: int, timeout: float) -> Message | None:
        await self._until(
            lambda: self.chat["bot_version"] > version or None, timeout, "the bot did nothing"
        )
        return self.screen

    async def _until(self, look: Callable[[], Found | None], timeout: float, wanted: str) -> Found:
        clock = asyncio.get_running_loop().time
        deadline = clock() + timeout
        await self.looks()
        while (found := look()) is None:
            left = deadline - clock()
            if left <= 0:
                raise AssertionError(f"{wanted}\n{self._described()}")
            await self.looks(wait=left)
        return found

    def _described(self) -> str:
        if not self.messages:
            return "nothing from the bot yet"
        lines = [f"newest message: {words(self.messages[-1])}", f"buttons: {self.labels}"]
        if self.screen is not None and self.screen is not self.messages[-1]:
            lines.insert(1, f"screen: {words(self.screen)}")
        return "\n".join(lines)


def words(message: Message) -> str:
    """All that can be read on a message but its buttons."""
    file, venue = message.get("file", {}), message.get("venue", {})
    parts = (
        message["text"],
        file.get("caption"),
        file.get("name"),
        venue.get("title"),
        venue.get("address"),
    )
    return "\n".join(part for part in parts if part)


def labels(message: Message) -> list[str]:
    """The labels of a message's buttons, row by row."""
    return [button["text"] for row in message["buttons"] for button in row]


def _containing(messages: list[Message], text: str) -> Message | None:
    return next((each for each in reversed(messages) if text in words(each)), None)


def _button(messages: list[Message], label: str) -> tuple[int, str] | None:
    for fits in (label.__eq__, lambda text: label in text):
        for message in reversed(messages):
            for row in message["buttons"]:
                for button in row:
                    if "data" in button and fits(button["text"]):
                        return message["message_id"], button["data"]
    return None
