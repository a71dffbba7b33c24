"""Coordinates of land registers, ETRS89 / UTM, to degrees.

Krüger's series to the third order as in Kazushige Kawase, "A general formula for calculating
meridian arc length and its application to coordinate conversion in the Gauss-Krüger projection",
Bulletin of the Geospatial Information Authority of Japan 59 (2011); good to a millimetre. ETRS89
and WGS 84 are taken for one: they differ by less than a metre.
"""

from math import asin, atan2, cos, cosh, degrees, sin, sinh

from bot.domain.geography import Position

# The ellipsoid GRS 80, and what UTM fixes: scale and easting of the middle of a zone.
_AXIS_M, _FLATTENING = 6_378_137.0, 1 / 298.257222101
_SCALE, _MIDDLE_M = 0.9996, 500_000.0
_N = _FLATTENING / (2 - _FLATTENING)
_RADIUS_M = _AXIS_M / (1 + _N) * (1 + _N**2 / 4 + _N**4 / 64)
_BETA = (_N / 2 - 2 * _N**2 / 3 + 37 * _N**3 / 96, _N**2 / 48 + _N**3 / 15, 17 * _N**3 / 480)
_DELTA = (2 * _N - 2 * _N**2 / 3 - 2 * _N**3, 7 * _N**2 / 3 - 8 * _N**3 / 5, 56 * _N**3 / 15)


def to_degrees(zone: int, east: float, north: float) -> Position:
    """The point `east` and `north` (metres) in a zone of the northern half of the earth."""
    xi, eta = north / (_SCALE * _RADIUS_M), (east - _MIDDLE_M) / (_SCALE * _RADIUS_M)
    twice = [(2 * (order + 1), beta) for order, beta in enumerate(_BETA)]
    across = eta - sum(b * cos(k * xi) * sinh(k * eta) for k, b in twice)
    along = xi - sum(b * sin(k * xi) * cosh(k * eta) for k, b in twice)
    conformal = asin(sin(along) / cosh(across))
    latitude = conformal + sum(
        delta * sin(2 * (order + 1) * conformal) for order, delta in enumerate(_DELTA)
    )
    longitude = zone * 6 - 183 + degrees(atan2(sinh(across), cos(along)))
    return Position(degrees(latitude), longitude, exact=True)
