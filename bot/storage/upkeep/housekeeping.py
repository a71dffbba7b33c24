"""What the clock brings: letting go what nobody needs any more."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from bot.storage.engine.database import Tx
from bot.storage.engine.each_by_itself import SetAside
from bot.storage.records import key_values
from bot.storage.upkeep.letting_go import BEGINNING, RetentionPlace, RetentionStep
from bot.storage.upkeep.retention import RULES, RetentionRule

STEP_SECONDS = 86_400
TIDIED = "tidied"


def a_day_further(tx: Tx, now: int) -> int:
    """The moment whose terms count: `now`, but at most one day after that of the last time.

    After a jump of the clock little is gone before somebody sees it; after a long rest the terms
    are caught up with in as many rounds as it had days. Moments are UTC epoch seconds.
    """
    last = key_values.get(tx, TIDIED)
    if last is None:
        note_tidied(tx, now)
        return now
    return min(now, int(last) + STEP_SECONDS)


def note_tidied(tx: Tx, now: int) -> None:
    """Keep that all is gone whose term had passed by then."""
    key_values.put(tx, TIDIED, str(now))


def follow(
    tx: Tx, rule: RetentionRule, now: int, zone: ZoneInfo, after: RetentionPlace
) -> RetentionStep:
    """One step of a rule, months counted in `zone`.

    One that fails leaves no trace and ends the rule, and no other; a row that cannot be let go by
    itself keeps none of the others.
    """
    try:
        with tx.savepoint():
            return rule.forget(tx, now - rule.seconds, zone, after)
    except Exception as error:
        if tx.lost:
            raise
        return RetentionStep([SetAside("rule", rule.what, error)])


def tidy(tx: Tx, now: int, zone: ZoneInfo) -> list[SetAside]:
    """Drop all that its term has passed by `now`, in one transaction; what has stayed."""
    note_tidied(tx, now)
    return [each for rule in RULES for each in _whole(tx, rule, now, zone)]


def _whole(tx: Tx, rule: RetentionRule, now: int, zone: ZoneInfo) -> Iterator[SetAside]:
    after: RetentionPlace | None = BEGINNING
    while after is not None:
        step = follow(tx, rule, now, zone, after)
        after = step.after
        yield from step.stayed
