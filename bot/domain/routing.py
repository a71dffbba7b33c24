"""Which office is nearest: a pure order of all offices for a place, none ever left out."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from statistics import fmean

from bot.domain.city import Area, Bounds, City, Office, Position

_EARTH_RADIUS_KM = 6371.0


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody lives, as far as they said; `Place()` is "I don't know"."""

    district_ids: tuple[str, ...] = ()
    position: Position | None = None
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Ranked:
    """An office in the order for a place; the distance only where it can be trusted."""

    office_id: str
    distance_km: float | None = None


def place_of_postal_code(city: City, code: str) -> Place:
    """The centroid of a code of this city; a code of another town is outside."""
    postal = city.postal_code.get(code)
    if postal is None:
        return Place(outside=True)
    return Place((postal.district_id,), postal.position)


def place_of_area(city: City, area: Area) -> Place:
    """An area's own position, else the middle of its districts."""
    return Place(area.district_ids, area.position or _middle(city, area.district_ids))


def place_of_district(city: City, district_id: str) -> Place:
    """A district, as answered where a street runs through several."""
    return Place((district_id,), _middle(city, (district_id,)))


def place_of_position(city: City, position: Position) -> Place:
    """A shared location: it knows better than a district border, so only distance counts."""
    return Place((), position, outside(city.bounds, position))


def rank(place: Place, offices: Iterable[Office]) -> tuple[Ranked, ...]:
    """All offices: those of the place's districts, then by distance, then as in the file."""

    def order(office: Office) -> tuple[bool, float]:
        away = distance_km(place.position, office.position) if place.position else 0.0
        return office.district_id not in place.district_ids, away

    return tuple(
        Ranked(office.id, _shown_distance(place.position, office.position))
        for office in sorted(offices, key=order)
    )


def outside(bounds: Bounds, position: Position) -> bool:
    """Whether a position counts as another town."""
    return distance_km(bounds.centre, position) > bounds.radius_km


def distance_km(one: Position, other: Position) -> float:
    """Kilometres as the crow flies (haversine)."""
    north = radians(other.latitude - one.latitude) / 2
    east = radians(other.longitude - one.longitude) / 2
    parallels = cos(radians(one.latitude)) * cos(radians(other.latitude))
    return 2 * _EARTH_RADIUS_KM * asin(sqrt(sin(north) ** 2 + parallels * sin(east) ** 2))


def _shown_distance(one: Position | None, other: Position) -> float | None:
    """To half a kilometre, never 0: more would say where somebody lives."""
    if one is None or not (one.exact and other.exact):
        return None
    return max(0.5, round(distance_km(one, other) * 2) / 2)


def _middle(city: City, district_ids: tuple[str, ...]) -> Position | None:
    centroids = [p.position for p in city.postal_codes if p.district_id in district_ids]
    if not centroids:
        return None
    return Position(fmean(c.latitude for c in centroids), fmean(c.longitude for c in centroids))
