"""In which of the city's languages a message was typed, if that is beyond doubt."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection

from bot.domain.written_language import Letters
from bot.understanding.intent_tables import IntentTables
from bot.understanding.sentences import words_of

_FEWEST_WORDS = 2
_LETTER = re.compile(r"[^\W\d_]+")


def typed_language(text: str, tables: IntentTables, chosen: str | None) -> str | None:
    """The language of the text if it is another than the chosen one; None where that is in doubt.

    Two different words at least must speak for it, one of them by being frequent there, fewer for
    any other of ours, and no letter against it. A name, a place, a number, a single word tell
    nothing.
    """
    lower = text.casefold()
    script, written = _mostly(lower)
    ours = {code: each for code, each in tables.letters.items() if each.script.upper() == script}
    if len(written) < _FEWEST_WORDS or _is_of_none(lower, ours.values()):
        return None
    words, score = words_of(lower), Counter[str]()
    said = {code: set(each.own).intersection(lower) for code, each in ours.items()}
    for code, own in said.items():
        frequent = tables.frequent[code]
        different = len(frequent.intersection(words))
        letters_of_its_own = sum(not own.isdisjoint(word) for word in written)
        against = set[str]().union(*said.values()) - own
        if not against and different and different + letters_of_its_own >= _FEWEST_WORDS:
            score[code] = sum(word in frequent for word in words) + letters_of_its_own
    found = _clearly_first(score)
    return None if found == chosen else found


def _is_of_none(text: str, ours: Collection[Letters]) -> bool:
    """Whether a letter in it belongs to a language that is none of these."""
    known = {sign for each in ours for sign in each.own}
    return any(sign in each.others and sign not in known for each in ours for sign in text)


def _mostly(text: str) -> tuple[str, list[str]]:
    """The script that most letters are of, and the words of it."""
    found: dict[str, list[str]] = defaultdict(list)
    for word in _LETTER.findall(text):
        found[unicodedata.name(word[0], "").partition(" ")[0]].append(word)
    return max(found.items(), key=lambda each: len("".join(each[1])), default=("", []))


def _clearly_first(score: Counter[str]) -> str | None:
    (best, most), (_, second) = (*score.most_common(2), ("", 0), ("", 0))[:2]
    return best if most >= _FEWEST_WORDS and most > second else None
