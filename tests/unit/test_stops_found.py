"""Every stop of the shipped city, typed in three scripts and with a slip of the pen.

Right is a stop taken or offered; what is taken without a question is never another place.
"""

from collections.abc import Iterable
from random import Random

import pytest
from scripts import (
    ARABIC,
    CYRILLIC,
    HEARD,
    LETTERS,
    RUSSIAN,
    UKRAINIAN,
    WRITTEN,
    with_one_slip,
    written,
)

from bot.city.load import load
from bot.domain.city import Area, PostalCode
from bot.domain.geography import Stop, distance_km
from bot.domain.place_index import Spot
from bot.domain.places import find
from bot.domain.spelling import fold

HERNE = load("herne")
AT_THE_SAME_PLACE_KM = 0.15
DICE = Random(14)
Typed = tuple[Stop, str]


def is_right(stop: Stop, spots: Iterable[Spot]) -> bool:
    """Whether the stop is among them, or the quarter or station of its name."""
    return any(spot is stop or _is_there(stop, spot) for spot in spots)


def _is_there(stop: Stop, spot: Spot) -> bool:
    if isinstance(spot, PostalCode):
        return False
    if spot.position and distance_km(spot.position, stop.position) < AT_THE_SAME_PLACE_KM:
        return True
    names = (spot.name, *spot.aliases) if isinstance(spot, Area) else ()
    return "".join(fold(stop.name)) in {"".join(fold(name)) for name in names}


def share_right(typed: list[Typed]) -> float:
    """How many are right, of all."""
    meant = [(stop, find(HERNE, text)) for stop, text in typed]
    right = [is_right(stop, (*found.places, *found.guesses)) for stop, found in meant]
    return sum(right) / len(right)


def wrong_ones_alone(typed: list[Typed]) -> list[str]:
    """What was taken for another place without a question."""
    found = [(stop, text, find(HERNE, text).places) for stop, text in typed]
    return [text for stop, text, taken in found if len(taken) == 1 and not is_right(stop, taken)]


def each(*texts: tuple[str, ...]) -> list[Typed]:
    """The stops with what was typed for them, in the order of the city."""
    return [pair for text in texts for pair in zip(HERNE.stops, text, strict=True)]


NAMES = tuple(stop.name for stop in HERNE.stops)
SLIPS = [tuple(with_one_slip(name, DICE) for name in NAMES) for _ in range(4)]


def in_script(sounds: tuple[tuple[str, str], ...], letters: dict[str, str]) -> tuple[str, ...]:
    return tuple(written(name, sounds, letters) for name in NAMES)


@pytest.mark.parametrize(
    ("typed", "enough"),
    [
        (each(NAMES), 0.98),
        (each(tuple(f"Ich wohne an der Haltestelle {name}" for name in NAMES)), 0.98),
        (each(*SLIPS), 0.95),
        (each(in_script(RUSSIAN, CYRILLIC)), 0.95),
        (each(in_script(UKRAINIAN, CYRILLIC)), 0.95),
        (each(in_script(LETTERS, CYRILLIC)), 0.95),
        (each(in_script(HEARD, ARABIC)), 0.9),
        (each(in_script(WRITTEN, ARABIC)), 0.9),
    ],
    ids=["name", "sentence", "slip", "russian", "ukrainian", "cyrillic", "heard", "arabic"],
)
def test_every_stop_is_found_or_offered(typed: list[Typed], enough: float) -> None:
    assert len(typed) >= 248
    assert share_right(typed) >= enough
    assert wrong_ones_alone(typed) == []
