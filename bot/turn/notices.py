"""What both sides get to know: notices to case managers, reminders to clients."""

import json
from dataclasses import dataclass

from bot.conversation import content, presses
from bot.conversation.content import Button, Code, Day, Language, Line, Screen, Time, say
from bot.conversation.screens.confirming import wish_lines
from bot.domain import reminders
from bot.domain.appointments import Appointment
from bot.domain.city import City
from bot.storage import outbox, staff
from bot.storage.database import Tx
from bot.storage.outbox import Draft, Priority


@dataclass(frozen=True, slots=True)
class Notices:
    """Writes messages about appointments to the outbox of this transaction."""

    tx: Tx
    city: City
    now: int

    def booked(self, booked: Appointment) -> None:
        """Tell the case manager, plan the client's reminders."""
        self._tell(booked, "booked", booked.case_manager_id)
        self._plan_reminders(booked)

    def moved(self, before: Appointment, after: Appointment) -> None:
        """Tell whoever gains and whoever loses the appointment; plan the reminders anew."""
        outbox.drop_planned(self.tx, before.id)
        if before.case_manager_id == after.case_manager_id:
            was = say("staff.was", day=Day(before.start), time=Time(before.start))
            self._tell(after, "moved", after.case_manager_id, was)
        else:
            self._tell(before, "cancelled", before.case_manager_id)
            self._tell(after, "booked", after.case_manager_id)
        self._plan_reminders(after)

    def cancelled(self, gone: Appointment) -> None:
        """Tell the case manager; nobody is reminded any more."""
        outbox.drop_planned(self.tx, gone.id)
        self._tell(gone, "cancelled", gone.case_manager_id)

    def coming(self, appointment: Appointment) -> None:
        """Tell the case manager that the client is coming."""
        self._tell(appointment, "is_coming", appointment.case_manager_id)

    def _tell(self, about: Appointment, what: str, case_manager_id: str, *more: Line) -> None:
        person_id = staff.chat_of(self.tx, case_manager_id)
        draft = Draft(
            kind="notice",
            content=content.to_json(_notice(about, what, more)),
            dedupe_key=f"appt:{about.id}:{about.sequence}:{what}:{case_manager_id}",
            priority=Priority.NOTICE,
            due_at=self.now,
            person_id=person_id,
            case_manager_id=case_manager_id,
            appointment_id=about.id,
            not_after=about.end,
        )
        outbox.put(self.tx, draft, self.now)

    def _plan_reminders(self, about: Appointment) -> None:
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
    facts = (
        say("staff.when", day=Day(about.start), time=Time(about.start)),
        say("staff.who", code=Code(about.code), language=Language(about.language)),
        *wish_lines(about.wishes),
    )
    lists = (
        Button(say("staff.today"), presses.encode("today", None)),
        Button(say("staff.week"), presses.encode("week", None)),
    )
    return Screen(((say(f"staff.{what}"), *more), facts), (lists,))
