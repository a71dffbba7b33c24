"""Which place somebody typed: in any script, inside a sentence, spelled as they heard it."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, takewhile
from operator import itemgetter

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.domain.city import Area, City, PostalCode
from bot.domain.geography import Street, distance_km
from bot.domain.place_index import (
    SHORTEST_PART,
    Named,
    PlaceIndex,
    Spot,
    index_of,
    key_of,
    looked_up_by,
    short_street,
    skeletons,
)
from bot.domain.spelling import fold, glued, is_latin, is_street, one_slip, shortened, sound

Groups = Iterator[tuple[Named, ...]]
FEW = 4
LONGEST_TEXT = 200
"""Of a longer text only so many signs are read."""
_MOST_GUESSED = 6
"""A longer text is a sentence, in which every word is like some name."""
_QUARTER = 1
_MOST_SLIPPED = 3
"""Words in which a slip is looked for within a sentence."""
_MOST_WORDS = 25
_ALIKE, _VERY_ALIKE, _ONE_LETTER = 0.6, 0.75, 0.85
_CODE = re.compile(r"(?<!\d)\d{5}(?!\d)")
_OTHER_CODE = re.compile(r"(?<!\d)\d{5}(?!\d)(?!\s*[-/]?\s*\d)")
"""Not the beginning of a telephone number."""
_PARTED_CODE = re.compile(r"(?<!\d)(?<!\d[ .-])\d(?:[ .-]?\d){4}(?![ .-]?\d)")


@dataclass(frozen=True, slots=True)
class Found:
    """What a text may mean, at most four each, the likeliest first.

    `places` are named in it; of several the client has to say which. `guesses` only look like it,
    none is to be taken without a press. `elsewhere`: it names another town.
    """

    places: tuple[Spot, ...] = ()
    guesses: tuple[Spot, ...] = ()
    elsewhere: bool = False


def find(city: City, text: str) -> Found:
    """The places `text` may mean.

    A postal code beats a name, a name in full what sounds like one, and that beats one with a slip
    of the pen or the beginning of one.
    """
    text = text[:LONGEST_TEXT]
    if codes := _postal_codes(city, text):
        return Found(codes)
    index, words = index_of(city), glued(fold(text)[:_MOST_WORDS])
    named, elsewhere = _named(index, words)
    if elsewhere or _OTHER_CODE.search(_digits(text)):
        quarters = [spot for spot in named if _is_quarter(spot)]
        return Found(tuple(quarters[:FEW]), elsewhere=not quarters)
    likely = [*_settled(city, named), *_mistaken(index, words)] if named else _nearly(index, words)
    if likely:
        return Found(tuple(_each_once(likely)[:FEW]))
    return Found(guesses=tuple(_guesses(index, words)[:FEW]))


def _digits(text: str) -> str:
    return "".join(str(unicodedata.decimal(char, char)) for char in text)


def _postal_codes(city: City, text: str) -> tuple[PostalCode, ...]:
    digits = _digits(text)
    parted = (re.sub(r"\D", "", code) for code in _PARTED_CODE.findall(digits))
    codes = dict.fromkeys((*_CODE.findall(digits), *parted))
    return tuple(city.postal_code[code] for code in codes if code in city.postal_code)


def _named(index: PlaceIndex, words: tuple[str, ...]) -> tuple[list[Named], bool]:
    """Places whose full names stand in the text, the longest name first at each word.

    And whether the name of another town does.
    """
    found: dict[str, Named] = {}
    start, elsewhere = 0, False
    while start < len(words):
        end, spots, other = _longest_name(index, words, start)
        found |= {key_of(spot): spot for spot in spots}
        start, elsewhere = end, elsewhere or other
    return list(found.values()), elsewhere


def _longest_name(
    index: PlaceIndex, words: tuple[str, ...], start: int
) -> tuple[int, tuple[Named, ...], bool]:
    """Where to read on, the places of the longest name at `start`, or if it is another town's."""
    for end in range(min(len(words), start + index.longest), start, -1):
        keys = looked_up_by(words[start:end])
        for key in keys:
            if spots := index.by_key.get(key):
                return end, spots, False
        if not index.elsewhere.isdisjoint(keys):
            return end, (), True
    return start + 1, (), False


def _is_quarter(spot: Named) -> bool:
    """Whether no other town has a place of this name, as it may have the same street."""
    return isinstance(spot, Area) and spot.position is None and not is_street(spot.name)


def _settled(city: City, spots: list[Named]) -> list[Named]:
    """Without what is settled by something smaller in it, named beside it.

    And of a street the parts that lie in the quarter named beside it, if one does.
    """
    ranked = [(spot, _size(spot), _districts(city, spot)) for spot in spots]
    found = [
        spot
        for spot, size, districts in ranked
        if not any(other < size and within <= districts for _, other, within in ranked)
    ]
    named = {id for spot, size, districts in ranked if size == _QUARTER for id in districts}
    inside = [s for s in found if isinstance(s, Street) and _districts(city, s) <= named]
    told = {street.name for street in inside}
    return [s for s in found if not isinstance(s, Street) or s in inside or s.name not in told]


def _size(spot: Named) -> int:
    """A street through several districts is larger than a quarter, a quarter than a stop."""
    if isinstance(spot, Area):
        return _QUARTER + 1 if len(spot.district_ids) > 1 else _QUARTER * (spot.position is None)
    return 0


def _districts(city: City, spot: Named) -> set[str]:
    """The districts a place lies in; of a stop only as the middles of postal codes tell."""
    if isinstance(spot, Area):
        return {*spot.district_ids}
    if isinstance(spot, Street):
        return {city.postal_code[spot.postal_code].district_id}
    nearest = min(city.postal_codes, key=lambda each: distance_km(each.position, spot.position))
    return {nearest.district_id}


def _mistaken(index: PlaceIndex, words: tuple[str, ...]) -> list[Named]:
    """What the whole of a short text is nearly, where only a name in it is a place's in full."""
    if len(words) > _MOST_GUESSED or any(key in index.by_key for key in looked_up_by(words)):
        return []
    rough = () if is_latin(words) else _by_consonants(index, [words])
    return _each_once(*rough, *_alike(index, [words], _VERY_ALIKE))


def _nearly(index: PlaceIndex, words: tuple[str, ...]) -> list[Named]:
    """Names with one slip, and names that the text is the beginning of."""
    if whole := _each_once(*_slipped(index, words), *_begun(index, "".join(words))):
        return _each_once(whole, *_alike(index, [words], _ONE_LETTER))
    within = (spots for typed in _windows(words, _MOST_SLIPPED) for spots in _slipped(index, typed))
    if found := _each_once(*within):
        return _each_once(found, _mistaken(index, words))
    return []


def _begun(index: PlaceIndex, written: str) -> Groups:
    if len(written) < SHORTEST_PART:
        return
    first = bisect_left(index.sorted, (written, 0))
    begun = takewhile(lambda key: key[0].startswith(written), islice(index.sorted, first, None))
    yield from (index.by_key[key] for key, _ in sorted(begun, key=itemgetter(1)))


def _slipped(index: PlaceIndex, words: tuple[str, ...]) -> Groups:
    for typed in looked_up_by(words):
        yield from (index.by_key[name] for name in _one_slip_away(index, typed))


def _one_slip_away(index: PlaceIndex, typed: str) -> list[str]:
    near = {name for key in (typed, *shortened(typed)) for name in index.slips.get(key, ())}
    return [name for name in sorted(near) if one_slip(typed, name)]


def _windows(words: tuple[str, ...], most: int) -> Iterator[tuple[str, ...]]:
    """Up to `most` words that stand together, the longest first."""
    for size in range(min(len(words), most), 0, -1):
        for start in range(len(words) - size + 1):
            yield words[start : start + size]


def _guesses(index: PlaceIndex, words: tuple[str, ...]) -> list[Named]:
    """What a short text is most like: by its consonants, by words of a name, by its letters."""
    if not 0 < len(words) <= _MOST_GUESSED:
        return []
    windows = list(_windows(words, _MOST_GUESSED))
    parts = (index.by_part.get("".join(typed), ()) for typed in windows)
    rough = () if is_latin(words) else _by_consonants(index, windows)
    return _each_once(*rough, *parts, *_alike(index, _worth_most(words), _ALIKE))


def _worth_most(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The whole text, and the longest word in it."""
    return list(dict.fromkeys((words, (max(words, key=len),))))


def _by_consonants(index: PlaceIndex, windows: list[tuple[str, ...]]) -> Groups:
    keys = [key for typed in windows for key in sorted(skeletons(typed))]
    yield from (index.by_skeleton[key] for key in keys if key in index.by_skeleton)


def _alike(index: PlaceIndex, windows: list[tuple[str, ...]], enough: float) -> Groups:
    found: list[tuple[float, str]] = []
    for typed in windows:
        scored = process.extract(
            *(short_street(sound(typed)), index.short),
            scorer=OSA.normalized_similarity,
            score_cutoff=enough,
            limit=FEW,
        )
        found += [(score, index.sounds[at]) for _, score, at in scored]
    yield from (index.by_key[name] for _, name in sorted(found, reverse=True))


def _each_once(*groups: Iterable[Named]) -> list[Named]:
    return list({key_of(spot): spot for group in groups for spot in group}.values())
