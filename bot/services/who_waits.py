"""Who waits for a free time is told of one: once, who has waited longest first, and not at night.

Looked for is what is free now, whatever made it so: a cancellation, a move, an absence taken back,
a new day within the horizon. Nothing is held for who is told. The next is not told of the same
time before some while has passed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bot.conversation.port import Search
from bot.domain import waiting_for
from bot.domain.slots import Slot
from bot.domain.waiting_for import WaitingFor
from bot.services import outgoing
from bot.services.availability import NOBODY, Availability
from bot.services.unit import Unit
from bot.storage.engine.each_by_itself import SetAside, each_by_itself
from bot.storage.records import waiting_list

HEAD_START_SECONDS = 3600
MOST_AT_ONCE = 20
"""So many are told in one round; the next comes a minute later."""


def tell(unit: Unit) -> Iterator[SetAside]:
    """Tell as many as there are times nobody was told of yet; what had to be set aside."""
    if unit.is_quiet:
        return
    people = waiting_list.in_order(unit.tx, unit.now)
    if people:
        known = waiting_list.told_of(unit.tx, unit.now)
        calls = _Calls(unit, people, known, len(known) + MOST_AT_ONCE)
        yield from each_by_itself(unit.tx, "waiting client", people, calls.tell)


@dataclass(frozen=True, slots=True)
class _Calls:
    """One round through those who wait, until `most` times are told of.

    Where nothing is left for anybody it is looked up once.
    """

    unit: Unit
    people: Mapping[int, WaitingFor]
    told_of: set[tuple[str, int]]
    most: int
    exhausted: set[str] = field(default_factory=set)

    def tell(self, person_id: int) -> None:
        """Tell one of them, if there is a time that they could book."""
        target = self.people[person_id].target
        if target in self.exhausted or len(self.told_of) >= self.most:
            return
        if self._free(NOBODY, target) is None:
            self.exhausted.add(target)
        elif slot := self._free(person_id, target):
            self.told_of.add((slot.case_manager_id, slot.start))
            until = self.unit.now + HEAD_START_SECONDS
            waiting_list.note_told(self.unit.tx, person_id, slot, until)
            outgoing.to_who_waits(self.unit, person_id, target, slot)

    def _free(self, person_id: int, target: str) -> Slot | None:
        office_ids, case_manager_id = waiting_for.where(self.unit.city, target)
        search = Search(office_ids, case_manager_id)
        free = Availability(self.unit, person_id).in_order(search, self.unit.today)
        new = (slot for slot in free if (slot.case_manager_id, slot.start) not in self.told_of)
        return next(new, None)
