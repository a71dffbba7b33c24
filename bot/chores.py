"""What the clock brings: tidying away what nobody needs any more.

The terms are those of the notice people agree to.
"""

from bot.storage import cells, inbox, outbox, retention, staff
from bot.storage.database import Tx

HOUR_SECONDS = 3600
DAY_SECONDS = 24 * HOUR_SECONDS
UPDATE_NUMBERS_SECONDS = 48 * HOUR_SECONDS
STRANGER_SECONDS = 48 * HOUR_SECONDS
OVER_SECONDS = 14 * DAY_SECONDS
CANCELLED_SECONDS = 7 * DAY_SECONDS
CLIENT_SECONDS = 90 * DAY_SECONDS


def tidy(tx: Tx, now: int) -> None:
    """Drop what its term has passed; `now` in UTC epoch seconds.

    Telegram hands out an update for 24 hours at most; its number is kept for 48.
    """
    inbox.forget_handled(tx, now - UPDATE_NUMBERS_SECONDS)
    inbox.forget_set_aside(tx, now - OVER_SECONDS)
    outbox.forget_settled(tx, now - OVER_SECONDS)
    cells.forget_past(tx, now - DAY_SECONDS)
    retention.forget_appointments(
        tx, now - OVER_SECONDS, now - CANCELLED_SECONDS, now - DAY_SECONDS
    )
    retention.forget_persons(tx, now - STRANGER_SECONDS, now - CLIENT_SECONDS)
    staff.forget_expired_invites(tx, now)
