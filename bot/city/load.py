"""A city by its name or path: read, checked, converted; everything wrong named at once."""

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from bot.city import stops as stops_file
from bot.city import streets as streets_file
from bot.city import toml_file
from bot.city.conversion import bounds, to_city
from bot.city.model import CityFile
from bot.city.problems import CityError, Finding, Problem
from bot.city.validation import errors, warnings
from bot.domain.city import City
from bot.domain.geography import Stop
from bot.domain.language_codes import Written

__all__ = ["CityError", "Problem", "inspect", "label", "load"]

_SHIPPED = Path(__file__).parent
_NAME = re.compile(r"[a-z0-9_]+")


def load(
    name_or_path: str,
    written: Written | None = None,
    *,
    live: bool = False,
    streets: Path | None = None,
) -> City:
    """The city; raises CityError with all errors of its file. See `inspect`."""
    city, problems = inspect(name_or_path, written, live=live, streets=streets)
    if city is None:
        raise CityError(tuple(p for p in problems if p.severity == "error"))
    return city


def inspect(
    name_or_path: str,
    written: Written | None = None,
    *,
    live: bool = False,
    streets: Path | None = None,
) -> tuple[City | None, tuple[Problem, ...]]:
    """The city unless there are errors, and all errors and warnings.

    `name_or_path` is the name of a shipped file or a path. `written` are the languages the
    program can speak; without them the city's languages are taken on trust, and those with
    unfinished texts are left out. A city that is not
    `live` is an example: everybody in it can be booked, and nobody answers for the data. `streets`
    is a file that `streets import` wrote.
    """
    file, found = _parse(_path(name_or_path))
    shown = label(name_or_path)
    if file is None:
        return None, _problems(shown, found)
    stops, wrong = _stops(file, _path(name_or_path).parent)
    found = [*errors(file, written, live=live), *wrong]
    known = (each for each in warnings(file, written) if each not in found)
    noted = tuple(Problem(shown, key, reason, "warning") for key, reason in known)
    if found:
        return None, _problems(shown, found) + noted
    city, problems = _with_streets(
        to_city(_finished(file, written), stops, example=not live), streets
    )
    return city, problems + noted


def _finished(file: CityFile, written: Written | None) -> CityFile:
    """The file without the languages that are not to be offered yet."""
    left_out = written.unfinished if written else ()
    offered = tuple(code for code in file.city.languages if code not in left_out)
    return file.model_copy(update={"city": file.city.model_copy(update={"languages": offered})})


def _stops(file: CityFile, folder: Path) -> tuple[tuple[Stop, ...], list[Finding]]:
    """The stops of the file that the city file names, if it does: beside it, or a shipped one."""
    if file.stops is None:
        return (), []
    beside, shipped = folder / file.stops.file, _SHIPPED / file.stops.file
    return stops_file.read(beside if beside.is_file() else shipped, bounds(file))


def _with_streets(city: City, path: Path | None) -> tuple[City | None, tuple[Problem, ...]]:
    """The city with its streets, or none where their file has errors."""
    if path is None:
        return city, ()
    streets, found = streets_file.read(path, city)
    return None if found else replace(city, streets=streets), _problems("BOT_STREETS", found)


def label(name_or_path: str) -> str:
    """The city file as problems name it."""
    path = _path(name_or_path)
    return f"bot/city/{path.name}" if path.parent == _SHIPPED else str(path)


def _path(name_or_path: str) -> Path:
    shipped = _SHIPPED / f"{name_or_path}.toml"
    return shipped if _NAME.fullmatch(name_or_path) and shipped.is_file() else Path(name_or_path)


def _parse(path: Path) -> tuple[CityFile | None, list[Finding]]:
    try:
        return toml_file.read(path, CityFile)
    except OSError as error:
        shipped = ", ".join(sorted(file.stem for file in _SHIPPED.glob("*.toml")))
        return None, [("file", f"cannot be read: {error.strerror}; shipped cities: {shipped}")]


def _problems(label: str, found: Iterable[Finding]) -> tuple[Problem, ...]:
    return tuple(Problem(label, key, reason) for key, reason in found)
