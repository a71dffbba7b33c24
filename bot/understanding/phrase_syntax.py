"""How phrases are written in the tables, and the places in them that a typed word can fill.

`Termin*` is every word that begins so, `*straße` every longer word that ends so, `ab|weg` is one
word or the other, WORDS in capitals are a list of `[words]`, which holds the words of all
languages: whoever writes one mixes in another.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import product

from bot.understanding.sentences import words_of
from bot.understanding.vocabulary import Slot, Vocabulary

Written = tuple[str, ...]
"""Folded words, a stem or an ending with its `*`."""
Groups = Mapping[str, frozenset[Written]]


class UnknownGroupError(ValueError):
    """Words in capitals that no table lists."""


def groups(tables: Iterable[Mapping[str, tuple[str, ...]]]) -> Groups:
    """The lists of `[words]` by name, with the words of all languages."""
    found: dict[str, frozenset[Written]] = {}
    for table in tables:
        for name, entries in table.items():
            found[name] = found.get(name, frozenset()) | {written(entry) for entry in entries}
    return found


def written(text: str) -> Written:
    """The folded words of a piece of a phrase."""
    words = (_word(piece) for piece in text.split())
    return tuple(word for piece in words for word in piece)


def slots(phrase: str, known: Groups, vocabulary: Vocabulary) -> Iterator[tuple[Slot, ...]]:
    """A phrase as places to fill; several where one of its alternatives has several words."""
    choices = [tuple(_choices(piece, known, vocabulary)) for piece in phrase.split()]
    for chosen in product(*choices):
        yield tuple(slot for piece in chosen for slot in piece)


def _choices(piece: str, known: Groups, vocabulary: Vocabulary) -> Iterator[tuple[Slot, ...]]:
    """The ways to fill what stands between two spaces: one place for all single words."""
    alternatives: set[Written] = set()
    for one in piece.split("|"):
        if one.isascii() and one.isupper() and len(one) > 1:
            if one not in known:
                raise UnknownGroupError(f'"{one}" is not a list of [words]')
            alternatives |= known[one]
        else:
            alternatives.add(_word(one))
    if single := [words[0] for words in alternatives if len(words) == 1]:
        yield (vocabulary.slot(single),)
    for words in sorted(alternatives):
        if len(words) > 1:
            yield tuple(vocabulary.slot([word]) for word in words)


def _word(piece: str) -> Written:
    first, *more = words_of(piece)
    *before, last = (f"*{first}" if piece.startswith("*") else first, *more)
    return (*before, f"{last}*" if piece.endswith("*") else last)
