"""A file of columns parted by tabs, a heading above them: what its rows say, and what is wrong."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from bot.city.problems import Finding
from bot.domain.geography import Position, Stop, Street

Row = Mapping[str, str]
Entry = TypeVar("Entry", Stop, Street)


def read(
    path: Path, columns: tuple[str, ...], entry: Callable[[Row], Entry]
) -> tuple[tuple[Entry, ...], list[Finding]]:
    """What `entry` makes of each row, and what is wrong, each with file and line.

    `entry` raises ValueError in plain words. Lines that begin with # are passed over, columns that
    are not asked for as well.
    """
    rows, found = _lines(path, columns)
    entries: dict[str, Entry] = {}
    for line, row in rows:
        try:
            made = entry(row)
            if made.id in entries:
                raise ValueError(f'"{made.name}" is there twice')
            entries[made.id] = made
        except ValueError as reason:
            found.append((f"{path.name}, line {line}", str(reason)))
    return tuple(entries.values()), found


def _lines(path: Path, columns: tuple[str, ...]) -> tuple[list[tuple[int, Row]], list[Finding]]:
    """The rows with their line numbers, and what is wrong with the file as a whole."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        return [], [(path.name, f"cannot be read: {error.strerror}")]
    except UnicodeDecodeError:
        return [], [(path.name, "is not UTF-8 text")]
    told = [(number, line) for number, line in enumerate(lines, 1) if line and line[0] != "#"]
    heading = told[0][1].split("\t") if told else []
    if missing := [column for column in columns if column not in heading]:
        return [], [(path.name, f"the heading lacks {', '.join(missing)}")]
    return list(_rows(told[1:], heading)), []


def _rows(lines: list[tuple[int, str]], heading: list[str]) -> Iterator[tuple[int, Row]]:
    for number, line in lines:
        cells = (*line.split("\t"), *[""] * len(heading))
        yield number, {name: cell.strip() for name, cell in zip(heading, cells, strict=False)}


def position(row: Row, *, exact: bool) -> Position:
    """The point in the columns lat and lon. Raises ValueError in plain words."""
    try:
        latitude, longitude = float(row["lat"]), float(row["lon"])
    except ValueError:
        raise ValueError("lat and lon must be numbers in degrees, such as 51.5") from None
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):
        raise ValueError("lat and lon must be degrees")
    return Position(latitude, longitude, exact)
