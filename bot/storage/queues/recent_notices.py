"""The notices about an appointment that its readers are still to get, and when they got the last.

A notice of another version, or one that cannot be read, is nobody's business here: it is sent as
it is.
"""

from dataclasses import dataclass

from bot.messages import payloads
from bot.messages.notices import Notice
from bot.messages.payloads import Kind
from bot.storage.engine.database import Row, Tx
from bot.storage.queues.calendar_entries import EntryChange
from bot.storage.queues.outbox_states import UNSENT


@dataclass(frozen=True, slots=True)
class Reader:
    """Whom a notice is for: a mailbox, else whoever speaks for a case manager, else a person.

    Where a mailbox stands for several addresses, `mails` are the rows to one of them.
    """

    mailbox: str | None
    case_manager_id: str | None
    person_id: int | None
    mails: frozenset[int] | None = None

    def is_of(self, row: Row) -> bool:
        """Whether a row is for the same one; a case manager's chat may be another by now."""
        if self.mailbox is not None or row["mailbox"] is not None:
            one_of_them = self.mails is None or row["id"] in self.mails
            return bool(self.mailbox == row["mailbox"]) and one_of_them
        if self.case_manager_id is not None or row["case_manager_id"] is not None:
            return bool(self.case_manager_id == row["case_manager_id"])
        return bool(self.person_id == row["person_id"])


@dataclass(frozen=True, slots=True)
class KeptNotice:
    """A notice in the outbox; `sent_at` in UTC epoch seconds, None while nobody has got it.

    One that is on its way, or may have arrived, counts as sent just now.
    """

    row_id: int
    notice: Notice
    sent_at: int | None
    entry: EntryChange | None


def of(tx: Tx, appointment_id: int, reader: Reader, now: int) -> list[KeptNotice]:
    """Those about an appointment to this reader that were sent or are to be, in order."""
    rows = tx.all(
        f"SELECT id, content, {UNSENT} AS unsent, settled_at, entry,"  # noqa: S608  (names of ours)
        " mailbox, case_manager_id, person_id FROM outbox"
        " WHERE appointment_id = :about AND kind = :kind"
        f" AND (state IN ('waiting', 'sending', 'sent') OR {UNSENT}) ORDER BY id",
        about=appointment_id,
        kind=Kind.NOTICE.value,
    )
    found = (_kept(row, now) for row in rows if reader.is_of(row))
    return [each for each in found if each is not None]


def _kept(row: Row, now: int) -> KeptNotice | None:
    try:
        notice = payloads.decode(Kind.NOTICE, row["content"])
    except ValueError:
        return None
    if not isinstance(notice, Notice):
        return None
    sent_at = None if row["unsent"] else row["settled_at"] or now
    return KeptNotice(row["id"], notice, sent_at, row["entry"])
