"""What a screen's function returns: paragraphs and keys, not yet tied to a revision."""

from dataclasses import dataclass, replace

from bot.conversation.content import Emphasis, Line, Passage


@dataclass(frozen=True, slots=True)
class Key:
    """A button before it is shown: a label and an action with its value, or a link, or what it
    `copies`: of that the bot is told nothing."""

    label: Line
    action: str = ""
    value: str = ""
    url: str = ""
    copies: str = ""
    emphasis: Emphasis = Emphasis.NONE


@dataclass(frozen=True, slots=True)
class View:
    """A screen's own part; Back, Main menu and the like are added around it."""

    paragraphs: tuple[tuple[Passage, ...], ...]
    rows: tuple[tuple[Key, ...], ...] = ()


def does(key: Key) -> Key:
    """The key that does what its screen is for; of two equal ways both are marked."""
    return replace(key, emphasis=Emphasis.DOES)


def ends(key: Key) -> Key:
    """The key after which something is gone."""
    return replace(key, emphasis=Emphasis.ENDS)


def column(*keys: Key) -> tuple[tuple[Key, ...], ...]:
    """Keys one below the other."""
    return tuple((key,) for key in keys)


def grid(keys: list[Key], width: int) -> tuple[tuple[Key, ...], ...]:
    """Keys in rows of `width`."""
    return tuple(tuple(keys[at : at + width]) for at in range(0, len(keys), width))
