"""A closed stretch is open again: whose talk is possible after all is asked about it, once."""

from bot.domain.absence import Absence, Opening
from bot.domain.actors import Actor
from bot.domain.appointment import Appointment
from bot.domain.changes import PossibleAgain
from bot.domain.open_matters import Matter
from bot.domain.possible_again import GoneFacts, possible_again, to_ask, to_phone
from bot.domain.slots import Slot
from bot.domain.staff_changes import Reopened
from bot.messages.payloads import Kind
from bot.services import outgoing
from bot.services.availability import Availability
from bot.services.reactions import happened
from bot.services.unit import Unit
from bot.storage.queues import outbox
from bot.storage.records import absences, called_off, circumstances
from bot.storage.records.circumstances import Circumstances


def open_again(unit: Unit, absence: Absence, by: Actor) -> Opening:
    """Drop the absence, and ask; what another one still covers is not free. The guard is taken."""
    absences.drop(unit.tx, absence.id)
    happened(unit, Reopened(absence, by))
    possible = possible_again(_called_off(unit, absence), unit.now)
    asked = tuple(to_ask(possible))
    for about in asked:
        happened(unit, PossibleAgain(about, by))
    return Opening(absence, asked, tuple(to_phone(possible)))


def take_back_questions(unit: Unit, case_manager_id: str, start: int, end: int) -> None:
    """Ask nobody about what is closed again; whoever was asked sees that it holds no more."""
    for about in called_off.within(unit.tx, case_manager_id, start, end):
        outbox.drop_unsent(unit.tx, about.id, Kind.POSSIBLE_AGAIN)
        outgoing.mark_outdated(unit, about)


def _called_off(unit: Unit, within: Absence) -> list[GoneFacts]:
    start, end = max(within.start, unit.now), within.end
    found = called_off.within(unit.tx, within.case_manager_id, start, end)
    if not found:
        return []
    ids = [about.id for about in found]
    known = circumstances.of(unit.tx, ids, unit.now)
    return [_facts(unit, about, known[about.id]) for about in found]


def _facts(unit: Unit, about: Appointment, known: Circumstances) -> GoneFacts:
    return GoneFacts(
        about,
        free=_own_time(unit, about),
        rebooked=known.rebooked,
        settled=Matter.CALLED_OFF in known.settled,
        reachable=known.reachable,
        called_off_at=known.cancelled_at or 0,
    )


def _own_time(unit: Unit, about: Appointment) -> Slot | None:
    """Its own slot, if it is free; somebody who has left, or is elsewhere now, has none there."""
    if not unit.city.has_at(about.case_manager_id, about.office_id):
        return None
    person = unit.city.case_manager[about.case_manager_id]
    return Availability(unit, about.person_id).at_the_same_time(person, about)
