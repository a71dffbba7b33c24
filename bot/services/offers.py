"""The times a client is offered instead of one their office called off."""

from collections.abc import Collection, Iterable, Iterator

from bot.conversation.port import Search
from bot.domain import differing, local_time
from bot.domain.appointment import Appointment
from bot.domain.slots import Slot
from bot.services.availability import Availability
from bot.services.unit import Unit

MOST = 3


def instead_of(unit: Unit, gone: Appointment, offered: Collection[Slot]) -> tuple[Slot, ...]:
    """The same time with a colleague, the same person's next time, and the soonest at all.

    No two begin at once unless nothing else is free. Of one start the office's own people and
    those who speak the client's language come first. What was `offered` to others whose talk was
    called off with it is spared as far as possible.
    """
    kinds = _Kinds(unit, gone)
    return differing.one_of_each(
        unit.city, (kinds.with_a_colleague, kinds.next_of_the_same, kinds.soonest), MOST, offered
    )


class _Kinds:
    """The free times of each kind, the best first."""

    def __init__(self, unit: Unit, gone: Appointment) -> None:
        self._unit, self._gone = unit, gone
        self._free = Availability(unit, gone.person_id)
        self._day = local_time.local_day(gone.start, unit.zone)
        self._in_time = differing.in_time(unit.city, gone.language)

    def with_a_colleague(self) -> Iterable[Slot]:
        """At the same time, by somebody else of the same office."""
        gone = self._gone
        found = self._free.on(Search((gone.office_id,)), self._day)
        then = (slot for slot in found if slot.start == gone.start)
        return self._best_first(s for s in then if s.case_manager_id != gone.case_manager_id)

    def next_of_the_same(self) -> Iterable[Slot]:
        """The person's times after the one that is called off, then those before it."""
        search = Search((self._gone.office_id,), self._gone.case_manager_id)
        every = list(self._free.in_order(search, self._unit.today))
        return sorted(every, key=lambda slot: slot.start < self._gone.start)

    def soonest(self) -> Iterator[Slot]:
        """Whoever's, from now on."""
        everywhere = Search(tuple(office.id for office in self._unit.city.offices))
        for _, found in self._free.by_day(everywhere, self._unit.today):
            yield from self._best_first(slot for free in found for slot in free)

    def _best_first(self, free: Iterable[Slot]) -> list[Slot]:
        return sorted(free, key=self._how_good)

    def _how_good(self, slot: Slot) -> tuple[int, bool, bool]:
        start, speaks_it_not = self._in_time(slot)
        office_id = self._unit.city.case_manager[slot.case_manager_id].office_id
        return start, office_id != self._gone.office_id, speaks_it_not
