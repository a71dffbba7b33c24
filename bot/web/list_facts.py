"""What the lists of a case manager and of a front desk show, from one transaction."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.conversation import slot_values, staff_lines
from bot.conversation.port import Search
from bot.domain import local_time
from bot.domain.absence import DAYS_AHEAD, HOURS
from bot.domain.appointment import Appointment
from bot.domain.appointment_view import AppointmentView
from bot.domain.city import CaseManager, Office
from bot.domain.contacts import can_be_called
from bot.domain.slots import Slot
from bot.rendering.text import Writer
from bot.services.availability import NOBODY, Availability
from bot.services.staff_service import StaffService
from bot.storage.records import feeds
from bot.web import words
from bot.web.page_facts import (
    BookingFacts,
    Choice,
    ClosingFacts,
    DayList,
    DeskFacts,
    FreeDay,
    ListEntry,
    PageLink,
    PersonFacts,
)

WEEK = 7


@dataclass(frozen=True, slots=True)
class Lists:
    """What `service` may see as lists; `path_to` leads to an appointment's page."""

    service: StaffService
    path_to: Callable[[Appointment], str]
    writer: Writer

    def person(self, person: CaseManager, page: str, problem: str = "") -> PersonFacts:
        """A case manager's own page, whose path is `page`."""
        today = self.today
        days = [today + timedelta(days=number) for number in range(WEEK)]
        found = self._by_day(days[0], days[-1])
        lists = [DayList(_titled(day, today), found.get(day, ())) for day in days]
        hours = tuple(Choice(str(hour), f"{hour}:00 Uhr") for hour in HOURS)
        return PersonFacts(
            name=person.name,
            today=lists[0],
            tomorrow=lists[1],
            week=tuple(each for each in lists[2:] if each.entries),
            post_to=page,
            booking=f"{page}/book",
            closing=replace(self._closing(page), hours=hours),
            problem=problem,
            has_feed=feeds.is_made(self.service.unit.tx, person.id),
        )

    def office(self, office: Office, day: date, page: str, problem: str = "") -> DeskFacts:
        """The day of an office for its front desk."""
        before, after = day - timedelta(days=1), day + timedelta(days=1)
        heading = f"{words.weekday(day)}, {words.full_day(day)}"
        return DeskFacts(
            office=f"{office.provider}, {office.street}",
            day=DayList(heading, self._by_day(day, day).get(day, ())),
            previous=PageLink(f"Zurück: {words.written_day(before)}", f"{page}/day/{before}"),
            following=PageLink(f"Weiter: {words.written_day(after)}", f"{page}/day/{after}"),
            today=page,
            booking=f"{page}/book",
            closing=self._closing(page),
            printed=f"Stand: {words.moment(self.service.unit.now, self.service.unit.city)}.",
            problem=problem,
        )

    def booking(self, page: str, overview: str, problem: str = "") -> BookingFacts:
        """The free times of a case manager, or of all in a front desk's office."""
        unit, actor = self.service.unit, self.service.actor
        availability = Availability(unit, NOBODY)
        search = Search((actor.office_id or "",), actor.case_manager_id)
        named, days = actor.case_manager_id is None, list[FreeDay]()
        team = [p for p in unit.city.team(actor.office_id or "") if actor.speaks_for(p)]
        for day, found in availability.by_day(search, self.today):
            times = sorted((s for free in found for s in free), key=lambda slot: slot.start)
            if times:
                days.append(FreeDay(words.written_day(day), self._choices(day, times, named=named)))
        languages = tuple(Choice(code, words.language(code)) for code in unit.city.languages)
        by_phone = any(can_be_called(unit.city, person) for person in team)
        return BookingFacts(tuple(days), languages, page, overview, by_phone, problem)

    def stretch(self, person: CaseManager, start: int, end: int) -> str:
        """A closed time in words, and whose it is unless it is the reader's own."""
        when = words.stretch(start, end, self.service.unit.city)
        return when if self.service.actor.case_manager_id == person.id else f"{person.name}, {when}"

    @property
    def today(self) -> date:
        """The day it is in the city."""
        return self.service.unit.today

    def _closing(self, page: str) -> ClosingFacts:
        """What closes and opens times; of whom, if it may be somebody else's."""
        people, own = self.service.closable, self.service.actor.case_manager_id
        others = [one for one in people if one.id != own]
        closed = tuple(
            Choice(str(one.id), self.stretch(person, one.start, one.end))
            for person in people
            for one in self.service.absences(person.id)
        )
        last = self.today + timedelta(days=DAYS_AHEAD)
        team = tuple(Choice(one.id, one.name) for one in people) if others else ()
        return ClosingFacts(self.today.isoformat(), last.isoformat(), page, team, closed=closed)

    def _choices(self, day: date, times: list[Slot], *, named: bool) -> tuple[Choice, ...]:
        return tuple(Choice(slot_values.of_slot(one), self._time(day, one, named)) for one in times)

    def _time(self, day: date, slot: Slot, named: bool) -> str:
        when = f"{words.written_day(day)}, {words.clock(slot.start, self.service.unit.city)}"
        name = self.service.unit.city.case_manager[slot.case_manager_id].name
        return f"{when}, {name}" if named else when

    def _by_day(self, first: date, last: date) -> dict[date, tuple[ListEntry, ...]]:
        """The entries of each day that has any."""
        zone, found = self.service.unit.zone, dict[date, tuple[ListEntry, ...]]()
        for view in self.service.diary(first, last):
            day = local_time.local_day(view.about.start, zone)
            found[day] = (*found.get(day, ()), self._entry(view))
        return found

    def _entry(self, view: AppointmentView) -> ListEntry:
        about, city = view.about, self.service.unit.city
        person = city.case_manager.get(about.case_manager_id)
        now, notes = self.service.unit.now, words.wishes(about, self.writer)
        marked = (
            *staff_lines.answer(about),
            *staff_lines.outcome(about),
            *staff_lines.remarks(view, now),
        )
        return ListEntry(
            time=words.clock(about.start, city),
            code=about.code,
            language=words.language(about.language),
            path=self.path_to(about),
            notes=tuple(filter(None, (words.call(about, self.writer), *notes))),
            news=tuple(words.news(each, self.writer) for each in marked),
            case_manager=person.name if person else about.case_manager_id,
        )


def _titled(day: date, today: date) -> str:
    name = {0: "Heute, ", 1: "Morgen, "}.get((day - today).days, "")
    return name + words.written_day(day)
