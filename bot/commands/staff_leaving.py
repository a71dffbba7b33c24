"""`python -m bot staff leave`, `moved`, `stay`: whoever leaves or moves, and what is booked there.

The first two only show what would become of it, until they are told that it is meant.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime

from bot import app
from bot.commands.staff_access import UnknownStaff
from bot.domain import local_time
from bot.domain.actors import Actor, Role
from bot.domain.appointment import Appointment
from bot.domain.city import CaseManager, City
from bot.runtime.clock import Clock
from bot.services import leaving
from bot.services.leaving import Aftermath, Leave
from bot.services.unit import Unit
from bot.settings import Settings
from bot.storage.engine.database import Tx
from bot.storage.records import chats, circumstances, staff_named

NOTHING_YET = "Nothing is changed yet: the same again with --yes does it."
DONE = "Done. Clients hear of it within a minute."
TAKE_OUT = "Now take {id} out of the city file and of BOT_STAFF, and start the bot again."


class NotPossible(Exception):  # noqa: N818  (an operator's slip, told in one line)
    """Somebody cannot leave or move like this."""


async def leave(
    settings: Settings, clock: Clock, id: str, on: date | None, to: str | None, *, yes: bool
) -> str:
    """What becomes of all that is booked from a day on. Raises UnknownStaff or NotPossible."""

    def work(unit: Unit) -> str:
        wanted = _wanted(unit, id, on, to)
        done = leaving.leave(unit, wanted)
        ends = [f"{n} {name}" for name, n in _counted(done) if n]
        told = (
            f"{id}: leaves {_when(unit, wanted.at)}; booked from then on: {_number(done)}",
            *_appointments(unit, done),
            f"ends: {', '.join(ends) or 'no chat, invitation or calendar'};"
            " links to pages open nothing",
            *([TAKE_OUT.format(id=id)] if yes and unit.city.names(id) else []),
        )
        return "\n".join(told)

    return await _do(settings, clock, work, yes=yes)


async def moved(settings: Settings, clock: Clock, id: str, *, yes: bool) -> str:
    """Let what is booked with somebody go along to their new office. Raises UnknownStaff."""

    def work(unit: Unit) -> str:
        person = _person(unit.city, id)
        done = leaving.move_along(unit, person)
        head = f"{id}: sits at {person.office_id}; booked elsewhere: {_number(done)}"
        return "\n".join((head, *_appointments(unit, done)))

    return await _do(settings, clock, work, yes=yes)


async def stay(settings: Settings, clock: Clock, id: str) -> str:
    """Take back that somebody leaves. Raises UnknownStaff or NotPossible."""

    def work(unit: Unit) -> str:
        if not leaving.stay(unit, _who(unit.tx, unit.city, id)):
            raise NotPossible(f"{id}: was not to leave")
        return f"{id}: can be booked again. What was called off stays so; invite them anew."

    return await _do(settings, clock, work, yes=True)


async def _do(settings: Settings, clock: Clock, work: Callable[[Unit], str], *, yes: bool) -> str:
    """Do the work, or only tell what it would lead to."""

    def attempt(tx: Tx) -> str:
        with tx.savepoint() as point:
            told = work(resources.open_unit(tx, resources.clock.now()))
            if not yes:
                point.undo()
        return told

    async with app.open_resources(settings, clock) as resources:
        told = await resources.database.run(attempt)
    return f"{told}\n{DONE if yes else NOTHING_YET}"


def _wanted(unit: Unit, id: str, on: date | None, to: str | None) -> Leave:
    if on is not None and on < unit.today:
        raise NotPossible(f"{on}: is over; without --on it is from now on")
    if on is not None and on > local_time.LAST_DAY:
        raise NotPossible(f"{on}: is after {local_time.LAST_DAY}, the last day there is here")
    if to == id:
        raise NotPossible(f"{to}: cannot take over from themselves; see `staff moved`")
    at = unit.now if on is None else max(unit.now, local_time.day_bounds(on, unit.zone)[0])
    return Leave(_who(unit.tx, unit.city, id), at, () if to is None else _takers(unit.city, to))


def _who(tx: Tx, city: City, id: str) -> Actor:
    """Somebody of the city file or of an earlier one."""
    if id in city.office:
        return Actor.speaking_as(Role.FRONT_DESK, id)
    found = staff_named.formerly(tx, id)
    if found is None:
        raise UnknownStaff(f"{id}: nobody of the staff, now or before")
    return found


def _takers(city: City, id: str) -> tuple[CaseManager, ...]:
    return city.team(id) if id in city.office else (_person(city, id),)


def _person(city: City, id: str) -> CaseManager:
    person = city.case_manager.get(id)
    if person is None:
        known = ", ".join(sorted(city.case_manager))
        raise UnknownStaff(f"{id}: no case manager of the city file; there are {known}")
    return person


def _appointments(unit: Unit, done: Aftermath) -> Iterator[str]:
    for about in sorted((*done.handed_over, *done.called_off), key=lambda each: each.start):
        taken = about in done.handed_over
        what = f"now with {about.case_manager_id}" if taken else "called off, other times offered"
        when = _when(unit, about.start)
        yield f"  {about.code}  {when}  {about.language}  {what}; {_reach(unit, about)}"


def _reach(unit: Unit, about: Appointment) -> str:
    if chats.of(unit.tx, about.person_id) is None:
        return "on paper only: tell them in person"
    known = circumstances.of(unit.tx, [about.id], unit.now)[about.id]
    return "told in chat" if known.reachable else "not reached in chat: tell them in person"


def _counted(done: Aftermath) -> Iterator[tuple[str, int]]:
    ties = done.ties
    yield "chats", ties.chats
    yield "invitations", ties.invitations
    yield "calendars", ties.calendars
    yield "links to lists", ties.links
    yield "absences", ties.absences


def _number(done: Aftermath) -> int:
    return len(done.handed_over) + len(done.called_off)


def _when(unit: Unit, moment: int) -> str:
    return f"{datetime.fromtimestamp(moment, unit.zone):%a %d %b %Y %H:%M}"
