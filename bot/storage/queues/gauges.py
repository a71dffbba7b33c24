"""How many rows are in which state, and since when the oldest waits.

Numbers only: for whoever watches the bot, who need not know whose rows they are.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.domain.appointment import Status
from bot.storage.engine.database import Row, Tx

OPEN_STATES = ("planned", "unaddressed", "waiting", "sending")
CLOSED_STATES = ("sent", "expired", "failed")


@dataclass(frozen=True, slots=True)
class QueueAges:
    """Seconds the oldest row waits in inbox and outbox, and the oldest mail in the latter.

    0 where nothing waits. A mail that only moves an entry at an address that is left counts not.
    """

    inbox_seconds: int
    outbox_seconds: int
    mail_seconds: int


@dataclass(frozen=True, slots=True)
class RowCounts:
    """Rows by state."""

    inbox: Mapping[str, int]
    outbox: Mapping[str, int]
    appointments: Mapping[str, int]


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


def stock(tx: Tx) -> RowCounts:
    """Every row that is worth counting. Of a large outbox only indexes are read."""
    inbox = tx.all("SELECT set_aside AS state, COUNT(*) AS n FROM inbox GROUP BY set_aside")
    set_aside = {bool(row["state"]): int(row["n"]) for row in inbox}
    return RowCounts(
        inbox={"waiting": set_aside.get(False, 0), "set_aside": set_aside.get(True, 0)},
        outbox={**_open_rows(tx), **_closed_rows(tx)},
        appointments=_by_state(
            (status.value for status in Status),
            tx.all(
                "SELECT CASE WHEN status = 'cancelled' AND cancelled_by_client = 0"
                " THEN 'called_off' ELSE status END AS state, COUNT(*) AS n"
                " FROM appointments GROUP BY 1"
            ),
        ),
    )


def _open_rows(tx: Tx) -> dict[str, int]:
    # State by state, as a literal: each has an index of its own, the whole table has none.
    found = {
        state: tx.one(f"SELECT COUNT(*) AS n FROM outbox WHERE state = '{state}'")  # noqa: S608  (names of ours)
        for state in OPEN_STATES
    }
    return {state: row["n"] if row is not None else 0 for state, row in found.items()}


def _closed_rows(tx: Tx) -> dict[str, int]:
    rows = tx.all(
        "SELECT state, COUNT(*) AS n FROM outbox WHERE settled_at IS NOT NULL GROUP BY state"
    )
    return _by_state(CLOSED_STATES, rows)


def _by_state(states: Iterable[str], rows: Iterable[Row]) -> dict[str, int]:
    found = {row["state"]: int(row["n"]) for row in rows}
    return {state: found.get(state, 0) for state in states}


def _age(row: Row | None, now: int) -> int:
    since = None if row is None else row["since"]
    return 0 if since is None else max(0, now - since)
