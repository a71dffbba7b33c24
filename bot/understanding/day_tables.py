"""The tables of days and times, `days.toml` of each language: read, checked, made ready once."""

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, Field, ValidationError

from bot.city.fields import Many, Words
from bot.city.model import TomlTable
from bot.city.problems import Finding, Problem, plainly
from bot.understanding import day_tokens as tokens
from bot.understanding.day_entries import TwoMeaningsError, prepared
from bot.understanding.day_lexicon import Lexicon, Prepared, lexicons

_NAME = "days"
FILE = f"{_NAME}.toml"
_NUMBERS = tuple(str(number) for number in range(1, 60))
_NEEDED_NUMBERS = _NUMBERS[:12]
_TIME = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")
_AHEAD = re.compile(r"\d{1,2}( or \d{1,2})?")

_Table = dict[str, Many[Words]]


def _keys(*allowed: str) -> AfterValidator:
    return _checked(lambda key: key in allowed, f"known are {', '.join(allowed)}")


def _shaped(pattern: re.Pattern[str], example: str) -> AfterValidator:
    return _checked(lambda key: bool(pattern.fullmatch(key)), f"must be written as {example}")


def _checked(good: Callable[[str], bool], hint: str) -> AfterValidator:
    def check(table: _Table) -> _Table:
        for key in table:
            if not good(key):
                raise ValueError(f'"{key}" is not a known key: {hint}')
        return table

    return AfterValidator(check)


class DaysFile(TomlTable):
    """One `days.toml`: phrases by what they mean; what it lacks `gaps` tells."""

    weekday: Annotated[_Table, _keys(*tokens.WEEKDAYS)] = Field(default_factory=dict)
    weekday_short: Annotated[_Table, _keys(*tokens.WEEKDAYS)] = Field(default_factory=dict)
    day: Annotated[_Table, _keys(*tokens.DAYS)] = Field(default_factory=dict)
    month: Annotated[_Table, _keys(*tokens.MONTHS)] = Field(default_factory=dict)
    month_short: Annotated[_Table, _keys(*tokens.MONTHS)] = Field(default_factory=dict)
    number: Annotated[_Table, _keys(*_NUMBERS)] = Field(default_factory=dict)
    ordinal: Annotated[_Table, _keys("endings", *_NUMBERS)] = Field(default_factory=dict)
    part: Annotated[_Table, _keys(*tokens.PARTS)] = Field(default_factory=dict)
    part_after_a_day: Annotated[_Table, _keys(*tokens.PARTS)] = Field(default_factory=dict)
    clock: Annotated[_Table, _keys(*tokens.CLOCK)] = Field(default_factory=dict)
    time: Annotated[_Table, _shaped(_TIME, '"12:30"')] = Field(default_factory=dict)
    length: Annotated[_Table, _keys(*tokens.LENGTHS)] = Field(default_factory=dict)
    ahead: Annotated[_Table, _shaped(_AHEAD, '"7" or "7 or 8"')] = Field(default_factory=dict)
    which: Annotated[_Table, _keys(*tokens.WHICH)] = Field(default_factory=dict)
    bound: Annotated[_Table, _keys(*tokens.BOUND)] = Field(default_factory=dict)
    unless: Annotated[_Table, _keys(*tokens.UNLESS)] = Field(default_factory=dict)
    beside: Annotated[_Table, _keys(*tokens.BESIDE)] = Field(default_factory=dict)
    prefixes: dict[str, str] = Field(default_factory=dict)


class DayTablesError(Exception):
    """Tables that cannot be used, with everything that is wrong with them."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class DayTables:
    """The tables of every language, ready to be looked up in."""

    files: Mapping[str, DaysFile]
    lexicons: Mapping[str, Lexicon]

    @classmethod
    def load(cls, folder: Path, languages: Iterable[str]) -> "DayTables":
        """`<folder>/<language>/days.toml` of these; DayTablesError with all that is wrong."""
        files: dict[str, DaysFile] = {}
        ready: dict[str, Prepared] = {}
        problems: list[Problem] = []
        for language in languages:
            path = folder / language / FILE
            try:
                files[language] = _read(path)
                ready[language] = _ready(files[language])
            except _WrongError as wrong:
                label = f"{folder.name}/{language}/{FILE}"
                problems += (Problem(label, key, reason) for key, reason in wrong.findings)
        if problems:
            raise DayTablesError(tuple(problems))
        return cls(files, lexicons(ready))


class _WrongError(Exception):
    def __init__(self, findings: Iterable[Finding]) -> None:
        super().__init__()
        self.findings = tuple(findings)


def _read(path: Path) -> DaysFile:
    raw: dict[str, Any] = {}
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        return DaysFile.model_validate(raw)
    except OSError as error:
        raise _WrongError([("file", f"cannot be read: {error.strerror}")]) from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _WrongError([("file", f"not TOML: {error}")]) from None
    except ValidationError as error:
        raise _WrongError(plainly(error, raw)) from None


def _ready(file: DaysFile) -> Prepared:
    sections = file.model_dump(exclude={"prefixes"})
    try:
        return prepared(sections, file.prefixes)
    except TwoMeaningsError as twice:
        raise _WrongError(
            (key, f'"{phrase}" already stands for something else') for key, phrase in twice.found
        ) from None


def gaps(tables: DayTables) -> list[Problem]:
    """What a table does not say at all, though somebody may type it."""
    return [
        Problem(f"locales/{language}/{FILE}", f"{section}.{key}", "has no word", "warning")
        for language, file in tables.files.items()
        for section, key in _needed()
        if not getattr(file, section).get(key)
    ]


def _needed() -> Iterator[Finding]:
    for section, keys in (
        ("weekday", tokens.WEEKDAYS),
        ("day", tokens.DAYS[:3]),
        ("month", tokens.MONTHS),
        ("number", _NEEDED_NUMBERS),
        ("part", tokens.PARTS),
        ("clock", ("at",)),
        ("length", ("day", "week", "month", "weekend")),
        ("which", ("next", "this", "last")),
        ("bound", ("in", "after", "before", "from", "until")),
        ("unless", tuple(tokens.UNLESS)),
        ("beside", ("wish", "but", "moving", "counted", "address", "label")),
    ):
        yield from ((section, key) for key in keys)
