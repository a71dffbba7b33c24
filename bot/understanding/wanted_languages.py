"""Which language somebody wants to be spoken to in, and who asks for the same person again."""

from collections.abc import Iterator

from bot.understanding.intent_tables import IntentTables, Mood
from bot.understanding.sentences import Sentence, sentences

_BESIDE = 3


def speaks(text: str, tables: IntentTables) -> str | None:
    """The code of the language that should be spoken: "someone who speaks Arabic"."""
    read = sentences(text)
    named = [code for sentence in read for code in _wanted(sentence, tables)]
    return next(iter(named), None) or _nothing_else(read, tables)


def same_person(text: str, tables: IntentTables) -> bool:
    """Whether somebody asks for the person of last time."""
    return any(
        True
        for sentence in sentences(text)
        for _ in tables.same_person.matches(tables.filled(sentence.words))
    )


def _wanted(sentence: Sentence, tables: IntentTables) -> Iterator[str]:
    words = tables.filled(sentence.words)
    cues = {i for i, slots in enumerate(words) if tables.speaking in slots}
    lessons = any(tables.lesson in slots for slots in words)
    negations = {i for m in tables.moods.matches(words) if m.label is Mood.NEGATION for i in m.at}
    for index, slots in enumerate(words):
        before = set(range(index - _BESIDE, index))
        negated = not negations.isdisjoint(before | {index + 1})
        beside = before | set(range(index, index + _BESIDE + 1))
        if not (lessons or negated or cues.isdisjoint(beside)):
            yield from (code for slot, code in tables.languages.items() if slot in slots)


def _nothing_else(read: tuple[Sentence, ...], tables: IntentTables) -> str | None:
    """The language that is named where nothing but little words stand beside its name."""
    words = tables.filled([word for sentence in read for word in sentence.words])
    named = [code for slots in words for slot, code in tables.languages.items() if slot in slots]
    rest = [s for s in words if tables.filler not in s and s.isdisjoint(tables.languages)]
    return named[0] if named and not rest else None
