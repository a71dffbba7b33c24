"""A client who books, changes, cancels and presses twice, whatever happens to the bot meanwhile.

What a wanderer was shown is remembered, to be compared with the database afterwards.
"""

import asyncio
import random
import re
from dataclasses import dataclass, field
from typing import Any

from bot.conversation import presses
from bot.domain.fair_use import CHANGES_A_DAY
from bot.simulator.person import NEWEST, Message, Person

PATIENCE_SECONDS = 60.0
CODE = re.compile(r"Code ([B-Z2-9]{4})")
LACKING = {"day": "No day is free", "time": "no free times left"}
MOST_APPOINTMENTS = 3
MOST_CANCELLED = 2
"""After the third in a week there is a pause of a day."""
HARMLESS = ("settings", "emergency", "back", "menu", "door", "file", "mine", "directory", "details")


@dataclass
class Shown:
    """An appointment as its client was shown it: what was confirmed, read, and how often it moved.

    The slot is the value of the Confirm button that was pressed.
    """

    slot: str
    text: str
    moves: int = 0
    cancelled: bool = False


@dataclass
class Pressable:
    """A button: where it stands and what it sends."""

    message_id: int
    data: str

    @property
    def action(self) -> str:
        return self.data.partition(":")[0]

    @property
    def value(self) -> str:
        return self.data.split(":", 2)[2]


@dataclass
class Memory:
    """What a wanderer has sent and seen; `steps` are what was answered by a newer screen."""

    updates: int = 0
    steps: int = 0
    shown: dict[str, Shown] = field(default_factory=dict)
    received: dict[int, Message] = field(default_factory=dict)


class Wanderer(Person):
    """Somebody with a phone and a will; all choices come from the random generator."""

    def __init__(self, *args: Any, dice: random.Random) -> None:
        super().__init__(*args)
        self.dice = dice
        self.memory = Memory()
        self._changes = 0

    async def lives(self, over: asyncio.Event) -> None:
        """Agree, then do one thing after another until it is over, or no more is allowed."""
        await self.join()
        await self.writes("/start")
        await self._press("language", "en")
        await self._press("agree")
        while not over.is_set() and self._cancelled < MOST_CANCELLED:
            await self.dice.choice(self._wishes())()
            await asyncio.sleep(self.dice.uniform(0, 0.1))

    async def looks(self, wait: float = 0.0, last: int = NEWEST) -> None:
        """Fetch the chat, and remember all that was ever sent, with the text it first had."""
        await super().looks(wait, last)
        for message in self.messages:
            self.memory.received.setdefault(message["message_id"], message)

    @property
    def live(self) -> Message | None:
        """The message with the newest buttons."""
        newest = max(self.messages, key=_age, default=None)
        return None if newest is None or revision(newest) < 0 else newest

    @property
    def _cancelled(self) -> int:
        return sum(shown.cancelled for shown in self.memory.shown.values())

    def _wishes(self) -> list[Any]:
        booked = [code for code, shown in self.memory.shown.items() if not shown.cancelled]
        wishes = [self._wander, self._press_something_old]
        if len(booked) < MOST_APPOINTMENTS:
            wishes += [self._book, self._book]
        if booked:
            wishes += [self._cancel, self._come]
        if booked and self._changes < CHANGES_A_DAY:
            wishes.append(self._change)
        return wishes

    async def _book(self) -> None:
        await self.writes("/menu")
        await self._press("book")
        await self._press("postal")
        if self.dice.random() < 0.5:
            await self._press("earliest")
        else:
            await self._choose("office", "person", "day", "time")
        if (slot := await self._confirm()) is not None:
            assert self._code not in self.memory.shown, "a booking gives a new appointment"
            self.memory.shown[self._code] = Shown(slot, self._text)

    async def _change(self) -> None:
        self._changes += 1
        code = await self._open()
        before = self.memory.shown[code]
        await self._choose("change", "day", "time")
        if (slot := await self._confirm()) is not None:
            assert self._code == code, "a change keeps the code"
            moves = before.moves + (slot != before.slot)
            self.memory.shown[code] = Shown(slot, self._text, moves)

    async def _cancel(self) -> None:
        code = await self._open()
        await self._press("cancel")
        await self._press("cancel_yes", twice=self.dice.random() < 0.3)
        self.memory.shown[code].cancelled = True

    async def _come(self) -> None:
        asked = [p for m in self.messages for p in pressables(m) if p.action == "coming"]
        if asked:
            await self._press_and_see(asked[-1])

    async def _wander(self) -> None:
        found = [p for p in self._on_screen() if p.action in HARMLESS]
        if found:
            await self._press_and_see(self.dice.choice(found))

    async def _press_something_old(self) -> None:
        """Nothing of the screen itself: where a kill has brought it twice, both copies lead on."""
        newest = max(map(revision, self.messages), default=-1)
        old = [p for m in self.messages if revision(m) < newest for p in pressables(m)]
        old = [p for p in old if presses.decode(p.data).revision is not None]  # type: ignore[union-attr]
        if old:
            await self._sends(self.dice.choice(old))

    async def _open(self) -> str:
        await self.writes("/menu")
        await self._press("mine")
        await self._press("details")
        return self._code

    async def _choose(self, *actions: str) -> None:
        """Press one after the other; no further where others have taken the last time."""
        for action in actions:
            if action in LACKING and LACKING[action] in self._text:
                return
            await self._press(action)

    async def _confirm(self) -> str | None:
        """Press Confirm; the slot that was booked, None where another client was faster."""
        slots = [p.value for p in self._on_screen() if p.action == "confirm"]
        if slots:
            await self._press("confirm", twice=self.dice.random() < 0.3)
        if slots and any(p.action == "door" for p in self._on_screen()):
            return slots[0]
        # What is offered instead changes with what others take.
        await self.writes("/menu")
        return None

    @property
    def _text(self) -> str:
        return "" if self.live is None else str(self.live["text"])

    @property
    def _code(self) -> str:
        found = CODE.search(self._text)
        assert found, self._text
        return found[1]

    def _on_screen(self) -> list[Pressable]:
        return [] if self.live is None else pressables(self.live)

    async def _press(self, action: str, value: str = "", *, twice: bool = False) -> None:
        found = [p for p in self._on_screen() if p.action == action and p.data.endswith(value)]
        assert found, f"no {action} on\n{self._described()}"
        await self._press_and_see(self.dice.choice(found), twice=twice)

    async def _press_and_see(self, button: Pressable, *, twice: bool = False) -> None:
        before = -1 if self.live is None else revision(self.live)
        await self._sends(button)
        if twice:
            await self._sends(button)
        await self._sees_newer(before)

    async def _sends(self, button: Pressable) -> None:
        self.memory.updates += 1
        await self.presses_data(button.message_id, button.data)

    async def writes(self, text: str) -> None:
        """Write, and wait for the screen that answers."""
        before = -1 if self.live is None else revision(self.live)
        self.memory.updates += 1
        await self.says(text)
        await self._sees_newer(before)

    async def _sees_newer(self, before: int) -> None:
        self.memory.steps += 1
        await self._until(
            lambda: self.live if self.live and revision(self.live) > before else None,
            PATIENCE_SECONDS,
            f"person {self.id}: no screen after revision {before}",
        )


def pressables(message: Message) -> list[Pressable]:
    """The buttons that send something."""
    buttons = [button for row in message["buttons"] for button in row if "data" in button]
    return [Pressable(message["message_id"], button["data"]) for button in buttons]


def revision(message: Message) -> int:
    """The revision a message's buttons carry; -1 for none."""
    decoded = [presses.decode(each.data) for each in pressables(message)]
    found = [p.revision for p in decoded if p is not None and p.revision is not None]
    return max(found, default=-1)


def _age(message: Message) -> tuple[int, int]:
    return revision(message), message["message_id"]
