"""A typed text as sentences of folded words, and where a sentence begins anew inside."""

import re
from dataclasses import dataclass

from bot.domain.spelling import fold

_END = re.compile(r"[!?;…؟؛]+|\.(?!\d)")
_PART = re.compile(r"[,،:()\n«»\"]+|\s[-–—]+\s")
_ELIDED = re.compile(r"\b([cdjlmnst]|qu)['’ʼ`](?=\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words of one sentence. `parts` are the places in it where something new begins."""

    words: tuple[str, ...]
    parts: frozenset[int] = frozenset()


def words_of(text: str) -> tuple[str, ...]:
    """The folded words of a text; what French elides is a word of its own."""
    return fold(_ELIDED.sub(r"\1 ", text))


def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text that have words; a comma or a new line begins a part of one."""
    return tuple(filter(lambda each: each.words, map(_sentence, _END.split(text))))


def _sentence(text: str) -> Sentence:
    words: list[str] = []
    parts = set()
    for part in _PART.split(text):
        parts.add(len(words))
        words += words_of(part)
    return Sentence(tuple(words), frozenset(parts))
