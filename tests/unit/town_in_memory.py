"""A town that stands in for the database: what is booked, held, closed, and by whom."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from itertools import count

from bot.city.load import load
from bot.conversation.port import Search
from bot.domain import lifecycle, local_time, slots, spoken
from bot.domain.absence import Absence
from bot.domain.actors import Actor
from bot.domain.appointment import Answer, Appointment, Reason, Status, Wishes
from bot.domain.blocks import Block
from bot.domain.bookable import bookable
from bot.domain.booking_window import BookingWindow, days_of
from bot.domain.calendar import Calendar
from bot.domain.city import CaseManager, City, Office, StepFree
from bot.domain.contacts import can_be_called
from bot.domain.delivery_failures import DeliveryFailures
from bot.domain.delivery_status import DeliveryStatus
from bot.domain.geography import Position
from bot.domain.lifecycle import Act
from bot.domain.open_matters import Matter
from bot.domain.referral import Referred
from bot.domain.slots import Busy, Slot
from bot.domain.staffing import CHAT_ONLY, Staffing
from bot.domain.waiting_for import WaitingFor

NOBODY, RIVAL = 0, 1
CODES = ("K7PM", "B2CD", "F3GH", "L4MN", "P5QR", "T6VW")


def _two_offices() -> City:
    """Smallville with an exact door, a library that has no telephone and names nobody, and two
    streets through both districts."""
    city = load("tests/cities/smallville.toml", live=True)
    hall = replace(city.offices[0], position=Position(48.008, 11.002, exact=True))
    library = Office(
        *("library", "Bücherei", "south", "Seeweg 2", "99002", "Smallville"),
        phones=(),
        languages=frozenset(),
        step_free=StepFree.UNKNOWN,
        position=Position(47.99, 11.0),
    )
    thursdays = (Block(3, time(9), time(12)),)
    clark = CaseManager(
        *("clark", "Cleo Clark", "library", frozenset(), thursdays, 8, 30, 10),
        hours_confirmed=True,
    )
    ring = replace(city.area["ringstr"], button=True)
    shore = replace(ring, id="uferstr", name="Uferstraße", button=False)
    return replace(
        city,
        areas=(*(area for area in city.areas if area.id != ring.id), ring, shore),
        rules=replace(city.rules, horizon_days=60),
        offices=(hall, library),
        case_managers=(*city.case_managers, clark),
    )


CITY = _two_offices()
ADA, BELA, CLEO = CITY.case_managers
ZONE = CITY.rules.time_zone


def at(moment: str) -> int:
    """UTC epoch seconds of a moment on the town's wall clock."""
    return int(datetime.fromisoformat(moment).replace(tzinfo=ZONE).timestamp())


MONDAY_NINE = at("2026-11-23 09:00")


def is_at(about: Appointment, slot: Slot) -> bool:
    """Whether an appointment has this very time."""
    return (about.case_manager_id, about.start) == (slot.case_manager_id, slot.start)


@dataclass
class Resident:
    """What is kept of one person in front of the bot."""

    actor: Actor | None = None
    waiting: WaitingFor | None = None
    barred: Reason | None = None
    consent: str | None = None
    details: bool = False
    last_case_manager: str | None = None
    cleared: bool = False
    forgotten: bool = False


@dataclass
class Town:
    """All there is; `snatched` are times somebody else takes as soon as a person has looked."""

    city: City = CITY
    now: int = MONDAY_NINE
    staffing: Staffing = CHAT_ONLY
    residents: dict[int, Resident] = field(default_factory=dict)
    appointments: dict[int, Appointment] = field(default_factory=dict)
    holds: dict[int, Slot] = field(default_factory=dict)
    absences: dict[int, Absence] = field(default_factory=dict)
    deliveries: dict[int, DeliveryStatus] = field(default_factory=dict)
    slips: dict[str, int] = field(default_factory=dict)
    passed_on: set[int] = field(default_factory=set)
    reminded: set[int] = field(default_factory=set)
    settled: dict[int, frozenset[Matter]] = field(default_factory=dict)
    used_slips: dict[str, int] = field(default_factory=dict)
    invitations: dict[str, Actor] = field(default_factory=dict)
    referred: Counter[tuple[str, Referred]] = field(default_factory=Counter)
    unheard: frozenset[str] = frozenset()
    failures: DeliveryFailures = field(default_factory=DeliveryFailures)
    snatched: list[Slot] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    @property
    def today(self) -> date:
        """The day it is in the town."""
        return local_time.local_day(self.now, ZONE)

    def resident(self, person_id: int) -> Resident:
        """Somebody; a stranger until something is kept of them."""
        return self.residents.setdefault(person_id, Resident())

    def book(
        self,
        case_manager_id: str,
        moment: str | int,
        person_id: int = RIVAL,
        wishes: Wishes | None = None,
        language: str = "en",
    ) -> Appointment:
        """An appointment that is booked, whatever the rules say."""
        start = at(moment) if isinstance(moment, str) else moment
        person, number = self.city.case_manager[case_manager_id], next(self.numbers)
        slot = slots.slot_at(person, start)
        return self.keep(
            Appointment(
                number,
                CODES[(number - 1) % len(CODES)],
                person_id,
                person.id,
                person.office_id,
                slot.start,
                slot.end,
                Status.BOOKED,
                0,
                language,
                wishes or Wishes(),
            )
        )

    def keep(self, about: Appointment) -> Appointment:
        """An appointment as it is from now on."""
        self.appointments[about.id] = about
        return about

    def move(self, before: Appointment, slot: Slot, wishes: Wishes) -> Appointment:
        """The appointment at another time."""
        office_id = self.city.case_manager[slot.case_manager_id].office_id
        return self.keep(
            replace(
                before,
                case_manager_id=slot.case_manager_id,
                office_id=office_id,
                start=slot.start,
                end=slot.end,
                sequence=before.sequence + 1,
                wishes=wishes,
                answer=Answer.NONE,
                seen_at=None,
                help_arranged=None,
            )
        )

    def cancel(self, appointment_id: int, status: Status) -> Appointment:
        """The appointment cancelled, by its client or its office: its calendar entry is another."""
        found = self.appointments[appointment_id]
        return self.keep(replace(found, status=status, sequence=found.sequence + 1))

    def change(self, appointment_id: int, status: Status) -> Appointment:
        """The appointment in another state."""
        return self.keep(replace(self.appointments[appointment_id], status=status))

    def open_to(self, act: Act, person_id: int, appointment_id: int) -> Appointment | None:
        """An appointment of this person, if this can be done about it now."""
        found = self.appointments.get(appointment_id)
        if found is None or found.person_id != person_id:
            return None
        return found if lifecycle.refusal(act, found, self.now) is None else None

    def coming(self, person_id: int) -> tuple[Appointment, ...]:
        """A person's booked appointments that are not over, in order."""
        theirs = [
            each
            for each in self.appointments.values()
            if self.open_to(Act.LOOK, person_id, each.id) is not None
        ]
        return tuple(sorted(theirs, key=lambda each: each.start))

    def team(self, office_ids: tuple[str, ...]) -> list[CaseManager]:
        """The case managers of these offices who can be booked."""
        people = [person for id in office_ids for person in self.city.team(id)]
        return [*bookable(self.city, people, set(self.city.case_manager) - self.unheard)]

    def days(self, search: Search, first: date) -> Iterator[date]:
        """The days from `first` on on which one of these offices can be booked."""
        windows = [self._window(search, office_id) for office_id in search.office_ids]
        return days_of(windows, max(first, self.today))

    def free(self, search: Search, day: date, person_id: int) -> list[tuple[Slot, ...]]:
        """The free slots of one day, by case manager."""
        return [
            self._free(search, person, day, person_id)
            for person in self.team(search.office_ids)
            if search.case_manager_id in (None, person.id)
            and (not search.by_phone or can_be_called(self.city, person))
            and spoken.speaks(self.city, person, search.speaking)
        ]

    def _free(
        self, search: Search, person: CaseManager, day: date, person_id: int
    ) -> tuple[Slot, ...]:
        window = self._window(search, person.office_id)
        if not window.has(day):
            return ()
        busy = self._busy(search, person, person_id)
        return slots.free_slots(person, day, busy, window.opens, ZONE, search.half)

    def _window(self, search: Search, office_id: str) -> BookingWindow:
        calendar = Calendar.of(self.city, office_id)
        made = BookingWindow.for_staff if search.walk_in else BookingWindow.for_clients
        return made(calendar, self.now)

    def _busy(self, search: Search, person: CaseManager, person_id: int) -> list[Busy]:
        busy = [
            Busy(a.start, a.end) for a in self.absences.values() if a.case_manager_id == person.id
        ]
        for about in self.appointments.values():
            if about.status is not Status.BOOKED or about.id == search.moving:
                continue
            if about.case_manager_id == person.id:
                busy.append(Busy(about.start, slots.slot_at(person, about.start).free_at, True))
            elif about.person_id == person_id and not search.walk_in:
                busy.append(Busy(about.start, about.end))
        return busy + [
            Busy(held.start, held.free_at, is_talk=True)
            for holder, held in self.holds.items()
            if held.case_manager_id == person.id and holder != person_id
        ]

    def is_open(self, slot: Slot, person_id: int, moving: int | None, *, by_staff: bool) -> bool:
        """Whether the rules and what is taken leave this very slot to a person."""
        person = self.city.case_manager[slot.case_manager_id]
        had = any(
            each.status is Status.CALLED_OFF and each.person_id == person_id and is_at(each, slot)
            for each in self.appointments.values()
        )
        search = Search((person.office_id,), person.id, moving=moving, walk_in=by_staff or had)
        day = local_time.local_day(slot.start, ZONE)
        return any(slot in free for free in self.free(search, day, person_id))

    def let_rivals_in(self) -> None:
        """What somebody else has pressed meanwhile is theirs."""
        for slot in self.snatched:
            self.book(slot.case_manager_id, slot.start)
        self.snatched.clear()
