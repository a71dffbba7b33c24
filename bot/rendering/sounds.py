"""How what is said on the phone sounds, in the reader's script: `sounds.toml` of a language.

A language that is written in the letters of the one spoken there needs no such file.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

FILE = "sounds.toml"


@dataclass(frozen=True, slots=True)
class Sounds:
    """How one spoken language sounds: the words, names of languages, single signs of a code."""

    words: str
    languages: Mapping[str, str]
    signs: Mapping[str, str]

    def said(self, language: str, code: str) -> str | None:
        """A language and a code as they are said; None where a sound is not known."""
        if language not in self.languages or not {*code} <= self.signs.keys():
            return None
        spelled = " ".join(self.signs[sign] for sign in code)
        return self.words.format(language=self.languages[language], code=spelled)


BySpoken = Mapping[str, Sounds]
"""The sounds by the language that is spoken."""


def load(root: Path, languages: Iterable[str]) -> Mapping[str, BySpoken]:
    """The sounds for the readers of these languages. Raises OSError or TOMLDecodeError."""
    paths = {code: root / code / FILE for code in languages}
    return {code: _read(path) for code, path in paths.items() if path.is_file()}


def _read(path: Path) -> BySpoken:
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    return {spoken: Sounds(**table) for spoken, table in tables.items()}
