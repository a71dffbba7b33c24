"""After a restore: the bot takes up its work now, and not where the backup left it."""

from bot.storage.engine.database import Tx
from bot.storage.queues import inbox, outbox

DAY_SECONDS = 86_400
KEYS_LEFT_OUT = 100_000_000
"""How far new rows count on after a restore: past every key given since the backup was made.

80 a second in the 14 days that a backup is good; a press has room for such keys.
"""


def leave_the_past(tx: Tx, now: int) -> None:
    """Close what must not be done late: reminders that are due, all else older than a day.

    Closed messages are expired; updates that waited so long are set aside, and stay visible.
    """
    yesterday = now - DAY_SECONDS
    outbox.expire_past(tx, now, yesterday)
    inbox.set_aside_past(tx, yesterday)
