"""Which language somebody wants to be spoken to in, and who asks for the same person again."""

from bot.understanding.intent_tables import IntentTables, Mood
from bot.understanding.phrases import Filled
from bot.understanding.sentences import sentences

_BESIDE = 3
_NEGATED = 5


def speaks(text: str, tables: IntentTables) -> str | None:
    """The code of the language that should be spoken: "someone who speaks Arabic", "Arabic"."""
    read = [tables.filled(sentence.words) for sentence in sentences(text)]
    said = [slots for words in read for slots in words]
    if any(tables.lesson in slots for slots in said):
        return None
    named = [code for words in read for code in _asked_for(words, tables)]
    little = all(tables.filler in slots or _languages(slots, tables) for slots in said)
    named += [code for slots in said if little for code in _languages(slots, tables)]
    return named[0] if named else None


def same_person(text: str, tables: IntentTables) -> bool:
    """Whether somebody asks for the person of last time."""
    read = (tables.filled(sentence.words) for sentence in sentences(text))
    return any(list(tables.same_person.matches(words)) for words in read)


def _asked_for(words: Filled, tables: IntentTables) -> list[str]:
    """The languages beside which stands a word like "speak", and no "not"."""
    cues = {i for i, slots in enumerate(words) if tables.speaking in slots}
    moods = [mood for mood in tables.moods.matches(words) if mood.label is Mood.NEGATION]
    negated = {near for mood in moods for i in mood.at for near in _range(i - 1, _NEGATED)}
    asked = {near for i in cues for near in _range(i - _BESIDE, 2 * _BESIDE)}
    return [
        code
        for index, slots in enumerate(words)
        if index in asked - negated
        for code in _languages(slots, tables)
    ]


def _range(first: int, more: int) -> range:
    return range(first, first + more + 1)


def _languages(slots: frozenset[int], tables: IntentTables) -> list[str]:
    return [code for slot, code in tables.languages.items() if slot in slots]
