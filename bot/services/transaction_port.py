"""The conversation's port for one update: what it asks is answered from the open transaction."""

from dataclasses import dataclass
from datetime import date
from itertools import islice

from bot.conversation.port import Search
from bot.domain import local_time, slots, waiting_for
from bot.domain.actors import CLIENT, Actor
from bot.domain.appointment import Appointment, Reason, Refused, Version, Wishes
from bot.domain.city import CaseManager, City
from bot.domain.delivery_failures import DeliveryFailures
from bot.domain.delivery_status import waits_for_yes
from bot.domain.lifecycle import Act
from bot.domain.referral import Referred
from bot.domain.slots import Slot
from bot.domain.waiting_for import WaitingFor
from bot.services import chat_clearing, staff_invitations, walk_in_bookings
from bot.services.availability import NOBODY, Availability
from bot.services.bookings import Bookings
from bot.services.staff_service import StaffService
from bot.services.unit import Unit
from bot.services.walk_in_bookings import WalkInBookings
from bot.storage.queues import failed_messages, message_history
from bot.storage.records import (
    appointments,
    persons,
    referral_counts,
    staff_chats,
    tallies,
    waiting_list,
)
from bot.storage.records.chats import Chat
from bot.storage.upkeep import erasure, staff_ties
from bot.understanding.heard import Tables


@dataclass(frozen=True, slots=True)
class TransactionPort:
    """Serves one person, who reads `language`; see the protocol for what each of it means."""

    unit: Unit
    chat: Chat
    language: str

    @property
    def city(self) -> City:
        return self.unit.city

    @property
    def words(self) -> Tables:
        return self.unit.words

    @property
    def now(self) -> int:
        return self.unit.now

    @property
    def today(self) -> date:
        return self.unit.today

    def start_of(self, day: date) -> int:
        return local_time.day_bounds(day, self.unit.zone)[0]

    def free_days(self, search: Search, first: date, limit: int) -> tuple[date, ...]:
        return tuple(islice(self._availability(search).days(search, first), limit))

    def free_times(self, search: Search, day: date) -> tuple[Slot, ...]:
        return self._availability(search).on(search, day)

    def earliest(self, search: Search) -> Slot | None:
        return self._availability(search).earliest(search)

    def nearest(self, search: Search, start: int, limit: int) -> tuple[Slot, ...]:
        return self._availability(search).nearest(search, start, limit)

    def team(self, *office_ids: str) -> tuple[CaseManager, ...]:
        return self._availability(Search(())).team(*office_ids)

    def barred(self, moving: int | None) -> Refused | None:
        return self._bookings.barred(moving)

    def slot(self, case_manager_id: str, start: int) -> Slot | None:
        person = self.city.case_manager.get(case_manager_id)
        return None if person is None else slots.slot_at(person, start)

    def hold(self, slot: Slot, moving: int | None) -> Refused | None:
        return self._bookings.hold(slot, moving)

    def confirm(self, slot: Slot, wishes: Wishes, moving: Version | None) -> Appointment | Refused:
        return self._bookings.confirm(slot, wishes, moving)

    def change_wishes(self, seen: Version, wishes: Wishes) -> Appointment | Refused:
        return self._bookings.change_wishes(seen, wishes)

    def cancel(self, seen: Version) -> Appointment | Refused:
        return self._bookings.cancel(seen)

    def say_coming(self, seen: Version) -> Appointment | Refused:
        return self._bookings.say_coming(seen)

    def say_late(self, seen: Version) -> Appointment | Refused:
        return self._bookings.say_late(seen)

    def keep_time(self, seen: Version) -> Appointment | Refused:
        return self._bookings.keep_time(seen)

    def coming_appointments(self) -> tuple[Appointment, ...]:
        return tuple(appointments.booked_by(self.unit.tx, self.chat.person.id, self.now))

    def appointment(self, appointment_id: int) -> Appointment | None:
        return self._bookings.own(Act.LOOK, appointment_id)

    def reminded(self) -> Appointment | None:
        booked = self.coming_appointments()
        told = message_history.messages(self.unit.tx, booked) if booked else {}
        return next((each for each in booked if waits_for_yes(each, told[each.id], self.now)), None)

    def last_case_manager(self) -> CaseManager | None:
        person = persons.by_id(self.unit.tx, self.chat.person.id)
        return self.city.case_manager.get((person and person.last_case_manager_id) or "")

    def waiting(self) -> WaitingFor | None:
        return waiting_list.of(self.unit.tx, self.chat.person.id, self.now)

    def wait(self, target: str) -> WaitingFor:
        begun = waiting_for.begun(self.city, target, self.today)
        waiting_list.begin(self.unit.tx, self.chat.person.id, begun, self.now)
        return begun

    def stop_waiting(self) -> None:
        waiting_list.end(self.unit.tx, self.chat.person.id)

    def agree(self) -> None:
        persons.agree(self.unit.tx, self.chat.person.id, self.city.notice_version, self.now)

    def shows_details(self) -> bool:
        person = persons.by_id(self.unit.tx, self.chat.person.id)
        return person is not None and person.reminder_details

    def show_details(self, on: bool) -> None:
        persons.show_details(self.unit.tx, self.chat.person.id, on)

    def clear_chat(self) -> None:
        chat_clearing.clear(self.unit, self.chat)

    def forget(self) -> None:
        self._bookings.cancel_all()
        tallies.leave_pace(self.unit.tx, self.chat.person.id, self.chat.action_rate)
        erasure.leave(self.unit.tx, self.chat.person.id, self.now, self.unit.zone)
        chat_clearing.clear(self.unit, self.chat)

    def redeem(self, token: str) -> Actor | None:
        found = staff_invitations.redeem(self.unit.tx, token, self.now)
        if found is None or not self._may_chat(found):
            return None
        staff_ties.tie(self.unit.tx, found, self.chat.person.id, self.now)
        self.unit.outbound.left = True
        self.stop_waiting()
        return self.actor()

    def claim(self, argument: str) -> Appointment | None:
        if not argument.startswith(walk_in_bookings.PREFIX) or self.actor() is not None:
            return None
        token = argument.removeprefix(walk_in_bookings.PREFIX)
        return walk_in_bookings.claim(self.unit, token, self.chat.person.id)

    def case_manager(self) -> CaseManager | None:
        found = staff_chats.case_manager_of(self.unit.tx, self.chat.person.id)
        return self.city.case_manager.get(found or "")

    def actor(self) -> Actor | None:
        if person := self.case_manager():
            return Actor.of(person)
        found = staff_chats.role_of(self.unit.tx, self.chat.person.id)
        return found if found is not None and self._may_chat(found) else None

    def _may_chat(self, actor: Actor) -> bool:
        if actor.case_manager_id is not None:
            return actor.case_manager_id in self.city.case_manager
        office_id = actor.office_id
        if office_id is None:
            return True
        return office_id in self.city.office and self.unit.staffing.office(office_id).chat_allowed

    def called_off(self, appointment_id: int) -> Appointment | None:
        return self._bookings.own(Act.REBOOK, appointment_id)

    def staff(self) -> StaffService | None:
        actor = self.actor()
        return None if actor is None else StaffService(self.unit, actor)

    def book_walk_in(self, slot: Slot, language: str, wishes: Wishes) -> Appointment | Refused:
        actor = self.actor()
        if actor is None:
            return Refused(Reason.GONE)
        return WalkInBookings(self.unit, actor).book(slot, language, wishes, form=None)

    def count_referral(self, source: str, what: Referred) -> None:
        referral_counts.count(self.unit.tx, f"{self.today:%Y-%m}", source, what)

    def delivery_failures(self) -> DeliveryFailures:
        return failed_messages.found(self.unit.tx, self.now)

    def _availability(self, search: Search) -> Availability:
        if not search.walk_in:
            return Availability(self.unit, self.chat.person.id)
        found = None if search.moving is None else appointments.by_id(self.unit.tx, search.moving)
        return Availability(self.unit, NOBODY if found is None else found.person_id)

    @property
    def _bookings(self) -> Bookings:
        return Bookings(self.unit, self.chat.person.id, self.language, CLIENT)
