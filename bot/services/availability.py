"""Which times are open to one client, as the database stands in this transaction."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from bot.conversation.port import Search
from bot.domain import differing, local_time, slots, spoken
from bot.domain.bookable import bookable
from bot.domain.calendar import Calendar
from bot.domain.city import CaseManager
from bot.domain.slots import Busy, Slot
from bot.services import staff_notifying
from bot.services.unit import Unit
from bot.storage.records import appointments, busy_times

NOBODY = 0
"""The client for whom free times are looked up before there is one."""
DAYS_AT_ONCE = 11  # among them are seven working days, one more than a screen shows


@dataclass(frozen=True, slots=True)
class Availability:
    """Looks for free slots for the client `person_id`; nobody's own talks count for `NOBODY`."""

    unit: Unit
    person_id: int

    def days(self, search: Search, first: date) -> Iterator[date]:
        """The bookable days from `first` on that have room."""
        for some in self._handfuls(first):
            room = self._with_room(search, some)
            yield from (day for day in some if day in room)

    def by_day(
        self, search: Search, first: date
    ) -> Iterator[tuple[date, Iterator[tuple[Slot, ...]]]]:
        """The bookable days from `first` on; for each, the free slots of everybody in order."""
        people = self._people(search)
        for some in self._handfuls(first):
            busy = self._busy(search, people, some[0], some[-1])
            for day in some:
                yield day, self._free(search, busy, day)

    def on(self, search: Search, day: date) -> tuple[Slot, ...]:
        """The free slots of one day, in order of time."""
        if not self._calendar.is_bookable(day, self.unit.today):
            return ()
        busy = self._busy(search, self._people(search), day, day)
        found = self._free(search, busy, day)
        return tuple(sorted((s for free in found for s in free), key=self._in_time(search)))

    def earliest(self, search: Search) -> Slot | None:
        """The first free slot; on the same day the nearer office, where that is wanted."""
        city, near, language = self.unit.city, search.nearest_first, search.prefers
        for _, found in self.by_day(search, self.unit.today):
            if firsts := [free[0] for free in found if free]:
                return differing.soonest(city, firsts, nearest_first=near, language=language)
        return None

    def nearest(self, search: Search, start: int, limit: int) -> tuple[Slot, ...]:
        """The free slots nearest to `start`, in order of time; see the port."""
        every = self.in_order(search, self.unit.today)
        return differing.nearest(self.unit.city, every, start, limit, search.prefers)

    def in_order(self, search: Search, first: date) -> Iterator[Slot]:
        """The free slots from the day `first` on, in order of time."""
        in_time = self._in_time(search)
        for _, found in self.by_day(search, first):
            yield from sorted((s for free in found for s in free), key=in_time)

    def _in_time(self, search: Search) -> Callable[[Slot], tuple[int, bool]]:
        return differing.in_time(self.unit.city, search.prefers)

    def team(self, *office_ids: str) -> tuple[CaseManager, ...]:
        """The case managers of these offices who can be booked, in order."""
        people = (person for office_id in office_ids for person in self.unit.city.team(office_id))
        # In an example everybody can be booked: nobody need be asked for.
        told = frozenset[str]() if self.unit.city.example else staff_notifying.reached(self.unit)
        return bookable(self.unit.city, people, told)

    def is_open(self, slot: Slot, moving: int | None) -> bool:
        """Whether the rules and what is taken leave this very slot to the client."""
        person = self.unit.city.case_manager[slot.case_manager_id]
        search = Search((person.office_id,), person.id, moving=moving)
        return slot in self.on(search, local_time.local_day(slot.start, self.unit.zone))

    @property
    def _calendar(self) -> Calendar:
        return Calendar.of(self.unit.city)

    def _handfuls(self, first: date) -> Iterator[list[date]]:
        days = (day for day in self._calendar.bookable_days(self.unit.today) if day >= first)
        while some := list(islice(days, DAYS_AT_ONCE)):
            yield some

    def _with_room(self, search: Search, days: list[date]) -> set[date]:
        """Which of these days have room. Where the first case manager has, nobody else is asked."""
        room: set[date] = set()
        for person in self._people(search):
            left = [day for day in days if day not in room]
            released = [day for day in left if self._has_room(search, person, day, [])]
            if released:
                [(_, taken)] = self._busy(search, [person], released[0], released[-1])
                on = slots.by_day(taken, released, self.unit.zone)
                room.update(d for d in released if self._has_room(search, person, d, on[d]))
        return room

    def _has_room(
        self, search: Search, person: CaseManager, day: date, taken: Sequence[Busy]
    ) -> bool:
        return slots.has_room(person, day, taken, self.unit.now, self.unit.zone, search.half)

    def _free(
        self, search: Search, busy: list[tuple[CaseManager, list[Busy]]], day: date
    ) -> Iterator[tuple[Slot, ...]]:
        now, zone = self.unit.now, self.unit.zone
        for person, taken in busy:
            yield slots.free_slots(person, day, taken, now, zone, search.half)

    def _busy(
        self, search: Search, people: list[CaseManager], first: date, last: date
    ) -> list[tuple[CaseManager, list[Busy]]]:
        if not people:
            return []
        zone = self.unit.zone
        start, _ = local_time.day_bounds(first, zone)
        _, end = local_time.day_bounds(last, zone)
        own = [
            Busy(a.start, a.end)
            for a in appointments.booked_by(self.unit.tx, self.person_id, self.unit.now)
            if a.id != search.moving
        ]
        taken = busy_times.busy(
            self.unit.tx,
            [person.id for person in people],
            self.person_id,
            start,
            end,
            self.unit.now,
            ignoring=search.moving,
        )
        return [(person, own + taken[person.id]) for person in people]

    def _people(self, search: Search) -> list[CaseManager]:
        return [
            person
            for person in self.team(*search.office_ids)
            if search.case_manager_id in (None, person.id)
            and spoken.speaks(self.unit.city, person, search.speaking)
        ]
