"""Mails in the outbox as the mail sender sees them: the oldest of each mailbox, one at a time.

A mailbox is that of a case manager or an office, never an address: that is looked up at each
attempt. Only where a mail follows an entry that went elsewhere, it has its address with it, sealed.
"""

from collections.abc import Collection
from dataclasses import dataclass

from bot.storage.engine.database import Tx
from bot.storage.queues import claimed_messages, outbox
from bot.storage.queues.outbox_row import MAIL
from bot.storage.records import key_values

TERM = "postman_term"


@dataclass(frozen=True, slots=True)
class ClaimedMail:
    """A claimed mail. `due_at` (UTC epoch seconds) is when it was written, `key` is its own.

    `entry` is what it does to a calendar (`calendar_entries.EntryChange`).
    """

    id: int
    mailbox: str
    kind: str
    content: str
    key: str
    due_at: int
    not_after: int | None
    attempts: int
    entry: str | None = None
    address_sealed: str | None = None


def begin_term(tx: Tx) -> int:
    """Begin the term of one mail sender; one of an earlier term claims no more."""
    return claimed_messages.begin_term(tx, TERM)


def claim(tx: Tx, term: int, resting: Collection[str]) -> ClaimedMail | None:
    """Take the oldest mail that is the first to its mailbox, and not to one that is `resting`.

    What an earlier mail sender was about to send goes again.
    """
    if key_values.get(tx, TERM) != str(term):
        return None
    outbox.release_abandoned(tx, term, MAIL)
    rows = tx.all(
        "SELECT id, mailbox, kind, content, dedupe_key AS key, due_at, not_after, attempts, entry,"
        " address_sealed FROM outbox"
        " WHERE id IN (SELECT MIN(id) FROM outbox WHERE channel = 'mail'"
        " AND state IN ('waiting', 'sending') GROUP BY mailbox)"
        " AND state = 'waiting' ORDER BY id"
    )
    for row in rows:
        if row["mailbox"] not in resting and outbox.take(tx, [row["id"]], term):
            return ClaimedMail(**{name: row[name] for name in ClaimedMail.__slots__})
    return None
