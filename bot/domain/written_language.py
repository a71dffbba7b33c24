"""What must be known of a language to write in it, and to understand who types it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DayPatterns:
    """CLDR patterns of a day: written out, and short enough for a button."""

    written_out: str
    short: str


@dataclass(frozen=True, slots=True)
class Letters:
    """The script by its name in Unicode, and signs by which its languages are told apart.

    `own` has only this one of ours, or few beside it. `foreign` stand in none of our texts, and
    who types one of `others` writes none of our languages.
    """

    script: str
    own: str = ""
    foreign: str = ""
    others: str = ""


@dataclass(frozen=True, slots=True)
class WrittenLanguage:
    """A language of the catalogues, as its `language.toml` describes it.

    `own_name` is what its speakers call it, `locale` where CLDR has its words, `first_of_month` how
    the first day of a month is written, `respelt` what we write instead of signs of CLDR.
    `read_by` are codes of other languages whose speakers mostly read it. `prefixes` are written in
    one with a word, `name_endings` are how names are declined, as they sound.
    """

    code: str
    own_name: str
    locale: str
    days: DayPatterns
    first_of_month: DayPatterns
    letters: Letters
    right_to_left: bool = False
    respelt: tuple[tuple[str, str], ...] = ()
    read_by: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()
    name_endings: tuple[str, ...] = ()


LanguagesByCode = Mapping[str, WrittenLanguage]
"""Languages by their codes."""


def readers(languages: Iterable[WrittenLanguage]) -> Mapping[str, str]:
    """By the code of a language the one of these that its speakers mostly read."""
    return {code: each.code for each in languages for code in each.read_by}
