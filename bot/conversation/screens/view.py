"""What a screen's function returns: paragraphs and keys, not yet tied to a revision."""

from dataclasses import dataclass

from bot.conversation.content import Line


@dataclass(frozen=True, slots=True)
class Key:
    """A button before it is shown: a label and an action with its value, or a link."""

    label: Line
    action: str = ""
    value: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """A screen's own part; Back, Main menu and the like are added around it."""

    paragraphs: tuple[tuple[Line, ...], ...]
    rows: tuple[tuple[Key, ...], ...] = ()


def column(*keys: Key) -> tuple[tuple[Key, ...], ...]:
    """Keys one below the other."""
    return tuple((key,) for key in keys)


def grid(keys: list[Key], width: int) -> tuple[tuple[Key, ...], ...]:
    """Keys in rows of `width`."""
    return tuple(tuple(keys[at : at + width]) for at in range(0, len(keys), width))
