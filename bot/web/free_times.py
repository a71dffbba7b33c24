"""The free times a form that books offers: first the days, then the times of one of them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from bot.conversation import slot_values
from bot.conversation.port import Search
from bot.domain import slots
from bot.domain.slots import Slot
from bot.rendering.text import Writer
from bot.services.availability import NOBODY, Availability
from bot.services.staff_service import StaffService
from bot.web import words
from bot.web.page_facts import Choice


def choice(writer: Writer, slot: Slot, *, named: bool) -> Choice:
    """A time to choose; with whom, if that is to be `named`."""
    when = words.clock(slot.start, writer)
    name = writer.city.case_manager[slot.case_manager_id].name
    return Choice(slot_values.of_slot(slot), f"{when}, {name}" if named else when)


@dataclass(frozen=True, slots=True)
class FreeTimes:
    """Those of a case manager, or of everybody in a front desk's office."""

    service: StaffService
    writer: Writer

    def days(self) -> Iterator[date]:
        """The days that have any."""
        return self._availability.days(self._search, self.service.unit.today)

    def on(self, day: date) -> tuple[Choice, ...]:
        """The times of a day; with whom, where that is to be chosen."""
        return tuple(self._choices(self._availability.on(self._search, day)))

    def slot(self, value: str) -> Slot | None:
        """The time a form asks for, whoever's it is; None for a forged value."""
        wanted = slot_values.to_slot(value)
        person = self.service.unit.city.case_manager.get(wanted[0]) if wanted else None
        return slots.slot_at(person, wanted[1]) if wanted and person else None

    def _choices(self, free: Iterable[Slot]) -> Iterable[Choice]:
        named = self.service.actor.case_manager_id is None
        return (choice(self.writer, slot, named=named) for slot in free)

    @property
    def _availability(self) -> Availability:
        return Availability(self.service.unit, NOBODY)

    @property
    def _search(self) -> Search:
        actor = self.service.actor
        return Search((actor.office_id or "",), actor.case_manager_id, walk_in=True)
