"""A few free times to choose from that differ: no start twice unless nothing else is free."""

from collections.abc import Callable, Collection, Iterable, Sequence

from bot.domain.city import City
from bot.domain.contacts import public_name
from bot.domain.slots import Slot

Kind = Callable[[], Iterable[Slot]]
"""Free times of one kind, the best first; looked up anew each time it is called."""
Rule = Callable[[Slot, Sequence[Slot]], bool]


def one_of_each(
    city: City, kinds: Sequence[Kind], most: int, spared: Collection[Slot] = ()
) -> tuple[Slot, ...]:
    """The best of each kind, then more of the last, up to `most`, in order of time.

    What is `spared`, since somebody else was offered it, is taken only where nothing else begins
    at a time of its own. Two people a client knows by one name never stand at one start.
    """
    chosen: list[Slot] = []
    for rule in _rules(city, spared):
        for kind in (*kinds, *[kinds[-1]] * most):
            found = next((slot for slot in kind() if rule(slot, chosen)), None)
            if found is not None and len(chosen) < most:
                chosen.append(found)
    return tuple(sorted(chosen, key=lambda slot: slot.start))


def nearest(city: City, free: Iterable[Slot], start: int, most: int) -> tuple[Slot, ...]:
    """The times nearest to `start`, in order of time."""
    by_distance = sorted(free, key=lambda slot: abs(slot.start - start))
    return one_of_each(city, (lambda: by_distance,), most)


def each_start_once(free: Iterable[Slot], preferred: Callable[[Slot], bool]) -> tuple[Slot, ...]:
    """One slot for each start, in order of time; the first `preferred` one where there is any."""
    by_start: dict[int, Slot] = {}
    for slot in sorted(free, key=lambda slot: (slot.start, not preferred(slot))):
        by_start.setdefault(slot.start, slot)
    return tuple(by_start.values())


def _rules(city: City, spared: Collection[Slot]) -> tuple[Rule, ...]:
    """What may still be chosen, the strictest first."""

    def known_as(slot: Slot) -> tuple[int, str]:
        return slot.start, public_name(city, city.case_manager[slot.case_manager_id])

    def new_start(slot: Slot, chosen: Sequence[Slot]) -> bool:
        return slot.start not in {one.start for one in chosen}

    def new_and_fresh(slot: Slot, chosen: Sequence[Slot]) -> bool:
        return slot not in spared and new_start(slot, chosen)

    def somebody_else(slot: Slot, chosen: Sequence[Slot]) -> bool:
        return known_as(slot) not in {known_as(one) for one in chosen}

    return new_and_fresh, new_start, somebody_else
