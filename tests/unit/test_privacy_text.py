"""The terms that people read in chat are those the rows are kept for, in every language."""

import re
from pathlib import Path

import pytest
from seven_languages import LANGUAGES

from bot.rendering import catalogues
from bot.storage.upkeep.retention import DAY, HOUR, RULES

TERM = {rule.what: rule.seconds for rule in RULES}
TOLD = {
    "notice.kept": ("appointments", "persons", "persons without consent"),
    "privacy.kept.chat": ("persons", "persons without consent"),
    "privacy.kept.appointment": ("appointments", "cancelled appointments"),
    "privacy.passing.messages": (
        *("message numbers", "own cancellations", "own changes", "blocks"),
    ),
    "privacy.passing.waiting": ("failed updates",),
}
"""Which terms each text names, in order."""
TEXTS = catalogues.load(Path("locales"), LANGUAGES, ["de"])


def told_as(seconds: int) -> str:
    """Two days are told as hours, more as days."""
    return str(seconds // DAY if seconds > 2 * DAY else seconds // HOUR)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", TOLD)
def test_a_text_names_the_terms_of_the_rules(language: str, key: str) -> None:
    numbers = re.findall(r"\d+", TEXTS.message(language, key))
    assert numbers == [told_as(TERM[what]) for what in TOLD[key]]
