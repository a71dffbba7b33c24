"""What did not get through, counted for whoever runs the program."""

from bot.domain.troubles import Troubles
from bot.storage import stock
from bot.storage.database import Tx

WEEK = 7 * 86_400
WHOSE = "COALESCE(mailbox, 'case_manager:' || case_manager_id)"
FAILED = "state = 'failed' AND settled_at >= :since"
"""Led by an index: of a large outbox only what failed is read."""


def found(tx: Tx, now: int) -> Troubles:
    """How things stand at `now` (UTC epoch seconds)."""
    return Troubles(
        waiting=_number(tx, "outbox WHERE state IN ('waiting', 'sending')"),
        waiting_seconds=stock.queues(tx, now).outbox_seconds,
        set_aside=_number(tx, "inbox WHERE set_aside = 1"),
        lost_to_clients=_number(tx, f"outbox WHERE {FAILED} AND {WHOSE} IS NULL", since=now - WEEK),
        lost_to_staff=lost_to_staff(tx, now - WEEK),
        homeless=_by(tx, "case_manager_id", "state = 'homeless' AND case_manager_id IS NOT NULL"),
    )


def lost_to_staff(tx: Tx, since: int) -> dict[str, int]:
    """How many notices and mails failed since a moment, by the mailbox they were for."""
    return _by(tx, WHOSE, f"{FAILED} AND {WHOSE} IS NOT NULL", since=since)


def _number(tx: Tx, what: str, **values: int) -> int:
    row = tx.one(f"SELECT COUNT(*) AS n FROM {what}", **values)  # noqa: S608
    return 0 if row is None else int(row["n"])


def _by(tx: Tx, whose: str, where: str, **values: int) -> dict[str, int]:
    rows = tx.all(
        f"SELECT {whose} AS whose, COUNT(*) AS n FROM outbox WHERE {where}"  # noqa: S608
        " GROUP BY whose ORDER BY whose",
        **values,
    )
    return {row["whose"]: int(row["n"]) for row in rows}
