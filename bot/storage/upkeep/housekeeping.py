"""What the clock brings: letting go what nobody needs any more."""

from zoneinfo import ZoneInfo

from bot.storage.engine.database import Tx
from bot.storage.engine.each_by_itself import SetAside, each_by_itself
from bot.storage.records import key_values
from bot.storage.upkeep.retention import RULES

STEP_SECONDS = 86_400
TIDIED = "tidied"


def tidy_a_step(tx: Tx, now: int, zone: ZoneInfo) -> list[SetAside]:
    """As `tidy`, but at most one day further than the last time.

    After a jump of the clock little is gone before somebody sees it; after a long rest the terms
    are caught up with in as many steps as it had days.
    """
    return tidy(tx, min(now, int(key_values.get(tx, TIDIED) or now) + STEP_SECONDS), zone)


def tidy(tx: Tx, now: int, zone: ZoneInfo) -> list[SetAside]:
    """Drop what its term has passed; `now` in UTC epoch seconds, months counted in `zone`.

    Each rule by itself: one that fails leaves no trace and stops no other, and so does each row
    that a rule lets go one by one.
    """
    key_values.put(tx, TIDIED, str(now))
    rules, stayed = {rule.what: rule for rule in RULES}, list[SetAside]()

    def follow(what: str) -> None:
        stayed.extend(rules[what].forget(tx, now - rules[what].seconds, zone))

    return [*each_by_itself(tx, "rule", rules, follow), *stayed]
