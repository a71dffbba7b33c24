"""Since when the oldest row waits, and when the next is due.

Numbers only: for whoever watches the bot, who need not know whose rows they are.
"""

from dataclasses import dataclass

from bot.storage.engine.database import Row, Tx


@dataclass(frozen=True, slots=True)
class QueueAges:
    """Seconds the oldest row waits in inbox and outbox, and the oldest mail in the latter.

    0 where nothing waits. A mail that only moves an entry at an address that is left counts not.
    """

    inbox_seconds: int
    outbox_seconds: int
    mail_seconds: int


def queues(tx: Tx, now: int) -> QueueAges:
    """What waits to be handled, and what is due to be sent."""
    inbox = tx.one("SELECT MIN(received_at) AS since FROM inbox WHERE set_aside = 0")
    outbox = tx.one("SELECT MIN(due_at) AS since FROM outbox WHERE state IN ('waiting', 'sending')")
    mail = tx.one(
        "SELECT MIN(due_at) AS since FROM outbox"
        " WHERE state IN ('waiting', 'sending') AND mailbox NOT LIKE 'calendar:%'"
    )
    return QueueAges(_age(inbox, now), _age(outbox, now), _age(mail, now))


def next_planned(tx: Tx) -> int | None:
    """When the next planned row is due, in UTC epoch seconds."""
    row = tx.one("SELECT min(due_at) AS due FROM outbox WHERE state = 'planned'")
    return None if row is None else row["due"]


def is_drained(tx: Tx) -> bool:
    """Whether nothing waits for the sender and nothing is on its way."""
    return tx.one("SELECT 1 FROM outbox WHERE state IN ('waiting', 'sending') LIMIT 1") is None


def _age(row: Row | None, now: int) -> int:
    since = None if row is None else row["since"]
    return 0 if since is None else max(0, now - since)
