"""After a restore: the bot takes up its work now, and not where the backup left it."""

from bot.storage.engine.database import Tx

DAY_SECONDS = 86_400


def leave_the_past(tx: Tx, now: int) -> None:
    """Close what must not be done late: reminders that are due, all else older than a day.

    Closed messages are expired; updates that waited so long are set aside, and stay visible.
    """
    tx.run(
        "UPDATE outbox SET state = 'expired', settled_at = :now WHERE kind = 'reminder'"
        " AND state IN ('planned', 'waiting', 'sending') AND due_at <= :now",
        now=now,
    )
    tx.run(
        "UPDATE outbox SET state = 'expired', settled_at = :now"
        " WHERE state IN ('planned', 'unaddressed', 'waiting', 'sending') AND due_at < :yesterday",
        now=now,
        yesterday=now - DAY_SECONDS,
    )
    tx.run(
        "UPDATE inbox SET set_aside = 1 WHERE received_at < :yesterday",
        yesterday=now - DAY_SECONDS,
    )
