"""Temporary."""

from bot.domain.city import CaseManager, City, Office
from bot.understanding.intent_tables import IntentTables


def people(city: City, text: str, tables: IntentTables) -> tuple[CaseManager | Office, ...]:
    return ()
