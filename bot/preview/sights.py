"""What somebody sees, and of which texts it is made."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.conversation.content import Button, Fold, Passage, Say, Screen
from bot.conversation.presses import Press, decode

Trait = tuple[str, ...]
"""Something a sight has that another may not have."""


@dataclass(frozen=True)
class Sight:
    """A screen or message: its `name`, for a screen the table's, and how one comes there.

    One that is `answered` begins with an answer to what was sent, gone with the next press.
    """

    name: str
    screen: Screen
    way: str = ""
    answered: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of its texts, in the order in which they stand there."""
        return keys_of(self.screen)

    @property
    def traits(self) -> frozenset[Trait]:
        """Its texts and its buttons, each as of this name."""
        texts = {(self.name, each.key) for each in said(self.screen)}
        return frozenset(
            texts | {(self.name, "", press.action) for press in presses_of(self.screen)}
        )


class Gallery:
    """Sights that each show something none before it does."""

    def __init__(self) -> None:
        self.sights: list[Sight] = []
        self._known: set[Trait] = set()

    def takes(self, sight: Sight) -> bool:
        """Keep it, unless all it shows is known; whether it is kept."""
        if sight.traits <= self._known:
            return False
        self._known |= sight.traits
        self.sights.append(sight)
        return True


def keys_of(screen: Screen) -> tuple[str, ...]:
    """The keys of a screen's texts, in the order in which they stand there."""
    return tuple(dict.fromkeys(each.key for each in said(screen)))


def said(screen: Screen) -> Iterator[Say]:
    """Every message of the catalogue on a screen, those inside of others too."""
    for paragraph in screen.paragraphs:
        for passage in paragraph:
            yield from _within(passage)
    for button in buttons(screen):
        yield from _within(button.label)


def buttons(screen: Screen) -> Iterator[Button]:
    """All its buttons."""
    return (button for row in screen.rows for button in row)


def _within(passage: Passage) -> Iterator[Say]:
    match passage:
        case Fold(lines):
            for line in lines:
                yield from _within(line)
        case Say():
            yield passage
            for value in passage.values.values():
                yield from _within(value)


def presses_of(screen: Screen) -> tuple[Press, ...]:
    """What its buttons mean, those that lead out of the chat left out."""
    found = (decode(button.data) for button in buttons(screen))
    return tuple(press for press in found if press is not None)
