"""What the glossary of a language says is kept in its catalogue, and the glossary is true of it."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from math import ceil
from pathlib import Path

from babel.messages.pofile import PoFileError

from bot.city.problems import Problem
from bot.rendering import catalogues
from bot.rendering.catalogues import CLIENTS, STAFF, forms_of, key_of
from bot.rendering.message_checks import prose
from bot.understanding import glossary_file
from bot.understanding.glossary_file import Term
from bot.understanding.word_file import shown

NAMES = {CLIENTS: "glossary.toml", STAFF: "staff_glossary.toml"}
_WORD = re.compile(r"\w+")
_ASIDE, _OR = re.compile(r"\([^)]*\)"), re.compile("[/,،;]")
_SHARE_OF_STEM = 0.6
_SHORTEST_STEM = 3

Texts = Mapping[str, str]
"""What can be read of each message by its key, its plural forms together."""


def check(
    root: Path, languages: Collection[str], staff_languages: Collection[str]
) -> Iterator[Problem]:
    """Everything wrong with the glossaries of these languages, and with texts beside them."""
    for domain, codes in ((CLIENTS, languages), (STAFF, staff_languages)):
        for code in codes:
            glossary, faults = glossary_file.read(root, code, NAMES[domain])
            yield from faults
            yield from _beside(root, code, domain, glossary.term)


def _beside(root: Path, language: str, domain: str, terms: tuple[Term, ...]) -> Iterator[Problem]:
    """What catalogue and terms say against each other; of a catalogue that cannot be read, its
    own checks tell."""
    try:
        texts = _texts(root, language, domain)
    except (OSError, ValueError, PoFileError):
        return
    file = shown(language, NAMES[domain])
    yield from (Problem(file, term, reason) for term, reason in untrue(terms, texts))
    catalogue = str(catalogues.path_of(root, language, domain))
    yield from (Problem(catalogue, key, reason) for key, reason in refused(terms, texts))


def _texts(root: Path, language: str, domain: str) -> Texts:
    read = catalogues.read(root, language, domain)
    return {key_of(each): prose(" … ".join(forms_of(each))) for each in read if each.id}


def untrue(terms: Iterable[Term], texts: Texts) -> Iterator[tuple[str, str]]:
    """Term and reason of what a glossary says that its catalogue does not bear out."""
    folded = [_folded(text) for text in texts.values()]
    seen = set()
    for each in terms:
        if each.term in seen:
            yield each.term, "is a term twice"
        seen.add(each.term)
        if not any(_is_used(each.term, text) for text in folded):
            yield each.term, "is used by no message"
        for key in each.used_in:
            if not any(fnmatchcase(known, key) for known in texts):
                yield each.term, f"used_in names {key}, and no message has such a key"


def refused(terms: Iterable[Term], texts: Texts) -> Iterator[tuple[str, str]]:
    """Key and reason of each message with a forbidden word."""
    patterns = [(each.term, _pattern(each.forbidden)) for each in terms if each.forbidden]
    for key, text in texts.items():
        folded = _folded(text)
        for term, pattern in patterns:
            if found := pattern.search(folded):
                yield key, f"says “{found[0]}”, which the glossary forbids (see “{term}”)"


def _pattern(forbidden: Iterable[str]) -> re.Pattern[str]:
    """Any of these as whole words; a `*` is any letters."""
    each = (re.escape(_folded(words)).replace(r"\*", r"\w*") for words in forbidden)
    return re.compile(rf"(?<!\w)(?:{'|'.join(each)})(?!\w)".replace(r"\ ", r"\s+"))


def _is_used(term: str, folded: str) -> bool:
    """Whether a text has the beginnings of all words of a term, or of one of its variants.

    Endings are left off, because most of the languages inflect; what stands in brackets explains.
    """
    variants = _OR.split(_ASIDE.sub("", _folded(term)))
    return any(
        all(stem in folded for stem in map(_stem, _WORD.findall(variant)))
        for variant in variants
        if variant.strip()
    )


def _stem(word: str) -> str:
    return word[: max(_SHORTEST_STEM, ceil(len(word) * _SHARE_OF_STEM))]


def _folded(text: str) -> str:
    """Without case, vowel signs and kinds of apostrophes."""
    composed = unicodedata.normalize("NFC", text).replace("’", "'").casefold()
    return "".join(sign for sign in composed if unicodedata.category(sign) not in ("Mn", "Cf"))
