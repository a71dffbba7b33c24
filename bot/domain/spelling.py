"""How words are compared that people type as they heard them, in any script."""

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii
from rapidfuzz.distance import OSA

_SHORTEST_SLIP = 5
_STREETS, _STRASSE = {"weg", "allee"}, "strs"
_STREET_ENDINGS = (*_STREETS, "strasse", "ring", "platz")
_LETTERS = str.maketrans(
    # Umlauts as keyboards without them write them; Arabic letters that writers interchange;
    # apostrophes and the Arabic stretching stroke mean nothing in a name.
    {"ä": "ae", "ö": "oe", "ü": "ue", "'": "", "’": "", "ʼ": "", "ـ": ""}
    | {"ة": "ه", "ى": "ي", "ڤ": "ف", "گ": "غ", "ج": "غ"}
)
# What a German name sounds like to those who write it by ear or transliterate it back.
_SOUNDS = (
    *(("sch", "sh"), ("kh", "h"), ("ch", "h"), ("ck", "k"), ("sht", "st"), ("shp", "sp")),
    *(
        ("th", "t"),
        ("ph", "f"),
        ("aeu", "eu"),
        ("oy", "eu"),
        ("oi", "eu"),
        ("ei", "ai"),
        ("ey", "ai"),
    ),
    *(("ay", "ai"), ("yo", "o"), ("yu", "u"), ("oe", "o"), ("ue", "u"), ("ae", "e"), ("ie", "i")),
    *(("w", "v"), ("f", "v"), ("z", "s"), ("ts", "s"), ("x", "ks"), ("q", "k"), ("y", "i")),
    *(("j", "i"), ("c", "k")),
)
_SILENT_H = re.compile(r"(?<=[aeiou])h(?![aeiou])")
_ARABIC_VOWELS = str.maketrans("", "", "اأإآيىئؤء")
_NOT_HEARD = str.maketrans("bdq", "ptk", "aeiouhgj")


@lru_cache(maxsize=8192)
def fold(text: str) -> tuple[str, ...]:
    """The words of a text without case, marks, and the ways to write ß, umlauts and Str."""
    plain = unicodedata.normalize("NFC", text).casefold().translate(_LETTERS)
    decomposed = unicodedata.normalize("NFKD", plain)
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return tuple(re.sub(r"str$", "strasse", word) for word in re.findall(r"[^\W_]+", bare))


def glued(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words with those that say it is a street joined to its name: not a name alone."""
    found: list[str] = []
    for word in words:
        if found and (word in _STREETS or skeleton((word,)) == _STRASSE):
            found[-1] += word
        else:
            found.append(word)
    return tuple(found)


def is_street(name: str) -> bool:
    """Whether a name says that it is a street's."""
    return "".join(fold(name)).endswith(_STREET_ENDINGS)


def is_latin(words: tuple[str, ...]) -> bool:
    """Whether all letters are Latin ones."""
    return "".join(words).isascii() or not re.search(r"[\u0370-\u1fff]", "".join(words))


@lru_cache(maxsize=8192)
def sound(words: tuple[str, ...]) -> str:
    """A name in Latin letters by its sound; words without letters are left out."""
    latin = re.sub(r"[^a-z]", "", anyascii("".join(words)).lower())
    for written, heard in _SOUNDS:
        latin = latin.replace(written, heard)
    return undoubled(_SILENT_H.sub("", latin))


def with_h(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words as meant by who writes a German h as Cyrillic g."""
    return tuple(word.replace("г", "х") for word in words)


@lru_cache(maxsize=8192)
def skeleton(words: tuple[str, ...]) -> str:
    """What is left of a name in a script without its vowels, or without its h: its consonants.

    b and p, d and t are one, since Arabic has no p; Cyrillic writes h as g.
    """
    typed = (word.translate(_ARABIC_VOWELS) for word in words)
    told = tuple(word[:1] + word[1:].replace("و", "") for word in typed)
    heard = sound(told).replace("sh", "s").translate(_NOT_HEARD).replace("ts", "s")
    return undoubled(heard)


def one_slip(typed: str, name: str) -> bool:
    """One letter lost, changed or swapped; a letter more is often the next town's name."""
    if not _SHORTEST_SLIP <= len(typed) <= len(name) or typed[0] != name[0]:
        return False
    return OSA.distance(typed, name, score_cutoff=1) <= 1


def undoubled(word: str) -> str:
    """A word with every doubled letter once: which one to double is the commonest slip."""
    return re.sub(r"(.)\1+", r"\1", word)


def is_arabic(word: str) -> bool:
    """Whether a word is written in Arabic letters."""
    return "\u0600" <= word[:1] <= "\u06ff"


def shortened(word: str) -> set[str]:
    """A word with one letter lost, each in turn."""
    return {word[:at] + word[at + 1 :] for at in range(len(word))}


def slug(name: str) -> str:
    """A name in up to 32 of a-z, 0-9 and _, such as a button can carry."""
    return "_".join(re.findall(r"[a-z0-9]+", anyascii(" ".join(fold(name))).lower()))[:32]
