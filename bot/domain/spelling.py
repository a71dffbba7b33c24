"""How words are compared that people type as they heard them, in any script."""

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii
from rapidfuzz.distance import OSA

_SHORTEST_SLIP = 5
_LETTERS = str.maketrans(
    # Umlauts as keyboards without them write them; Arabic letters that writers interchange;
    # apostrophes and the Arabic stretching stroke mean nothing in a name.
    {"ä": "ae", "ö": "oe", "ü": "ue", "'": "", "’": "", "ʼ": "", "ـ": ""}
    | {"ة": "ه", "ى": "ي", "ڤ": "ف", "گ": "غ", "ج": "غ"}
)
# What a German name sounds like to those who write it by ear or transliterate it back.
_SOUNDS = (
    *(("sch", "sh"), ("kh", "h"), ("ch", "h"), ("ck", "k"), ("ei", "ai"), ("ey", "ai")),
    *(("ay", "ai"), ("yo", "o"), ("oe", "o"), ("ue", "u"), ("ae", "e"), ("ie", "i")),
    *(("w", "v"), ("z", "s"), ("y", "i"), ("c", "k")),
)


@lru_cache(maxsize=8192)
def fold(text: str) -> tuple[str, ...]:
    """The words of a text without case, marks, and the ways to write ß, umlauts and Str."""
    plain = unicodedata.normalize("NFC", text).casefold().translate(_LETTERS)
    decomposed = unicodedata.normalize("NFKD", plain)
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return tuple(re.sub(r"str$", "strasse", word) for word in re.findall(r"[^\W_]+", bare))


@lru_cache(maxsize=8192)
def sound(words: tuple[str, ...]) -> str:
    """A name in Latin letters by its sound; words without letters are left out."""
    latin = re.sub(r"[^a-z]", "", anyascii("".join(words)).lower())
    for written, heard in _SOUNDS:
        latin = latin.replace(written, heard)
    return re.sub(r"(.)\1+", r"\1", latin)


def one_slip(typed: str, name: str) -> bool:
    """One letter lost, changed or swapped; a letter more is often the next town's name."""
    if not _SHORTEST_SLIP <= len(typed) <= len(name) or typed[0] != name[0]:
        return False
    return OSA.distance(typed, name, score_cutoff=1) <= 1
