"""What the clock brings to case managers: their day in the morning, and what waits for them.

Nothing is told twice: what was told is kept in the transaction that writes it. But for the
morning's list nobody is told anything at night.
"""

from dataclasses import dataclass

from bot.conversation import presses
from bot.conversation.content import Button, Name, Screen, say
from bot.domain import local_time, reminders, working_hours
from bot.domain.appointment import Appointment
from bot.domain.city import City
from bot.domain.staffing import CASE_MANAGER, CHAT_ONLY, Staffing
from bot.rendering.staff_words import Kind
from bot.services import operator_news
from bot.services.daily_digest import DailyDigest
from bot.services.staff_lines import facts, opener
from bot.services.staff_post import StaffPost
from bot.storage.engine.database import Tx
from bot.storage.queues import message_history
from bot.storage.records import appointment_lists

HOUR, DAY = 3600, 86_400
HELP_SECONDS = 2 * DAY
SETTLING_SECONDS = HOUR
"""Who has just been told of a booking is not asked about it at once."""


def attend(tx: Tx, city: City, staffing: Staffing, now: int) -> None:
    """Tell what is due at `now` (UTC epoch seconds)."""
    DailyDigest(tx, city, now, staffing).tell()
    attention = Escalation(tx, city, now, staffing)
    if not reminders.is_quiet(local_time.local(now, city.rules.time_zone).time()):
        attention.pass_on_unseen()
        attention.ask_about_help()
        attention.tell_of_unreached()
        operator_news.tell(tx, city, now)


@dataclass(frozen=True, slots=True)
class Escalation:
    """Looks for what is due and writes it to the outbox of this transaction."""

    tx: Tx
    city: City
    now: int
    staffing: Staffing = CHAT_ONLY

    def pass_on_unseen(self) -> None:
        """What nobody saw in time goes to the deputy, else to the office.

        In time is so many working hours after the booking, or before the talk itself.
        """
        for office in self.city.offices:
            hours = self.staffing.office(office.id).seen_within_hours
            if hours is None:
                continue
            late, soon = working_hours.since(self.city, hours, self.now), self.now + hours * HOUR
            settled = self.now - SETTLING_SECONDS
            for about in appointment_lists.unseen(
                self.tx, office.id, late, soon, settled, self.now
            ):
                appointment_lists.note_passed_on(self.tx, about.id, self.now)
                self._pass_on(about)

    def ask_about_help(self) -> None:
        """Help with the language that is still open two days before."""
        soon, settled = self.now + HELP_SECONDS, self.now - SETTLING_SECONDS
        for about in appointment_lists.help_open(self.tx, soon, settled, self.now):
            appointment_lists.note_asked(self.tx, about.id, self.now)
            number = str(about.id)
            answers = (
                (Button(say("staff.help_yes"), presses.encode("help_yes", None, number)),),
                (Button(say("staff.help_no"), presses.encode("help_no", None, number)),),
            )
            screen = Screen(((say("staff.help_asked"),), facts(about)), answers)
            self._tell(about, about.case_manager_id, Kind.LANGUAGE_HELP, screen)

    def tell_of_unreached(self) -> None:
        """A client did not get our message: the front desk should know, for they may come."""
        for about in message_history.unreached(self.tx, self.now - DAY, self.now):
            screen = Screen(((say("staff.not_reached"),), facts(about)), (opener(about),))
            self._tell(about, about.case_manager_id, Kind.NOT_REACHED, screen)
            self._post.in_desk_chats(about.office_id, about, screen, _key(about, Kind.NOT_REACHED))

    def _pass_on(self, about: Appointment) -> None:
        person = self.city.case_manager.get(about.case_manager_id)
        name = Name(person.name if person else about.case_manager_id)
        screen = Screen(((say("staff.passed_on", name=name),), facts(about)), (opener(about),))
        stand_in = self.staffing.stand_in(self.city, about)
        if stand_in is not None and stand_in.whose == CASE_MANAGER:
            self._tell(about, stand_in.id, Kind.NOT_SEEN, screen)
        else:
            key = _key(about, Kind.NOT_SEEN)
            self._post.to_office(about.office_id, Kind.NOT_SEEN, about, screen, key)

    def _tell(self, about: Appointment, case_manager_id: str, kind: Kind, screen: Screen) -> None:
        key = _key(about, kind)
        self._post.in_chat(case_manager_id, screen, key, about.end, about)
        self._post.by_mail(case_manager_id, kind, about, screen, key)

    @property
    def _post(self) -> StaffPost:
        return StaffPost(self.tx, self.city, self.now, self.staffing)


def _key(about: Appointment, kind: Kind) -> str:
    return f"appt:{about.id}:{about.sequence}:{kind}"
