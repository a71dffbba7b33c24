"""What the clock brings to case managers: their day in the morning, and what waits for them.

Nothing is told twice: what was told is kept in the transaction that writes it. But for the
morning's list nobody is told anything at night.
"""

from dataclasses import dataclass

from bot.conversation import presses
from bot.conversation.content import Button, Name, Screen, say
from bot.conversation.screens import staff as lists
from bot.domain import reminders, wall
from bot.domain.appointments import Appointment, Status
from bot.domain.city import CaseManager, City
from bot.domain.staffing import CASE_MANAGER, CHAT_ONLY, Mailbox, Staffing
from bot.rendering.staff_mail import StaffMail
from bot.rendering.staff_words import Kind
from bot.storage import contact, visits
from bot.storage.database import Tx
from bot.turn.mails import put_mail
from bot.turn.staff_lines import facts, opener
from bot.turn.staff_post import StaffPost

HOUR, DAY = 3600, 86_400
HELP_SECONDS = 2 * DAY
SETTLING_SECONDS = HOUR
"""Who has just been told of a booking is not asked about it at once."""


def attend(tx: Tx, city: City, staffing: Staffing, now: int) -> None:
    """Tell what is due at `now` (UTC epoch seconds)."""
    attention = Attention(tx, city, now, staffing)
    attention.tell_the_day()
    if not reminders.is_quiet(wall.local(now, city.rules.time_zone).time()):
        attention.pass_on_unseen()
        attention.ask_about_help()
        attention.tell_of_unreached()


@dataclass(frozen=True, slots=True)
class Attention:
    """Looks for what is due and writes it to the outbox of this transaction."""

    tx: Tx
    city: City
    now: int
    staffing: Staffing = CHAT_ONLY

    def tell_the_day(self) -> None:
        """The morning's list, to whoever wants one and has talks today."""
        local = wall.local(self.now, self.city.rules.time_zone)
        for person in self.city.case_managers:
            hour = self.staffing.of(person.id).digest
            due = hour is not None and local.time() >= hour
            if due and visits.begin_digest(self.tx, person.id, local.date().isoformat()):
                self._digest(person)

    def pass_on_unseen(self) -> None:
        """What nobody saw in time goes to the deputy, else to the office."""
        for office in self.city.offices:
            hours = self.staffing.office(office.id).seen_within_hours
            if hours is None:
                continue
            for about in visits.unseen(self.tx, office.id, self.now - hours * HOUR, self.now):
                visits.note_passed_on(self.tx, about.id, self.now)
                self._pass_on(about)

    def ask_about_help(self) -> None:
        """Help with the language that is still open two days before."""
        soon, settled = self.now + HELP_SECONDS, self.now - SETTLING_SECONDS
        for about in visits.help_open(self.tx, soon, settled, self.now):
            visits.note_asked(self.tx, about.id, self.now)
            number = str(about.id)
            answers = (
                (Button(say("staff.help_yes"), presses.encode("help_yes", None, number)),),
                (Button(say("staff.help_no"), presses.encode("help_no", None, number)),),
            )
            screen = Screen(((say("staff.help_asked"),), facts(about)), answers)
            self._tell(about, about.case_manager_id, Kind.LANGUAGE_HELP, screen)

    def tell_of_unreached(self) -> None:
        """A client did not get our message: the front desk should know, for they may come."""
        for about in contact.unreached(self.tx, self.now - DAY, self.now):
            screen = Screen(((say("staff.not_reached"),), facts(about)), (opener(about),))
            self._tell(about, about.case_manager_id, Kind.NOT_REACHED, screen)

    def _digest(self, person: CaseManager) -> None:
        zone = self.city.rules.time_zone
        today = wall.local_day(self.now, zone)
        start, end = wall.day_bounds(today, zone)
        every = visits.diary(self.tx, person.id, start, end)
        booked = [each for each in every if each.status is Status.BOOKED and each.end > self.now]
        if not booked:
            return
        entries = tuple(lists.entry(each) for each in booked)
        screen = Screen(((say("staff.digest"),), *entries), (_today(),))
        key = f"digest:{person.id}:{today.isoformat()}"
        post = StaffPost(self.tx, self.city, self.now, self.staffing)
        post.in_chat(person.id, screen, key, end)
        if self.staffing.of(person.id).by_mail:
            mail = StaffMail(Kind.DIGEST, Screen(screen.paragraphs), number=len(booked))
            put_mail(self.tx, Mailbox(CASE_MANAGER, person.id), mail, key, end, self.now)

    def _pass_on(self, about: Appointment) -> None:
        person = self.city.case_manager.get(about.case_manager_id)
        name = Name(person.name if person else about.case_manager_id)
        screen = Screen(((say("staff.passed_on", name=name),), facts(about)), (opener(about),))
        deputy = self.staffing.of(about.case_manager_id).deputy
        if deputy is not None:
            self._tell(about, deputy, Kind.NOT_SEEN, screen)
        else:
            post = StaffPost(self.tx, self.city, self.now, self.staffing)
            key = _key(about, Kind.NOT_SEEN)
            post.to_office(about.office_id, Kind.NOT_SEEN, about, screen, key)

    def _tell(self, about: Appointment, case_manager_id: str, kind: Kind, screen: Screen) -> None:
        post, key = StaffPost(self.tx, self.city, self.now, self.staffing), _key(about, kind)
        post.in_chat(case_manager_id, screen, key, about.end, about)
        post.by_mail(case_manager_id, kind, about, screen, key)


def _key(about: Appointment, kind: Kind) -> str:
    return f"appt:{about.id}:{about.sequence}:{kind}"


def _today() -> tuple[Button, ...]:
    return (Button(say("staff.today"), presses.encode("today", None)),)
