"""One-time links that tie a Telegram account to a case manager, a front desk or an operator."""

import hashlib

from bot.domain.actors import Actor, Role
from bot.storage.engine.database import Tx
from bot.storage.queues import outbox
from bot.storage.records import case_managers, role_chats

VALID_SECONDS = 24 * 3600


def token_hash(token: str) -> str:
    """What is stored of a token; a token has 128 random bits, so it needs no salt."""
    return hashlib.sha256(token.encode(errors="surrogatepass")).hexdigest()


def invite(tx: Tx, actor: Actor, token: str, now: int) -> None:
    """Make `token` good for one use within a day, for somebody the city file names."""
    hashed, until = token_hash(token), now + VALID_SECONDS
    if actor.case_manager_id is None:
        role_chats.invite(tx, hashed, actor, until)
        return
    case_managers.enlist(tx, [actor.case_manager_id])
    case_managers.invite(tx, hashed, actor.case_manager_id, until)


def redeem(tx: Tx, token: str, now: int) -> Actor | None:
    """Use up an invitation: whom it is for, by what was stored of them; None if it is not good."""
    hashed = token_hash(token)
    if found := case_managers.redeem(tx, hashed, now):
        return Actor(Role.CASE_MANAGER, found)
    return role_chats.redeem(tx, hashed, now)


def tie(tx: Tx, actor: Actor, person_id: int, now: int) -> None:
    """Let a chat speak for somebody of the staff, and deliver what was kept for them."""
    if actor.case_manager_id is None:
        role_chats.tie(tx, actor, person_id, now)
        return
    case_managers.tie(tx, actor.case_manager_id, person_id, now)
    outbox.address_unaddressed(tx, actor.case_manager_id, person_id)
