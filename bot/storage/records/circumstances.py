"""What is known of appointments beside their own facts."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.domain.asking_changes import TimeAsked
from bot.domain.changes import HandedOver, Moved
from bot.storage.engine.database import Tx
from bot.storage.records.value_lists import numbered, placeholders

EARLIER = (
    "EXISTS (SELECT 1 FROM appointments e WHERE e.person_id = a.person_id"
    " AND e.start_at < a.start_at AND e.id <> a.id AND e.status IN ('booked', 'came'))"
)
"""That another talk with the client of the appointment `a` comes before it."""
REBOOKED = (
    "EXISTS (SELECT 1 FROM appointments b WHERE b.person_id = a.person_id AND b.id <> a.id"
    " AND b.status IN ('booked', 'came', 'missed') AND b.booked_at >= a.cancelled_at"
    " AND (NOT EXISTS (SELECT 1 FROM audit h WHERE h.appointment_id = b.id"
    " AND h.action = 'handed_over' AND h.at = b.booked_at)"
    " OR EXISTS (SELECT 1 FROM audit t WHERE t.appointment_id = b.id"
    " AND t.action IN ('booked', 'rebooked', 'moved') AND t.at >= a.cancelled_at)))"
)
"""That the client of the cancelled appointment `a` has taken another time since.

What was only handed over to a colleague since is none: its client had that time before.
"""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is known of an appointment beside its own facts; moments are UTC epoch seconds.

    `claim_hash` is of the slip that nobody has used yet, None where there is none; `asked_at` is
    when its client was last asked about another time, `handed_over` if a colleague took it over.
    `first_talk`: no other talk with this client came before; None where that is not known.
    """

    booked_at: int | None
    asked_at: int | None
    handed_over: bool
    cancelled_at: int | None
    reachable: bool
    first_talk: bool | None
    claim_hash: str | None
    rebooked: bool
    passed_on: bool
    settled: tuple[str, ...]


def of(tx: Tx, appointment_ids: Sequence[int], now: int) -> dict[int, Circumstances]:
    """Of each of these appointments, in one statement."""
    rows = tx.all(
        _circumstances_sql(len(appointment_ids)),
        now=now,
        asked=TimeAsked.name,
        handed=HandedOver.name,
        moved=Moved.name,
        **numbered(appointment_ids),
    )
    return {
        row["id"]: Circumstances(
            booked_at=row["booked_at"],
            asked_at=row["asked_at"],
            handed_over=bool(row["handed_over"]),
            cancelled_at=row["cancelled_at"],
            reachable=bool(row["reachable"]),
            first_talk=is_first_talk(earlier=bool(row["earlier"]), had_talk=row["had_talk"]),
            claim_hash=row["token_hash"],
            rebooked=bool(row["rebooked"]),
            passed_on=row["passed_on_at"] is not None,
            settled=tuple(row["settled"].split()),
        )
        for row in rows
    }


def is_rebooked(tx: Tx, appointment_id: int) -> bool:
    """Whether the client of a cancelled appointment has taken another time since."""
    row = tx.one(
        f"SELECT {REBOOKED} AS rebooked FROM appointments a WHERE a.id = :id",  # noqa: S608  (names of ours)
        id=appointment_id,
    )
    return row is not None and bool(row["rebooked"])


def is_first_talk(*, earlier: bool, had_talk: int | None) -> bool | None:
    """By the talks that are kept, and by whether there was one that is deleted."""
    return False if earlier else None if had_talk is None else not had_talk


@lru_cache(maxsize=256)
def _circumstances_sql(appointments: int) -> str:
    return (
        "SELECT a.id, a.booked_at, a.cancelled_at, a.passed_on_at, a.settled,"  # noqa: S608  (names of ours)
        f" t.reachable, c.token_hash, p.had_talk, {REBOOKED} AS rebooked,"
        f" {EARLIER} AS earlier, (SELECT MAX(d.at) FROM audit d WHERE d.appointment_id = a.id"
        " AND d.action = :asked) AS asked_at, EXISTS (SELECT 1 FROM audit d"
        " WHERE d.appointment_id = a.id AND d.action = :handed"
        " AND NOT EXISTS (SELECT 1 FROM audit m WHERE m.appointment_id = a.id"
        " AND m.action = :moved AND m.id > d.id)) AS handed_over"
        " FROM appointments a JOIN persons p ON p.id = a.person_id"
        " LEFT JOIN chats t ON t.person_id = a.person_id"
        " LEFT JOIN claims c ON c.appointment_id = a.id AND c.expires_at > :now AND c.claimed = 0"
        f" WHERE a.id IN ({placeholders(appointments)})"
    )
