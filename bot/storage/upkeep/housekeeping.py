"""What the clock brings: letting go what nobody needs any more."""

from zoneinfo import ZoneInfo

from bot.storage.engine.database import Tx
from bot.storage.upkeep.retention import RULES


def tidy(tx: Tx, now: int, zone: ZoneInfo) -> None:
    """Drop what its term has passed; `now` in UTC epoch seconds, months counted in `zone`."""
    for rule in RULES:
        rule.forget(tx, now - rule.seconds, zone)
