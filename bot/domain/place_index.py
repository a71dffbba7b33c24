"""The names of a city's places, arranged once so that a typed one is found quickly."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from bot.domain.city import Area, City, PostalCode
from bot.domain.geography import Stop, Street
from bot.domain.spelling import fold, glued, shortened, skeleton, sound, with_h

Named = Area | Street | Stop
Spot = PostalCode | Named
"""Somewhere a client may live, or get off."""

Worded = tuple[Named, tuple[str, ...]]
"""A place and one of its names, word by word."""

Keys = Mapping[str, tuple[Named, ...]]
STOP, STREET = "s.", "t."
"""What the keys of stops and streets begin with; ids of areas have no full stop."""
SHORTEST_SOUND = 4
SHORTEST_SKELETON = 2
SHORTEST_PART = 5
_SIDES = re.compile(r"[/()]")
_STREET = re.compile(r"\S+str\.|\S+ Str\.", re.IGNORECASE)


@dataclass(frozen=True, slots=True, eq=False)
class PlaceIndex:
    """The places by their names' letters and sound, by consonants, and by words within the name.

    `sorted` are the keys by the alphabet, with their place in the order of the file. `short` are
    the `sounds` as `short_street` leaves them. `slips` leads from a key that has lost a letter to
    whole ones. `elsewhere` are the letters and sounds of the towns around. No name has more words
    than `longest`.
    """

    by_key: Keys
    sorted: tuple[tuple[str, int], ...]
    sounds: tuple[str, ...]
    short: tuple[str, ...]
    by_skeleton: Keys
    by_part: Keys
    slips: Mapping[str, tuple[str, ...]]
    elsewhere: frozenset[str]
    longest: int


@lru_cache(maxsize=8)
def index_of(city: City) -> PlaceIndex:
    """The index of a city, made when it is first asked for."""
    named = list(_named(city))
    by_key = _gathered((key, spot) for spot, words in named for key in looked_up_by(words))
    sounds = tuple(dict.fromkeys(sound(words) for _, words in named if sound(words) in by_key))
    around = [glued(fold(name)) for name in city.neighbours]
    return PlaceIndex(
        by_key=by_key,
        sorted=tuple(sorted((key, number) for number, key in enumerate(by_key))),
        sounds=sounds,
        short=tuple(short_street(heard) for heard in sounds),
        by_skeleton=_gathered((key, spot) for spot, words in named for key in skeletons(words)),
        by_part=_gathered(_parts(city, named)),
        slips=_slips(by_key),
        elsewhere=frozenset(key for words in around for key in looked_up_by(words)),
        longest=max((len(words) for _, words in named), default=1) + 1,
    )


def key_of(spot: Spot) -> str:
    """What a place is called in a button."""
    match spot:
        case PostalCode():
            return spot.code
        case Stop():
            return f"{STOP}{spot.id}"
        case Street():
            return f"{STREET}{spot.id}"
        case _:
            return spot.id


def spot_of(city: City, key: str) -> Spot | None:
    """The place with this key; None where the city has no such place."""
    if key.startswith(STOP):
        return city.stop.get(key.removeprefix(STOP))
    if key.startswith(STREET):
        return city.street.get(key.removeprefix(STREET))
    return city.postal_code.get(key) or city.area.get(key)


def looked_up_by(words: tuple[str, ...]) -> tuple[str, ...]:
    """The keys of a name: its letters, and its sounds unless they say too little."""
    heard = (sound(words), sound(with_h(words)))
    return tuple(
        dict.fromkeys(("".join(words), *(one for one in heard if len(one) >= SHORTEST_SOUND)))
    )


def short_street(key: str) -> str:
    """A key without the ending so many have, which would make all of them alike."""
    return key.replace("strasse", "str").replace("strase", "str")


def skeletons(words: tuple[str, ...]) -> set[str]:
    """The consonants of a name, with its w and, as Arabic may write it, without."""
    mute = tuple(word[:1] + word[1:].replace("w", "") for word in words)
    return {key for key in (skeleton(words), skeleton(mute)) if len(key) >= SHORTEST_SKELETON}


def _named(city: City) -> Iterator[Worded]:
    """Each place with each of its names. What bears an area's name is that area, and so on down.

    A stop named like the whole city would be meant by everybody who lives in it.
    """
    levels: tuple[list[tuple[Named, Iterable[str]]], ...] = (
        [(area, _area_names(area)) for area in city.areas],
        [(street, (street.name,)) for street in city.streets],
        [(stop, (stop.name, *stop.also)) for stop in city.stops],
        [(stop, _sides(stop)) for stop in city.stops],
    )
    taken: set[str] = set()
    for level in levels:
        found = [each for each in _worded(level) if "".join(each[1]) not in taken]
        yield from found
        taken |= {"".join(words) for _, words in found}
        taken |= {"".join(fold(texts.get("city", ""))) for texts in city.texts.values()}


def _worded(level: list[tuple[Named, Iterable[str]]]) -> Iterator[Worded]:
    for spot, names in level:
        yield from (
            (spot, words) for words in dict.fromkeys(glued(fold(name)) for name in names) if words
        )


def _area_names(area: Area) -> tuple[str, ...]:
    return (area.name, *area.aliases, *area.spoken.values())


def _sides(stop: Stop) -> Iterator[str]:
    """What else a stop is named after: each side of a stroke, and a street within the name."""
    for side in (*_SIDES.split(stop.name), *_STREET.findall(stop.name)):
        if len(side) >= SHORTEST_PART:
            yield side


def _parts(city: City, named: Iterable[Worded]) -> Iterator[tuple[str, Named]]:
    """The words within a name, but for those of the city's own."""
    own = {word for texts in city.texts.values() for word in fold(texts.get("city", ""))}
    for spot, words in named:
        for start, end in combinations(range(len(words) + 1), 2):
            part = "".join(words[start:end])
            if len(part) >= SHORTEST_PART and part not in own:
                yield part, spot


def _gathered(pairs: Iterable[tuple[str, Named]]) -> Keys:
    found: dict[str, dict[str, Named]] = {}
    for key, spot in pairs:
        found.setdefault(key, {})[key_of(spot)] = spot
    return {key: tuple(spots.values()) for key, spots in found.items()}


def _slips(keys: Iterable[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for name in keys:
        for key in {name, *shortened(name)}:
            found.setdefault(key, []).append(name)
    return {key: tuple(names) for key, names in found.items()}
