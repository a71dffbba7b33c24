"""What a client may not do for now, and what they do that counts towards it.

It is counted by their chat: whoever deletes everything and comes back is the same one. The staff
may do for anybody what they must.
"""

from bot.domain import fair_use
from bot.domain.appointment import Reason, Refused
from bot.services.unit import Unit
from bot.storage.records import blocked_clients, tallies
from bot.storage.records.tallies import Tally


def barred(unit: Unit, person_id: int, moving: int | None) -> Refused | None:
    """Why a client may not book at all, or not move `moving`; a pause leaves them free to move."""
    tx, now = unit.tx, unit.now
    if blocked_clients.is_blocked(tx, person_id, now - fair_use.BLOCKED_SECONDS):
        return Refused(Reason.BLOCKED)
    if moving is not None:
        return from_changing(unit, person_id)
    since = now - fair_use.WEEK_SECONDS
    cancelled = tallies.moments(tx, person_id, Tally.CANCELLED, since)
    return Refused(Reason.PAUSED) if fair_use.pauses(cancelled, now) else None


def from_changing(unit: Unit, person_id: int) -> Refused | None:
    """Why a client may change nothing about what they have booked; they may still cancel it."""
    since = unit.now - fair_use.DAY_SECONDS
    changed = tallies.moments(unit.tx, person_id, Tally.CHANGED, since)
    return Refused(Reason.CHANGED_OFTEN) if fair_use.has_changed_enough(changed) else None
