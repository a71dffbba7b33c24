"""The conversation's port without a database: real rules over a town in memory."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from staff_port_in_memory import StaffPortInMemory
from town_in_memory import NOBODY, ZONE, Town, is_at
from typed_words import WORDS

from bot.conversation.port import Search
from bot.domain import differing, lifecycle, local_time, slots, waiting_for
from bot.domain.actors import Actor
from bot.domain.appointment import Answer, Appointment, Reason, Refused, Status, Version, Wishes
from bot.domain.city import CaseManager, City
from bot.domain.contacts import fitting
from bot.domain.delivery_failures import DeliveryFailures
from bot.domain.fair_use import has_enough
from bot.domain.lifecycle import Act
from bot.domain.referral import Referred
from bot.domain.slots import Slot
from bot.domain.waiting_for import WaitingFor
from bot.understanding.heard import Tables

GONE, TAKEN = Refused(Reason.GONE), Refused(Reason.TAKEN)
CHANGED = Refused(Reason.CHANGED)


@dataclass(frozen=True)
class PortInMemory:
    """Serves one person, who reads `language`; see the protocol for what each of it means."""

    town: Town
    person_id: int
    language: str

    @property
    def city(self) -> City:
        return self.town.city

    @property
    def words(self) -> Tables:
        return WORDS

    @property
    def today(self) -> date:
        return self.town.today

    @property
    def now(self) -> int:
        return self.town.now

    def start_of(self, day: date) -> int:
        return local_time.day_bounds(day, ZONE)[0]

    def free_days(self, search: Search, first: date, limit: int) -> tuple[date, ...]:
        open_days = (day for day in self.town.days(search, first) if any(self._free(search, day)))
        return tuple(islice(open_days, limit))

    def free_times(self, search: Search, day: date) -> tuple[Slot, ...]:
        found = (slot for free in self._free(search, day) for slot in free)
        return tuple(sorted(found, key=differing.in_time(self.city, search.prefers)))

    def earliest(self, search: Search) -> Slot | None:
        for day in self.town.days(search, self.today):
            if firsts := [free[0] for free in self._free(search, day) if free]:
                near, language = search.nearest_first, search.prefers
                return differing.soonest(self.city, firsts, nearest_first=near, language=language)
        return None

    def nearest(self, search: Search, start: int, limit: int) -> tuple[Slot, ...]:
        return differing.nearest(self.city, self._every(search), start, limit, search.prefers)

    def team(self, *office_ids: str) -> tuple[CaseManager, ...]:
        return tuple(self.town.team(office_ids))

    def barred(self, moving: int | None) -> Refused | None:
        reason = self.town.resident(self.person_id).barred
        other = Reason.CHANGED_OFTEN if moving is None else Reason.PAUSED
        return None if reason in (None, other) else Refused(reason)

    def slot(self, case_manager_id: str, start: int) -> Slot | None:
        person = self.city.case_manager.get(case_manager_id)
        return None if person is None else slots.slot_at(person, start)

    def hold(self, slot: Slot, moving: int | None) -> Refused | None:
        self.town.let_rivals_in()
        if moving is not None and self._open_to(Act.MOVE, moving) is None:
            return GONE
        if refused := self.barred(moving):
            return refused
        self.town.holds.pop(self.person_id, None)
        if not self._is_open(slot, moving):
            return TAKEN
        self.town.holds[self.person_id] = slot
        return None

    def confirm(self, slot: Slot, wishes: Wishes, moving: Version | None) -> Appointment | Refused:
        self.town.let_rivals_in()
        wishes = fitting(self.city, wishes, self.city.case_manager[slot.case_manager_id])
        if moving is not None:
            return self._move(slot, wishes, moving)
        for each in self.coming_appointments():
            if is_at(each, slot):
                return each
        if refused := self.barred(None):
            return refused
        if has_enough(self.coming_appointments(), self._most, self.now):
            return Refused(Reason.TOO_MANY)
        if not self._is_open(slot, None):
            return TAKEN
        self._take(slot)
        self.stop_waiting()
        return self._book(slot, wishes, self.person_id)

    def _move(self, slot: Slot, wishes: Wishes, moving: Version) -> Appointment | Refused:
        before = self._open_to(Act.MOVE, moving.id)
        if before is None:
            return GONE
        if is_at(before, slot) and before.wishes == wishes:
            return before
        if before.version != moving:
            return CHANGED
        if is_at(before, slot):
            return self.town.keep(replace(before, wishes=wishes))
        if refused := self.barred(moving.id):
            return refused
        if not self._is_open(slot, moving.id):
            return TAKEN
        self._take(slot)
        return self.town.move(before, slot, wishes)

    def _take(self, slot: Slot) -> None:
        self.town.holds.pop(self.person_id, None)
        self.town.resident(self.person_id).last_case_manager = slot.case_manager_id

    def change_wishes(self, seen: Version, wishes: Wishes) -> Appointment | Refused:
        found = self._as_seen(Act.CHANGE_WISHES, seen)
        if isinstance(found, Refused):
            return found
        if self.town.resident(self.person_id).barred is Reason.CHANGED_OFTEN:
            return Refused(Reason.CHANGED_OFTEN)
        return self.town.keep(replace(found, wishes=wishes))

    def cancel(self, seen: Version) -> Appointment | Refused:
        found = self._as_seen(Act.CANCEL, seen)
        if isinstance(found, Refused):
            return found
        return self.town.cancel(found.id, Status.CANCELLED)

    def say_coming(self, seen: Version) -> Appointment | Refused:
        return self._answer(Act.SAY_COMING, seen, Answer.COMING)

    def say_late(self, seen: Version) -> Appointment | Refused:
        return self._answer(Act.SAY_LATE, seen, Answer.LATE)

    def keep_time(self, seen: Version) -> Appointment | Refused:
        return self._answer(Act.KEEP, seen, Answer.KEPT)

    def _answer(self, act: Act, seen: Version, answer: Answer) -> Appointment | Refused:
        found = self._as_seen(act, seen)
        if isinstance(found, Refused) or lifecycle.is_done(act, found):
            return found
        return self.town.keep(replace(found, answer=answer))

    def _as_seen(self, act: Act, seen: Version) -> Appointment | Refused:
        found = self._open_to(Act.LOOK, seen.id)
        if found is None:
            return GONE
        if found.version != seen:
            return CHANGED
        return lifecycle.refusal(act, found, self.now) or found

    def coming_appointments(self) -> tuple[Appointment, ...]:
        return self.town.coming(self.person_id)

    def appointment(self, appointment_id: int) -> Appointment | None:
        return self._open_to(Act.LOOK, appointment_id)

    def reminded(self) -> Appointment | None:
        asked = (each for each in self.coming_appointments() if each.id in self.town.reminded)
        return next((a for a in asked if a.answer is Answer.NONE and a.start > self.now), None)

    def last_case_manager(self) -> CaseManager | None:
        return self.city.case_manager.get(
            self.town.resident(self.person_id).last_case_manager or ""
        )

    def waiting(self) -> WaitingFor | None:
        return self.town.resident(self.person_id).waiting

    def wait(self, target: str) -> WaitingFor:
        begun = waiting_for.begun(self.city, target, self.today)
        self.town.resident(self.person_id).waiting = begun
        return begun

    def stop_waiting(self) -> None:
        self.town.resident(self.person_id).waiting = None

    def agree(self) -> None:
        self.town.resident(self.person_id).consent = self.city.notice_version

    def shows_details(self) -> bool:
        return self.town.resident(self.person_id).details

    def show_details(self, on: bool) -> None:
        self.town.resident(self.person_id).details = on

    def clear_chat(self) -> None:
        self.town.resident(self.person_id).cleared = True

    def forget(self) -> None:
        for each in self.coming_appointments():
            self.town.cancel(each.id, Status.CANCELLED)
        self.town.resident(self.person_id).forgotten = True

    def redeem(self, token: str) -> Actor | None:
        actor = self.town.invitations.pop(token, None)
        if actor is not None:
            self.town.resident(self.person_id).actor = actor
            self.stop_waiting()
        return actor

    def claim(self, argument: str) -> Appointment | None:
        if own := self.town.appointments.get(self.town.used_slips.get(argument, 0)):
            return own if own.person_id == self.person_id else None
        number = self.town.slips.get(argument)
        found = None if number is None else self.town.open_to(Act.CLAIM, NOBODY, number)
        if found is None or self.actor() is not None:
            return None
        self.town.used_slips[argument] = self.town.slips.pop(argument)
        return self.town.keep(replace(found, person_id=self.person_id))

    def case_manager(self) -> CaseManager | None:
        actor = self.actor()
        return self.city.case_manager.get((actor and actor.case_manager_id) or "")

    def actor(self) -> Actor | None:
        return self.town.resident(self.person_id).actor

    def called_off(self, appointment_id: int) -> Appointment | None:
        return self._open_to(Act.REBOOK, appointment_id)

    def staff(self) -> StaffPortInMemory | None:
        actor = self.actor()
        return None if actor is None else StaffPortInMemory(self.town, actor)

    def book_walk_in(self, slot: Slot, language: str, wishes: Wishes) -> Appointment | Refused:
        self.town.let_rivals_in()
        actor, person = self.actor(), self.city.case_manager[slot.case_manager_id]
        if actor is None or not actor.speaks_for(person):
            return GONE
        if not replace(self, person_id=NOBODY)._is_open(slot, None, walk_in=True):
            return TAKEN
        fitted = fitting(self.city, wishes, person)
        booked = self._book(slot, fitted, NOBODY, language)
        self.town.slips[f"c{booked.id}"] = booked.id
        own = actor.case_manager_id == slot.case_manager_id
        return self.town.keep(replace(booked, seen_at=self.now)) if own else booked

    def count_referral(self, source: str, what: Referred) -> None:
        self.town.referred[source, what] += 1

    def delivery_failures(self) -> DeliveryFailures:
        return self.town.failures

    @property
    def _most(self) -> int:
        return self.city.rules.appointments_per_client

    def _book(
        self, slot: Slot, wishes: Wishes, person_id: int, language: str | None = None
    ) -> Appointment:
        return self.town.book(
            slot.case_manager_id, slot.start, person_id, wishes, language or self.language
        )

    def _open_to(self, act: Act, appointment_id: int) -> Appointment | None:
        return self.town.open_to(act, self.person_id, appointment_id)

    def _free(self, search: Search, day: date) -> list[tuple[Slot, ...]]:
        return self.town.free(search, day, self.person_id)

    def _every(self, search: Search) -> Iterator[Slot]:
        for day in self.town.days(search, self.today):
            yield from (slot for free in self._free(search, day) for slot in free)

    def _is_open(self, slot: Slot, moving: int | None, *, walk_in: bool = False) -> bool:
        return self.town.is_open(slot, self.person_id, moving, by_staff=walk_in)
