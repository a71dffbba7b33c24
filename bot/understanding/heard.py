"""What a message says, by all the tables at once."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from pathlib import Path

from bot.city import language_file
from bot.domain import places
from bot.domain.city import CaseManager, City, Office
from bot.domain.places import Found
from bot.domain.spelling import fold
from bot.domain.written_language import LanguagesByCode, readers
from bot.understanding import day_tables, intent_tables
from bot.understanding.dangers import danger
from bot.understanding.day_tables import DayTables
from bot.understanding.intent_kinds import Alarm, Intents
from bot.understanding.intent_tables import IntentTables
from bot.understanding.intents import LONGEST_TEXT, intents
from bot.understanding.names import alike
from bot.understanding.people import people
from bot.understanding.typed_days import TypedWhen, when
from bot.understanding.typed_language import typed_language
from bot.understanding.wanted_languages import same_person, speaks

_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Tables:
    """The words of these languages: of days and times, and of what is wanted.

    Each is read when it is first asked for, or by `read`, which takes half a second; then
    LanguageFilesError or WordFilesError is raised with everything that is wrong in it.
    """

    locales: Path
    languages: tuple[str, ...]

    @cached_property
    def days(self) -> DayTables:
        """The words of days and times."""
        return day_tables.load(self.locales, self.languages)

    @cached_property
    def intents(self) -> IntentTables:
        """The words of what is wanted."""
        return intent_tables.load(self.locales, self.languages, self._written.values())

    @cached_property
    def readers(self) -> Mapping[str, str]:
        """By the code of another language the one of these that its speakers mostly read."""
        return readers(self._written.values())

    @cached_property
    def _written(self) -> LanguagesByCode:
        return language_file.load(self.locales, self.languages)

    def read(self) -> None:
        """Have all, so that nobody's first word waits for them."""
        _ = (self.days, self.intents, self.readers)


@cache
def tables_of(locales: Path, languages: tuple[str, ...]) -> Tables:
    """Those of these languages, one for the whole process."""
    return Tables(locales, languages)


@dataclass(frozen=True)
class Heard:
    """What a message says to a client who has `chosen` a language, if they have.

    Each part of it is read when it is first asked for.
    """

    text: str
    tables: Tables
    city: City
    today: date
    chosen: str | None

    @cached_property
    def danger(self) -> Alarm | None:
        """What may be wrong."""
        return danger(self.text, self.tables.intents)

    @cached_property
    def intents(self) -> Intents:
        """What is wanted."""
        return intents(self.text, self.tables.intents)

    @cached_property
    def when(self) -> TypedWhen:
        """The days and the time that are named."""
        rest = _without_names(self.text, self.people, self.tables.intents)
        return when(rest, self.today, self.tables.days, self.chosen or self.city.languages[0])

    @cached_property
    def people(self) -> tuple[CaseManager | Office, ...]:
        """Who is named."""
        return people(self.city, self.text, self.tables.intents)

    @cached_property
    def speaks(self) -> str | None:
        """The language that should be spoken."""
        return speaks(self.text[:LONGEST_TEXT], self.tables.intents)

    @cached_property
    def same_person(self) -> bool:
        """Whether it should be with whom it was last time."""
        return same_person(self.text[:LONGEST_TEXT], self.tables.intents)

    @cached_property
    def language(self) -> str | None:
        """The language it was typed in, where that is another than the chosen one beyond doubt."""
        return typed_language(self.text[:LONGEST_TEXT], self.tables.intents, self.chosen)

    @cached_property
    def place(self) -> Found:
        """The places it may mean."""
        return places.find(self.city, self.text)


def _without_names(text: str, named: tuple[CaseManager | Office, ...], tables: IntentTables) -> str:
    """The text without the names that were found in it, and the titles before them.

    They say nothing of days, and a word nobody knows keeps a day from being understood.
    """
    if not named:
        return text
    parts = [part for each in named for name in _names(each) for part in fold(name)]
    return _WORD.sub(lambda word: "" if _is_of_a_name(word[0], parts, tables) else word[0], text)


def _names(named: CaseManager | Office) -> tuple[str, ...]:
    if isinstance(named, CaseManager):
        return (named.name,)
    return (named.provider, *named.aliases)


def _is_of_a_name(word: str, parts: list[str], tables: IntentTables) -> bool:
    folded = fold(word)
    if any(tables.title in slots for slots in tables.filled(folded)):
        return True
    return any(alike(one, part, tables.name_endings) for one in folded for part in parts)
