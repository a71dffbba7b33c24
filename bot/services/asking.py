"""Another time is asked about: which ones can be offered, and that its client is asked.

Nothing is held. What is taken until the client chooses is refused then, as any other time is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from bot.conversation.port import Search
from bot.domain import local_time
from bot.domain.actors import Actor
from bot.domain.appointment import Answer, Appointment, Reason, Refused
from bot.domain.asking_changes import TimeAsked
from bot.domain.open_matters import Matter
from bot.domain.slots import Slot
from bot.services.availability import Availability
from bot.services.reactions import happened
from bot.services.unit import Unit
from bot.storage.records import appointments, circumstances

MOST = 3
"""So many times one question offers at most."""


@dataclass(frozen=True, slots=True)
class Asking:
    """What `actor` can offer the client of `about` instead."""

    unit: Unit
    actor: Actor
    about: Appointment

    def days(self) -> Iterator[tuple[date, tuple[Slot, ...]]]:
        """The days with times that its client could take, in order, and those times."""
        for day, free in Availability(self.unit, self.about.person_id).by_day(
            self._search, self.unit.today
        ):
            found = sorted((s for each in free for s in each if self._is_other(s)), key=_in_time)
            if found:
                yield day, tuple(found)

    def suggested(self) -> tuple[Slot, ...]:
        """The first time of each of the next days."""
        return tuple(free[0] for _, free in islice(self.days(), MOST))

    def ask(self, others: Sequence[Slot]) -> Refused | None:
        """Ask, if its client could take each of these now; who asks has seen the booking."""
        if not 1 <= len(others) <= MOST:
            return Refused(Reason.GONE)
        if not self._has(others):
            return Refused(Reason.TAKEN)
        tx, number = self.unit.tx, self.about.id
        settled = circumstances.of(tx, [number], self.unit.now)[number].settled
        appointments.settle(tx, number, {*settled} - {Matter.TIME_ASKED})
        appointments.set_answer(tx, number, Answer.ASKED)
        appointments.mark_seen(tx, number, self.unit.now)
        asked = appointments.known(tx, number)
        happened(self.unit, TimeAsked(asked, self.actor, tuple(others)))
        return None

    def _has(self, wanted: Sequence[Slot]) -> bool:
        free = Availability(self.unit, self.about.person_id)
        days = {local_time.local_day(slot.start, self.unit.zone) for slot in wanted}
        there = {slot for day in days for slot in free.on(self._search, day)}
        return all(slot in there and self._is_other(slot) for slot in wanted)

    def _is_other(self, slot: Slot) -> bool:
        """With whose appointment it is or whom they speak for; not the time it has."""
        about, person = self.about, self.unit.city.case_manager[slot.case_manager_id]
        same = person.id == about.case_manager_id
        return (same and slot.start != about.start) or (not same and self.actor.speaks_for(person))

    @property
    def _search(self) -> Search:
        offices = dict.fromkeys((self.about.office_id, self.actor.office_id or ""))
        named = tuple(id for id in offices if id in self.unit.city.office)
        by_phone = self.about.wishes.by_phone
        return Search(named, moving=self.about.id, by_phone=by_phone)


def _in_time(slot: Slot) -> tuple[int, str]:
    return slot.start, slot.case_manager_id
