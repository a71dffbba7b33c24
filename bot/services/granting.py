"""Ways to somebody's appointments outside of chat: made, noted, and told to whose they are."""

from bot.domain.actors import OPERATOR, Actor, Role
from bot.domain.city import CaseManager
from bot.domain.staffing import CASE_MANAGER, Mailbox
from bot.messages.access_news import AccessMade, WayIn
from bot.services import links, outgoing
from bot.services.links import LISTS_LAST, Grant
from bot.services.unit import Unit
from bot.storage.records import audit, feeds, lists_links

TOLD_WITHIN = 7 * 86_400
"""Later it is of no use to anybody (seconds)."""


def link_to_lists(unit: Unit, actor: Actor) -> Grant:
    """A link to a case manager's page, or to the days of a front desk's office, for thirty days."""
    made = lists_links.make(unit.tx, actor, unit.now, unit.now + LISTS_LAST)
    _tell(unit, actor, WayIn.LISTS)
    return links.to_lists(actor, made)


def calendar(unit: Unit, person: CaseManager, token_hash: str) -> None:
    """A new address of a case manager's calendar; an earlier one ends."""
    feeds.make(unit.tx, person.id, token_hash, unit.now)
    _tell(unit, Actor.of(person), WayIn.CALENDAR)


def _tell(unit: Unit, actor: Actor, way: WayIn) -> None:
    deed = audit.note(unit.tx, None, OPERATOR.label, f"{way}:{actor.label}", unit.now)
    news, key, until = AccessMade(way), f"access:{deed}", unit.now + TOLD_WITHIN
    if actor.role is Role.FRONT_DESK:
        outgoing.to_front_desk(unit, actor.id, news, key, until)
        return
    outgoing.to_case_manager(unit, actor.id, news, key, until)
    if unit.staffing.of(actor.id).by_mail:
        outgoing.to_mailbox(unit, Mailbox(CASE_MANAGER, actor.id), news, key, until)
