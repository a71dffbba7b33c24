"""Slips that pofilter of translate-toolkit finds, beside the English text.

Our catalogues have keys where pofilter expects English: it is given the English text as source.
Of its tests those of `FITTING` fit; why each of the others does not is said in `UNFIT`.
`locales/<language>/exceptions.toml` lists, with a reason, where one is wrong; an exception that is
no longer needed fails.
"""

from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path

from translate.filters.checks import (
    CheckerConfig,
    StandardChecker,
    StandardUnitChecker,
    TeeChecker,
)
from translate.storage.pypo import pofile, pounit

from bot.city.fields import Many, Words
from bot.city.model import TomlTable
from bot.city.problems import Problem
from bot.rendering.catalogues import path_of
from bot.understanding import word_file
from bot.understanding.word_file import shown

from .readable import DOMAINS, LOCALES

ENGLISH = "en"
EXCEPTIONS = "exceptions.toml"
FITTING = (
    *("blank", "doublewords", "doublespacing", "emails", "urls"),
    *("escapes", "newlines", "tabs", "startwhitespace", "endwhitespace"),
    *("xmltags", "purepunc", "filepaths", "functions", "variables", "validchars", "credits"),
    *("compendiumconflicts", "kdecomments", "isfuzzy", "isreview", "hassuggestion", "untranslated"),
    *("long", "short"),
)
UNFIT = {
    "acronyms": "languages have their own: the EU is UE and ЕС elsewhere",
    "accelerators": "buttons of a chat have no keys to press with Alt",
    "brackets": "a translation may explain a word in brackets, or name somebody there",
    "doublequoting": "each language has its own signs, which differ from the English ones",
    "singlequoting": "an apostrophe is a letter in some of the languages",
    "endpunc": "`python -m bot check` does it, knowing each language's marks",
    "startpunc": "a sentence may begin with a placeholder in one language only",
    "puncspacing": "counts what is before and after placeholders, where words may be added",
    "sentencecount": "a text is written for its readers, in as many sentences as it needs",
    "simplecaps": "German nouns, and the polite pronouns of Russian and Ukrainian",
    "startcaps": "what stands within a line begins small where the language wants it",
    "simpleplurals": "asks for a review of every “(s)”",
    "unchanged": "`python -m bot check` does it; a line of placeholders is the same everywhere",
    "numbers": "a language may write a number as a word, or name one that another leaves out",
    "nplurals": "`python -m bot check` compares with CLDR, whose French “many” is optional",
    "pythonbraceformat": "`python -m bot check` does it; the form for one may leave {n} out",
    "printf": "there is no such format; “%” is a sign like others",
    "options": "there are no command lines for translators",
    "spellcheck": "hunspell does it with more languages, see spelling.py",
    "musttranslatewords": "the glossary does it",
    "notranslatewords": "the glossary does it",
}


class SlipException(TomlTable):
    """A text that one test of pofilter may refuse, and why."""

    key: Words
    test: Words
    reason: Words


class ExceptionsFile(TomlTable):
    """The exceptions of one language."""

    exception: Many[SlipException] = ()


def check(locales: Path = LOCALES) -> Iterator[Problem]:
    """Every slip that is no exception, and every exception that is needed no more."""
    for folder in sorted(path for path in locales.iterdir() if path.is_dir()):
        language = folder.name
        file, faults = word_file.read(locales, language, EXCEPTIONS, ExceptionsFile)
        yield from faults
        excepted = {(each.key, each.test) for each in file.exception}
        found = list(chain.from_iterable(_slips(locales, language, each) for each in DOMAINS))
        for path, key, test, reason in found:
            if (key, test) not in excepted:
                yield Problem(path, key, f"pofilter ({test}): {reason}")
        for key, test in sorted(excepted - {(key, test) for _, key, test, _ in found}):
            yield Problem(shown(language, EXCEPTIONS), key, f"{test} is no longer needed")


def _slips(locales: Path, language: str, domain: str) -> Iterator[tuple[str, str, str, str]]:
    """File, key, test and reason of each slip in a catalogue, if there is one."""
    path = path_of(locales, language, domain)
    if not path.exists():
        return
    english = {str(each.source): each.target for each in _units(path_of(locales, ENGLISH, domain))}
    checker = _checker(language)
    for unit in _units(path):
        key = str(unit.source)
        if key in english:
            unit.source = english[key]
            for test, reason in sorted(_found(checker, unit).items()):
                yield str(path), key, test, reason


def _units(path: Path) -> list[pounit]:
    return [unit for unit in pofile.parsefile(str(path)).units if unit.istranslatable()]


def _checker(language: str) -> TeeChecker:
    return TeeChecker(
        checkerconfig=CheckerConfig(targetlanguage=language),
        limitfilters=list(FITTING),
        checkerclasses=[StandardChecker, StandardUnitChecker],
    )


def _found(checker: TeeChecker, unit: pounit) -> Mapping[str, str]:
    """What pofilter says of one unit, by the names of its tests."""
    return {test: str(reason) for test, reason in checker.run_filters(unit).items()}
