"""Which times are open to one client, as the database stands in this transaction."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.conversation.desk import Search
from bot.domain import slots, wall
from bot.domain.calendar import Calendar
from bot.domain.city import CaseManager, City
from bot.domain.slots import Busy, Slot
from bot.storage import appointments
from bot.storage.database import Tx


@dataclass(frozen=True, slots=True)
class Openings:
    """Looks for free slots for the client `person_id` at the moment `now` (UTC epoch seconds)."""

    tx: Tx
    city: City
    person_id: int
    now: int

    def by_day(self, search: Search, first: date) -> Iterator[tuple[date, list[tuple[Slot, ...]]]]:
        """The bookable days from `first` on; for each, the free slots of every team in order."""
        days = [day for day in self._calendar.bookable_days(self._today) if day >= first]
        if not days:
            return
        busy = self._busy(search, days[0], days[-1])
        zone = self.city.rules.time_zone
        for day in days:
            yield (
                day,
                [slots.free_slots(person, day, taken, self.now, zone) for person, taken in busy],
            )

    def on(self, search: Search, day: date) -> tuple[Slot, ...]:
        """The free slots of one day, in order of time."""
        if day not in self._calendar.bookable_days(self._today):
            return ()
        zone = self.city.rules.time_zone
        found = (
            slot
            for person, taken in self._busy(search, day, day)
            for slot in slots.free_slots(person, day, taken, self.now, zone)
        )
        return tuple(sorted(found, key=lambda slot: slot.start))

    def earliest(self, search: Search) -> Slot | None:
        """The first free slot; on the same day the nearer office, where that is wanted."""
        for _, found in self.by_day(search, self._today):
            firsts = [free[0] for free in found if free]
            if firsts:
                return firsts[0] if search.nearest_first else min(firsts, key=lambda s: s.start)
        return None

    def nearest(self, search: Search, start: int, limit: int) -> tuple[Slot, ...]:
        """The free slots nearest to `start`, in order of time."""
        every = [s for _, found in self.by_day(search, self._today) for free in found for s in free]
        best = sorted(every, key=lambda slot: abs(slot.start - start))[:limit]
        return tuple(sorted(best, key=lambda slot: slot.start))

    def is_open(self, slot: Slot, moving: int | None) -> bool:
        """Whether the rules and what is taken leave this very slot to the client."""
        person = self.city.case_manager[slot.case_manager_id]
        search = Search((person.office_id,), person.id, moving=moving)
        return slot in self.on(search, wall.local_day(slot.start, self.city.rules.time_zone))

    @property
    def _calendar(self) -> Calendar:
        return Calendar.of(self.city)

    @property
    def _today(self) -> date:
        return wall.local_day(self.now, self.city.rules.time_zone)

    def _busy(
        self, search: Search, first: date, last: date
    ) -> list[tuple[CaseManager, list[Busy]]]:
        zone = self.city.rules.time_zone
        start, _ = wall.day_bounds(first, zone)
        _, end = wall.day_bounds(last, zone)
        own = [
            Busy(a.start, a.end)
            for a in appointments.booked_by(self.tx, self.person_id, self.now)
            if a.id != search.moving
        ]
        people = self._people(search)
        if not people:
            return []
        taken = appointments.busy(
            self.tx,
            [person.id for person in people],
            self.person_id,
            start,
            end,
            self.now,
            ignoring=search.moving,
        )
        return [(person, own + taken[person.id]) for person in people]

    def _people(self, search: Search) -> list[CaseManager]:
        return [
            person
            for office_id in search.office_ids
            for person in self.city.team(office_id)
            if search.case_manager_id in (None, person.id)
        ]
