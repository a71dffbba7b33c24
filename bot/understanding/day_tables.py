"""The tables of days and times, `days.toml` of each language: read, checked, made ready once."""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Annotated

from pydantic import Field

from bot.city.fields import Words
from bot.city.model import TomlTable
from bot.city.problems import Problem
from bot.understanding import day_tokens as tokens
from bot.understanding import word_file
from bot.understanding.day_lexicon import Lexicon, Prepared, lexicons
from bot.understanding.day_phrases import TwoMeaningsError, prepared
from bot.understanding.word_file import Lists, WordFilesError, keys, shaped, shown

_NAME = "days.toml"
_NUMBERS = tuple(str(number) for number in range(1, 60))
_NEEDED: Mapping[str, tuple[str, ...]] = {
    "weekday": tokens.WEEKDAYS,
    "day": tokens.DAYS[:3],
    "month": tokens.MONTHS,
    "number": _NUMBERS[:12],
    "part": tokens.PARTS,
    "clock": ("at",),
    "length": ("day", "week", "month", "weekend"),
    "which": ("next", "this", "last"),
    "bound": ("in", "after", "before", "from", "until"),
    "unless": tuple(tokens.UNLESS),
    "beside": ("wish", "but", "moving", "counted", "address", "label"),
}

DayTables = Mapping[str, Lexicon]
"""The lexicon of each language."""


class DaysFile(TomlTable):
    """One `days.toml`: phrases by what they mean; what it lacks is empty."""

    weekday: Annotated[Lists[Words], keys(*tokens.WEEKDAYS)] = Field(default_factory=dict)
    weekday_short: Annotated[Lists[Words], keys(*tokens.WEEKDAYS)] = Field(default_factory=dict)
    day: Annotated[Lists[Words], keys(*tokens.DAYS)] = Field(default_factory=dict)
    month: Annotated[Lists[Words], keys(*tokens.MONTHS)] = Field(default_factory=dict)
    month_short: Annotated[Lists[Words], keys(*tokens.MONTHS)] = Field(default_factory=dict)
    number: Annotated[Lists[Words], keys(*_NUMBERS)] = Field(default_factory=dict)
    ordinal: Annotated[Lists[Words], keys("endings", *_NUMBERS)] = Field(default_factory=dict)
    part: Annotated[Lists[Words], keys(*tokens.PARTS)] = Field(default_factory=dict)
    part_after_a_day: Annotated[Lists[Words], keys(*tokens.PARTS)] = Field(default_factory=dict)
    clock: Annotated[Lists[Words], keys(*tokens.CLOCK)] = Field(default_factory=dict)
    time: Annotated[Lists[Words], shaped(r"([01]\d|2[0-3]):([0-5]\d)", '"12:30"')] = Field(
        default_factory=dict
    )
    length: Annotated[Lists[Words], keys(*tokens.LENGTHS)] = Field(default_factory=dict)
    ahead: Annotated[Lists[Words], shaped(r"\d{1,2}( or \d{1,2})?", '"7" or "7 or 8"')] = Field(
        default_factory=dict
    )
    which: Annotated[Lists[Words], keys(*tokens.WHICH)] = Field(default_factory=dict)
    bound: Annotated[Lists[Words], keys(*tokens.BOUND)] = Field(default_factory=dict)
    unless: Annotated[Lists[Words], keys(*tokens.UNLESS)] = Field(default_factory=dict)
    beside: Annotated[Lists[Words], keys(*tokens.BESIDE)] = Field(default_factory=dict)
    prefixes: dict[str, str] = Field(default_factory=dict)


def load(locales: Path, languages: Collection[str]) -> DayTables:
    """The tables of these languages; raises WordFilesError with everything that is wrong."""
    ready: dict[str, Prepared] = {}
    problems: tuple[Problem, ...] = ()
    for language in languages:
        file, found = word_file.read(locales, language, _NAME, DaysFile)
        try:
            ready[language] = prepared(file.model_dump(exclude={"prefixes"}), file.prefixes)
        except TwoMeaningsError as twice:
            reason = '"{}" already stands for something else'
            found += tuple(
                Problem(shown(language, _NAME), key, reason.format(phrase))
                for key, phrase in twice.found
            )
        problems += found
    if problems:
        raise WordFilesError(problems)
    return lexicons(ready)


def gaps(locales: Path, languages: Collection[str]) -> tuple[Problem, ...]:
    """Faults of the tables; where there are none, what nobody has words for in a language."""
    return word_file.gaps(load, _missing, locales, languages)


def _missing(locales: Path, language: str) -> Iterator[Problem]:
    file, _ = word_file.read(locales, language, _NAME, DaysFile)
    yield from word_file.missing(file, shown(language, _NAME), _NEEDED)
