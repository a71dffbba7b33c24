"""Calling off appointments: each client is told once, and offered other times."""

from collections.abc import Sequence

from bot.domain.actors import Actor
from bot.domain.appointment import Appointment
from bot.domain.changes import CalledOff
from bot.domain.slots import Slot
from bot.services import holds, offers
from bot.services.reactions import happened
from bot.services.unit import Unit
from bot.storage.records import appointments
from bot.storage.records.appointments import CancelledBy


def call_off(unit: Unit, all_of_them: Sequence[Appointment], by: Actor) -> tuple[Appointment, ...]:
    """Call off; only when all of them are is it looked for other times. The guards are taken."""
    for each in all_of_them:
        cancel(unit, each, CancelledBy.OFFICE)
    gone, offered = [appointments.known(unit.tx, each.id) for each in all_of_them], list[Slot]()
    for each in gone:
        others = offers.instead_of(unit, each, offered)
        offered += others
        happened(unit, CalledOff(each, by, others))
    return tuple(gone)


def cancel(unit: Unit, about: Appointment, by: CancelledBy) -> None:
    """Cancel one, and give up what was held to take its place."""
    holds.give_up(unit.tx, about.person_id, about.id)
    appointments.cancel(unit.tx, about.id, unit.now, by)
