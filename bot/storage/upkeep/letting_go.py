"""Rows go a few at a time: a step of a rule, and where the next one goes on.

However much has passed its term, a step writes for no longer than a press does, and between two
steps others have their turn. What could not be let go is passed over and keeps nothing behind it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.storage.engine.database import Tx
from bot.storage.engine.each_by_itself import SetAside, each_by_itself

ONE_BY_ONE = 10
"""So many rows that take others along go in a step."""
TOGETHER = 250
"""So many rows that nothing hangs on go in a step."""
LOOKED_AT = 250
"""So many persons are looked at in a step. An index on when somebody was last seen would save the
look, and be written at each press."""


class RetentionPlace(NamedTuple):
    """Where the next step goes on: after the row of this id, of those due at this moment."""

    at: int = -(2**62)
    id: int = 0


BEGINNING = RetentionPlace()


@dataclass(frozen=True, slots=True)
class RetentionStep:
    """What has stayed of a step, and where the next goes on; None where nothing is left."""

    stayed: list[SetAside] = field(default_factory=list)
    after: RetentionPlace | None = None


Forget = Callable[[Tx, int, ZoneInfo, RetentionPlace], RetentionStep]
"""Lets go some of what is older than a moment (UTC epoch seconds), from a place on.

The zone tells which month it was.
"""
Stretch = Callable[[Tx, int, int], int | None]
"""How far the next so many rows after an id reach; None where there are none."""
Look = Callable[[Tx, int, int, int], tuple[list[SetAside], int]]
"""Lets go what is older than a moment of a stretch of ids; what stayed, and how far it came."""
ForgetOne = Callable[[Tx, int, ZoneInfo], None]


def together(*forgets: Callable[[Tx, int, int], int]) -> Forget:
    """Rows that go by the statement. Each of `forgets` lets at most so many go; how many."""

    def forget(tx: Tx, before: int, zone: ZoneInfo, after: RetentionPlace) -> RetentionStep:
        gone = [each(tx, before, TOGETHER) for each in forgets]
        return RetentionStep(after=after if max(gone) >= TOGETHER else None)

    return forget


def at_once(*forgets: Callable[[Tx, int], None]) -> Forget:
    """All that is due of tables which never have more than a few rows."""

    def forget(tx: Tx, before: int, zone: ZoneInfo, after: RetentionPlace) -> RetentionStep:
        for each in forgets:
            each(tx, before)
        return RetentionStep()

    return forget


def one_by_one(what: str, due_at: str, rows: str, forget_one: ForgetOne) -> Forget:
    """Rows that take others along: `rows` names those with an `id` that go once `due_at` is past.

    `due_at` is what the rows have an index on.
    """
    due = (
        f"SELECT {due_at} AS at, id FROM {rows} AND {due_at} < :before AND {due_at} >= :at"  # noqa: S608  (names of ours)
        f" AND ({due_at} > :at OR id > :after) ORDER BY {due_at}, id LIMIT {ONE_BY_ONE}"
    )

    def forget(tx: Tx, before: int, zone: ZoneInfo, after: RetentionPlace) -> RetentionStep:
        found = tx.all(due, before=before, at=after.at, after=after.id)
        ids = [int(row["id"]) for row in found]
        stayed = list(each_by_itself(tx, what, ids, lambda id: forget_one(tx, id, zone)))
        full = len(found) == ONE_BY_ONE
        return RetentionStep(stayed, RetentionPlace(found[-1]["at"], ids[-1]) if full else None)

    return forget


def looked_through(stretch: Stretch, look: Look) -> Forget:
    """Rows no index leads to: all are looked through, so many at a time."""

    def forget(tx: Tx, before: int, zone: ZoneInfo, after: RetentionPlace) -> RetentionStep:
        until = stretch(tx, after.id, LOOKED_AT)
        if until is None:
            return RetentionStep()
        stayed, reached = look(tx, before, after.id, until)
        return RetentionStep(stayed, RetentionPlace(id=reached))

    return forget
