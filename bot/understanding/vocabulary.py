"""Which words of the tables a typed word may be: as written, by its stem, or with one slip."""

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz.distance import OSA

from bot.domain.spelling import shortened

Slot = int
"""A place in a phrase, and all the words that may stand there."""

_SHORTEST_SLIP = 5
_SHORTEST_STEM_WITH_A_SLIP = 6
_SHORTEST_STEM = 2
_SHORTEST_BEFORE_AN_ENDING = 2
_REMEMBERED = 8192
_SHORTEST_BEHIND_PREFIX = 2


class Vocabulary:
    """All words of all tables. A slip is looked for only in a word that is none of them.

    `prefixes` are what some languages write together with a word.
    """

    def __init__(self, prefixes: Iterable[str]) -> None:
        self._prefixes = tuple(prefixes)
        self._slots: dict[frozenset[str], Slot] = {}
        self._whole: dict[str, set[Slot]] = defaultdict(set)
        self._stems: dict[str, set[Slot]] = defaultdict(set)
        self._endings: dict[str, set[Slot]] = defaultdict(set)
        self._with_a_slip: dict[str, set[str]] = defaultdict(set)
        self._known: set[str] = set()
        self._longest = 0
        self.slots = lru_cache(_REMEMBERED)(self._slots_of)

    def slot(self, words: Iterable[str]) -> Slot:
        """The place where one of these folded words stands; `x*` is a stem and `*x` an ending."""
        alternatives = frozenset(words)
        if alternatives not in self._slots:
            slot = self._slots[alternatives] = len(self._slots)
            for word in alternatives:
                self._add(word, slot)
        return self._slots[alternatives]

    def know(self, words: Iterable[str]) -> None:
        """These folded words are right as they are, whatever else is a letter away."""
        self._known.update(words)

    def is_ordinary(self, word: str) -> bool:
        """Whether it is a word of the tables as it is written, and thereby no name."""
        return word in self._known or bool(self._as_written(word))

    def _add(self, word: str, slot: Slot) -> None:
        if word.startswith("*"):
            self._endings[word[1:]].add(slot)
            return
        bare = word.rstrip("*")
        (self._stems if word.endswith("*") else self._whole)[bare].add(slot)
        self._longest = max(self._longest, len(bare))
        if len(bare) >= (_SHORTEST_STEM_WITH_A_SLIP if word.endswith("*") else _SHORTEST_SLIP):
            for key in (bare, *shortened(bare)):
                self._with_a_slip[key].add(word)

    def _slots_of(self, word: str) -> frozenset[Slot]:
        found = self._as_written(word)
        for prefix in self._prefixes:
            rest = word.removeprefix(prefix)
            if rest != word and len(rest) >= _SHORTEST_BEHIND_PREFIX:
                found |= self._as_written(rest)
        right = found or word in self._known or len(word) < _SHORTEST_SLIP
        return found if right else self._misspelt(word)

    def _as_written(self, word: str) -> frozenset[Slot]:
        found = set(self._whole.get(word, ()))
        for length in range(_SHORTEST_STEM, min(len(word), self._longest) + 1):
            found |= self._stems.get(word[:length], set())
        for start in range(_SHORTEST_BEFORE_AN_ENDING, len(word)):
            found |= self._endings.get(word[start:], set())
        return frozenset(found)

    def _misspelt(self, word: str) -> frozenset[Slot]:
        found: set[Slot] = set()
        for length in range(_SHORTEST_SLIP - 1, min(len(word), self._longest + 1) + 1):
            beginning = word[:length]
            for key in (beginning, *shortened(beginning)):
                for near in self._with_a_slip.get(key, ()):
                    bare = near.rstrip("*")
                    entire = near.endswith("*") or length == len(word)
                    if entire and word[0] == bare[0] and OSA.distance(beginning, bare) == 1:
                        found |= (self._stems if near.endswith("*") else self._whole)[bare]
        return frozenset(found)
