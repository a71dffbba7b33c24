"""What a message asks for; whatever is found is only ever offered, never done."""

from collections.abc import Iterator

from bot.understanding.intent_kinds import COURTESY, YIELDS_TO, Intent, Intents
from bot.understanding.intent_tables import IntentTables, Mood
from bot.understanding.phrases import Filled, Match
from bot.understanding.sentences import Sentence, sentences

LONGEST_TEXT = 600
"""Of a longer text only so many signs are read for what is wanted."""
_NEGATES_WITHIN = 3
_NOTHING: frozenset[Intent] = frozenset()


def intents(text: str, tables: IntentTables) -> Intents:
    """What is wanted, but for what stands beside a negation or a doubt."""
    read = sentences(text[:LONGEST_TEXT])
    found = {intent for sentence in read for intent in _in_sentence(sentence, tables)}
    found.update(_alone(read, tables))
    return tuple(intent for intent in Intent if intent in found)


def _in_sentence(sentence: Sentence, tables: IntentTables) -> Iterator[Intent]:
    words = tables.filled(sentence.words)
    found = list(tables.intents.matches(words))
    moods = list(tables.moods.matches(words))
    parts = _Parts(sentence, words, tables)
    for match in found:
        around = [mood for mood in moods if parts.share(match.at, mood.at)]
        others = [other.label for other in found if parts.share(match.at, other.at)]
        if YIELDS_TO.get(match.label, _NOTHING).isdisjoint(others) and not _taken_back(
            match, found, around, parts
        ):
            yield match.label


def _taken_back(
    match: Match[Intent], found: list[Match[Intent]], moods: list[Match[Mood]], parts: "_Parts"
) -> bool:
    """Whether a doubt or negation that is no word of what was found itself speaks against it."""
    if match.label in COURTESY:
        return False
    own = set(match.at)
    elsewhere = {index for other in found for index in other.at} - own
    first, last = match.at[0], match.at[-1]
    for mood in moods:
        at = mood.at[0]
        inside, before = first < at < last, first - _NEGATES_WITHIN <= at < first
        near = before or parts.ends(mood.at[-1]) or mood.label is Mood.DOUBT
        if not own.issuperset(mood.at) and (inside or (near and not elsewhere.issuperset(mood.at))):
            return True
    return False


class _Parts:
    """Where a sentence begins anew: at commas, and at words like "but"."""

    def __init__(self, sentence: Sentence, words: Filled, tables: IntentTables) -> None:
        anew = {i for i, slots in enumerate(words) if tables.anew in slots}
        self._starts = sorted(sentence.parts | anew | {len(words)})

    def share(self, one: tuple[int, ...], other: tuple[int, ...]) -> bool:
        """Whether two groups of words stand in a part of the sentence together."""
        return not {self._of(i) for i in one}.isdisjoint(self._of(i) for i in other)

    def ends(self, index: int) -> bool:
        """Whether a part ends with this word."""
        return index + 1 in self._starts

    def _of(self, index: int) -> int:
        return sum(start <= index for start in self._starts)


def _alone(read: tuple[Sentence, ...], tables: IntentTables) -> Iterator[Intent]:
    """What the message says as a whole, courtesies and little words left out."""
    words = tables.filled([word for sentence in read for word in sentence.words])
    found = list(tables.intents.matches(words))
    courtesy = {i for match in found if match.label in COURTESY for i in match.at}
    beside = courtesy | {i for i, slots in enumerate(words) if tables.filler in slots}
    rest = set(range(len(words))) - beside
    meant_otherwise = {i for match in found for i in match.at}
    said: dict[Intent, set[int]] = {}
    for match in tables.alone.matches(words):
        if meant_otherwise.isdisjoint(match.at):
            said.setdefault(match.label, set()).update(match.at)
    yield from (intent for intent, at in said.items() if rest <= at)
