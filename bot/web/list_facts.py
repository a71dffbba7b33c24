"""What the lists of a case manager and of a front desk show, from one transaction."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.conversation import slot_values
from bot.conversation.port import Search
from bot.domain import local_time
from bot.domain.appointment import Appointment, Status
from bot.domain.city import CaseManager, Office
from bot.domain.slots import Slot
from bot.services import walk_in_bookings
from bot.services.availability import Availability
from bot.services.staff_service import StaffService
from bot.storage.records import feeds
from bot.web import page_facts, words
from bot.web.page_facts import (
    BookingFacts,
    Choice,
    ClosingFacts,
    DayList,
    DeskFacts,
    Entry,
    FreeDay,
    Link,
    Mark,
    News,
    PersonFacts,
)

WEEK = 7
HOURS = range(6, 21)
AHEAD = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Lists:
    """Reads the lists of what `desk` may see; `path_to` leads to an appointment's page."""

    service: StaffService
    path_to: Callable[[Appointment], str]

    def person(self, person: CaseManager, page: str, problem: str = "") -> PersonFacts:
        """A case manager's own page, whose path is `page`."""
        today = self.today
        days = [today + timedelta(days=number) for number in range(WEEK)]
        lists = [self._day(day, _titled(day, today)) for day in days]
        hours = tuple(Choice(str(hour), f"{hour}:00 Uhr") for hour in HOURS)
        return PersonFacts(
            name=person.name,
            today=lists[0],
            tomorrow=lists[1],
            week=tuple(each for each in lists[2:] if each.entries),
            post_to=page,
            booking=f"{page}/book",
            closing=replace(self._closing(page), hours=hours),
            news=self._failures(days),
            problem=problem,
            has_feed=feeds.is_made(self.service.tx, person.id),
        )

    def office(self, office: Office, day: date, page: str, problem: str = "") -> DeskFacts:
        """The day of an office for its front desk."""
        before, after = day - timedelta(days=1), day + timedelta(days=1)
        heading = f"{words.weekday(day)}, {words.full_day(day)}"
        return DeskFacts(
            office=f"{office.provider}, {office.street}",
            day=self._day(day, heading),
            previous=Link(f"Zurück: {words.written_day(before)}", f"{page}/day/{before}"),
            following=Link(f"Weiter: {words.written_day(after)}", f"{page}/day/{after}"),
            today=page,
            booking=f"{page}/book",
            closing=self._closing(page),
            printed=f"Stand: {words.moment(self.service.now, self.service.city)}.",
            problem=problem,
        )

    def booking(self, page: str, overview: str, problem: str = "") -> BookingFacts:
        """The free times of a case manager, or of all in a front desk's office."""
        service, actor = self.service, self.service.actor
        availability = Availability(
            self.service.tx, service.city, walk_in_bookings.NOBODY, service.now, service.staffing
        )
        search = Search((actor.office_id or "",), actor.case_manager_id)
        named, days = actor.case_manager_id is None, list[FreeDay]()
        for day, found in availability.by_day(search, self.today):
            times = sorted((s for free in found for s in free), key=lambda slot: slot.start)
            if times:
                days.append(FreeDay(words.written_day(day), self._choices(day, times, named=named)))
        languages = tuple(Choice(code, words.language(code)) for code in service.city.languages)
        return BookingFacts(tuple(days), languages, page, overview, problem)

    def stretch(self, person: CaseManager, start: int, end: int) -> str:
        """A closed time in words, and whose it is unless it is the reader's own."""
        when = words.stretch(start, end, self.service.city)
        return when if self.service.actor.case_manager_id == person.id else f"{person.name}, {when}"

    @property
    def today(self) -> date:
        """The day it is in the city."""
        return local_time.local_day(self.service.now, self.service.city.rules.time_zone)

    def _closing(self, page: str) -> ClosingFacts:
        """What closes and opens times; of whom, if it may be somebody else's."""
        people, own = self.service.closable, self.service.actor.case_manager_id
        others = [one for one in people if one.id != own]
        closed = tuple(
            Choice(str(one.id), self.stretch(person, one.start, one.end))
            for person in people
            for one in self.service.absences(person.id)
        )
        last = self.today + AHEAD
        team = tuple(Choice(one.id, one.name) for one in people) if others else ()
        return ClosingFacts(self.today.isoformat(), last.isoformat(), page, team, closed=closed)

    def _choices(self, day: date, times: list[Slot], *, named: bool) -> tuple[Choice, ...]:
        return tuple(Choice(slot_values.of_slot(one), self._time(day, one, named)) for one in times)

    def _time(self, day: date, slot: Slot, named: bool) -> str:
        when = f"{words.written_day(day)}, {words.clock(slot.start, self.service.city)}"
        name = self.service.city.case_manager[slot.case_manager_id].name
        return f"{when}, {name}" if named else when

    def _day(self, day: date, heading: str) -> DayList:
        return DayList(heading, tuple(self._entry(each) for each in self.service.diary(day, day)))

    def _entry(self, about: Appointment) -> Entry:
        city, person = self.service.city, self.service.city.case_manager.get(about.case_manager_id)
        return Entry(
            time=words.clock(about.start, city),
            code=about.code,
            language=words.language(about.language),
            status=page_facts.Status(about.status),
            path=self.path_to(about),
            notes=words.short_wishes(about),
            news=tuple(self._news(about)),
            case_manager=person.name if person else about.case_manager_id,
        )

    def _news(self, about: Appointment) -> Iterator[News]:
        service, delivery = self.service, self.service.delivery(about.id)
        mine = service.actor.case_manager_id == about.case_manager_id
        booked = about.status is Status.BOOKED
        if mine and booked and about.seen_at is None and about.start > service.now:
            yield News("Noch nicht gesehen", Mark.WAITING)
        if delivery is None or delivery.reached or about.end <= service.now:
            return
        if service.on_paper(about.id):
            yield News("Ohne Telegram gebucht", Mark.WAITING)
        else:
            yield News("Per Chat nicht erreicht", Mark.ATTENTION)

    def _failures(self, days: list[date]) -> tuple[News, ...]:
        told = (
            (each, self.service.delivery(each.id)) for each in self.service.diary(days[0], days[-1])
        )
        return tuple(
            News(f"Eine Nachricht zu Termin {each.code} kam nicht bei Ihnen an.", Mark.ATTENTION)
            for each, delivery in told
            if delivery and delivery.failed
        )


def _titled(day: date, today: date) -> str:
    name = {0: "Heute, ", 1: "Morgen, "}.get((day - today).days, "")
    return name + words.written_day(day)
