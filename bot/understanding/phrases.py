"""Phrases of the tables, found in a sentence: their words in order, few others between them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from bot.understanding.vocabulary import Slot

Label = TypeVar("Label")
Filled = Sequence[frozenset[Slot]]
"""For each word of a sentence, the places it can fill."""


@dataclass(frozen=True, slots=True)
class Match(Generic[Label]):
    """What was found, and the words of the sentence it was read from, by their numbers."""

    label: Label
    at: tuple[int, ...]


@dataclass(slots=True)
class _Node(Generic[Label]):
    """What has been read of some phrases: how they go on, and those that end here."""

    onward: dict[Slot, "_Node[Label]"] = field(default_factory=dict)
    labels: set[Label] = field(default_factory=set)


class Phrases(Generic[Label]):
    """Phrases by their beginnings, so that all of them are read at once."""

    def __init__(self, gap: int) -> None:
        """Up to `gap` other words may stand between two words of a phrase."""
        self._gap = gap
        self._root: _Node[Label] = _Node()

    def add(self, phrase: Sequence[Slot], label: Label) -> None:
        """A phrase that means `label`."""
        node = self._root
        for slot in phrase:
            node = node.onward.setdefault(slot, _Node())
        node.labels.add(label)

    def matches(self, words: Filled) -> Iterator[Match[Label]]:
        """Every way in which a phrase can be read from the words."""
        for start in range(len(words)):
            yield from self._read(words, self._root, (), start, start + 1)

    def _read(
        self, words: Filled, node: _Node[Label], at: tuple[int, ...], start: int, end: int
    ) -> Iterator[Match[Label]]:
        for index in range(start, min(end, len(words))):
            for slot in words[index]:
                if onward := node.onward.get(slot):
                    read = (*at, index)
                    for label in onward.labels:
                        yield Match(label, read)
                    further = index + 1
                    yield from self._read(words, onward, read, further, further + self._gap + 1)
