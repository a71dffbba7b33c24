"""Free times found the plain way: everything released, minus everything that touches it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from town import BERLIN

from bot.conversation.port import Search
from bot.domain.booking_window import BookingWindow
from bot.domain.calendar import Calendar
from bot.domain.city import CaseManager, City
from bot.domain.halves import Half
from bot.domain.slots import Slot


@dataclass(frozen=True)
class Stored:
    """What keeps somebody from a time: a talk has a client, an absence or a leaving has none.

    `until` is when a hold runs out, None for what is booked.
    """

    whose: str
    start: int
    end: int
    free: int
    client: int | None = None
    until: int | None = None
    id: int | None = None


@dataclass(frozen=True)
class PlainSearch:
    """Looks through a list of all there is, for one client at one moment."""

    city: City
    stored: Sequence[Stored]
    client: int
    now: int

    def slots(self, search: Search) -> list[Slot]:
        """All there are, in order of time; at one time in that of offices and people."""
        found = [
            slot
            for office_id in search.office_ids
            for person in self.city.case_managers
            if person.office_id == office_id and search.case_manager_id in (None, person.id)
            for slot in self._of(person, search)
        ]
        return sorted(found, key=lambda slot: slot.start)

    def _of(self, person: CaseManager, search: Search) -> Iterator[Slot]:
        calendar = Calendar.of(self.city, person.office_id)
        opening = BookingWindow.for_staff if search.walk_in else BookingWindow.for_clients
        window = opening(calendar, self.now)
        there = [each for each in self.stored if self._counts(each, search)]
        for day in (window.first + timedelta(days=n) for n in range(200)):
            if day > window.last or calendar.is_closed(day):
                continue
            mine = [t for t in there if t.whose == person.id and t.client is not None]
            if sum(_touches_day(talk, day) for talk in mine) >= person.talks_a_day:
                continue
            for slot in _released(person, day):
                fits = slot.start >= window.opens and search.half in (None, _half(slot))
                if fits and not any(self._takes(each, person, slot) for each in there):
                    yield slot

    def _counts(self, each: Stored, search: Search) -> bool:
        """A hold that has run out does not, nor the client's own, nor what is to be moved."""
        held = each.until is not None
        gone = held and ((each.until or 0) <= self.now or each.client == self.client)
        return not gone and (each.id is None or each.id != search.moving)

    def _takes(self, each: Stored, person: CaseManager, slot: Slot) -> bool:
        is_talk = each.client is not None
        theirs = each.whose == person.id or (not is_talk and each.whose == person.office_id)
        if theirs and each.start < (slot.free_at if is_talk else slot.end):
            return slot.start < each.free
        own = is_talk and each.client == self.client and each.until is None
        return own and each.start < slot.end and slot.start < each.end


def _released(person: CaseManager, day: date) -> list[Slot]:
    found = []
    for block in person.blocks:
        begins = datetime.combine(day, block.start)
        while block.is_on(day) and begins + timedelta(minutes=person.talk_minutes) <= (
            datetime.combine(day, block.end)
        ):
            start = int(begins.replace(tzinfo=BERLIN).timestamp())
            end = start + person.talk_minutes * 60
            found.append(Slot(person.id, start, end, end + person.buffer_minutes * 60))
            begins += timedelta(minutes=person.talk_minutes + person.buffer_minutes)
    return sorted(found, key=lambda slot: slot.start)


def _touches_day(talk: Stored, day: date) -> bool:
    midnights = (datetime.combine(d, datetime.min.time(), BERLIN) for d in (day, _after(day)))
    begins, ends = (midnight.timestamp() for midnight in midnights)
    return talk.start < ends and begins < talk.free


def _after(day: date) -> date:
    return day + timedelta(days=1)


def _half(slot: Slot) -> Half:
    morning = datetime.fromtimestamp(slot.start, BERLIN).hour < 12
    return Half.MORNING if morning else Half.AFTERNOON
