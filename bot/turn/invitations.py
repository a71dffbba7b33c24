"""One-time links that tie a Telegram account to a case manager."""

import hashlib

from bot.storage import staff
from bot.storage.database import Tx

VALID_SECONDS = 24 * 3600


def token_hash(token: str) -> str:
    """What is stored of a token; a token has 128 random bits, so it needs no salt."""
    return hashlib.sha256(token.encode(errors="surrogatepass")).hexdigest()


def invite(tx: Tx, case_manager_id: str, token: str, now: int) -> None:
    """Make `token` good for one use within a day, for this case manager of the city file."""
    staff.enlist(tx, [case_manager_id])
    staff.invite(tx, token_hash(token), case_manager_id, now + VALID_SECONDS)
