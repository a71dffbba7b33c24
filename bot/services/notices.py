"""What both sides get to know: notices to case managers, reminders to clients."""

import json
from dataclasses import dataclass, replace

from bot.conversation import presses
from bot.conversation.content import Button, Day, Line, Screen, Time, say
from bot.domain import reminders
from bot.domain.appointment import Appointment
from bot.domain.city import City
from bot.domain.staffing import CHAT_ONLY, Staffing
from bot.rendering.staff_words import Kind
from bot.services.staff_lines import facts, opener
from bot.services.staff_post import StaffPost
from bot.storage.engine.database import Tx
from bot.storage.queues import outbox
from bot.storage.queues.outbox import Draft, Priority

MAILED = {
    "booked": Kind.BOOKED,
    "moved": Kind.CHANGED,
    "cancelled": Kind.CANCELLED,
    "called_off": Kind.CANCELLED,
}
"""What is told by mail at once; the rest stands in the morning's digest."""


@dataclass(frozen=True, slots=True)
class Notices:
    """Writes messages about appointments to the outbox of this transaction."""

    tx: Tx
    city: City
    now: int
    staffing: Staffing = CHAT_ONLY

    def booked(self, booked: Appointment, *, in_chat: bool = True) -> None:
        """Tell the case manager, in chat unless they booked it themselves; plan the reminders."""
        self._tell(booked, "booked", in_chat=in_chat)
        self.plan_reminders(booked)

    def moved(self, before: Appointment, after: Appointment) -> None:
        """Tell whoever gains and whoever loses the appointment; plan the reminders anew."""
        outbox.drop_planned(self.tx, before.id)
        if before.case_manager_id == after.case_manager_id:
            was = say("staff.was", day=Day(before.start), time=Time(before.start))
            self._tell(after, "moved", was)
        else:
            self._tell(before, "cancelled", sequence=after.sequence)
            self._tell(after, "booked")
        self.plan_reminders(after)

    def cancelled(self, gone: Appointment) -> None:
        """Tell the case manager; nobody is reminded any more."""
        outbox.drop_planned(self.tx, gone.id)
        self._tell(gone, "cancelled")

    def called_off(self, gone: Appointment, *, in_chat: bool) -> None:
        """The office cancelled: the calendar is told, and the chat unless it did so itself."""
        outbox.drop_planned(self.tx, gone.id)
        self._tell(gone, "called_off", in_chat=in_chat)

    def coming(self, appointment: Appointment) -> None:
        """Tell the case manager that the client is coming; no mail is written for that alone."""
        self._tell(appointment, "is_coming")

    def _tell(
        self,
        about: Appointment,
        what: str,
        *more: Line,
        sequence: int | None = None,
        in_chat: bool = True,
    ) -> None:
        """One message for each channel; `sequence` if the calendar is to be told another."""
        screen = _notice(about, what, more)
        key = f"appt:{about.id}:{about.sequence}:{what}"
        post = StaffPost(self.tx, self.city, self.now, self.staffing)
        if in_chat:
            post.in_chat(about.case_manager_id, screen, key, about.end, about)
        if what in MAILED:
            known = about if sequence is None else replace(about, sequence=sequence)
            post.by_mail(about.case_manager_id, MAILED[what], known, screen, key)

    def plan_reminders(self, about: Appointment) -> None:
        """Let the client be reminded of an appointment as it stands."""
        for reminder in reminders.plan(about.start, self.now, self.city.rules.time_zone):
            draft = Draft(
                kind="reminder",
                content=json.dumps({"sequence": about.sequence}),
                dedupe_key=f"appt:{about.id}:{about.sequence}:{reminder.kind}:{about.person_id}",
                priority=Priority.REMINDER,
                due_at=reminder.due,
                person_id=about.person_id,
                appointment_id=about.id,
                not_after=reminder.not_after,
            )
            outbox.put(self.tx, draft, self.now)


def _notice(about: Appointment, what: str, more: tuple[Line, ...]) -> Screen:
    lists = (
        Button(say("staff.today"), presses.encode("today", None)),
        Button(say("staff.week"), presses.encode("week", None)),
    )
    rows = (opener(about), lists) if what in ("booked", "moved") else (lists,)
    return Screen(((say(f"staff.{what}"), *more), facts(about)), rows)
