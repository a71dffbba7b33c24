"""Everything the database holds about one person, row by row, as it stands."""

from typing import Any

from bot.storage.engine.database import Tx

PersonalData = dict[str, list[dict[str, Any]]]
"""The rows of each table, by its name."""

_OWN = "SELECT id FROM appointments WHERE person_id = :id"
_TO_THEM = "SELECT id FROM outbox WHERE person_id = :id"
_ABOUT_THEIRS = f"SELECT id FROM outbox WHERE appointment_id IN ({_OWN})"  # noqa: S608  (names of ours)
_OF_CHAT = "chat_key = (SELECT chat_key FROM chats WHERE person_id = :id)"
WHERE = {
    "persons": "id = :id",
    "chats": "person_id = :id",
    "appointments": "person_id = :id",
    "client_cells": "person_id = :id",
    "case_manager_cells": f"appointment_id IN ({_OWN})",
    "outbox": f"id IN ({_TO_THEM} UNION {_ABOUT_THEIRS})",
    "sent_messages": "person_id = :id",
    "waiting_list": "person_id = :id",
    "staff_chats": "person_id = :id",
    "role_chats": "person_id = :id",
    "audit": f"appointment_id IN ({_OWN})",
    "claims": f"appointment_id IN ({_OWN})",
    "inbox": f"{_OF_CHAT} AND set_aside = 0 OR {_OF_CHAT} AND set_aside = 1",
    "blocked": _OF_CHAT,
    "tallies": _OF_CHAT,
}
"""Which rows of which table are about somebody; every table with such a column is here."""


def of(tx: Tx, person_id: int) -> PersonalData:
    """All rows about a person with all their columns; whose else a row is stays out of it.

    So does the address at which one of the staff was told.
    """
    return {
        table: [
            _theirs(dict(row), person_id) for row in tx.all(_select(table, where), id=person_id)
        ]
        for table, where in WHERE.items()
    }


def _theirs(row: dict[str, Any], person_id: int) -> dict[str, Any]:
    hidden = {"address_sealed"} & row.keys()
    if row.get("person_id") not in (None, person_id):
        hidden.add("person_id")
    return {**row, **dict.fromkeys(hidden)}


def _select(table: str, where: str) -> str:
    return f"SELECT * FROM {table} WHERE {where}"  # noqa: S608  (names of ours)
