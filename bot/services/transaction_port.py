"""The conversation's port for one update: what it asks is answered from the open transaction."""

from dataclasses import dataclass
from datetime import date
from itertools import islice

from bot.conversation.port import Search
from bot.domain import local_time, slots
from bot.domain.actors import Actor
from bot.domain.appointment import Appointment, Reason, Refused, Wishes
from bot.domain.city import CaseManager, City
from bot.domain.delivery_failures import DeliveryFailures
from bot.domain.slots import Slot
from bot.domain.staffing import CHAT_ONLY, Staffing
from bot.services import clearing, staff_invitations, walk_in_bookings
from bot.services.availability import Availability
from bot.services.bookings import Bookings, ChooseSign
from bot.services.staff_service import StaffService
from bot.services.walk_in_bookings import WalkInBookings
from bot.storage.engine.database import Tx
from bot.storage.queues import failed_messages
from bot.storage.records import appointment_lists, appointments, case_managers, persons, role_chats
from bot.storage.records.persons import Person
from bot.storage.upkeep import erasure
from bot.storage.vault import Vault


@dataclass(frozen=True, slots=True)
class TransactionPort:
    """Serves one person at the moment `now` (UTC epoch seconds); the conversation's `Desk`."""

    tx: Tx
    city: City
    person: Person
    language: str
    now: int
    choose: ChooseSign
    vault: Vault
    staffing: Staffing = CHAT_ONLY

    @property
    def today(self) -> date:
        """The day it is in the city."""
        return local_time.local_day(self.now, self.city.rules.time_zone)

    def start_of(self, day: date) -> int:
        """The midnight at which a day begins."""
        return local_time.day_bounds(day, self.city.rules.time_zone)[0]

    def free_days(self, search: Search, first: date, limit: int) -> tuple[date, ...]:
        """Days that have room."""
        return tuple(islice(self._availability(search).days(search, first), limit))

    def free_times(self, search: Search, day: date) -> tuple[Slot, ...]:
        """The free slots of a day."""
        return self._availability(search).on(search, day)

    def earliest(self, search: Search) -> Slot | None:
        """The first free slot."""
        return self._availability(search).earliest(search)

    def nearest(self, search: Search, start: int, limit: int) -> tuple[Slot, ...]:
        """The free slots nearest to a moment."""
        return self._availability(search).nearest(search, start, limit)

    def team(self, office_id: str) -> tuple[CaseManager, ...]:
        """Who can be booked at an office."""
        return self._availability(Search(())).team(office_id)

    def barred(self, moving: int | None) -> Refused | None:
        """Why the client may not book for now."""
        return self._bookings.barred(moving)

    def slot(self, case_manager_id: str, start: int) -> Slot | None:
        """A slot by the values a button carries."""
        person = self.city.case_manager.get(case_manager_id)
        return None if person is None else slots.slot_at(person, start)

    def hold(self, slot: Slot, moving: int | None) -> Refused | None:
        """Keep a slot while the client reads."""
        return self._bookings.hold(slot, moving)

    def confirm(self, slot: Slot, wishes: Wishes, moving: int | None) -> Appointment | Refused:
        """Book, or move."""
        return self._bookings.confirm(slot, wishes, moving)

    def cancel(self, appointment_id: int) -> Appointment | Refused:
        """Cancel one's own."""
        return self._bookings.cancel(appointment_id)

    def say_coming(self, appointment_id: int) -> Appointment | Refused:
        """Keep the answer to a reminder."""
        return self._bookings.say_coming(appointment_id)

    def coming_appointments(self) -> tuple[Appointment, ...]:
        """One's own that have not begun."""
        return tuple(appointments.booked_by(self.tx, self.person.id, self.now))

    def appointment(self, appointment_id: int) -> Appointment | None:
        """One's own by id."""
        return self._bookings.own(appointment_id)

    def last_case_manager(self) -> CaseManager | None:
        """Whom the client booked last, if still there."""
        person = persons.by_id(self.tx, self.person.id)
        return self.city.case_manager.get((person and person.last_case_manager_id) or "")

    def agree(self) -> None:
        """Keep the consent, its version and the time."""
        persons.agree(self.tx, self.person.id, self.city.notice_version, self.now)

    def shows_details(self) -> bool:
        """Whether this person's reminders name person and office."""
        person = persons.by_id(self.tx, self.person.id)
        return person is not None and person.reminder_details

    def show_details(self, on: bool) -> None:
        """Keep what reminders name."""
        persons.show_details(self.tx, self.person.id, on)

    def clear_chat(self) -> None:
        """Take our messages out of the chat."""
        clearing.clear(self.tx, self.person, self.now)

    def forget(self) -> None:
        """Cancel, forget, and take our messages out of the chat."""
        self._bookings.cancel_all()
        erasure.leave(self.tx, self.person.id, self.now, self.city.rules.time_zone)
        clearing.clear(self.tx, self.person, self.now)

    def redeem(self, token: str) -> Actor | None:
        """Tie this chat to whom an invitation is for."""
        found = staff_invitations.redeem(self.tx, token, self.now)
        if found is None or not self._may_chat(found):
            return None
        staff_invitations.tie(self.tx, found, self.person.id, self.now)
        return self.actor()

    def claim(self, argument: str) -> Appointment | None:
        """Take over what was booked for this client; never for somebody of the staff."""
        if not argument.startswith(walk_in_bookings.PREFIX) or self.actor() is not None:
            return None
        token = argument.removeprefix(walk_in_bookings.PREFIX)
        return walk_in_bookings.claim(self.tx, self.city, token, self.person.id, self.now)

    def case_manager(self) -> CaseManager | None:
        """Whom this chat speaks for, if that is a case manager."""
        found = case_managers.case_manager_of(self.tx, self.person.id)
        return self.city.case_manager.get(found or "")

    def actor(self) -> Actor | None:
        """Whom this chat speaks for."""
        if person := self.case_manager():
            return Actor.of(person)
        found = role_chats.of_chat(self.tx, self.person.id)
        return found if found is not None and self._may_chat(found) else None

    def _may_chat(self, actor: Actor) -> bool:
        """Who the city file names may, a front desk as long as its office allows it."""
        if actor.case_manager_id is not None:
            return actor.case_manager_id in self.city.case_manager
        office_id = actor.office_id
        if office_id is None:
            return True
        return office_id in self.city.office and self.staffing.office(office_id).chat_allowed

    def called_off(self, appointment_id: int) -> Appointment | None:
        """One's own that the office cancelled."""
        found = appointment_lists.called_off(self.tx, appointment_id)
        return found if found is not None and found.person_id == self.person.id else None

    def staff(self) -> StaffService | None:
        """What somebody of the staff can do in this chat."""
        actor = self.actor()
        if actor is None:
            return None
        return StaffService(self.tx, self.city, actor, self.now, self.staffing)

    def book_walk_in(self, slot: Slot, language: str, wishes: Wishes) -> Appointment | Refused:
        """Book for somebody who is there in person, if the time is still free."""
        actor = self.actor()
        if actor is None:
            return Refused(Reason.GONE)
        booking = WalkInBookings(
            self.tx, self.city, self.vault, self.now, self.choose, self.staffing
        )
        return booking.book(actor, slot, language, wishes)

    def has_slip(self, appointment_id: int) -> bool:
        """Whether a slip printed now would claim anything; under a new key none does."""
        port = self.staff()
        about = None if port is None else port.visit(appointment_id)
        if about is None:
            return False
        return walk_in_bookings.slip_token(self.tx, self.vault, about, self.now) is not None

    def delivery_failures(self) -> DeliveryFailures:
        """What did not get through, and what waits."""
        return failed_messages.found(self.tx, self.now)

    def _availability(self, search: Search) -> Availability:
        client = walk_in_bookings.NOBODY if search.walk_in else self.person.id
        return Availability(self.tx, self.city, client, self.now, self.staffing)

    @property
    def _bookings(self) -> Bookings:
        who = (self.person.id, self.language, self.now)
        return Bookings(self.tx, self.city, *who, self.choose, self.staffing)
