"""How a free time stands on a button: what differs first, the day, the time, then with whom."""

from collections.abc import Sequence

from bot.conversation import public_names
from bot.conversation.content import Line, ShortDay, Time, say
from bot.domain.city import City
from bot.domain.short_names import short_names
from bot.domain.slots import Slot


def when(slot: Slot) -> Line:
    """The day and the time, where it is plain with whom."""
    return say("alternatives.slot", day=ShortDay(slot.start), time=Time(slot.start))


def with_whom(city: City, free: Sequence[Slot]) -> tuple[Line, ...]:
    """For each of these slots day, time and a name, as short as still tells people apart."""
    names = short_names(city, {city.case_manager[slot.case_manager_id] for slot in free})
    return tuple(
        say(
            "called_off.slot",
            day=ShortDay(slot.start),
            time=Time(slot.start),
            name=public_names.short(names[slot.case_manager_id]),
        )
        for slot in free
    )


def unless_with(city: City, case_manager_id: str, slot: Slot, free: Sequence[Slot]) -> Line:
    """The day and the time of one of the `free`; with whom, if that is somebody else."""
    if slot.case_manager_id == case_manager_id:
        return when(slot)
    return with_whom(city, free)[free.index(slot)]
