"""How hard German texts are to read: the first Wiener Sachtextformel and Flesch's by Amstad.

R. Bamberger, E. Vanecek, Lesen - Verstehen - Lernen - Schreiben (1984): the school year (4 to 15)
that reads a text with ease. T. Amstad, Wie verständlich sind unsere Zeitungen? (1978): 0 to 100,
higher is easier; from 60 on it is called ordinary, and read by pupils of 13 to 15 years.

Neither says anything of the levels of the European framework. B1 understands clear, ordinary
language about familiar things; so nothing may need more than the seventh school year
(`MOST_YEARS`), and Amstad must call it ordinary at least (`LEAST_EASE`). It is both, because each
can be tricked: the first by short sentences, the other by a few very long words among short ones.
Fewer than `FEWEST_WORDS` words say nothing, since one “Einwilligung” among eight moves them by
years; they are measured together with all that their group of keys (`privacy`, `delete`) says, and
in whole screens.

Syllables are counted by their vowels, which misses some (Fa-mi-li-e) in few words. The hyphens of
pyphen, and so of textstat, miss as many (über) or find too many (A-uf-ent-halt).
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.city.problems import Problem

from .readable import ReadText

LANGUAGE = "de"
MOST_YEARS, LEAST_EASE = 7.0, 60.0
FEWEST_WORDS = 12
FEWEST_OF_A_TEXT = 3
_VALUE = "Name"
_MANY_SYLLABLES, _MANY_LETTERS = 3, 6
_END = re.compile(r"(?<!\d)[.!?:;…]+[”“\"»)]*(?=\s|$)|[!?:;…](?=\s|$)|\n")
_TAG, _PLACEHOLDER = re.compile(r"<[^<>]*>"), re.compile(r"\{[^{}]*\}")
_WORD = re.compile(r"\w(?:[\w’'.:-]*\w)?")
_VOWELS = re.compile(r"(?<=^[bg])e(?=e)|ei|ai|au|eu|äu|ie|aa|ee|oo|ey|ay|[aeiouyäöü]")


@dataclass(frozen=True)
class Measured:
    """A text or several, by `name`: the number of words, and both formulas."""

    name: str
    words: int
    years: float
    ease: float

    def __str__(self) -> str:
        return f"{self.years:.1f} years, ease {self.ease:.0f}, {self.words} words: {self.name}"

    @property
    def is_hard(self) -> bool:
        """Whether it is above B1, as far as so many words can say."""
        return self.words >= FEWEST_WORDS and (self.years > MOST_YEARS or self.ease < LEAST_EASE)


def check(texts: Iterable[ReadText]) -> Iterator[Problem]:
    """Each text, and each group of them, that is too hard."""
    read = prose_of(texts)
    for each in read:
        measured = measure(each.key, [each.written])
        if measured.is_hard:
            yield Problem(each.file, each.key, f"is too hard: {measured}")
    for group in groups(read):
        if group.is_hard:
            yield Problem(LANGUAGE, f"{group.name}.*", f"is too hard as a whole: {group}")


def hardest(texts: Iterable[ReadText], most: int = 10) -> list[Measured]:
    """The hardest texts of those long enough to say so, the hardest first."""
    measured = (measure(each.key, [each.written]) for each in prose_of(texts))
    telling = [each for each in measured if each.words >= FEWEST_WORDS]
    return sorted(telling, key=lambda each: -each.years)[:most]


def prose_of(texts: Iterable[ReadText]) -> list[ReadText]:
    """What clients read in German and is more than a label."""
    return [
        each
        for each in texts
        if each.language == LANGUAGE
        and each.is_for_clients
        and len(_WORD.findall(each.written)) >= FEWEST_OF_A_TEXT
    ]


def groups(texts: Iterable[ReadText]) -> list[Measured]:
    """What the keys of one group say together."""
    by_group: dict[str, list[str]] = defaultdict(list)
    for each in texts:
        by_group[each.key.partition(".")[0]].append(each.written)
    return [measure(group, written) for group, written in sorted(by_group.items())]


def measure(name: str, texts: Iterable[str]) -> Measured:
    """Both formulas over these texts, which must have a word; a text ends a sentence."""
    split = [sentence for text in texts for sentence in sentences(text)]
    words = [word for sentence in split for word in sentence]
    counted = [syllables(word) for word in words]
    length = len(words) / len(split)
    many, single = _share(n >= _MANY_SYLLABLES for n in counted), _share(n == 1 for n in counted)
    long = _share(len(word) > _MANY_LETTERS for word in words)
    years = 0.1935 * many + 0.1672 * length + 0.1297 * long - 0.0327 * single - 0.875
    ease = 180 - length - 58.5 * sum(counted) / len(words)
    return Measured(name, len(words), years, ease)


def sentences(text: str) -> list[list[str]]:
    """The words of each sentence. A colon ends one too; a value is a word of two syllables."""
    filled = _PLACEHOLDER.sub(_VALUE, _TAG.sub("", text))
    return [words for part in _END.split(filled) if (words := _WORD.findall(part))]


def syllables(word: str) -> int:
    """How many syllables a German word has; a number counts as one."""
    return len(_VOWELS.findall(word.lower().replace("qu", "q"))) or 1


def _share(those: Iterable[bool]) -> float:
    counted = list(those)
    return 100 * sum(counted) / len(counted)
