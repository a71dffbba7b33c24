"""One-time links that tie a Telegram account to a case manager, a front desk or an operator."""

import hashlib

from bot.domain.actors import Actor
from bot.domain.city import City
from bot.storage import outbox, roles, staff
from bot.storage.database import Tx

VALID_SECONDS = 24 * 3600


def token_hash(token: str) -> str:
    """What is stored of a token; a token has 128 random bits, so it needs no salt."""
    return hashlib.sha256(token.encode(errors="surrogatepass")).hexdigest()


def invite(tx: Tx, actor: Actor, token: str, now: int) -> None:
    """Make `token` good for one use within a day, for somebody the city file names."""
    hashed, until = token_hash(token), now + VALID_SECONDS
    if actor.case_manager_id is None:
        roles.invite(tx, hashed, actor, until)
        return
    staff.enlist(tx, [actor.case_manager_id])
    staff.invite(tx, hashed, actor.case_manager_id, until)


def redeem(tx: Tx, city: City, token: str, person_id: int, now: int) -> Actor | None:
    """Tie a chat to whom an invitation is for, with what was kept for them; None if not good."""
    hashed = token_hash(token)
    if found := staff.redeem(tx, hashed, now):
        return _case_manager(tx, city, found, person_id, now)
    actor = roles.redeem(tx, hashed, now)
    if actor is None or actor.office_id not in (None, *city.office):
        return None
    roles.tie(tx, actor, person_id, now)
    return actor


def _case_manager(tx: Tx, city: City, id: str, person_id: int, now: int) -> Actor | None:
    person = city.case_manager.get(id)
    if person is None:
        return None
    staff.tie(tx, person.id, person_id, now)
    outbox.address_homeless(tx, person.id, person_id)
    return Actor.of(person)
