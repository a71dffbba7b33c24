"""The morning's list: a case manager's own day, and for the front desk that of its office."""

from dataclasses import dataclass
from datetime import date, time

from bot.conversation import presses
from bot.conversation.content import Button, Line, Screen, say
from bot.conversation.screens import staff as lists
from bot.domain import local_time
from bot.domain.appointment import Appointment, Status
from bot.domain.city import CaseManager, City, Office
from bot.domain.staffing import CASE_MANAGER, CHAT_ONLY, OFFICE, Mailbox, Staffing
from bot.rendering.staff_mail import StaffMail
from bot.rendering.staff_words import Kind
from bot.services.mails import put_mail
from bot.services.staff_post import StaffPost
from bot.storage.engine.database import Tx
from bot.storage.records import appointment_lists, key_values


@dataclass(frozen=True, slots=True)
class DailyDigest:
    """Writes what is due at `now` (UTC epoch seconds), each day's list once, if anything is in it.

    Who is told too late, because the program was away, is told of what is still to come.
    """

    tx: Tx
    city: City
    now: int
    staffing: Staffing = CHAT_ONLY

    def tell(self) -> None:
        """To whoever wants a list and has talks today."""
        day = self._today.isoformat()
        for person in self.city.case_managers:
            due = self._is_due(self.staffing.of(person.id).digest)
            if due and appointment_lists.begin_digest(self.tx, person.id, day):
                self._to_person(person)
        for office in self.city.offices:
            due = self._is_due(self.staffing.office(office.id).digest)
            if due and key_values.advance(self.tx, f"digest:{OFFICE}:{office.id}", day):
                self._to_office(office)

    def _to_person(self, person: CaseManager) -> None:
        booked = self._booked(person)
        if not booked:
            return
        key, entries = self._key(person.id), tuple(lists.entry(each) for each in booked)
        screen = Screen(((say("staff.digest"),), *entries), (_today(),))
        post = StaffPost(self.tx, self.city, self.now, self.staffing)
        post.in_chat(person.id, screen, key, self._end)
        if self.staffing.of(person.id).by_mail:
            heading = say("staff.today_title")
            self._mail(Mailbox(CASE_MANAGER, person.id), key, heading, entries)

    def _to_office(self, office: Office) -> None:
        found = [
            (each, person) for person in self.city.team(office.id) for each in self._booked(person)
        ]
        found.sort(key=lambda pair: (pair[0].start, pair[0].id))
        if found:
            mailbox = Mailbox(OFFICE, office.id)
            entries = tuple(lists.entry_with(each, person) for each, person in found)
            self._mail(mailbox, self._key(str(mailbox)), say("staff.office_today"), entries)

    def _mail(
        self, mailbox: Mailbox, key: str, heading: Line, entries: tuple[tuple[Line, ...], ...]
    ) -> None:
        mail = StaffMail(Kind.DIGEST, Screen(((heading,), *entries)), number=len(entries))
        put_mail(self.tx, mailbox, mail, key, self._end, self.now)

    def _booked(self, person: CaseManager) -> list[Appointment]:
        """What is still to come of the day, or going on."""
        start, end = local_time.day_bounds(self._today, self.city.rules.time_zone)
        every = appointment_lists.diary(self.tx, person.id, start, end)
        return [each for each in every if each.status is Status.BOOKED and each.end > self.now]

    def _is_due(self, hour: time | None) -> bool:
        local = local_time.local(self.now, self.city.rules.time_zone)
        return hour is not None and local.time() >= hour

    def _key(self, whose: str) -> str:
        return f"digest:{whose}:{self._today.isoformat()}"

    @property
    def _today(self) -> date:
        return local_time.local_day(self.now, self.city.rules.time_zone)

    @property
    def _end(self) -> int:
        return local_time.day_bounds(self._today, self.city.rules.time_zone)[1]


def _today() -> tuple[Button, ...]:
    return (Button(say("staff.today"), presses.encode("today", None)),)
