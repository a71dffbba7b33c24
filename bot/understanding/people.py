"""Case managers and offices of the city that a message names."""

from collections.abc import Iterator
from functools import partial

from bot.domain.city import CaseManager, City, Office
from bot.domain.contacts import public_name
from bot.domain.spelling import fold
from bot.understanding.intent_tables import IntentTables
from bot.understanding.names import alike, consonants
from bot.understanding.sentences import words_of

LONGEST_TEXT = 300
"""Of a longer text only so many signs are read for names."""
_SHORTEST_ALONE = 4
_INTRODUCED = 2
_LONGEST_NAME_WORDS = 5

Words = tuple[str, ...]


def people(city: City, text: str, tables: IntentTables) -> tuple[CaseManager | Office, ...]:
    """Who is named: people by surname or full name, by given name after a title; then offices.

    Who writes "my name is …" names nobody, and whom clients may not know by name is not found.
    """
    words = words_of(text[:LONGEST_TEXT])
    if not words:
        return ()
    known = _Said(words, tables)
    certainty = {
        person.id: known.certainty(person.name)
        for person in city.case_managers
        if public_name(city, person) == person.name
    }
    most = max(certainty.values(), default=0)
    named = (each for each in city.case_managers if most and certainty.get(each.id) == most)
    return (*named, *(office for office in city.offices if known.names(office)))


class _Said:
    """The words of a message, and after which of them a name stands."""

    def __init__(self, words: Words, tables: IntentTables) -> None:
        self._words = words
        self._alike = partial(alike, endings=tables.name_endings)
        filled = tables.filled(words)
        spans = ((i, i + n) for i in range(len(words)) for n in range(1, _LONGEST_NAME_WORDS + 1))
        self._joined = {"".join(words[start:end]) for start, end in spans}
        self._titled = {i + 1 for i, slots in enumerate(filled) if tables.title in slots}
        own = [match.at[-1] for match in tables.own_name.matches(filled)]
        self._introduced = {i + more for i in own for more in range(1, _INTRODUCED + 1)}
        self._ordinary = [tables.vocabulary.is_ordinary(word) for word in words]

    def certainty(self, name: str) -> int:
        """Two for a full name, one for a part of it that is enough, none where it is not said."""
        given, *family = name.split()
        surnames = [part for piece in family for part in fold(piece)]
        return max(self._read(index, fold(given), surnames) for index in range(len(self._words)))

    def names(self, office: Office) -> bool:
        """Whether the office, its association or another name for it is said."""
        return any(self._contains(fold(name)) for name in (office.provider, *office.aliases))

    def _read(self, index: int, given: Words, surnames: list[str]) -> int:
        if index in self._introduced:
            return 0
        word, titled = self._words[index], index in self._titled
        if titled and any(self._alike(word, part) for part in given):
            return 1
        if not any(self._alike(word, part) for part in surnames if len(part) >= _SHORTEST_ALONE):
            return 0
        if any(self._alike(before, part) for before in self._before(index) for part in given):
            return 2
        alone = consonants(word) >= _SHORTEST_ALONE and not self._ordinary[index]
        return int(titled or alone)

    def _before(self, index: int) -> Iterator[str]:
        """The two words before, of which one may be a given name."""
        yield from self._words[max(index - 2, 0) : index]

    def _contains(self, name: Words) -> bool:
        """Whether these words stand together, however they are divided, or as they sound."""
        if "".join(name) in self._joined:
            return True
        starts = (
            index
            for index, word in enumerate(self._words)
            if index not in self._introduced and self._alike(word, name[0])
        )
        return any(self._sounds_like(self._words[i : i + len(name)], name) for i in starts)

    def _sounds_like(self, words: Words, name: Words) -> bool:
        return (
            len(words) == len(name)
            and all(map(self._alike, words, name))
            and sum(map(consonants, words)) >= _SHORTEST_ALONE
        )
