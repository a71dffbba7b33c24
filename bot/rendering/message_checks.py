"""What one translated message must be like, beside its English source. Pure.

A rule is a function from a translation to the reason it is refused, or None.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from string import Formatter

from bot.domain.language_codes import FALLBACK
from bot.domain.written_language import Letters

LONGEST_BUTTON = 32
LONGEST_TEXT = 499
LONGEST_IN_PROFILE = {"profile.name": 64, "profile.short_description": 120}
DOOR_WORDS = frozenset({"Code", "Case", "Management", "Lotse", "Telegram", "EN"})


@dataclass(frozen=True, slots=True)
class Translation:
    """One text of one catalogue beside its English source.

    `letters` are those of its language, `comment` is the English one for translators.
    `single_count` tells of a plural form that one number alone takes, so that words may stand for
    {n}. `labels` are this catalogue's button texts by their English ones.
    """

    language: str
    letters: Letters
    key: str
    comment: str
    source: str
    text: str
    single_count: bool = False
    labels: Mapping[str, str] = field(default_factory=dict)


_MARKS = {
    **{mark: mark for mark in ".?!:,;…"},
    "۔": ".",
    "؟": "?",
    "،": ",",
    "؛": ";",
}
_PLACEHOLDER = re.compile(r"\{[^{}]*\}")
_TAG = re.compile(r"<(/?)([a-z][a-z0-9-]*)[^<>]*>")
_STRAY = re.compile(r"[<>]|&(?!(?:amp|lt|gt|quot);)")
_COMMAND = re.compile(r"/[a-z]+")
_WORD = re.compile(r"[^\W\d_]+")
_BUTTON = re.compile(r"Button(?:, at most (\d+) characters)?")
_BIDI_CONTROL = re.compile("[\u061c\u200e\u200f\u202a-\u202e]")
_QUOTED = re.compile("“([^”]+)”")


def faults(translation: Translation) -> tuple[str, ...]:
    """Every reason to refuse the text."""
    if not translation.text.strip():
        return ("is not translated",)
    return tuple(reason for rule in _RULES if (reason := rule(translation)) is not None)


def is_button(comment: str) -> bool:
    """Whether the comment for translators says that the message labels a button."""
    return _BUTTON.match(comment) is not None


def _placeholders(it: Translation) -> str | None:
    try:
        wanted, found = _fields(it.source), _fields(it.text)
        it.text.format(**dict.fromkeys(found, "x"))
    except (ValueError, LookupError, AttributeError):
        return "cannot be filled in"
    if found == wanted or (it.single_count and found + Counter("n") == wanted):
        return None
    return f"has the placeholders {_listed(found)} instead of {_listed(wanted)}"


def _fields(text: str) -> Counter[str]:
    return Counter(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def _listed(names: Counter[str]) -> str:
    return " ".join(f"{{{name}}}" for name in sorted(names.elements())) or "none"


def _length(it: Translation) -> str | None:
    button = _BUTTON.match(it.comment)
    most = int(button[1] or LONGEST_BUTTON) if button else LONGEST_TEXT
    most = LONGEST_IN_PROFILE.get(it.key, most)
    length = len(_PLACEHOLDER.sub("", it.text))
    return f"is {length} characters long, at most {most} fit" if length > most else None


def _tags(it: Translation) -> str | None:
    wanted, found = (sorted(tag[0] for tag in _TAG.finditer(t)) for t in (it.source, it.text))
    return None if found == wanted else "does not have the HTML tags of the English text"


def _balance(it: Translation) -> str | None:
    open_tags: list[str] = []
    for closing, name in _TAG.findall(it.text):
        if not closing:
            open_tags.append(name)
        elif not open_tags or open_tags.pop() != name:
            return "has unbalanced HTML tags"
    return "has unbalanced HTML tags" if open_tags else None


def _stray_sign(it: Translation) -> str | None:
    stray = _STRAY.search(_TAG.sub("", it.text))
    return f"has a bare {stray[0]}, which HTML does not allow" if stray else None


def _ending(it: Translation) -> str | None:
    wanted, found = _last_mark(it.source), _last_mark(it.text)
    if found == wanted:
        return None
    return f"ends with {found or 'no mark'}, the English text with {wanted or 'no mark'}"


def _last_mark(text: str) -> str:
    bare = _TAG.sub("", text).rstrip(' \u00a0\u202f”“"’»)\u2069')
    return _MARKS.get(bare[-1:], "")


def _script(it: Translation) -> str | None:
    script = it.letters.script.upper()
    words = (word for word in _words(it.text) if word not in DOOR_WORDS)
    wrong = [word for word in words if not all(script in _name(letter) for letter in word)]
    return f"has words in another script: {', '.join(wrong)}" if wrong else None


def _words(text: str) -> list[str]:
    return _WORD.findall(prose(text))


def prose(text: str) -> str:
    """What somebody reads of a text: no tags, placeholders, or commands."""
    for hidden in (_TAG, _PLACEHOLDER, _COMMAND):
        text = hidden.sub(" ", text)
    return text


def _name(letter: str) -> str:
    return unicodedata.name(letter, "")


def _letters(it: Translation) -> str | None:
    wrong = sorted({sign for sign in it.text.lower() if sign in it.letters.foreign})
    return f"has signs of another language: {' '.join(wrong)}" if wrong else None


def _leftover(it: Translation) -> str | None:
    left = it.language != FALLBACK and it.text == it.source and len(_words(it.text)) > 2
    return "is still in English" if left else None


def _spaces(it: Translation) -> str | None:
    if it.text != it.text.strip() or re.search(r"\s\s|[\n\t]", it.text):
        return "has a double, leading or trailing space or a line break"
    return None


def _direction(it: Translation) -> str | None:
    if control := _BIDI_CONTROL.search(it.text):
        return f"has the direction control U+{ord(control[0]):04X}"
    depth = 0
    for sign in it.text:
        depth += (sign in "\u2066\u2067\u2068") - (sign == "\u2069")
        if depth < 0:
            break
    return "has unbalanced isolates" if depth else None


def _quoted_labels(it: Translation) -> str | None:
    for quoted in _QUOTED.findall(it.source):
        label = it.labels.get(quoted, "")
        if label not in it.text:
            return f"does not name the button “{label}”"
    return None


_RULES: tuple[Callable[[Translation], str | None], ...] = (
    _placeholders,
    _length,
    _tags,
    _balance,
    _stray_sign,
    _ending,
    _script,
    _letters,
    _leftover,
    _spaces,
    _direction,
    _quoted_labels,
)
