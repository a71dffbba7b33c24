"""`intents.toml` of a language as written, and what is wrong with it or missing in it."""

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.city.problems import Finding, Problem
from bot.understanding.wishes import Danger, Intent

FILE = "intents.toml"
HARMLESS = "harmless"
_ALONE_ONLY = (Intent.YES, Intent.NO, Intent.OK)
_GROUP = re.compile("[A-Z]+")
_FEWEST_FREQUENT = 30

Entries = Mapping[str, tuple[str, ...]]

_NEEDED: Mapping[str, tuple[str, ...]] = {
    "wants": tuple(intent for intent in Intent if intent not in _ALONE_ONLY),
    "alone": _ALONE_ONLY,
    "moods": ("negation", "doubt"),
    "danger": (*Danger, HARMLESS),
    "speech": ("speaking", "lesson", "same_person"),
    "names": ("title", "own_name"),
    "little": ("filler", "anew", "frequent"),
}
_ALLOWED: Mapping[str, tuple[str, ...]] = {
    "alone": tuple(Intent),
    "little": ("filler", "anew", "frequent", "never_a_slip"),
}


@dataclass(frozen=True, slots=True)
class IntentFile:
    """What one language's file says, section by section; what it lacks is empty."""

    language: str
    sections: Mapping[str, Entries] = field(default_factory=dict)

    def section(self, name: str) -> Entries:
        """The lists of a section by their keys."""
        return self.sections.get(name, {})

    def entries(self, section: str, key: str) -> tuple[str, ...]:
        """The words or phrases of one key."""
        return self.section(section).get(key, ())


def shown(language: str) -> str:
    """The file of a language as problems name it."""
    return f"locales/{language}/{FILE}"


def read(locales: Path, language: str) -> tuple[IntentFile, tuple[Problem, ...]]:
    """The file, empty where there is none or it has faults, and its faults."""
    raw: dict[str, Any] = {}
    faults: list[Finding] = []
    try:
        raw = tomllib.loads((locales / language / FILE).read_text(encoding="utf-8"))
        faults += _faults(raw)
    except FileNotFoundError:
        pass
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        faults.append(("file", f"cannot be read: {error}"))
    problems = tuple(Problem(shown(language), key, reason) for key, reason in faults)
    return IntentFile(language, {} if problems else _lists(raw)), problems


def missing(file: IntentFile, languages: Collection[str]) -> Iterator[Problem]:
    """Each list that has no words, among them the names of these languages."""
    for section, keys in ({**_NEEDED, "languages": tuple(languages)}).items():
        for key in keys:
            if not file.entries(section, key):
                yield _gap(file, f"{section}.{key}", "has no words")
    few = len(file.entries("little", "frequent"))
    if 0 < few < _FEWEST_FREQUENT:
        reason = f"has {few} words, at least {_FEWEST_FREQUENT} tell a language from another"
        yield _gap(file, "little.frequent", reason)


def _gap(file: IntentFile, key: str, reason: str) -> Problem:
    return Problem(shown(file.language), key, reason, "warning")


def _lists(raw: Mapping[str, Mapping[str, list[str]]]) -> Mapping[str, Entries]:
    return {
        section: {key: tuple(entries) for key, entries in lists.items()}
        for section, lists in raw.items()
    }


def _faults(raw: Mapping[str, Any]) -> Iterator[Finding]:
    for section, lists in raw.items():
        if section not in {*_NEEDED, "words", "languages"}:
            yield section, "is not a known section"
        elif not isinstance(lists, dict):
            yield section, "must be a table"
        else:
            for key, entries in lists.items():
                if reason := _key_fault(section, key) or _entries_fault(entries):
                    yield f"{section}.{key}", reason


def _key_fault(section: str, key: str) -> str | None:
    if section == "words":
        return None if _GROUP.fullmatch(key) else "must be written in capitals A to Z"
    if section == "languages":
        return None if re.fullmatch("[a-z]{2,3}", key) else 'must be a language code like "de"'
    known = _ALLOWED.get(section, _NEEDED[section])
    return None if key in known else f"is not a known key; there are {', '.join(known)}"


def _entries_fault(entries: object) -> str | None:
    if not isinstance(entries, list) or not all(isinstance(entry, str) for entry in entries):
        return "must be a list of texts in quotation marks"
    empty = [entry for entry in entries if not re.search(r"\w", entry)]
    return f'"{empty[0]}" has no words' if empty else None
