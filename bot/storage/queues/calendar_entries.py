"""Which mails have given, or will give, somebody the calendar entry of an appointment.

What was sent decides who is told of a change, not what the settings say by then.
"""

from dataclasses import dataclass
from typing import Final, Literal

from bot.domain.staffing import CALENDAR, CASE_MANAGER
from bot.storage.engine.database import Tx

EntryChange = Literal["gives", "takes", "as_set"]
"""What a mail does to its reader's calendar; `as_set`, of an earlier version: what settings say."""
GIVES: Final = "gives"
TAKES: Final = "takes"
AS_SET: Final = "as_set"


@dataclass(frozen=True, slots=True)
class EntryMail:
    """A mail with a calendar entry; `address_sealed` is None where it goes to the mailbox's own."""

    row_id: int
    entry: str
    address_sealed: str | None


def of(tx: Tx, appointment_id: int, case_manager_id: str) -> list[EntryMail]:
    """What a case manager was sent about an appointment, or is to be sent, the oldest first.

    Left out is what was given up before it can have arrived.
    """
    rows = tx.all(
        "SELECT id, entry, address_sealed FROM outbox WHERE appointment_id = :about"
        " AND mailbox IN (:own, :elsewhere) AND entry IS NOT NULL"
        " AND (address_sealed IS NOT NULL"
        " OR state IN ('planned', 'waiting', 'sending', 'sent')) ORDER BY id",
        about=appointment_id,
        own=f"{CASE_MANAGER}:{case_manager_id}",
        elsewhere=f"{CALENDAR}:{case_manager_id}",
    )
    return [EntryMail(row["id"], row["entry"], row["address_sealed"]) for row in rows]
