"""Somebody leaves, or an office closes: who is booked is told once, and nobody is let in any more.

Everything is in one transaction. From the day on nobody can be booked with whoever leaves; what is
booked after it goes to a colleague who is free at the same time, or is called off and other times
are offered. Chats, invitations, calendars and links end at that moment.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.domain.actors import OPERATOR, Actor, Role
from bot.domain.appointment import Appointment
from bot.domain.changes import HandedOver
from bot.domain.city import CaseManager
from bot.domain.slots import Slot
from bot.domain.staff_changes import Left, Stayed
from bot.services import holds, staff_invitations
from bot.services.availability import Availability
from bot.services.calling_off import call_off
from bot.services.reactions import happened
from bot.services.sweeps import Sweep
from bot.services.unit import Unit
from bot.storage.queues import outbox
from bot.storage.records import (
    absences,
    appointment_lists,
    appointments,
    case_managers,
    cells,
    departures,
    persons,
    staff_named,
)
from bot.storage.records.busy_times import EVER
from bot.storage.records.staff_named import NO_TIES, Ties

KEPT_SECONDS = 90 * 86_400
"""Long enough that no process with an earlier city file is left."""


@dataclass(frozen=True, slots=True)
class Leave:
    """Who leaves, from which moment on (UTC epoch seconds), and who is asked to take over."""

    who: Actor
    at: int
    to: tuple[CaseManager, ...] = ()


@dataclass(frozen=True, slots=True)
class Aftermath:
    """What became of the appointments from then on, and what ends.

    `handed_over` are they as they are now, `called_off` likewise.
    """

    handed_over: tuple[Appointment, ...]
    called_off: tuple[Appointment, ...]
    ties: Ties


def leave(unit: Unit, wanted: Leave) -> Aftermath:
    """Let somebody leave. What has begun by now stays as it is."""
    tx, who, at = unit.tx, wanted.who, max(wanted.at, unit.now)
    ties = staff_named.ties(tx, unit.now).get(who, NO_TIES)
    _take_rows(unit, wanted, at)
    departures.note(tx, who, at)
    booked = staff_named.booked_from(tx, who, at)
    kept, gone = _hand_over_or_call_off(unit, booked, wanted.to)
    happened(unit, Left(who, OPERATOR))
    absences.drop_from(tx, who.id, at)
    if at <= unit.now:
        _end_ties(unit, who)
    return Aftermath(kept, gone, ties)


def stay(unit: Unit, who: Actor) -> bool:
    """Let somebody be booked again; whether they were to leave. What is called off stays so.

    Nor does anything let in again who had left already.
    """
    had_left = departures.has_left(unit.tx, who.id, unit.now)
    if not departures.take_back(unit.tx, who.id):
        return False
    if had_left:
        staff_invitations.shut_out(unit.tx, who)
    happened(unit, Stayed(who, OPERATOR))
    return True


def move_along(unit: Unit, person: CaseManager) -> Aftermath:
    """Let what is booked with somebody at an office they have left go along to where they are."""
    who = Actor(Role.CASE_MANAGER, person.id)
    _take_rows(unit, Leave(who, unit.now), unit.now)
    booked = staff_named.booked_from(unit.tx, who, unit.now)
    left = [each for each in booked if each.office_id != person.office_id]
    return Aftermath(*_hand_over_or_call_off(unit, left, (person,)), NO_TIES)


def sweeps(unit: Unit) -> Iterator[Sweep[str]]:
    """End chats, invitations, calendars, links and absences of those whose day has come."""
    left = {each.id: each for each in departures.have_left(unit.tx, unit.now)}
    if left:
        tied = staff_named.ties(unit.tx, unit.now)
        due = [id for id, who in left.items() if who in tied]
        yield Sweep("leaving", lambda unit: due, lambda unit, id: _end_ties(unit, left[id]))


def forget_long_gone(unit: Unit) -> None:
    """Drop who left long ago and whom the city file no longer names: nobody can be booked there."""
    named = (*unit.city.case_manager, *unit.city.office)
    departures.forget_past(unit.tx, unit.now - KEPT_SECONDS, named)


def hand_over(
    unit: Unit, about: Appointment, to: Sequence[CaseManager], by: Actor
) -> Appointment | None:
    """Give a booked appointment to the first of these who is free then; how it is now.

    Whoever holds it already comes first: they may only sit at another office. The guards are taken.
    """
    free = Availability(unit, about.person_id)
    for person in sorted(to, key=lambda each: each.id != about.case_manager_id):
        slot = free.at_the_same_time(person, about)
        if slot is not None and _give(unit, about, slot, person.office_id):
            after = appointments.known(unit.tx, about.id)
            happened(unit, HandedOver(about, after, by))
            return after
    return None


def _hand_over_or_call_off(
    unit: Unit, booked: Sequence[Appointment], to: Sequence[CaseManager]
) -> tuple[tuple[Appointment, ...], tuple[Appointment, ...]]:
    taken = {each.id: hand_over(unit, each, to, OPERATOR) for each in booked}
    lost = [each for each in booked if taken[each.id] is None]
    return tuple(each for each in taken.values() if each), call_off(unit, lost, OPERATOR)


def _give(unit: Unit, about: Appointment, slot: Slot, office_id: str) -> bool:
    tx = unit.tx
    with tx.savepoint() as point:
        holds.give_up(tx, about.person_id, about.id)
        cells.free(tx, about.id)
        appointments.move(tx, about.id, office_id, slot, about.language, about.wishes, unit.now)
        if cells.take(tx, about.id, about.person_id, slot):
            return True
        point.undo()
    return False


def _take_rows(unit: Unit, wanted: Leave, at: int) -> None:
    """Take all rows that guard what changes, and let go what is held of that time."""
    tx, who = unit.tx, wanted.who
    booked = staff_named.booked_from(tx, who, at)
    own = {each.case_manager_id for each in booked}
    own |= {each.id for each in unit.city.case_managers if who.speaks_for(each)}
    own |= {who.case_manager_id} if who.case_manager_id else set()
    for case_manager_id in sorted({*own, *(each.id for each in wanted.to)}):
        case_managers.lock(tx, case_manager_id)
    for person_id in sorted({each.person_id for each in booked}):
        persons.lock(tx, person_id)
    for case_manager_id in sorted(own):
        for hold_id in appointment_lists.held_within(tx, case_manager_id, at, EVER):
            appointments.drop_hold(tx, hold_id)


def _end_ties(unit: Unit, who: Actor) -> None:
    staff_invitations.shut_out(unit.tx, who)
    absences.drop_from(unit.tx, who.id, 0)
    outbox.forget_kept_for(unit.tx, who.id)
