"""Something to type that means this in a language, from its own list of what people type."""

from functools import cache
from pathlib import Path

from bot.understanding import intent_file
from bot.understanding.intent_file import IntentFile


def sample(locales: Path, language: str, section: str, key: str) -> str:
    """The first entry of a list, of each choice in it the first; empty where there is no entry."""
    file = _file(locales, language)
    entry = next(iter(file.entries(section, key)), "")
    return " ".join(_word(file, part) for part in entry.split())


def _word(file: IntentFile, part: str) -> str:
    first = part.partition("|")[0]
    group = file.words.get(first, ())
    return _word(file, group[0]) if group else first.removesuffix("*")


@cache
def _file(locales: Path, language: str) -> IntentFile:
    return intent_file.read(locales, language)[0]
