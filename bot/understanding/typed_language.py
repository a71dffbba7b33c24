"""In which of the city's languages a message was typed, if that is beyond doubt."""

import re
from collections import Counter

from bot.understanding.intent_tables import IntentTables
from bot.understanding.sentences import words_of

_FEWEST_WORDS = 2
_LETTERS = {
    "uk": re.compile("[іїєґ]"),
    "ru": re.compile("[ыэёъ]"),
    "ro": re.compile("[ășțşţ]"),
    "fr": re.compile("[èêçœàù]"),
    "ar": re.compile("[ةىءأإؤئ]"),
}
"""Letters that only one of the seven has; the German ones stand in names of places in them all."""

_OTHERS = re.compile("[ўјљњћђџқңғұһәөўپچژگکیےںہھڑٹڈ]")
"""Letters of further languages: then it is none of the seven."""

_SCRIPTS = {"uk": "cyrillic", "ru": "cyrillic", "ar": "arabic"}
_OF_SCRIPT = {
    "cyrillic": re.compile(r"[\u0400-\u04ff]+"),
    "arabic": re.compile(r"[\u0600-\u06ff]+"),
    "latin": re.compile(r"[a-z\u00df-\u024f]+"),
}


def typed_language(text: str, tables: IntentTables, chosen: str | None) -> str | None:
    """The language of the text if it is another than the chosen one; None where that is in doubt.

    Two different words at least must speak for it, one of them by being frequent there, fewer for
    any other of the seven, and no letter against it. A name, a place, a number, a single word tell
    nothing.
    """
    lower = text.casefold()
    letters = {script: of_script.findall(lower) for script, of_script in _OF_SCRIPT.items()}
    script = max(letters, key=lambda name: len("".join(letters[name])))
    if _OTHERS.search(lower) or len(letters[script]) < _FEWEST_WORDS:
        return None
    words, score = words_of(lower), Counter[str]()
    own = {
        code: sum(map(bool, map(only.search, letters[script]))) for code, only in _LETTERS.items()
    }
    for code, frequent in tables.frequent.items():
        against = any(found for other, found in own.items() if other != code)
        if _SCRIPTS.get(code, "latin") == script and not against:
            different, letters_of_its_own = len(frequent.intersection(words)), own.get(code, 0)
            if different and different + letters_of_its_own >= _FEWEST_WORDS:
                common = sum(word in frequent for word in words)
                score[code] = common + letters_of_its_own
    found = _clearly_first(score)
    return None if found == chosen else found


def _clearly_first(score: Counter[str]) -> str | None:
    (best, most), (_, second) = (*score.most_common(2), ("", 0), ("", 0))[:2]
    return best if most >= _FEWEST_WORDS and most > second else None
