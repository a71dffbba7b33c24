"""What the staff of an office do about appointments, whoever asks: chat, page or command line.

Everything is in one transaction. Whoever may not see something gets the same answer as for what
does not exist. Whatever changes a case manager's time first takes that case manager's row; what
a client does to an appointment takes it too, so that the client's row need not be taken here.
"""

from dataclasses import dataclass
from datetime import date

from bot.domain import local_time
from bot.domain.absence import Absence, Closed
from bot.domain.actors import Actor, Role
from bot.domain.appointment import Appointment, Reason, Refused, Status
from bot.domain.city import CaseManager, City
from bot.domain.delivery_status import Delivery
from bot.domain.slots import Slot
from bot.domain.staffing import CHAT_ONLY, Staffing
from bot.services import walk_in_bookings
from bot.services.client_news import ClientNews
from bot.services.notices import Notices
from bot.storage.engine.database import Tx
from bot.storage.queues import message_history
from bot.storage.records import absences, appointment_lists, appointments, audit, case_managers

KEPT = (Status.BOOKED, Status.CAME, Status.MISSED)
GONE = Refused(Reason.GONE)
LONGEST_ABSENCE = 400 * 86_400


@dataclass(frozen=True, slots=True)
class StaffService:
    """What `actor` can see and do at the moment `now` (UTC epoch seconds)."""

    tx: Tx
    city: City
    actor: Actor
    now: int
    staffing: Staffing = CHAT_ONLY

    def visit(self, appointment_id: int) -> Appointment | None:
        """An appointment of theirs: booked, over, or called off by the office."""
        found = appointments.by_id(self.tx, appointment_id)
        if found is None or not self._may_change(found):
            return None
        return found if found.status in KEPT else appointment_lists.called_off(self.tx, found.id)

    def delivery(self, appointment_id: int) -> Delivery | None:
        """What its client has been told."""
        found = self.visit(appointment_id)
        return None if found is None else message_history.delivery(self.tx, found.id)

    def diary(self, first: date, last: date) -> tuple[Appointment, ...]:
        """A case manager's own talks on these days, or those of a front desk's office, in order."""
        zone = self.city.rules.time_zone
        start, end = local_time.day_bounds(first, zone)[0], local_time.day_bounds(last, zone)[1]
        found = (appointment_lists.diary(self.tx, person.id, start, end) for person in self.team)
        every = (each for some in found for each in some if self._may_change(each))
        return tuple(sorted(every, key=lambda each: (each.start, each.id)))

    @property
    def team(self) -> tuple[CaseManager, ...]:
        """Whose time is theirs: a case manager's own, of a front desk its office's."""
        return tuple(each for each in self.city.case_managers if self.actor.speaks_for(each))

    @property
    def closable(self) -> tuple[CaseManager, ...]:
        """Whose days they may close: those of their team, and of whom they stand in for."""
        me, everybody = self.actor.case_manager_id, self.city.case_managers
        absent = (each for each in everybody if me and self.staffing.of(each.id).deputy == me)
        return (*self.team, *absent)

    def on_paper(self, appointment_id: int) -> bool:
        """Whether it was booked for somebody whose chat has not claimed it."""
        found = self.visit(appointment_id)
        return found is not None and walk_in_bookings.is_waiting(self.tx, found, self.now)

    def seen(self, appointment_id: int) -> Appointment | Refused:
        """Keep that somebody has seen it."""
        found = self._taken(appointment_id)
        if found is None:
            return GONE
        if found.seen_at is None:
            appointment_lists.mark_seen(self.tx, found.id, self.now)
            self._note(found.id, "seen")
        return self._again(found)

    def cannot(self, appointment_id: int) -> Appointment | Refused:
        """Call it off and close its time; the client is offered others."""
        found = self._taken(appointment_id)
        if found is None or found.status is not Status.BOOKED or found.start <= self.now:
            return GONE
        absences.add(self.tx, found.case_manager_id, found.start, found.end)
        self._call_off([found])
        return self._again(found)

    def came(self, appointment_id: int) -> Appointment | Refused:
        """The client came."""
        return self._end(appointment_id, Status.CAME)

    def missed(self, appointment_id: int) -> Appointment | Refused:
        """The client did not come."""
        return self._end(appointment_id, Status.MISSED)

    def undo(self, appointment_id: int) -> Appointment | Refused:
        """Nobody has said whether the client came."""
        return self._end(appointment_id, Status.BOOKED)

    def help_arranged(self, appointment_id: int, arranged: bool) -> Appointment | Refused:
        """Keep whether somebody will help with the language; the client is told of a change."""
        found = self._taken(appointment_id)
        if found is None or found.status is not Status.BOOKED or found.start <= self.now:
            return GONE
        if found.help_arranged is not arranged:
            appointment_lists.set_help(self.tx, found.id, arranged)
            appointment_lists.mark_seen(self.tx, found.id, self.now)
            number = self._note(found.id, "help_arranged" if arranged else "help_not_arranged")
            news = ClientNews(self.tx, self.city, self.now, self.staffing)
            news.help_with_language(found, arranged, number)
        return self._again(found)

    def absent(self, case_manager_id: str, start: int, end: int) -> Closed | Refused:
        """Close a stretch of UTC epoch seconds; talks in it are called off."""
        sound = start < end <= start + LONGEST_ABSENCE and end > self.now
        if not sound or not self._may_close(case_manager_id):
            return GONE
        case_managers.lock(self.tx, case_manager_id)
        for hold_id in appointment_lists.held_within(self.tx, case_manager_id, start, end):
            appointments.drop_hold(self.tx, hold_id)
        for known in absences.coming(self.tx, case_manager_id, self.now):
            if (known.start, known.end) == (start, end):
                return Closed(known, ())
        absence = absences.add(self.tx, case_manager_id, start, end)
        self._note(None, f"absent:{case_manager_id}")
        return Closed(absence, self._call_off(self._to_come(case_manager_id, start, end)))

    def present(self, absence_id: int) -> Absence | Refused:
        """Open a stretch again. What was called off stays so."""
        found = absences.by_id(self.tx, absence_id)
        if found is None or not self._may_close(found.case_manager_id):
            return GONE
        case_managers.lock(self.tx, found.case_manager_id)
        absences.drop(self.tx, found.id)
        self._note(None, f"present:{found.case_manager_id}")
        return found

    def absences(self, case_manager_id: str) -> tuple[Absence, ...]:
        """What is closed and not over yet."""
        if not self._may_close(case_manager_id):
            return ()
        return tuple(absences.coming(self.tx, case_manager_id, self.now))

    def affected(self, case_manager_id: str, start: int, end: int) -> tuple[Appointment, ...]:
        """Whom it would hit to close this stretch."""
        may = self._may_close(case_manager_id)
        return tuple(self._to_come(case_manager_id, start, end)) if may else ()

    def _to_come(self, case_manager_id: str, start: int, end: int) -> list[Appointment]:
        found = appointment_lists.within(self.tx, case_manager_id, start, end)
        return [each for each in found if each.start > self.now]

    def _call_off(self, all_of_them: list[Appointment]) -> tuple[Appointment, ...]:
        """Cancel for the office. The times offered to one client are not offered to the next."""
        news = ClientNews(self.tx, self.city, self.now, self.staffing)
        offered: list[Slot] = []
        for each in all_of_them:
            held = appointments.hold_of(self.tx, each.person_id)
            if held is not None and held.moves_id == each.id:
                appointments.drop_hold(self.tx, held.id)
            appointments.cancel(self.tx, each.id, self.now, by_client=False)
            self._note(each.id, "cannot")
        gone = [self._again(each) for each in all_of_them]
        for each in gone:
            offered += news.called_off(each, offered)
            themselves = self.actor.case_manager_id == each.case_manager_id
            notices = Notices(self.tx, self.city, self.now, self.staffing)
            notices.called_off(each, in_chat=not themselves)
        return tuple(gone)

    def _end(self, appointment_id: int, status: Status) -> Appointment | Refused:
        found = self._taken(appointment_id)
        if found is None or found.status not in KEPT or found.start > self.now:
            return GONE
        if found.status is not status:
            appointment_lists.set_status(self.tx, found.id, status)
            self._note(found.id, "undone" if status is Status.BOOKED else status)
        return self._again(found)

    def _taken(self, appointment_id: int) -> Appointment | None:
        """The appointment as it is when the row that guards it is taken."""
        before = self.visit(appointment_id)
        if before is None:
            return None
        case_managers.lock(self.tx, before.case_manager_id)
        after = self.visit(appointment_id)
        same = after is not None and after.case_manager_id == before.case_manager_id
        return after if same else None

    def _again(self, before: Appointment) -> Appointment:
        found = appointments.by_id(self.tx, before.id)
        assert found is not None
        return found

    def _note(self, appointment_id: int | None, action: str) -> int:
        return audit.note(self.tx, appointment_id, self.actor.label, action, self.now)

    def _may_change(self, about: Appointment) -> bool:
        """A case manager their own and those they stand in for, a front desk the whole office."""
        me = self.actor.case_manager_id
        if self.actor.role is Role.FRONT_DESK:
            return about.office_id == self.actor.office_id
        if self.actor.role is not Role.CASE_MANAGER or me is None:
            return False
        return me in (about.case_manager_id, self.staffing.of(about.case_manager_id).deputy)

    def _may_close(self, case_manager_id: str) -> bool:
        return any(person.id == case_manager_id for person in self.closable)
