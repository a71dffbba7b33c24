"""What a message says, by all the tables at once."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Self

from bot.domain import places
from bot.domain.city import CaseManager, City, Office
from bot.domain.places import Found
from bot.domain.spelling import fold
from bot.understanding import intent_tables
from bot.understanding.dangers import danger
from bot.understanding.day_tables import DayTables
from bot.understanding.intent_tables import IntentTables
from bot.understanding.intents import LONGEST_TEXT, intents
from bot.understanding.names import alike
from bot.understanding.people import people
from bot.understanding.typed_days import TypedWhen, when
from bot.understanding.typed_language import typed_language
from bot.understanding.wanted_languages import same_person, speaks
from bot.understanding.wishes import Alarm, Intents

_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Tables:
    """The words of every language: of days and times, and of what is wanted."""

    days: DayTables
    intents: IntentTables

    @classmethod
    def load(cls, locales: Path, languages: Collection[str]) -> Self:
        """Those of these languages; raises what the two raise, with everything that is wrong."""
        return cls(DayTables.load(locales, languages), intent_tables.load(locales, languages))


@dataclass(frozen=True, slots=True)
class Heard:
    """What may be wrong, what is wanted, when, with whom, in which language, and where.

    `language` is the one the message was typed in, where that is beyond doubt.
    """

    danger: Alarm | None
    intents: Intents
    when: TypedWhen
    people: tuple[CaseManager | Office, ...]
    speaks: str | None
    same_person: bool
    language: str | None
    place: Found


def hear(text: str, tables: Tables, city: City, today: date, chosen: str | None) -> Heard:
    """What `text` says to a client who has chosen a language, if they have."""
    words, beginning = tables.intents, text[:LONGEST_TEXT]
    named = people(city, text, words)
    rest = _without_names(text, named, words)
    return Heard(
        danger=danger(text, words),
        intents=intents(text, words),
        when=when(rest, today, tables.days, chosen or city.languages[0]),
        people=named,
        speaks=speaks(beginning, words),
        same_person=same_person(beginning, words),
        language=typed_language(beginning, words, chosen),
        place=places.find(city, text),
    )


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
    return any(alike(one, part) for one in folded for part in parts)
