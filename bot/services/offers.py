"""The times a client is offered instead of one their office called off."""

from collections.abc import Collection

from bot.conversation.port import Search
from bot.domain.appointment import Appointment
from bot.domain.slots import Slot
from bot.services.availability import Availability
from bot.services.unit import Unit

MOST = 3


def instead_of(unit: Unit, gone: Appointment, offered: Collection[Slot]) -> tuple[Slot, ...]:
    """The nearest free times, those of the same office first.

    What was `offered` to others whose talk was called off with it is spared as far as possible.
    """
    same = _near(unit, (gone.office_id,), gone, offered)
    if len(same) == MOST:
        return same
    elsewhere = tuple(office.id for office in unit.city.offices if office.id != gone.office_id)
    more = _near(unit, elsewhere, gone, offered)[: MOST - len(same)]
    return (*same, *more)


def _near(
    unit: Unit, office_ids: tuple[str, ...], gone: Appointment, offered: Collection[Slot]
) -> tuple[Slot, ...]:
    free = Availability(unit, gone.person_id)
    found = free.nearest(Search(office_ids), gone.start, MOST + len(offered))
    fresh = [slot for slot in found if slot not in offered] or list(found)
    nearest = sorted(fresh, key=lambda slot: abs(slot.start - gone.start))[:MOST]
    return tuple(sorted(nearest, key=lambda slot: slot.start))
