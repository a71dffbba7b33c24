"""What did not get through, counted for whoever runs the program."""

from bot.domain.troubles import Troubles
from bot.storage import stock
from bot.storage.database import Tx

WEEK = 7 * 86_400
OUTBOX = "outbox o LEFT JOIN role_chats r ON r.person_id = o.person_id"
WHOSE = "COALESCE(o.mailbox, 'case_manager:' || o.case_manager_id, 'office:' || r.office_id)"
FAILED = "o.state = 'failed' AND o.settled_at >= :since"
"""Led by an index: of a large outbox only what failed is read."""
NO_STAFF = "o.mailbox IS NULL AND o.case_manager_id IS NULL AND r.person_id IS NULL"


def found(tx: Tx, now: int) -> Troubles:
    """How things stand at `now` (UTC epoch seconds)."""
    return Troubles(
        waiting=_number(tx, "outbox WHERE state IN ('waiting', 'sending')"),
        waiting_seconds=stock.queues(tx, now).outbox_seconds,
        set_aside=_number(tx, "inbox WHERE set_aside = 1"),
        lost_to_clients=_number(tx, f"{OUTBOX} WHERE {FAILED} AND {NO_STAFF}", since=now - WEEK),
        lost_to_staff=lost_to_staff(tx, now - WEEK),
        homeless=_by(
            tx, "o.case_manager_id", "o.state = 'homeless' AND o.case_manager_id IS NOT NULL"
        ),
    )


def lost_to_staff(tx: Tx, since: int) -> dict[str, int]:
    """How many notices and mails failed since a moment, by the mailbox they were for."""
    return _by(tx, WHOSE, f"{FAILED} AND {WHOSE} IS NOT NULL", since=since)


def last_lost_to_staff(tx: Tx, since: int) -> dict[str, int]:
    """When the newest notice or mail failed since a moment, by the mailbox it was for."""
    rows = tx.all(
        f"SELECT {WHOSE} AS whose, MAX(settled_at) AS at FROM {OUTBOX} WHERE {FAILED}"  # noqa: S608
        f" AND {WHOSE} IS NOT NULL GROUP BY whose ORDER BY whose",
        since=since,
    )
    return {row["whose"]: int(row["at"]) for row in rows}


def _number(tx: Tx, what: str, **values: int) -> int:
    row = tx.one(f"SELECT COUNT(*) AS n FROM {what}", **values)  # noqa: S608
    return 0 if row is None else int(row["n"])


def _by(tx: Tx, whose: str, where: str, **values: int) -> dict[str, int]:
    rows = tx.all(
        f"SELECT {whose} AS whose, COUNT(*) AS n FROM {OUTBOX} WHERE {where}"  # noqa: S608
        " GROUP BY whose ORDER BY whose",
        **values,
    )
    return {row["whose"]: int(row["n"]) for row in rows}
