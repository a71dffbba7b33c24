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
from bot.services.sweeps import Sweep
from bot.services.unit import Unit
from bot.storage.records import waiting_list

HEAD_START_SECONDS = 3600
MOST_AT_ONCE = 20
"""So many are told in one round; the next comes a minute later."""


def sweeps(unit: Unit) -> Iterator[Sweep[int]]:
    """Tell as many as there are times nobody was told of yet."""
    if unit.is_quiet:
        return
    people = waiting_list.in_order(unit.tx, unit.now)
    if people:
        calls = _Calls(people, len(waiting_list.told_of(unit.tx, unit.now)) + MOST_AT_ONCE)
        yield Sweep("waiting client", lambda unit: [*people], calls.tell)


@dataclass(frozen=True, slots=True)
class _Calls:
    """One round through those who wait, until `most` times are told of.

    Where nothing is left for anybody it is looked up once.
    """

    people: Mapping[int, WaitingFor]
    most: int
    exhausted: set[str] = field(default_factory=set)

    def tell(self, unit: Unit, person_id: int) -> None:
        """Tell one of them, if they still wait and there is a time that they could book."""
        target = self.people[person_id].target
        if target in self.exhausted:
            return
        told_of = waiting_list.told_of(unit.tx, unit.now)
        if len(told_of) >= self.most:
            self.exhausted.update(each.target for each in self.people.values())
        elif _free(unit, NOBODY, target, told_of) is None:
            self.exhausted.add(target)
        elif waiting_list.of(unit.tx, person_id, unit.now) is not None:
            self._tell(unit, person_id, _free(unit, person_id, target, told_of))

    def _tell(self, unit: Unit, person_id: int, slot: Slot | None) -> None:
        if slot is not None:
            until = unit.now + HEAD_START_SECONDS
            waiting_list.note_told(unit.tx, person_id, slot, until)
            outgoing.to_who_waits(unit, person_id, self.people[person_id].target, slot)


def _free(unit: Unit, person_id: int, target: str, told_of: set[tuple[str, int]]) -> Slot | None:
    office_ids, case_manager_id = waiting_for.where(unit.city, target)
    search = Search(office_ids, case_manager_id)
    free = Availability(unit, person_id).in_order(search, unit.today)
    new = (slot for slot in free if (slot.case_manager_id, slot.start) not in told_of)
    return next(new, None)
