"""How many rows are in which state, counted a stretch at a time.

A table of millions takes a second to count, and nobody who watches needs that to be of this moment.
What waits or has failed is counted each time: there an index holds nothing else. Numbers only: who
watches the bot need not know whose rows they are.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.domain.appointment import Status
from bot.storage.engine.database import Tx

AT_ONCE = 10_000
"""So many rows of each table are counted at a time; whatever has fewer, is counted each time."""
NOW_OPEN = ("waiting", "sending", "failed")
"""States whose rows an index holds: of a large outbox nothing else is read for them."""
KEPT = ("planned", "unaddressed", "sent", "expired")
OUTBOX = "SELECT id, state FROM outbox"
APPOINTMENTS = (
    "SELECT id, CASE WHEN status = 'cancelled' AND cancelled_by_client = 0"
    " THEN 'called_off' ELSE status END AS state FROM appointments"
)


@dataclass(frozen=True, slots=True)
class RowCounts:
    """Rows by state. A state is missing while its table was not yet counted to its end."""

    inbox: Mapping[str, int]
    outbox: Mapping[str, int]
    appointments: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class CountedRows:
    """What was counted of a table after one row; `last` is None where it came to the end."""

    after: int
    counts: Mapping[str, int]
    last: int | None


@dataclass(slots=True)
class _Round:
    """A table as it is counted: up to where, what was found so far, and in the round before."""

    rows: str
    after: int = 0
    found: Counter[str] = field(default_factory=Counter)
    known: Mapping[str, int] | None = None

    def stretch(self, tx: Tx) -> CountedRows:
        counted = tx.all(
            f"SELECT state, COUNT(*) AS n, MAX(id) AS last FROM ({self.rows}"  # noqa: S608  (names of ours)
            " WHERE id > :after ORDER BY id LIMIT :most) s GROUP BY state",
            after=self.after,
            most=AT_ONCE,
        )
        counts = {row["state"]: int(row["n"]) for row in counted}
        whole = sum(counts.values()) < AT_ONCE
        return CountedRows(
            self.after, counts, None if whole else max(int(row["last"]) for row in counted)
        )

    def go_on(self, seen: CountedRows) -> None:
        if seen.after != self.after:  # somebody else has looked meanwhile
            return
        self.found.update(seen.counts)
        self.after = seen.last or 0
        if seen.last is None:
            self.known, self.found = self.found, Counter()

    def of(self, states: tuple[str, ...]) -> dict[str, int]:
        return {} if self.known is None else {state: self.known.get(state, 0) for state in states}


@dataclass(frozen=True, slots=True)
class StockLook:
    """What one look at the database has found."""

    inbox: Mapping[str, int]
    open_now: Mapping[str, int]
    outbox: CountedRows
    appointments: CountedRows


class Stocktaking:
    """Goes on counting with each look."""

    def __init__(self) -> None:
        self._outbox = _Round(OUTBOX)
        self._appointments = _Round(APPOINTMENTS)

    def look(self, tx: Tx) -> StockLook:
        """Count what is due; nothing is kept of it before `take`."""
        return StockLook(
            _inbox(tx),
            {state: _number(tx, state) for state in NOW_OPEN},
            self._outbox.stretch(tx),
            self._appointments.stretch(tx),
        )

    def take(self, seen: StockLook) -> RowCounts:
        """What is known by now."""
        self._outbox.go_on(seen.outbox)
        self._appointments.go_on(seen.appointments)
        statuses = tuple(status.value for status in Status)
        return RowCounts(
            seen.inbox,
            {**self._outbox.of(KEPT), **seen.open_now},
            self._appointments.of(statuses),
        )


def _inbox(tx: Tx) -> dict[str, int]:
    # Each by itself, as a literal: each has an index of its own.
    waiting = tx.one("SELECT COUNT(*) AS n FROM inbox WHERE set_aside = 0")
    set_aside = tx.one("SELECT COUNT(*) AS n FROM inbox WHERE set_aside = 1")
    assert waiting is not None
    assert set_aside is not None
    return {"waiting": int(waiting["n"]), "set_aside": int(set_aside["n"])}


def _number(tx: Tx, state: str) -> int:
    row = tx.one(f"SELECT COUNT(*) AS n FROM outbox WHERE state = '{state}'{_OF_OPEN[state]}")  # noqa: S608  (names of ours)
    return 0 if row is None else int(row["n"])


_OF_OPEN = {"waiting": "", "sending": " AND state IN ('waiting', 'sending')", "failed": ""}
"""What must be said for an index to serve that holds more than one state."""
