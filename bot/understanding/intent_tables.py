"""The tables of all languages, put together once: what is typed mixes languages anyway."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TypeVar

from bot.city.problems import Problem
from bot.domain.written_language import Letters, WrittenLanguage
from bot.understanding import intent_file, word_file
from bot.understanding.intent_file import HARMLESS, IntentFile, shown
from bot.understanding.intent_kinds import Danger, Intent
from bot.understanding.phrase_syntax import Groups, UnknownGroupError, groups, slots, written
from bot.understanding.phrases import Filled, Phrases
from bot.understanding.sentences import words_of
from bot.understanding.vocabulary import Slot, Vocabulary
from bot.understanding.word_file import WordFilesError

Label = TypeVar("Label")

_GAP = 2
_GAP_OF_DANGERS = 3
_IN_EITHER_ORDER = 2


class Mood(StrEnum):
    """What takes a wish back: near it, or anywhere in the same part of a sentence."""

    NEGATION = "negation"
    DOUBT = "doubt"


@dataclass(frozen=True)
class IntentTables:
    """Phrases and words of all languages, ready to be found."""

    vocabulary: Vocabulary
    intents: Phrases[Intent]
    alone: Phrases[Intent]
    moods: Phrases[Mood]
    dangers: Phrases[tuple[Danger, str]]
    harmless: Phrases[str]
    same_person: Phrases[str]
    own_name: Phrases[str]
    filler: Slot
    anew: Slot
    speaking: Slot
    lesson: Slot
    title: Slot
    languages: Mapping[Slot, str]
    frequent: Mapping[str, frozenset[str]]
    letters: Mapping[str, Letters]
    name_endings: frozenset[str]

    def filled(self, words: Iterable[str]) -> Filled:
        """For each folded word the places of the tables that it can fill."""
        return [self.vocabulary.slots(word) for word in words]


def load(
    locales: Path, languages: Collection[str], written: Collection[WrittenLanguage]
) -> IntentTables:
    """The tables of these languages; raises WordFilesError with everything that is wrong.

    `written` says how they are written, as far as that is known.
    """
    read = {language: intent_file.read(locales, language) for language in languages}
    compiler = _Compiler({language: file for language, (file, _) in read.items()}, written)
    tables = compiler.tables()
    faults = [problem for _, found in read.values() for problem in found]
    if problems := (*faults, *compiler.problems):
        raise WordFilesError(problems)
    return tables


def gaps(locales: Path, languages: Collection[str]) -> tuple[Problem, ...]:
    """Faults of the tables; where there are none, each list that has no words in a language."""

    def missing(locales: Path, language: str) -> Iterator[Problem]:
        file, _ = intent_file.read(locales, language)
        yield from intent_file.missing(file, language, languages)

    return word_file.gaps(partial(load, written=()), missing, locales, languages)


class _Compiler:
    """Puts files together; `problems` are the phrases that cannot be read."""

    def __init__(
        self, files: Mapping[str, IntentFile], written: Collection[WrittenLanguage]
    ) -> None:
        self.problems: list[Problem] = []
        self._files = files
        self._written = written
        self._vocabulary = Vocabulary(prefix for each in written for prefix in each.prefixes)
        self._groups: Groups = groups(file.words for file in files.values())

    def tables(self) -> IntentTables:
        """All of it."""
        harmless, same, own = HARMLESS, "same_person", "own_name"
        tables = IntentTables(
            vocabulary=self._vocabulary,
            intents=self._phrases("wants", {i: i for i in Intent}, _GAP),
            alone=self._phrases("alone", {i: i for i in Intent}, 0),
            moods=self._phrases("moods", {mood: mood for mood in Mood}, 1),
            dangers=self._dangers(),
            harmless=self._phrases("danger", {harmless: harmless}, _GAP),
            same_person=self._phrases("speech", {same: same}, _GAP),
            own_name=self._phrases("names", {own: own}, 1),
            filler=self._slot("little", "filler"),
            anew=self._slot("little", "anew"),
            speaking=self._slot("speech", "speaking"),
            lesson=self._slot("speech", "lesson"),
            title=self._slot("names", "title"),
            languages={self._slot("languages", code): code for code in self._codes()},
            frequent={language: _frequent(file) for language, file in self._files.items()},
            letters={each.code: each.letters for each in self._written},
            name_endings=frozenset(end for each in self._written for end in each.name_endings),
        )
        for file in self._files.values():
            self._vocabulary.know(_frequent(file))
            known = file.entries("little", "never_a_slip")
            self._vocabulary.know(word for entry in known for word in words_of(entry))
        return tables

    def _phrases(self, section: str, labels: Mapping[str, Label], gap: int) -> Phrases[Label]:
        found: Phrases[Label] = Phrases(gap)
        for language in self._files:
            self._read(found, language, section, labels, self._groups)
        return found

    def _dangers(self) -> Phrases[tuple[Danger, str]]:
        """With the language each was said in; two words of a danger may come in either order."""
        found: Phrases[tuple[Danger, str]] = Phrases(_GAP_OF_DANGERS)
        for language, file in self._files.items():
            labels = {danger.value: (danger, language) for danger in Danger}
            self._read(found, language, "danger", labels, groups([file.words]))
        return found

    def _read(
        self,
        found: Phrases[Label],
        language: str,
        section: str,
        labels: Mapping[str, Label],
        known: Groups,
    ) -> None:
        for key, entries in self._files[language].section(section).items():
            for phrase in entries if key in labels else ():
                try:
                    for places in slots(phrase, known, self._vocabulary):
                        found.add(places, labels[key])
                        if section == "danger" and len(places) == _IN_EITHER_ORDER:
                            found.add(places[::-1], labels[key])
                except UnknownGroupError as error:
                    self.problems.append(Problem(shown(language), f"{section}.{key}", str(error)))

    def _slot(self, section: str, key: str) -> Slot:
        """One place for the single words of a list, in all languages."""
        entries = [entry for file in self._files.values() for entry in file.entries(section, key)]
        return self._vocabulary.slot(word for entry in entries for word in written(entry))

    def _codes(self) -> list[str]:
        return sorted({code for file in self._files.values() for code in file.languages})


def _frequent(file: IntentFile) -> frozenset[str]:
    entries = file.entries("little", "frequent")
    return frozenset(word for entry in entries for word in words_of(entry))
