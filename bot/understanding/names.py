"""Whether a typed word is a name: in any script, as it was heard, declined, or with a slip."""

import re
from functools import lru_cache

from rapidfuzz.distance import OSA

from bot.domain.spelling import is_arabic, one_slip, sound, undoubled

_SHORTEST = 4
_LONG_ENOUGH_FOR_A_SLIP = 6
_LONG_ENOUGH_FOR_TWO = 8
_LONGEST_ENDING = 3
_NOT_WRITTEN_IN_ARABIC = re.compile("[aeiouwyvh]")


@lru_cache(maxsize=1 << 16)
def alike(word: str, name: str, endings: frozenset[str]) -> bool:
    """Whether the folded word is this folded word of a name, with one of these endings or none."""
    typed, heard = sound((word,)), sound((name,))
    if word == name or len(heard) < _SHORTEST:
        return word == name
    if is_arabic(word):
        return _same_consonants(typed, heard)
    if typed == heard:
        return True
    return one_slip(typed, heard) if word.isascii() else _declined(typed, heard, endings)


def consonants(word: str) -> int:
    """How much an Arabic word tells of a name: its vowels are not written."""
    return len(_bare(sound((word,)))) if is_arabic(word) else len(word)


def _same_consonants(typed: str, heard: str) -> bool:
    one, other = _bare(typed), _bare(heard)
    slips = int(len(other) > _SHORTEST)
    return bool(one) and one[0] == other[:1] and OSA.distance(one, other) <= slips


def _bare(heard: str) -> str:
    """The consonants, each written once where it stands twice."""
    return undoubled(_NOT_WRITTEN_IN_ARABIC.sub("", heard))


def _declined(typed: str, heard: str, endings: frozenset[str]) -> bool:
    stem = heard.rstrip("aeiou")
    if typed.startswith(stem) and typed[len(stem) :] in {"", *endings}:
        return True
    if len(heard) < _LONG_ENOUGH_FOR_A_SLIP or len(typed) > len(heard) + _LONGEST_ENDING:
        return False
    slips = 2 if len(heard) >= _LONG_ENOUGH_FOR_TWO else 1
    lengths = (len(heard), len(typed))
    nearest = min(OSA.distance(typed[:length], heard) for length in lengths)
    return typed[:1] == heard[:1] and nearest <= slips
