"""An update as services see it, whatever messenger it came from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.conversation.events import Event


@dataclass(frozen=True, slots=True)
class Incoming:
    """Something one person did in a private chat with the bot.

    `message_id` is the message they sent or pressed on, `editable` whether the one they pressed
    on can still be changed. `event` is None for news about
    the chat itself, of which `reachable` tells whether the bot may write.
    """

    chat_id: int
    event: Event | None
    message_id: int = 0
    editable: bool = True
    language_code: str | None = None
    reachable: bool = True


@dataclass(frozen=True, slots=True)
class Arrival:
    """An update as it comes in, with its number; `essence` is what is kept of it, if it must be."""

    number: int
    incoming: Incoming
    essence: Mapping[str, Any]


ReadUpdate = Callable[[bytes], Incoming | None]
"""Reads a raw update; None for what is not meant for us (groups, channels, edits, nonsense)."""
