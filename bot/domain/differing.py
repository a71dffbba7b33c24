"""A few free times to choose from that differ: no start twice unless nothing else is free."""

from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cache
from itertools import product
from operator import attrgetter

from bot.domain.city import City
from bot.domain.contacts import PublicName, public_name
from bot.domain.slots import Slot
from bot.domain.spoken import speaks

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
    for rule, kind in product(_rules(city, spared), (*kinds, *[kinds[-1]] * most)):
        if len(chosen) < most:
            found = next((slot for slot in kind() if rule(slot, chosen)), None)
            chosen += [] if found is None else [found]
    return tuple(sorted(chosen, key=lambda slot: slot.start))


def in_time(city: City, language: str | None) -> Callable[[Slot], tuple[int, bool]]:
    """Sorts slots by their start, and at one start those with who speaks a language first."""
    known = cache(lambda id: speaks(city, city.case_manager[id], language))
    return lambda slot: (slot.start, not known(slot.case_manager_id))


def sorted_in_time(city: City, free: Iterable[Slot], language: str | None) -> list[Slot]:
    """By their start, and at one start those with who speaks a language first."""
    found = list(free)
    if language is not None:
        return sorted(found, key=in_time(city, language))
    found.sort(key=attrgetter("start"))
    return found


def soonest(
    city: City, firsts: Sequence[Slot], *, nearest_first: bool, language: str | None
) -> Slot:
    """Of everybody's first slot on one day the soonest; those of nearer offices come first."""
    nearest = city.case_manager[firsts[0].case_manager_id].office_id
    there = [s for s in firsts if city.case_manager[s.case_manager_id].office_id == nearest]
    return min(there if nearest_first else firsts, key=in_time(city, language))


def nearest(
    city: City, free: Iterable[Slot], start: int, most: int, language: str | None
) -> tuple[Slot, ...]:
    """The times nearest to `start`, in order of time."""
    in_order = sorted_in_time(city, free, language)
    by_distance = sorted(in_order, key=lambda slot: abs(slot.start - start))
    return one_of_each(city, (lambda: by_distance,), most)


def each_start_once(free: Iterable[Slot]) -> tuple[Slot, ...]:
    """The first of the slots at each start, in the order they have."""
    by_start: dict[int, Slot] = {}
    for slot in free:
        by_start.setdefault(slot.start, slot)
    return tuple(by_start.values())


def _rules(city: City, spared: Collection[Slot]) -> tuple[Rule, ...]:
    """What may still be chosen, the strictest first."""

    def known_as(slot: Slot) -> tuple[int, PublicName]:
        return slot.start, public_name(city, city.case_manager[slot.case_manager_id])

    def new_start(slot: Slot, chosen: Sequence[Slot]) -> bool:
        return slot.start not in {one.start for one in chosen}

    def new_and_fresh(slot: Slot, chosen: Sequence[Slot]) -> bool:
        return slot not in spared and new_start(slot, chosen)

    def somebody_else(slot: Slot, chosen: Sequence[Slot]) -> bool:
        return known_as(slot) not in {known_as(one) for one in chosen}

    return new_and_fresh, new_start, somebody_else
