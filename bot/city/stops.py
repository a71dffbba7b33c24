"""The stops of a city: a file beside the city file, read and checked."""

from pathlib import Path

from bot.city import table_file
from bot.city.problems import Finding
from bot.city.table_file import Row
from bot.domain.geography import Bounds, Stop
from bot.domain.routing import outside
from bot.domain.spelling import slug

COLUMNS = ("name", "lat", "lon")


def read(path: Path, bounds: Bounds) -> tuple[tuple[Stop, ...], list[Finding]]:
    """The stops in `path`, and what is wrong, each with file and line.

    The columns are name, lat and lon (degrees, WGS 84), and perhaps also: other ways to write the
    name, parted by |.
    """
    return table_file.read(path, COLUMNS, lambda row: _stop(row, bounds))


def _stop(row: Row, bounds: Bounds) -> Stop:
    name, position = row["name"], table_file.position(row, exact=True)
    if not (id := slug(name)):
        raise ValueError("the name is missing")
    if outside(bounds, position):
        raise ValueError("lies outside the bounds of the city")
    also = tuple(filter(None, (each.strip() for each in row.get("also", "").split("|"))))
    return Stop(id, name, position, also)
