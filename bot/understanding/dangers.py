"""Words after which emergency numbers are shown at once; a false alarm is better than none."""

from bot.understanding.intent_tables import Tables
from bot.understanding.sentences import sentences
from bot.understanding.wishes import Danger


def dangers(text: str, tables: Tables) -> tuple[Danger, ...]:
    """What may be wrong, the worst first; empty where nothing is.

    A negation takes nothing back, since who writes "nobody beats me" may mean the contrary. Only
    the turns of phrase that the tables name as harmless do, for the words they share.
    """
    found: set[Danger] = set()
    for sentence in sentences(text):
        words = tables.filled(sentence.words)
        if alarms := list(tables.dangers.matches(words)):
            harmless = {i for match in tables.harmless.matches(words) for i in match.at}
            found |= {match.label for match in alarms if harmless.isdisjoint(match.at)}
    return tuple(danger for danger in Danger if danger in found)
