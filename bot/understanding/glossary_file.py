"""A glossary of a language as written: one word for one thing."""

from pathlib import Path

from pydantic import Field

from bot.city.fields import Many, Words
from bot.city.model import TomlTable
from bot.city.problems import Problem
from bot.understanding import word_file
from bot.understanding.word_file import Phrase


class Term(TomlTable):
    """The word to use and what it means; the words it is not, those refused wherever they stand,
    and the keys of the messages in which it stands, where a `*` stands for anything."""

    term: Phrase
    means: Words
    mistaken_for: Many[Words] = Field(default=(), alias="not")
    forbidden: Many[Phrase] = ()
    used_in: Many[Words] = ()


class GlossaryFile(TomlTable):
    """The terms of one language, for one kind of reader."""

    term: Many[Term] = ()


def read(locales: Path, language: str, name: str) -> tuple[GlossaryFile, tuple[Problem, ...]]:
    """The file, and its faults: one that has no terms, or is not there, has one too."""
    file, faults = word_file.read(locales, language, name, GlossaryFile)
    if not file.term and not faults:
        faults = (Problem(word_file.shown(language, name), "term", "is missing: nothing to use"),)
    return file, faults
