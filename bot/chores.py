"""What the clock brings: tidying away what nobody needs any more."""

from bot.storage import cells, inbox, outbox, staff
from bot.storage.database import Tx

UPDATE_NUMBERS_SECONDS = 48 * 3600
SENT_SECONDS = 14 * 86_400
DAY_SECONDS = 86_400


def tidy(tx: Tx, now: int) -> None:
    """Drop update numbers, used-up cells, old invitations and settled messages.

    Telegram hands out an update for 24 hours at most; its number is kept for 48.
    """
    inbox.forget_handled(tx, now - UPDATE_NUMBERS_SECONDS)
    cells.forget_past(tx, now - DAY_SECONDS)
    staff.forget_expired_invites(tx, now)
    outbox.forget_settled(tx, now - SENT_SECONDS)
