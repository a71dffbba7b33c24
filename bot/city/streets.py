"""The streets of a city: a file that `streets import` writes, read and checked."""

from collections.abc import Iterable
from pathlib import Path

from bot.city import table_file
from bot.city.problems import Finding
from bot.city.table_file import Row
from bot.domain.city import City
from bot.domain.geography import Position, Street
from bot.domain.routing import outside
from bot.domain.spelling import slug

COLUMNS = ("name", "postal_code", "lat", "lon")


def read(path: Path, city: City) -> tuple[tuple[Street, ...], list[Finding]]:
    """The parts of streets in `path`, and what is wrong, each with file and line.

    The columns are name, postal_code, lat and lon (degrees, WGS 84). Without the last two the
    middle of the postal code stands for the street.
    """
    return table_file.read(path, COLUMNS, lambda row: _street(row, city))


def to_text(streets: Iterable[Street], about: str) -> str:
    """What `read` reads; `about` says whose data it is, and stands above."""
    lines = [f"# {about}", "\t".join(COLUMNS)]
    for street in streets:
        at = street.position
        cells = (f"{at.latitude:.6f}", f"{at.longitude:.6f}") if at.exact else ("", "")
        lines.append("\t".join((street.name, street.postal_code, *cells)).rstrip("\t"))
    return "\n".join(lines) + "\n"


def street_id(name: str, code: str) -> str:
    """How the part of a street is named in a button; empty without a name."""
    return f"{code}-{part}" if (part := slug(name)) else ""


def _street(row: Row, city: City) -> Street:
    name, code = row["name"], row["postal_code"]
    if not (id := street_id(name, code)):
        raise ValueError("the name is missing")
    if code not in city.postal_code:
        raise ValueError(f'"{code}" is not a postal code of the city')
    return Street(id, name, code, _position(row, city))


def _position(row: Row, city: City) -> Position:
    if not row["lat"] and not row["lon"]:
        return city.postal_code[row["postal_code"]].position
    position = table_file.position(row, exact=True)
    if outside(city.bounds, position):
        raise ValueError("lies outside the bounds of the city")
    return position
