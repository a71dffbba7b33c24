"""One-time links that tie a Telegram account to a case manager, a front desk or an operator."""

import hashlib

from bot.domain.actors import Actor, Role
from bot.storage.engine.database import Tx
from bot.storage.records import case_managers, feeds, invitations, lists_links
from bot.storage.upkeep import staff_ties

VALID_SECONDS = 24 * 3600
PREFIX = "i"
"""With it begins the token of an invitation."""


def token_hash(token: str) -> str:
    """What is stored of a token; a token has 128 random bits, so it needs no salt."""
    return hashlib.sha256(token.encode(errors="surrogatepass")).hexdigest()


def invite(tx: Tx, actor: Actor, token: str, now: int) -> None:
    """Make `token` good for one use within a day, for somebody the city file names."""
    if actor.case_manager_id is not None:
        case_managers.enlist(tx, [actor.case_manager_id])
    invitations.keep(tx, token_hash(token), actor, now + VALID_SECONDS)


def redeem(tx: Tx, token: str, now: int) -> Actor | None:
    """Use up an invitation: whom it is for, by what was stored of them; None if it is not good."""
    return invitations.redeem(tx, token_hash(token), now)


def revoke(tx: Tx, actor: Actor) -> None:
    """End somebody's chats and invitations, the links to their lists, and their calendar."""
    staff_ties.untie(tx, actor)
    lists_links.end_all(tx, actor)
    if actor.case_manager_id is not None:
        feeds.revoke(tx, actor.case_manager_id)


def shut_out(tx: Tx, actor: Actor) -> None:
    """End all that lets somebody in, with the links to appointments that they were sent."""
    revoke(tx, actor)
    if actor.role is not Role.OPERATOR:
        lists_links.end_to_appointments(tx, actor)
