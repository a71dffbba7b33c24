"""`intents.toml` of a language as written, and what is missing in it."""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Annotated

from pydantic import Field

from bot.city.model import TomlTable
from bot.city.problems import Problem
from bot.understanding import word_file
from bot.understanding.intent_kinds import Danger, Intent
from bot.understanding.word_file import Lists, Phrase, keys, shaped

NAME = "intents.toml"
HARMLESS = "harmless"
_ALONE_ONLY = (Intent.YES, Intent.NO, Intent.OK)
_WANTS = tuple(intent for intent in Intent if intent not in _ALONE_ONLY)
_MOODS = ("negation", "doubt")
_DANGERS = (*Danger, HARMLESS)
_SPEECH = ("speaking", "lesson", "same_person")
_NAMES = ("title", "own_name")
_LITTLE = ("filler", "anew", "frequent")
_FEWEST_FREQUENT = 30
_NEEDED: Mapping[str, tuple[str, ...]] = {
    "wants": _WANTS,
    "alone": _ALONE_ONLY,
    "moods": _MOODS,
    "danger": _DANGERS,
    "speech": _SPEECH,
    "names": _NAMES,
    "little": _LITTLE,
}


class IntentFile(TomlTable):
    """What one language's file says, section by section; what it lacks is empty."""

    words: Annotated[Lists[Phrase], shaped("[A-Z]+", '"COME"')] = Field(default_factory=dict)
    wants: Annotated[Lists[Phrase], keys(*_WANTS)] = Field(default_factory=dict)
    alone: Annotated[Lists[Phrase], keys(*Intent)] = Field(default_factory=dict)
    moods: Annotated[Lists[Phrase], keys(*_MOODS)] = Field(default_factory=dict)
    danger: Annotated[Lists[Phrase], keys(*_DANGERS)] = Field(default_factory=dict)
    speech: Annotated[Lists[Phrase], keys(*_SPEECH)] = Field(default_factory=dict)
    names: Annotated[Lists[Phrase], keys(*_NAMES)] = Field(default_factory=dict)
    languages: Annotated[Lists[Phrase], shaped("[a-z]{2,3}", '"de"')] = Field(default_factory=dict)
    little: Annotated[Lists[Phrase], keys(*_LITTLE, "never_a_slip")] = Field(default_factory=dict)

    def section(self, name: str) -> Mapping[str, tuple[str, ...]]:
        """The lists of a section by their keys."""
        found: Mapping[str, tuple[str, ...]] = getattr(self, name)
        return found

    def entries(self, section: str, key: str) -> tuple[str, ...]:
        """The words or phrases of one key."""
        return self.section(section).get(key, ())


def shown(language: str) -> str:
    """The file of a language as problems name it."""
    return word_file.shown(language, NAME)


def read(locales: Path, language: str) -> tuple[IntentFile, tuple[Problem, ...]]:
    """The file, empty where there is none or it has faults, and its faults."""
    return word_file.read(locales, language, NAME, IntentFile)


def missing(file: IntentFile, language: str, languages: Collection[str]) -> Iterator[Problem]:
    """Each list that has no words, among them the names of these languages."""
    needed = {**_NEEDED, "languages": tuple(languages)}
    yield from word_file.missing(file, shown(language), needed)
    few = len(file.entries("little", "frequent"))
    if 0 < few < _FEWEST_FREQUENT:
        reason = f"has {few} words, at least {_FEWEST_FREQUENT} tell a language from another"
        yield Problem(shown(language), "little.frequent", reason, "warning")
