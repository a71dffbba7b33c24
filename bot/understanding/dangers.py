"""Words after which emergency numbers are shown at once; a false alarm is better than none."""

from bot.understanding.intent_kinds import Alarm, Danger
from bot.understanding.intent_tables import IntentTables
from bot.understanding.sentences import sentences


def danger(text: str, tables: IntentTables) -> Alarm | None:
    """What may be wrong and in which languages it was said; None where nothing is.

    A negation takes nothing back, since who writes "nobody beats me" may mean the contrary. Only
    the turns of phrase that the tables name as harmless do, for the words they share.
    """
    found: set[tuple[Danger, str]] = set()
    for sentence in sentences(text):
        words = tables.filled(sentence.words)
        if alarms := list(tables.dangers.matches(words)):
            harmless = {i for match in tables.harmless.matches(words) for i in match.at}
            found |= {match.label for match in alarms if harmless.isdisjoint(match.at)}
    if not found:
        return None
    dangers, languages = ({pair[side] for pair in found} for side in (0, 1))
    return Alarm(
        tuple(danger for danger in Danger if danger in dangers),
        tuple(language for language in tables.frequent if language in languages),
    )
