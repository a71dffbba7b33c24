"""Another time, which somebody of the staff agreed on with the client: on the phone, at the desk.

What is booked moves; what was called off is booked anew. Either way its client is told once.
"""

from bot.domain import lifecycle
from bot.domain.actors import Actor
from bot.domain.appointment import Appointment, Reason, Refused, Status, Version
from bot.domain.lifecycle import Act
from bot.domain.slots import Slot
from bot.services import walk_in_bookings
from bot.services.bookings import Bookings
from bot.services.unit import Unit
from bot.storage.records import appointments, circumstances


def give(
    unit: Unit, actor: Actor, found: Appointment, seen: Version, slot: Slot
) -> Appointment | Refused:
    """The appointment `found`, which `actor` may change, at this slot. GONE for anybody's but
    their own time or their office's, CHANGED if it is not as it was seen."""
    if not actor.speaks_for(unit.city.case_manager[slot.case_manager_id]):
        return Refused(Reason.GONE)
    bookings = Bookings(unit, found.person_id, found.language, actor)
    with unit.tx.savepoint() as point:
        if found.status is Status.CALLED_OFF:
            given = _anew(unit, found, seen, slot, bookings)
        else:
            given = bookings.confirm(slot, found.wishes, seen)
        if isinstance(given, Refused):
            point.undo()
            return given
    walk_in_bookings.keep_slip(unit, given)
    if actor.case_manager_id == given.case_manager_id:
        appointments.mark_seen(unit.tx, given.id, unit.now)
    return appointments.known(unit.tx, given.id)


def _anew(
    unit: Unit, gone: Appointment, seen: Version, slot: Slot, bookings: Bookings
) -> Appointment | Refused:
    if lifecycle.refusal(Act.REBOOK_FOR_CLIENT, gone, unit.now) is not None:
        return Refused(Reason.GONE)
    if gone.version != seen:
        return Refused(Reason.CHANGED)
    if circumstances.is_rebooked(unit.tx, gone.id):
        return Refused(Reason.GONE)
    return bookings.rebook(gone, slot)
