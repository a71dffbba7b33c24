"""Registers of streets as they are published: what of them is the city's, and where it lies.

Two are known. OpenPLZ: a CSV file with the columns Name, PostalCode, Locality, RegionalKey,
Borough and Suburb. The register of buildings of North Rhine-Westphalia ("gebref"): a house a line,
21 columns parted by semicolons, no heading; coordinates are ETRS89 / UTM, with or without the
number of the zone before the easting (EPSG 4647 and 25832).
"""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from statistics import fmean

from bot.city import utm
from bot.city.streets import street_id
from bot.domain.city import City
from bot.domain.geography import Position, Street, distance_km
from bot.domain.routing import outside

OPENPLZ = ("Name", "PostalCode", "Locality", "RegionalKey", "Borough", "Suburb")
GEBREF_COLUMNS = 21
_KEY_COLUMNS = ((3, 2), (5, 1), (7, 2), (9, 3))
"""State, administrative region, district, municipality: column and digits."""
_STREET, _ZONE, _EAST, _NORTH = 14, 17, 18, 19
_ZONE_BEFORE = 1_000_000
_FEWEST = 0.1
"""A part of a street with a smaller share of its houses is an accident of borders: left out."""


class UnknownRegister(Exception):  # noqa: N818  (an operator's slip, told in one line)
    """The file is neither of the registers that are known."""


@dataclass(frozen=True, slots=True)
class Imported:
    """The city's streets, whose data it is, and what is the city's but could not be placed."""

    streets: tuple[Street, ...]
    about: str
    not_placed: tuple[str, ...]


def read(lines: Iterable[str], city: City) -> Imported:
    """What of a register is the city's. Raises UnknownRegister."""
    lines = iter(lines)
    first = next(lines, "").lstrip("\ufeff")
    if tuple(next(csv.reader([first]), ())) == OPENPLZ:
        return _openplz(lines, city)
    if len(first.split(";")) == GEBREF_COLUMNS:
        return _gebref(chain([first], lines), city)
    raise UnknownRegister(
        "the first line is neither the heading of OpenPLZ’s streets nor a house of gebref"
    )


def _openplz(lines: Iterable[str], city: City) -> Imported:
    streets: dict[str, Street] = {}
    not_placed: dict[str, None] = {}
    for row in csv.reader(lines):
        name, code, _, key, *_ = (*row, "", "", "", "")
        if key != city.regional_key:
            continue
        postal, id = city.postal_code.get(code), street_id(name, code)
        if postal is None or not id:
            not_placed[f"{name} ({code})"] = None
        else:
            streets[id] = Street(id, name, code, postal.position)
    about = "OpenPLZ; OpenStreetMap contributors. ODbL 1.0"
    return Imported(tuple(streets.values()), about, tuple(not_placed))


def _gebref(lines: Iterable[str], city: City) -> Imported:
    houses: dict[str, list[Position]] = defaultdict(list)
    not_placed: dict[str, None] = {}
    for cells in (line.rstrip("\r\n").split(";") for line in lines):
        if len(cells) != GEBREF_COLUMNS or _regional_key(cells) != city.regional_key:
            continue
        name, at = cells[_STREET].strip(), _position(cells)
        if at is None or outside(city.bounds, at) or not street_id(name, ""):
            not_placed[f"{name} {cells[15]}".strip()] = None
        else:
            houses[name].append(at)
    streets = chain.from_iterable(_parts(city, *each) for each in sorted(houses.items()))
    about = "Gebäudereferenzen, Geobasis NRW. Datenlizenz Deutschland Zero 2.0"
    return Imported(tuple(streets), about, tuple(not_placed))


def _regional_key(cells: list[str]) -> str:
    return "".join(cells[column].zfill(digits) for column, digits in _KEY_COLUMNS)


def _position(cells: list[str]) -> Position | None:
    try:
        zone, east, north = (
            float(cells[column].replace(",", ".")) for column in (_ZONE, _EAST, _NORTH)
        )
    except ValueError:
        return None
    return utm.to_degrees(int(zone), east % _ZONE_BEFORE, north)


def _parts(city: City, name: str, houses: list[Position]) -> Iterator[Street]:
    """A street by the postal codes it most likely has: those whose middle is the nearest.

    The register knows none itself.
    """
    codes = [_nearest_code(city, house) for house in houses]
    counted = Counter(codes).most_common()
    for code in (code for code, n in counted if n >= min(counted[0][1], _FEWEST * len(houses))):
        own = [house for house, its in zip(houses, codes, strict=True) if its == code]
        middle = Position(fmean(h.latitude for h in own), fmean(h.longitude for h in own), True)
        yield Street(street_id(name, code), name, code, middle)


def _nearest_code(city: City, at: Position) -> str:
    return min(city.postal_codes, key=lambda each: distance_km(each.position, at)).code
