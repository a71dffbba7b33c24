"""Which office is nearest: a pure order of all offices for a place, none ever left out."""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean

from bot.domain.city import Area, City, Office
from bot.domain.geography import Bounds, Position, Stop, Street, distance_km

SAME_KM, SAME_PART = 0.3, 0.15
"""Two ways are as long where they differ by no more than this, or by this part of the longer."""
WALK_KM = 1.0


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


def place_of_stop(stop: Stop) -> Place:
    """Near a stop only distance counts."""
    return Place((), stop.position)


def place_of_street(city: City, street: Street) -> Place:
    """The part of a street, in the district of its postal code where no house of it is known."""
    postal = city.postal_code.get(street.postal_code)
    districts = (postal.district_id,) if postal and not street.position.exact else ()
    return Place(districts, street.position)


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


def about_as_near(place: Place, offices: Iterable[Office]) -> tuple[Office, ...]:
    """The two offices nearest to a place, where hardly one is nearer than the other; else none.

    Only between offices in the same case as for the place's districts.
    """
    known = {office.id: office for office in offices}
    first, second, *_ = (*(known[one.office_id] for one in rank(place, known.values())), None, None)
    if place.position is None or first is None or second is None:
        return ()
    if len({office.district_id in place.district_ids for office in (first, second)}) > 1:
        return ()
    near, far = (distance_km(place.position, office.position) for office in (first, second))
    return (first, second) if far - near <= max(SAME_KM, far * SAME_PART) else ()


def nearest_stop(city: City, office: Office) -> Stop | None:
    """The stop to get off at for an office: only where its door is known, and not far away."""
    if not office.position.exact or not city.stops:
        return None
    away, stop = min(
        ((distance_km(office.position, stop.position), stop) for stop in city.stops),
        key=lambda found: found[0],
    )
    return stop if away <= WALK_KM else None


def outside(bounds: Bounds, position: Position) -> bool:
    """Whether a position counts as another town."""
    return distance_km(bounds.centre, position) > bounds.radius_km


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
