"""`locales/<language>/language.toml`: what must be known of a language, read and checked."""

import re
import unicodedata
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Annotated

from babel import Locale, UnknownLocaleError
from pydantic import AfterValidator, Field

from bot.city import toml_file
from bot.city.fields import Many, Words
from bot.city.model import TomlTable
from bot.city.problems import Finding, Problem
from bot.domain.written_language import DayPatterns, LanguagesByCode, Letters, WrittenLanguage

NAME = "language.toml"
_QUOTED = re.compile("'[^']*'")
_FIELDS = re.compile("E{3,4}|d{1,2}|M{1,4}|L{1,4}")
_CODE = re.compile("[a-z]{2,3}")


class LanguageFilesError(Exception):
    """Files of languages that cannot be used, with everything that is wrong with them."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = problems


def _known_to_cldr(locale: str) -> str:
    try:
        Locale.parse(locale)
    except (ValueError, UnknownLocaleError):
        raise ValueError(f'"{locale}" is not a locale of CLDR like "de" or "en_GB"') from None
    return locale


def _fields(pattern: str) -> str:
    """The first letters of a pattern's fields; raises ValueError for one that is none of a day."""
    found = re.findall("[A-Za-z]+", _QUOTED.sub("", pattern))
    for field in found:
        if not _FIELDS.fullmatch(field):
            raise ValueError(f'"{field}" is no weekday, day or month: words stand in apostrophes')
    return "".join(sorted(field[0].replace("L", "M") for field in found))


def _day(pattern: str) -> str:
    if _fields(pattern) != "EMd":
        raise ValueError('must have one weekday, day and month, written as "EEEE, d MMMM"')
    return pattern


def _first_day(pattern: str) -> str:
    if _fields(pattern) not in ("EM", "EMd"):
        raise ValueError("""must have one weekday and month, written as "EEEE '1er' MMMM\"""")
    return pattern


def _code(code: str) -> str:
    if not _CODE.fullmatch(code):
        raise ValueError(f'"{code}" is not a language code of 2 or 3 letters')
    return code


class DayTable(TomlTable):
    """How a day is written: in full, and on a button."""

    written_out: Annotated[str, AfterValidator(_day)]
    short: Annotated[str, AfterValidator(_day)]


class FirstOfMonthTable(TomlTable):
    """The same for the first day of a month, where it is written otherwise."""

    written_out: Annotated[str, AfterValidator(_first_day)]
    short: Annotated[str, AfterValidator(_first_day)]


class LettersTable(TomlTable):
    """The script, and signs by which its languages are told apart."""

    script: Words
    own: str = ""
    foreign: str = ""
    others: str = ""


class TypedTable(TomlTable):
    """What words grow together with when people type them."""

    prefixes: Many[Words] = ()
    name_endings: Many[Words] = ()


class LanguageFile(TomlTable):
    """A `language.toml` as written."""

    own_name: Words
    locale: Annotated[str, AfterValidator(_known_to_cldr)]
    right_to_left: bool = False
    read_by: Many[Annotated[str, AfterValidator(_code)]] = ()
    day: DayTable
    first_of_month: FirstOfMonthTable | None = None
    respelt: dict[str, str] = Field(default_factory=dict)
    letters: LettersTable
    typed: TypedTable = TypedTable()


def load(locales: Path, languages: Collection[str]) -> LanguagesByCode:
    """These languages by code; raises LanguageFilesError with everything that is wrong."""
    found, problems = inspect(locales, languages)
    if problems:
        raise LanguageFilesError(problems)
    return found


def inspect(
    locales: Path, languages: Collection[str]
) -> tuple[LanguagesByCode, tuple[Problem, ...]]:
    """Those of these languages that can be read, by code, and everything that is wrong."""
    files: dict[str, LanguageFile] = {}
    problems: list[Problem] = []
    for code in languages:
        file, found = _read(locales / code / NAME)
        if file is not None:
            files[code] = file
            found = [*_faults(code, file)]
        problems += (_problem(code, finding) for finding in found)
    problems += (_problem(code, finding) for code, finding in _read_twice(files))
    return {code: _language(code, file) for code, file in files.items()}, tuple(problems)


def _problem(code: str, finding: Finding) -> Problem:
    return Problem(f"locales/{code}/{NAME}", *finding)


def _read(path: Path) -> tuple[LanguageFile | None, list[Finding]]:
    try:
        return toml_file.read(path, LanguageFile)
    except OSError as error:
        return None, [("file", f"cannot be read: {error.strerror}")]


def _faults(code: str, file: LanguageFile) -> Iterator[Finding]:
    """What no key can know of another."""
    if Locale.parse(file.locale).language != code:
        yield "locale", f'"{file.locale}" is of another language than the folder, {code}'
    script = file.letters.script
    if not all(_is_of(script, sign) for sign in file.own_name if sign.isalpha()):
        yield "letters.script", f'"{file.own_name}" is not written in "{script}"'
    for key in ("own", "others"):
        wrong = [sign for sign in getattr(file.letters, key) if not _is_of(script, sign)]
        if wrong:
            yield f"letters.{key}", f"not letters of that script: {' '.join(wrong)}"


def _is_of(script: str, sign: str) -> bool:
    return unicodedata.name(sign, "").startswith(f"{script.upper()} ")


def _read_twice(files: dict[str, LanguageFile]) -> Iterator[tuple[str, Finding]]:
    """Codes that stand in two files."""
    taken: dict[str, str] = {}
    for language, file in files.items():
        for code in file.read_by:
            if code in taken:
                yield language, ("read_by", f'"{code}" is in locales/{taken[code]}/{NAME} too')
            taken[code] = language


def _language(code: str, file: LanguageFile) -> WrittenLanguage:
    days, letters = file.day, file.letters
    first = file.first_of_month or days
    return WrittenLanguage(
        code=code,
        own_name=file.own_name,
        locale=file.locale,
        days=DayPatterns(days.written_out, days.short),
        first_of_month=DayPatterns(first.written_out, first.short),
        letters=Letters(letters.script, letters.own, letters.foreign, letters.others),
        right_to_left=file.right_to_left,
        respelt=tuple(file.respelt.items()),
        read_by=file.read_by,
        prefixes=file.typed.prefixes,
        name_endings=file.typed.name_endings,
    )
