"""The words of one language's table, made ready: the longest phrase, a prefix, a slip of the pen.

Every language's lexicon also knows what is plain in the others, so that one foreign word in a
sentence, above all a foreign "not", is understood too.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from bot.domain.spelling import is_arabic, one_slip, shortened, undoubled
from bot.understanding.day_tokens import Token, TokenKind
from bot.understanding.tokenizer import Piece

Entry = tuple[tuple[str, ...], tuple[Token, ...]]
"""The words of a phrase and what it stands for; two things where a day has its part glued on."""

_K = TokenKind
_FOREIGN: Final = frozenset(
    {_K.WEEKDAY, _K.DAY, _K.MONTH, _K.PART, _K.NOT, _K.NO, _K.DOUBT, _K.OVER}
)
"""What is plain in a sentence of any language."""
_SLIPPED: Final = frozenset(
    {_K.WEEKDAY, _K.DAY, _K.MONTH, _K.PART, _K.NEXT, _K.WEEKS, _K.MONTHS}
    | {_K.WEEKDAY_OR_MONTHS, _K.AT}
)
"""What is looked for in a word that nobody knows."""
_SHORTEST_FOREIGN = 3
_SHORTEST_SLIP = 5
_LONGEST_SLIP = 40
"""Letters; no word of a table is nearly as long."""
_SHORTEST_ARABIC_SLIP = 6
_SHORTEST_AFTER_PREFIX = 3
_GLUED: Final = frozenset({_K.OCLOCK, _K.AM, _K.PM, _K.DAYS_OR_PM, _K.MINUTES})
"""What may stand right behind a figure: "10uhr"."""
_PREFIXED: Final = frozenset(
    {_K.WEEKDAY, _K.DAY, _K.PART, _K.MONTH, _K.ON_DAY, _K.DAYS, _K.DAYS_OR_ON_DAY, _K.WEEKS}
    | {_K.NUMBER}
)
"""What Arabic writes its prefixes before."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A table by its phrases, with the pieces of words it lists."""

    entries: Mapping[tuple[str, ...], tuple[Token, ...]]
    endings: frozenset[str]
    address_endings: tuple[str, ...]
    prefixes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What is looked up for a message that is mostly in one language."""

    own: frozenset[str]
    phrases: Mapping[str, tuple[Entry, ...]]
    slips: Mapping[str, tuple[str, ...]]
    known: frozenset[str]
    endings: frozenset[str]
    address_endings: tuple[str, ...]
    prefixes: tuple[tuple[str, str], ...]

    def read(self, found: list[Piece]) -> list[Token]:
        """What each word, number and mark stands for; a phrase of several words is one."""
        tokens: list[Token] = []
        at = 0
        while at < len(found):
            taken, said = self._next(found, at)
            tokens += said
            at += taken
        return tokens

    def _next(self, found: list[Piece], at: int) -> tuple[int, tuple[Token, ...]]:
        piece = found[at]
        for first in self._firsts(piece.text):
            for phrase, said in self.phrases.get(first, ()):
                rest = tuple(each.text for each in found[at + 1 : at + len(phrase)])
                plain = first == piece.text or said[0].kind in _PREFIXED
                if plain and rest == phrase[1:]:
                    return len(phrase), said
        if piece.token is None:
            return 1, (self._word(piece.text),)
        after = found[at + 1] if at + 1 < len(found) else None
        if piece.token.kind is TokenKind.FIGURE and after is not None and after.glued:
            return self._glued(piece.token, after)
        return 1, (piece.token,)

    def _glued(self, number: Token, after: Piece) -> tuple[int, tuple[Token, ...]]:
        """A number with its ending ("3rd", "3-го"), its unit ("10uhr") or a letter ("3b")."""
        if after.text in self.endings:
            return 2, (Token(TokenKind.FIGURE_ENDING, number.value),)
        unit = self._word(after.text)
        return 2, (number, unit) if unit.kind in _GLUED else (
            Token(TokenKind.UNKNOWN),
            Token(TokenKind.UNKNOWN),
        )

    def _word(self, word: str) -> Token:
        if (entry := self._alone(word)) is not None:
            return entry
        if word.endswith(self.address_endings):
            return Token(TokenKind.ADDRESS)
        return Token(TokenKind.UNKNOWN) if word in self.known else self._slipped(word)

    def _firsts(self, word: str) -> Iterator[str]:
        """A word as it is, and without what Arabic writes in one with it."""
        yield word
        for prefix, instead in self.prefixes:
            bare = instead + word[len(prefix) :]
            if word.startswith(prefix) and len(bare) >= _SHORTEST_AFTER_PREFIX:
                yield bare

    def _alone(self, word: str) -> Token | None:
        entries = self.phrases.get(word, ())
        return entries[-1][1][0] if entries and len(entries[-1][0]) == 1 else None

    def _slipped(self, word: str) -> Token:
        """The one thing a word can be with one letter lost, changed or swapped; else unknown."""
        shortest = _SHORTEST_ARABIC_SLIP if is_arabic(word) else _SHORTEST_SLIP
        if not shortest <= len(word) <= _LONGEST_SLIP:
            return Token(TokenKind.UNKNOWN)
        near = {name for key in _traces(word) for name in self.slips.get(key, ())}
        meant = {self.phrases[name][-1][1] for name in near if _slip(word, name)}
        return meant.pop()[0] if len(meant) == 1 else Token(TokenKind.UNKNOWN)


def lexicons(tables: Mapping[str, Prepared]) -> Mapping[str, Lexicon]:
    """The lexicon of each language, with what is plain in the others behind its own words."""
    known = frozenset(
        phrase[0] for table in tables.values() for phrase in table.entries if len(phrase) == 1
    )
    return {language: _lexicon(language, tables, known) for language in tables}


def _lexicon(language: str, tables: Mapping[str, Prepared], known: frozenset[str]) -> Lexicon:
    table = tables[language]
    foreign = {
        phrase: said
        for other in tables.values()
        for phrase, said in other.entries.items()
        if said[0].kind in _FOREIGN and len(phrase[0]) >= _SHORTEST_FOREIGN
    }
    merged = foreign | dict(table.entries)
    by_first: dict[str, list[Entry]] = {}
    for phrase, said in sorted(merged.items(), key=lambda each: -len(each[0])):
        by_first.setdefault(phrase[0], []).append((phrase, said))
    return Lexicon(
        own=frozenset(phrase[0] for phrase in table.entries),
        phrases={first: tuple(entries) for first, entries in by_first.items()},
        slips=_slips(merged),
        known=known,
        endings=table.endings,
        address_endings=table.address_endings,
        prefixes=table.prefixes,
    )


def _slips(entries: Mapping[tuple[str, ...], tuple[Token, ...]]) -> Mapping[str, tuple[str, ...]]:
    """The words that may be meant, by what is left of them when a letter is lost."""
    traces: dict[str, list[str]] = {}
    for phrase, said in entries.items():
        if len(phrase) == 1 and len(said) == 1 and said[0].kind in _SLIPPED:
            for trace in _traces(phrase[0]):
                traces.setdefault(trace, []).append(phrase[0])
    return {trace: tuple(names) for trace, names in traces.items()}


def _traces(word: str) -> set[str]:
    return {word, undoubled(word), *shortened(word)}


def _slip(word: str, name: str) -> bool:
    """In a word of five letters another letter is too often another word."""
    if undoubled(word) == undoubled(name):
        return True
    return one_slip(word, name) and (len(name) > _SHORTEST_SLIP or sorted(word) == sorted(name))
