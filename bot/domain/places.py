"""Which place somebody typed: in any script, inside a sentence, spelled as they heard it."""

import re
import unicodedata
from collections.abc import Iterator

from bot.domain.city import Area, City, PostalCode
from bot.domain.spelling import fold, one_slip, sound

FEW = 4
LONGEST_TEXT = 200
"""Of a longer text only so many signs are read."""
_LONGEST_NAME_WORDS = 4
_SHORTEST_BEGINNING = 5
_SHORTEST_SOUND = 4
_POSTAL_CODE = re.compile(r"(?<!\d)\d{5}(?!\d)")


def find(city: City, text: str) -> tuple[PostalCode | Area, ...]:
    """The places `text` may mean, in the order of the text or file; empty when unsure.

    A postal code beats a name, a name in full beats the beginning of one, and that beats one
    with a slip of the pen. Several places come back where the client has to choose.
    """
    text = text[:LONGEST_TEXT]
    if codes := _postal_codes(city, text):
        return codes
    words = fold(text)
    areas = _named(city, words) or _beginning(city, words) or _misspelt(city, words)
    return tuple(areas[:FEW])


def has_postal_code(text: str) -> bool:
    """Whether a postal code stands in the text, of whatever town."""
    return bool(_codes(text[:LONGEST_TEXT]))


def _codes(text: str) -> list[str]:
    digits = "".join(str(unicodedata.decimal(char, char)) for char in text)
    return list(dict.fromkeys(_POSTAL_CODE.findall(digits)))


def _postal_codes(city: City, text: str) -> tuple[PostalCode, ...]:
    codes = _codes(text)
    return tuple(city.postal_code[code] for code in codes if code in city.postal_code)


def _names(area: Area) -> Iterator[tuple[str, ...]]:
    for name in (area.name, *area.aliases, *area.spoken.values()):
        yield fold(name)


def _keys(words: tuple[str, ...]) -> Iterator[str]:
    """What a name is looked up by: its letters, and its sound unless that says too little."""
    yield "".join(words)
    if len(heard := sound(words)) >= _SHORTEST_SOUND:
        yield heard


def _named(city: City, words: tuple[str, ...]) -> list[Area]:
    """Areas whose full names stand in the text, the longest name first at each word."""
    by_key: dict[str, dict[str, Area]] = {}
    for area in city.areas:
        for key in (key for name in _names(area) for key in _keys(name)):
            by_key.setdefault(key, {})[area.id] = area
    found: dict[str, Area] = {}
    start = 0
    while start < len(words):
        start, areas = _longest_name(by_key, words, start)
        found |= areas
    return _settled(list(found.values()))


def _longest_name(
    by_key: dict[str, dict[str, Area]], words: tuple[str, ...], start: int
) -> tuple[int, dict[str, Area]]:
    """Where to read on, and the areas of the longest name that begins at `start`."""
    for end in range(min(len(words), start + _LONGEST_NAME_WORDS), start, -1):
        for key in _keys(words[start:end]):
            if areas := by_key.get(key):
                return end, areas
    return start + 1, {}


def _settled(areas: list[Area]) -> list[Area]:
    """A street through several districts is settled by a quarter named beside it."""
    named = {area.district_ids[0] for area in areas if len(area.district_ids) == 1}
    return [a for a in areas if len(a.district_ids) == 1 or named.isdisjoint(a.district_ids)]


def _beginning(city: City, words: tuple[str, ...]) -> list[Area]:
    typed = "".join(words)
    if len(typed) < _SHORTEST_BEGINNING:
        return []
    return [area for area in city.areas if any("".join(n).startswith(typed) for n in _names(area))]


def _misspelt(city: City, words: tuple[str, ...]) -> list[Area]:
    sizes = range(1, _LONGEST_NAME_WORDS + 1)
    typed = {sound(words[i : i + size]) for i in range(len(words)) for size in sizes}
    return [
        area
        for area in city.areas
        if any(one_slip(one, sound(name)) for name in _names(area) for one in typed)
    ]
