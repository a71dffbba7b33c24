"""What the lists of a case manager and of a front desk show, from one transaction."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.conversation import staff_lines
from bot.conversation.content import Day, Line, Name, Say, Time, say
from bot.domain import local_time
from bot.domain.absence import DAYS_AHEAD, HOURS
from bot.domain.appointment import Appointment
from bot.domain.appointment_view import AppointmentView
from bot.domain.city import CaseManager, Office
from bot.domain.list_range import list_range
from bot.rendering.text import Writer
from bot.services.staff_service import StaffService
from bot.web import words
from bot.web.page_facts import (
    Choice,
    ClosingFacts,
    DayList,
    DeskFacts,
    FormTarget,
    ListEntry,
    PageLink,
    PersonFacts,
)

NOON = 12


@dataclass(frozen=True, slots=True)
class Lists:
    """What `service` may see as lists; `path_to` leads to an appointment's page.

    `form` tells where a form at a path is sent."""

    service: StaffService
    path_to: Callable[[Appointment], str]
    form: Callable[[str], FormTarget]
    writer: Writer

    def person(self, person: CaseManager, page: str, problem: str = "") -> PersonFacts:
        """A case manager's own page, whose path is `page`."""
        today, tomorrow = self.today, self.today + timedelta(days=1)
        found = self._by_day(*list_range(today))
        return PersonFacts(
            name=person.name,
            matters=self._matters(),
            today=DayList(self._headed("page.today", today), found.get(today, ())),
            tomorrow=DayList(self._headed("page.tomorrow", tomorrow), found.get(tomorrow, ())),
            later=tuple(self._listed(found, [day for day in found if day > tomorrow])),
            past=tuple(self._listed(found, [day for day in reversed(found) if day < today])),
            page=page,
            post_to=self.form(page),
            booking=f"{page}/book",
            closing=self._closing(page),
            problem=problem,
        )

    def office(self, office: Office, day: date, page: str, problem: str = "") -> DeskFacts:
        """The day of an office for its front desk."""
        booked, now = self.service.booked_days(), self.service.unit.now
        before, after = day - timedelta(days=1), day + timedelta(days=1)
        return DeskFacts(
            office=f"{office.provider}, {office.street}",
            matters=self._matters(),
            day=DayList(words.day_and_year(day, self.writer), self._by_day(day, day).get(day, ())),
            previous=PageLink(self._headed("page.day_before", before), f"{page}/day/{before}"),
            following=PageLink(self._headed("page.day_after", after), f"{page}/day/{after}"),
            coming=self._day_links(page, [one for one in booked if one >= self.today]),
            past=self._day_links(page, [one for one in reversed(booked) if one < self.today]),
            today=page,
            booking=f"{page}/book",
            closing=self._closing(page),
            printed=self.writer.value(say("page.as_of", day=Day(now), time=Time(now))),
            problem=problem,
        )

    def stretch(self, person: CaseManager, start: int, end: int) -> str:
        """A closed time in words, and whose it is unless it is the reader's own."""
        when = words.stretch(start, end, self.writer)
        return when if self.service.actor.case_manager_id == person.id else f"{person.name}, {when}"

    def _day_links(self, page: str, days: Iterable[date]) -> tuple[PageLink, ...]:
        return tuple(
            PageLink(words.written_day(day, self.writer), f"{page}/day/{day}") for day in days
        )

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
        return ClosingFacts(
            first_day=self.today.isoformat(),
            last_day=last.isoformat(),
            post_to=self.form(page),
            hours=self._hours(HOURS),
            ends=self._hours(range(HOURS.start + 1, HOURS.stop + 1)),
            team=team,
            closed=closed,
        )

    def _matters(self) -> tuple[ListEntry, ...]:
        """What is left to do, each with its day; whose it is, where that is not the reader."""
        return tuple(map(self._matter, self.service.open_matters()))

    def _matter(self, view: AppointmentView) -> ListEntry:
        entry = self._entry(view)
        return replace(
            entry,
            time=words.moment(view.about.start, self.writer),
            case_manager="" if view.own else entry.case_manager,
        )

    def _by_day(self, first: date, last: date) -> dict[date, tuple[ListEntry, ...]]:
        """The entries of each day that has any."""
        zone, found = self.service.unit.zone, dict[date, tuple[ListEntry, ...]]()
        for view in self.service.diary(first, last):
            day = local_time.local_day(view.about.start, zone)
            found[day] = (*found.get(day, ()), self._entry(view))
        return found

    def _entry(self, view: AppointmentView) -> ListEntry:
        about, city = view.about, self.service.unit.city
        now, notes = self.service.unit.now, words.wishes(about, self.writer)
        marked = (
            *staff_lines.answer(about),
            *staff_lines.outcome(about),
            *staff_lines.matters(view),
            *staff_lines.remarks(view, now, view.matters),
        )
        return ListEntry(
            time=words.clock(about.start, self.writer),
            code=about.code,
            language=words.language(about.language, self.writer),
            path=self.path_to(about),
            notes=tuple(filter(None, (words.call(about, self.writer), *notes))),
            news=tuple(words.news(each, self.writer) for each in marked),
            case_manager=city.staff_name(about.case_manager_id),
        )

    def _headed(self, key: str, day: date) -> str:
        """A day with what it is to this page before it."""
        return self.writer.value(Say(key, {"day": Name(words.written_day(day, self.writer))}))

    def _listed(
        self, found: Mapping[date, tuple[ListEntry, ...]], days: Iterable[date]
    ) -> Iterator[DayList]:
        return (DayList(words.written_day(day, self.writer), found[day]) for day in days)

    def _hours(self, hours: range) -> tuple[Choice, ...]:
        return tuple(Choice(str(hour), self.writer.value(_full(hour))) for hour in hours)


def _full(hour: int) -> Line:
    """A full hour; twelve is said in so many words to be noon."""
    return say("page.noon" if hour == NOON else "page.full_hour", hour=Name(f"{hour:02}:00"))
