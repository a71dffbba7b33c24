"""A message of its own, and who has it before them."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.conversation.content import Screen
from bot.preview.stage import PreviewStage, StageVisitor

KEPT, QUESTION = "kept", "question"
"""What stays in the chat of an appointment, and what is asked again about one."""
Told = tuple[StageVisitor, Screen]


@dataclass(frozen=True)
class Letter:
    """A message by its name, and in words how it came to be sent."""

    name: str
    way: str
    arrives: Callable[[PreviewStage], Told]
