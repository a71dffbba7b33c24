"""What the staff of an office do about appointments, whoever asks: chat, page or command line.

Everything is in one transaction. Whoever may not see something gets the same answer as for what
does not exist. Whatever changes a case manager's time first takes that case manager's row; what
a client does to an appointment takes it too, so that the client's row need not be taken here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain import lifecycle, local_time
from bot.domain.absence import Absence, Closing, Opening, can_be_closed
from bot.domain.actors import Actor, Role
from bot.domain.appointment import Appointment, Reason, Refused, Version
from bot.domain.appointment_view import AppointmentView
from bot.domain.changes import Settled
from bot.domain.city import CaseManager
from bot.domain.lifecycle import Act
from bot.domain.list_range import list_range
from bot.domain.open_matters import SETTLED_BY_WORD
from bot.domain.slots import Slot
from bot.domain.staff_changes import Closed
from bot.services import another_time, doing, reopening
from bot.services.asking import Asking
from bot.services.availability import NOBODY, Availability
from bot.services.calling_off import call_off
from bot.services.reactions import happened
from bot.services.unit import Unit
from bot.services.worklist import Worklist
from bot.storage.records import (
    absences,
    appointment_lists,
    appointments,
    case_managers,
    circumstances,
)

GONE, CHANGED = Refused(Reason.GONE), Refused(Reason.CHANGED)


@dataclass(frozen=True, slots=True)
class StaffService:
    """What `actor` can see and do in this unit of work."""

    unit: Unit
    actor: Actor

    @property
    def worklist(self) -> Worklist:
        """What they are shown."""
        return Worklist(self.unit, self.actor)

    def view(self, appointment_id: int) -> AppointmentView | None:
        """An appointment of theirs: booked, over, or called off by the office."""
        return self.worklist.one(appointment_id)

    def find(self, code: str) -> AppointmentView | None:
        """An appointment of theirs by its code, whatever has become of it."""
        found = appointment_lists.by_code(self.unit.tx, code)
        return None if found is None else self.view(found)

    def diary(self, first: date, last: date) -> tuple[AppointmentView, ...]:
        """A case manager's own talks on these days, or those of a front desk's office, in order."""
        start, _ = local_time.day_bounds(first, self.unit.zone)
        _, end = local_time.day_bounds(last, self.unit.zone)
        return self.worklist.diary([person.id for person in self.team], start, end)

    def booked_days(self) -> tuple[date, ...]:
        """The days of their lists that have talks, in order."""
        (start, _), (_, end) = (
            local_time.day_bounds(day, self.unit.zone) for day in list_range(self.unit.today)
        )
        found = self.worklist.starts([person.id for person in self.team], start, end)
        return tuple(dict.fromkeys(local_time.local_day(at, self.unit.zone) for at in found))

    @property
    def team(self) -> tuple[CaseManager, ...]:
        """Whose time is theirs: a case manager's own, of a front desk its office's."""
        people = self.unit.city.case_managers
        return tuple(each for each in people if self.actor.speaks_for(each))

    @property
    def closable(self) -> tuple[CaseManager, ...]:
        """Whose days they may close: those of their team, and of whom they stand in for."""
        people = self.unit.city.case_managers
        may = [each for each in people if self.actor.may_close(each, self.unit.staffing)]
        return tuple(sorted(may, key=lambda each: not self.actor.speaks_for(each)))

    def open_matters(self) -> tuple[AppointmentView, ...]:
        """What is left to do: of their team, of whom they stand in for, of who has left.

        Whoever runs the program sees it of everybody.
        """
        return self.worklist.open_matters(self._looked_after())

    def _looked_after(self) -> list[str]:
        """Whose talks they look after; who the city file no longer names is somebody's, too."""
        unit, city = self.unit, self.unit.city
        everywhere = self.actor.role is Role.OPERATOR
        there = [one.id for one in (city.case_managers if everywhere else self.closable)]
        left = case_managers.everybody(unit.tx) - city.case_manager.keys()
        return [*there, *sorted(left)]

    def do(self, act: Act, seen: Version) -> AppointmentView | Refused:
        """Do something about an appointment of theirs, if the table allows it; how it is then.

        Nothing is done about one that has changed since it was seen.
        """
        found = self._taken_as_seen(act, seen)
        if isinstance(found, Refused):
            return found
        if not lifecycle.is_done(act, found):
            if act is Act.SETTLE:
                self._settle(found)
            else:
                doing.do(self.unit, self.actor, act, found)
        return self.view(found.id) or GONE

    def another_time(self, seen: Version, slot: Slot) -> AppointmentView | Refused:
        """Move an appointment for its client, or book anew for one whose talk was called off."""
        found = self._visible(seen.id)
        if found is None:
            return GONE
        given = another_time.give(self.unit, self.actor, found, seen, slot)
        return given if isinstance(given, Refused) else self.view(given.id) or GONE

    def other_times(self, appointment_id: int) -> tuple[Slot, ...]:
        """Up to three on different days, about which the client of an appointment can be asked."""
        view = self.view(appointment_id)
        if view is None or Act.ASK_TIME not in view.acts:
            return ()
        return Asking(self.unit, self.actor, view.about).suggested()

    def ask_time(self, seen: Version, others: Sequence[Slot]) -> AppointmentView | Refused:
        """Ask its client whether one of these suits as well; asked once until they answer."""
        found = self._taken_as_seen(Act.ASK_TIME, seen)
        if isinstance(found, Refused):
            return found
        if not lifecycle.is_done(Act.ASK_TIME, found):
            view = self.view(found.id)
            if view is None or Act.ASK_TIME not in view.acts:
                return GONE
            if refused := Asking(self.unit, self.actor, found).ask(others):
                return refused
        return self.view(found.id) or GONE

    def absent(self, case_manager_id: str, start: int, end: int) -> Closing | Refused:
        """Close a stretch of UTC epoch seconds; talks in it are called off."""
        tx, now = self.unit.tx, self.unit.now
        sound = can_be_closed(start, end, now, self.unit.zone)
        if not sound or not self._may_close(case_manager_id):
            return GONE
        case_managers.lock(tx, case_manager_id)
        for hold_id in appointment_lists.held_within(tx, case_manager_id, start, end):
            appointments.drop_hold(tx, hold_id)
        for known in absences.coming(tx, case_manager_id, now):
            if (known.start, known.end) == (start, end):
                return Closing(known, ())
        absence = absences.add(tx, case_manager_id, start, end)
        reopening.take_back_questions(self.unit, case_manager_id, start, end)
        happened(self.unit, Closed(absence, self.actor))
        return Closing(
            absence, call_off(self.unit, self._to_come(case_manager_id, start, end), self.actor)
        )

    def present(self, absence_id: int) -> Opening | Refused:
        """Open a stretch again; whose talk was called off, and is possible again, is asked."""
        found = absences.by_id(self.unit.tx, absence_id)
        if found is None or not self._may_close(found.case_manager_id):
            return GONE
        case_managers.lock(self.unit.tx, found.case_manager_id)
        return reopening.open_again(self.unit, found, self.actor)

    def absences(self, case_manager_id: str) -> tuple[Absence, ...]:
        """What is closed and not over yet."""
        if not self._may_close(case_manager_id):
            return ()
        return tuple(absences.coming(self.unit.tx, case_manager_id, self.unit.now))

    def affected(self, case_manager_id: str, start: int, end: int) -> tuple[AppointmentView, ...]:
        """Whom it would hit to close this stretch."""
        if not self._may_close(case_manager_id):
            return ()
        return self.worklist.of(self._to_come(case_manager_id, start, end))

    def no_longer_free(self, case_manager_id: str, start: int, end: int) -> tuple[Slot, ...]:
        """What is free and would be so no more; of a stretch of several days, nothing."""
        if not self._may_close(case_manager_id):
            return ()
        person = self.unit.city.case_manager[case_manager_id]
        return Availability(self.unit, NOBODY).taken_by(person, start, end)

    def _to_come(self, case_manager_id: str, start: int, end: int) -> list[Appointment]:
        found = appointment_lists.within(self.unit.tx, case_manager_id, start, end)
        now = self.unit.now
        return [each for each in found if lifecycle.refusal(Act.CALL_OFF, each, now) is None]

    def _settle(self, about: Appointment) -> None:
        """Keep that what can be settled by a word is: its client was told in person, say."""
        view = self.view(about.id)
        open_now = SETTLED_BY_WORD & {*view.matters} if view else set()
        if open_now:
            known = circumstances.of(self.unit.tx, [about.id], self.unit.now)
            appointments.settle(self.unit.tx, about.id, {*known[about.id].settled, *open_now})
            happened(self.unit, Settled(about, self.actor))

    def _taken_as_seen(self, act: Act, seen: Version) -> Appointment | Refused:
        found = self._taken(seen.id)
        if found is None:
            return GONE
        if found.version != seen:
            return CHANGED
        return lifecycle.refusal(act, found, self.unit.now) or found

    def _taken(self, appointment_id: int) -> Appointment | None:
        """The appointment as it is when the row that guards it is taken."""
        before = self._visible(appointment_id)
        if before is None:
            return None
        case_managers.lock(self.unit.tx, before.case_manager_id)
        after = self._visible(appointment_id)
        same = after is not None and after.case_manager_id == before.case_manager_id
        return after if same else None

    def _visible(self, appointment_id: int) -> Appointment | None:
        found = appointments.by_id(self.unit.tx, appointment_id)
        if found is None or found.status not in lifecycle.VISIBLE_TO_STAFF:
            return None
        return found if self.actor.may_change(found, self.unit.staffing) else None

    def _may_close(self, case_manager_id: str) -> bool:
        return any(person.id == case_manager_id for person in self.closable)
