"""Whom the city file no longer names, while people are booked with them or they are still let in.

A city file may change between two starts. What is booked with somebody it names no more, or at an
office where they are no longer, stands in nobody's list: it is named here.
"""

import logging
from dataclasses import dataclass, replace

from bot.domain.actors import OPERATOR, Actor, Role
from bot.domain.appointment import Appointment
from bot.domain.city import CaseManager, City
from bot.domain.released import within_hours
from bot.messages.operator_news import Orphaned
from bot.observability.logs import fields
from bot.services import outgoing
from bot.services.unit import Unit
from bot.storage.engine.database import Tx
from bot.storage.records import key_values, staff_chats, staff_named
from bot.storage.records.staff_named import NO_TIES, Ties

log = logging.getLogger(__name__)

TOLD = "orphans_told"
"""Of whom the operators were last told."""


@dataclass(frozen=True, slots=True)
class Orphan:
    """A case manager or an office of an earlier city file, with all that still hangs on them.

    Who `sits_elsewhere` is named by the city file, but at another office than their bookings.
    """

    who: Actor
    booked: int = 0
    ties: Ties = NO_TIES
    sits_elsewhere: bool = False


def appointments(tx: Tx, city: City, now: int) -> tuple[Appointment, ...]:
    """Booked talks to come (at `now`, UTC epoch seconds) that nobody of the city file holds there.

    In order of time.
    """
    return tuple(staff_named.booked_elsewhere(tx, city.case_managers, now))


def out_of_hours(tx: Tx, city: City, now: int) -> tuple[Appointment, ...]:
    """Booked talks to come on a day that is closed now, or outside of what is released now."""
    return tuple(
        each
        for each in staff_named.booked(tx, now)
        if (person := city.case_manager.get(each.case_manager_id))
        and not within_hours(city, person, each.start, each.end)
    )


def number_out_of_hours(tx: Tx, city: City, person: CaseManager, now: int) -> int:
    """How many there are of one case manager."""
    booked = staff_named.times_booked(tx, person.id, now)
    return sum(not within_hours(city, person, start, end) for start, end in booked)


def of_city(tx: Tx, city: City, now: int) -> tuple[Orphan, ...]:
    """Everybody whom the city file has left behind at `now`, by id."""
    found: dict[Actor, Orphan] = {}
    for about in appointments(tx, city, now):
        for who in _left_behind(city, about):
            known = found.get(who, Orphan(who, sits_elsewhere=who.id in city.case_manager))
            found[who] = replace(known, booked=known.booked + 1)
    for who, ties in staff_named.ties(tx, now).items():
        if not city.names(who.id):
            found[who] = replace(found.get(who, Orphan(who)), ties=ties)
    return tuple(sorted(found.values(), key=lambda each: each.who.id))


def report(unit: Unit) -> None:
    """At a start: a line in the log for each, and a message to the operators if it is news."""
    found = of_city(unit.tx, unit.city, unit.now)
    for each in found:
        told = fields(who=each.who.label, booked=each.booked, **_counts(each.ties))
        log.error("the city file leaves somebody behind", extra=told)
    ids = tuple(each.who.id for each in found)
    if OPERATOR not in staff_chats.roles_with_channel(unit.tx):
        return
    if (key_values.get(unit.tx, TOLD) or "") != (known := ",".join(ids)):
        key_values.put(unit.tx, TOLD, known)
        if ids:
            outgoing.to_operators(unit, Orphaned(ids), f"orphans:{unit.now}:{known}")


def _left_behind(city: City, about: Appointment) -> tuple[Actor, ...]:
    """The case manager, the office, or both; who sits elsewhere only where both are named."""
    person = Actor(Role.CASE_MANAGER, about.case_manager_id)
    office = Actor(Role.FRONT_DESK, office_id=about.office_id)
    gone = tuple(each for each in (person, office) if not city.names(each.id))
    return gone or (person,)


def _counts(ties: Ties) -> dict[str, int]:
    return {name: getattr(ties, name) for name in Ties.__slots__}
