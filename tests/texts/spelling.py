"""Spelling by hunspell, with a dictionary of each language and the words that it need not know.

`locales/words.txt` (all languages) and `locales/<language>/words.txt` have a word a line, below a
line `# …` that says what they are. A word there that no text has fails: it would hide a slip.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from itertools import chain
from pathlib import Path

from bot.city import language_file
from bot.city.problems import Problem, Severity

from .readable import LOCALES, ReadText

REQUIRED = "hunspell" in os.environ.get("LOTSE_REQUIRE", "")
WORDS = "words.txt"
NOT_LOOKED_AT = "spelling was not looked at: hunspell, or its dictionary, is not installed"
_WORD = re.compile(r"[^\W\d_][\w'-]*")
_LIST = re.compile(r"^/\S+$", re.MULTILINE)


def check(
    texts: Iterable[ReadText], locales: Path = LOCALES, *, required: bool = REQUIRED
) -> Iterator[Problem]:
    """Words that a dictionary does not have, by file and key; that there is none for a language is
    a warning, and an error where it is `required`."""
    by_language: dict[str, list[ReadText]] = {}
    for each in texts:
        by_language.setdefault(each.language, []).append(each)
    shared = allowed(locales / WORDS)
    yield from _faults_of(locales / WORDS, shared, chain.from_iterable(by_language.values()))
    for language, read in sorted(by_language.items()):
        own = allowed(locales / language / WORDS)
        yield from _faults_of(locales / language / WORDS, own, read)
        yield from _misspelt(language, {*shared, *own}, read)
    if lacking := [each for each in sorted(by_language) if dictionary_of(each) is None]:
        severity: Severity = "error" if required else "warning"
        yield Problem("hunspell", ", ".join(lacking), NOT_LOOKED_AT, severity)


def allowed(path: Path) -> tuple[str, ...]:
    """The words of a list; there need not be one."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return tuple(line.strip() for line in lines if line[:1] not in ("", "#"))


def _faults_of(path: Path, words: Iterable[str], read: Iterable[ReadText]) -> Iterator[Problem]:
    if words and not path.read_text(encoding="utf-8").startswith("# "):
        yield Problem(str(path), "file", "begins with words, and no line “# …” says what they are")
    present = {word for text in read for word in words_of(text.words)}
    for word in sorted(set(words) - present):
        yield Problem(str(path), word, "stands in no text: take it off the list")


def _misspelt(language: str, known: Collection[str], read: list[ReadText]) -> Iterator[Problem]:
    dictionary = dictionary_of(language)
    if dictionary is None:
        return
    unknown = unknown_to(dictionary, (text.words for text in read)) - set(known)
    for text in read:
        for word in sorted(words_of(text.words) & unknown):
            yield Problem(text.file, text.key, f"hunspell ({dictionary}) does not know “{word}”")


def words_of(text: str) -> set[str]:
    """The words of a text, and the parts of those with a hyphen or an apostrophe."""
    whole = {word.rstrip("'-") for word in _WORD.findall(text)}
    return whole.union(*(re.split("['-]", word) for word in whole))


def unknown_to(dictionary: str, texts: Iterable[str]) -> set[str]:
    """The words that the dictionary does not have; each is asked about once."""
    words = sorted({word for text in texts for word in _WORD.findall(text)})
    told = _hunspell("-d", dictionary, "-i", "utf-8", "-l", typed="\n".join(words))
    return {word.rstrip(".'-") for word in told.stdout.split()}


def dictionary_of(language: str) -> str | None:
    """The dictionary that is installed for a language, of the country where texts are written for
    if there are several; None if there is none."""
    there = dictionaries()
    written = language_file.inspect(LOCALES, [language])[0].get(language)
    liked = (written.locale if written else language, f"{language}_{language.upper()}", language)
    others = sorted(name for name in there if name.startswith(f"{language}_"))
    return next((name for name in (*liked, *others) if name in there), None)


@cache
def dictionaries() -> frozenset[str]:
    """The names of all dictionaries that hunspell finds; none where it is not installed."""
    if shutil.which("hunspell") is None:
        return frozenset()
    return frozenset(Path(path).name for path in _LIST.findall(_hunspell("-D").stderr))


def _hunspell(*arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["hunspell", *arguments],  # noqa: S607  (found on the path, as it is by people)
        input=typed,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
