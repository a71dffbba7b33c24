"""What a message asks for; whatever is found is only ever offered, never done."""

from collections.abc import Iterator

from bot.understanding.intent_tables import Mood, Tables
from bot.understanding.phrases import Filled, Match
from bot.understanding.sentences import Sentence, sentences
from bot.understanding.wishes import COURTESY, Intent, Intents

LONGEST_TEXT = 600
"""Of a longer text only so many signs are read for what is wanted."""
_NEGATES_WITHIN = 3


def intents(text: str, tables: Tables) -> Intents:
    """What is wanted. What stands beside a negation is not, what beside a doubt is unsure."""
    read = sentences(text[:LONGEST_TEXT])
    sure: dict[Intent, bool] = {}
    for sentence in read:
        for intent, certain in _in_sentence(sentence, tables):
            sure[intent] = certain or sure.get(intent, False)
    sure |= dict.fromkeys(_alone(read, tables), True)
    wanted = tuple(intent for intent in Intent if intent in sure)
    return Intents(wanted, frozenset(intent for intent in wanted if not sure[intent]))


def _in_sentence(sentence: Sentence, tables: Tables) -> Iterator[tuple[Intent, bool]]:
    """What a sentence asks for, and whether without a doubt."""
    words = tables.filled(sentence.words)
    found = list(tables.intents.matches(words))
    moods = list(tables.moods.matches(words))
    parts = _Parts(sentence, words, tables)
    for match in found:
        around = [mood for mood in moods if parts.share(match.at, mood.at)]
        if match.label in COURTESY or not _negated(match, found, around, parts):
            yield match.label, all(mood.label is not Mood.DOUBT for mood in around)


def _negated(
    match: Match[Intent], found: list[Match[Intent]], moods: list[Match[Mood]], parts: "_Parts"
) -> bool:
    """Whether a negation that is no word of what was found itself stands before it or inside."""
    own = set(match.at)
    elsewhere = {index for other in found for index in other.at} - own
    first, last = match.at[0], match.at[-1]
    for mood in moods:
        if mood.label is Mood.DOUBT or not own.isdisjoint(mood.at):
            continue
        inside = first < mood.at[0] < last
        if inside or (
            elsewhere.isdisjoint(mood.at)
            and (
                mood.label is Mood.REFUSAL
                or first - _NEGATES_WITHIN <= mood.at[0] < first
                or parts.ends(mood.at[-1])
            )
        ):
            return True
    return False


class _Parts:
    """Where a sentence begins anew: at commas, and at words like "but"."""

    def __init__(self, sentence: Sentence, words: Filled, tables: Tables) -> None:
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


def _alone(read: tuple[Sentence, ...], tables: Tables) -> Iterator[Intent]:
    """What the message says as a whole, courtesies and little words left out."""
    words = tables.filled([word for sentence in read for word in sentence.words])
    beside = {i for i, slots in enumerate(words) if tables.filler in slots}
    beside |= {i for m in tables.intents.matches(words) if m.label in COURTESY for i in m.at}
    for match in tables.alone.matches(words):
        if beside | set(match.at) == set(range(len(words))):
            yield match.label
