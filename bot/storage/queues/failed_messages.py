"""What did not get through, counted for whoever runs the program."""

from bot.domain.delivery_failures import DeliveryFailures
from bot.storage.engine.database import Tx
from bot.storage.queues import gauges

WEEK = 7 * 86_400
OUTBOX = "outbox o LEFT JOIN role_chats r ON r.person_id = o.person_id"
WHOSE = "COALESCE(o.mailbox, 'case_manager:' || o.case_manager_id, 'office:' || r.office_id)"
FAILED = "o.state = 'failed' AND o.settled_at >= :since"
"""Led by an index: of a large outbox only what failed is read."""
FAILED_TO_STAFF = f"{FAILED} AND {WHOSE} IS NOT NULL AND {WHOSE} NOT LIKE 'calendar:%'"
"""Of an address that is left, nobody is surprised that it takes no more."""
UNADDRESSED = "o.state = 'unaddressed' AND o.case_manager_id IS NOT NULL"
NO_STAFF = "o.mailbox IS NULL AND o.case_manager_id IS NULL AND r.person_id IS NULL"
NUMBER = "COUNT(*)"


def found(tx: Tx, now: int) -> DeliveryFailures:
    """How things stand at `now` (UTC epoch seconds)."""
    return DeliveryFailures(
        waiting=_number(tx, "outbox WHERE state IN ('waiting', 'sending')"),
        waiting_seconds=gauges.queues(tx, now).outbox_seconds,
        set_aside=_number(tx, "inbox WHERE set_aside = 1"),
        lost_to_clients=_number(tx, f"{OUTBOX} WHERE {FAILED} AND {NO_STAFF}", since=now - WEEK),
        lost_to_staff=lost_to_staff(tx, now - WEEK),
        unaddressed=_by(tx, NUMBER, "o.case_manager_id", UNADDRESSED),
    )


def lost_to_staff(tx: Tx, since: int) -> dict[str, int]:
    """How many notices and mails failed since a moment, by the mailbox they were for."""
    return _by(tx, NUMBER, WHOSE, FAILED_TO_STAFF, since=since)


def last_lost_to_staff(tx: Tx, since: int) -> dict[str, int]:
    """When the newest notice or mail failed since a moment, by the mailbox it was for."""
    return _by(tx, "MAX(o.settled_at)", WHOSE, FAILED_TO_STAFF, since=since)


def _number(tx: Tx, what: str, **values: int) -> int:
    row = tx.one(f"SELECT COUNT(*) AS n FROM {what}", **values)  # noqa: S608  (names of ours)
    return 0 if row is None else int(row["n"])


def _by(tx: Tx, what: str, whose: str, where: str, **values: int) -> dict[str, int]:
    rows = tx.all(
        f"SELECT {whose} AS whose, {what} AS what FROM {OUTBOX} WHERE {where}"  # noqa: S608  (names of ours)
        " GROUP BY whose ORDER BY whose",
        **values,
    )
    return {row["whose"]: int(row["what"]) for row in rows}
