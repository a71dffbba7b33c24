"""Points on the map, and what stands there under a name: stops and streets."""

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

_EARTH_RADIUS_KM = 6371.0


@dataclass(frozen=True, slots=True)
class Position:
    """A point in degrees (WGS 84); not exact means good enough for an order, not for a pin."""

    latitude: float
    longitude: float
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Stop:
    """A stop of bus, tram or train. `also` are other ways to write its name."""

    id: str
    name: str
    position: Position
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Street:
    """The part of a street that has one postal code; a long street has several parts."""

    id: str
    name: str
    postal_code: str
    position: Position


@dataclass(frozen=True, slots=True)
class Credit:
    """Whose data a city uses, and under which licence: to be named wherever they are shown."""

    name: str
    source: str
    licence: str


def distance_km(one: Position, other: Position) -> float:
    """Kilometres as the crow flies (haversine)."""
    north = radians(other.latitude - one.latitude) / 2
    east = radians(other.longitude - one.longitude) / 2
    parallels = cos(radians(one.latitude)) * cos(radians(other.latitude))
    return 2 * _EARTH_RADIUS_KM * asin(sqrt(sin(north) ** 2 + parallels * sin(east) ** 2))


@dataclass(frozen=True, slots=True)
class Bounds:
    """The circle outside which a shared location counts as another town."""

    centre: Position
    radius_km: float
