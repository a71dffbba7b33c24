"""Which times are open to one client, as the database stands in this transaction."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice, takewhile

from bot.conversation.port import Search
from bot.domain import differing, local_time, slots, spoken
from bot.domain.appointment import Appointment
from bot.domain.bookable import bookable
from bot.domain.booking_window import BookingWindow, days_of
from bot.domain.calendar import Calendar
from bot.domain.city import CaseManager
from bot.domain.contacts import can_be_called
from bot.domain.halves import Half
from bot.domain.slots import Busy, Slot, Taken
from bot.services import staff_notifying
from bot.services.unit import Unit
from bot.storage.records import busy_times

NOBODY = 0
"""The client for whom free times are looked up before there is one."""
NEAR_SECONDS = 4 * 24 * 3600
DAYS_OF_A_SCREEN = 7
"""So many are looked up where days are shown: one more than a screen has."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A case manager who can be booked, and when."""

    person: CaseManager
    window: BookingWindow

    def free(self, day: date, taken: Sequence[Taken], half: Half | None) -> tuple[Slot, ...]:
        """What is free on a day they work on, or in half of it, in order."""
        zone = self.window.calendar.rules.time_zone
        return slots.free_slots(self.person, day, taken, self.window.opens, zone, half)

    def first_free(self, day: date, taken: Sequence[Taken], half: Half | None) -> Slot | None:
        """The first of it; quicker than to find it all."""
        zone = self.window.calendar.rules.time_zone
        return slots.first_free(self.person, day, taken, self.window.opens, zone, half)

    def works_on(self, day: date) -> bool:
        """Whether any talk can begin then, were nothing taken."""
        return bool(self.person.week.starts(day)) and self.window.has(day)


@dataclass(frozen=True, slots=True)
class Availability:
    """Looks for free slots for the client `person_id`; nobody's own talks count for `NOBODY`."""

    unit: Unit
    person_id: int

    def days(self, search: Search, first: date) -> Iterator[date]:
        """The bookable days from `first` on that have room."""
        people = self._people(search)
        for some in self._handfuls(people, first, DAYS_OF_A_SCREEN):
            room = self._with_room(search, people, some)
            yield from (day for day in some if day in room)

    def by_day(
        self, search: Search, first: date
    ) -> Iterator[tuple[date, Iterator[tuple[Slot, ...]]]]:
        """The bookable days from `first` on; for each, the free slots of everybody in order."""
        for day, busy in self._busy_by_day(search, first):
            yield day, _free(search, busy, day)

    def on(self, search: Search, day: date) -> tuple[Slot, ...]:
        """The free slots of one day, in order of time."""
        people = [each for each in self._people(search) if each.works_on(day)]
        found = _free(search, self._busy(search, people, day, day), day)
        return tuple(self._in_time(search, found))

    def earliest(self, search: Search) -> Slot | None:
        """The first free slot; on the same day the nearer office, where that is wanted."""
        city, near, language = self.unit.city, search.nearest_first, search.prefers
        for day, busy in self._busy_by_day(search, self.unit.today):
            found = (each.first_free(day, taken, search.half) for each, taken in busy)
            if firsts := [slot for slot in found if slot is not None]:
                return differing.soonest(city, firsts, nearest_first=near, language=language)
        return None

    def nearest(self, search: Search, start: int, limit: int) -> tuple[Slot, ...]:
        """The free slots nearest to `start`, in order of time; see the port.

        All there are are looked up only where the days around it hold too few.
        """
        earliest, latest = start - NEAR_SECONDS, start + NEAR_SECONDS
        after = self.in_order(search, local_time.local_day(earliest, self.unit.zone))
        near = takewhile(lambda slot: slot.start < latest, after)
        every = self.in_order(search, self.unit.today)
        for free in ((slot for slot in near if slot.start > earliest), every):
            found = differing.nearest(self.unit.city, free, start, limit, search.prefers)
            if len({slot.start for slot in found}) == limit:
                break
        return found

    def in_order(self, search: Search, first: date) -> Iterator[Slot]:
        """The free slots from the day `first` on, in order of time."""
        for _, found in self.by_day(search, first):
            yield from self._in_time(search, found)

    def _in_time(self, search: Search, found: Iterable[tuple[Slot, ...]]) -> list[Slot]:
        every = chain.from_iterable(found)
        return differing.sorted_in_time(self.unit.city, every, search.prefers)

    def team(self, *office_ids: str) -> tuple[CaseManager, ...]:
        """The case managers of these offices who can be booked, in order."""
        city = self.unit.city
        people = tuple(person for office_id in office_ids for person in city.team(office_id))
        # In an example everybody can be booked: nobody need be asked for.
        ids = () if city.example else (person.id for person in people)
        return bookable(city, people, staff_notifying.reached(self.unit, ids))

    def is_open(self, slot: Slot, moving: int | None, *, by_staff: bool) -> bool:
        """Whether the rules and what is taken leave this very slot to the client."""
        person = self.unit.city.case_manager[slot.case_manager_id]
        search = Search((person.office_id,), person.id, moving=moving, walk_in=by_staff)
        return slot in self.on(search, local_time.local_day(slot.start, self.unit.zone))

    def taken_by(self, person: CaseManager, start: int, end: int) -> tuple[Slot, ...]:
        """The free slots of one day that a closed stretch of it takes; of several days, none."""
        first, last = (local_time.local_day(at, self.unit.zone) for at in (start, end - 1))
        if first != last:
            return ()
        free = self.on(Search((person.office_id,), person.id, walk_in=True), first)
        return tuple(slot for slot in free if Busy(start, end).takes(slot))

    def at_the_same_time(self, person: CaseManager, about: Appointment) -> Slot | None:
        """This person's slot at the time of an appointment its client has, if they are free then.

        How soon it is matters not: its client has that time already.
        """
        day = local_time.local_day(about.start, self.unit.zone)
        search = Search((person.office_id,), person.id, moving=about.id, walk_in=True)
        wanted = slots.slot_at(person, about.start)
        return wanted if wanted in self.on(search, day) else None

    def _handfuls(
        self, people: Sequence[Candidate], first: date, at_once: int
    ) -> Iterator[list[date]]:
        """The days on which one of them works: so many at once, then each time twice as many.

        So nothing is read that nobody asks for, and who looks far ahead asks the database seldom.
        """
        windows = {each.window.calendar.closures: each.window for each in people}.values()
        open_days = days_of(windows, max(first, self.unit.today))
        days = (day for day in open_days if any(each.person.week.starts(day) for each in people))
        while some := list(islice(days, at_once)):
            yield some
            at_once *= 2

    def _with_room(
        self, search: Search, people: Sequence[Candidate], days: list[date]
    ) -> set[date]:
        """Which of these days have room. Where the first case manager has, nobody else is asked."""
        room: set[date] = set()
        for each in people:
            left = [day for day in days if day not in room and each.works_on(day)]
            if left:
                [(_, taken)] = self._busy(search, [each], left[0], left[-1])
                room.update(day for day in left if each.first_free(day, taken, search.half))
        return room

    def _busy_by_day(
        self, search: Search, first: date
    ) -> Iterator[tuple[date, list[tuple[Candidate, list[Taken]]]]]:
        people = self._people(search)
        for some in self._handfuls(people, first, 1):
            busy = self._busy(search, people, some[0], some[-1])
            for day in some:
                yield day, [(each, taken) for each, taken in busy if each.works_on(day)]

    def _busy(
        self, search: Search, people: Sequence[Candidate], first: date, last: date
    ) -> list[tuple[Candidate, list[Taken]]]:
        if not people:
            return []
        zone = self.unit.zone
        taken = busy_times.busy(
            self.unit.tx,
            [each.person for each in people],
            self.person_id,
            local_time.day_bounds(first, zone)[0],
            local_time.day_bounds(last, zone)[1],
            self.unit.now,
            ignoring=search.moving,
        )
        return [(each, taken[each.person.id]) for each in people]

    def _people(self, search: Search) -> list[Candidate]:
        people = [
            person
            for person in self.team(*search.office_ids)
            if search.case_manager_id in (None, person.id)
            and (not search.by_phone or can_be_called(self.unit.city, person))
            and spoken.speaks(self.unit.city, person, search.speaking)
        ]
        windows = self._windows(search)
        return [Candidate(person, windows[person.office_id]) for person in people]

    def _windows(self, search: Search) -> dict[str, BookingWindow]:
        """By office; those that are closed on the same days share one."""
        opening = BookingWindow.for_staff if search.walk_in else BookingWindow.for_clients
        found: dict[str, BookingWindow] = {}
        shared: dict[frozenset[date], BookingWindow] = {}
        for id in search.office_ids:
            calendar = Calendar.of(self.unit.city, id)
            if calendar.closures not in shared:
                shared[calendar.closures] = opening(calendar, self.unit.now)
            found[id] = shared[calendar.closures]
        return found


def _free(
    search: Search, busy: Iterable[tuple[Candidate, list[Taken]]], day: date
) -> Iterator[tuple[Slot, ...]]:
    for each, taken in busy:
        yield each.free(day, taken, search.half)
