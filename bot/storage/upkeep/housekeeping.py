"""What the clock brings: letting go what nobody needs any more."""

from zoneinfo import ZoneInfo

from bot.storage.engine.database import Tx
from bot.storage.engine.each_by_itself import SetAside, each_by_itself
from bot.storage.upkeep.retention import RULES


def tidy(tx: Tx, now: int, zone: ZoneInfo) -> list[SetAside]:
    """Drop what its term has passed; `now` in UTC epoch seconds, months counted in `zone`.

    Each rule by itself: one that fails leaves no trace and stops no other, and so does each row
    that a rule lets go one by one.
    """
    rules, stayed = {rule.what: rule for rule in RULES}, list[SetAside]()

    def follow(what: str) -> None:
        stayed.extend(rules[what].forget(tx, now - rules[what].seconds, zone))

    return [*each_by_itself(tx, "rule", rules, follow), *stayed]
