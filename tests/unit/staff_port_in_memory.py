"""What the staff can look up and do, without a database: real rules over a town in memory."""

from dataclasses import dataclass, replace
from datetime import date

from town_in_memory import NOBODY, ZONE, Town

from bot.conversation.port import Search
from bot.domain import lifecycle, local_time
from bot.domain.absence import LONGEST_SECONDS, Absence, Closing
from bot.domain.actors import Actor
from bot.domain.appointment import Appointment, Reason, Refused, Status
from bot.domain.appointment_view import AppointmentView
from bot.domain.city import CaseManager
from bot.domain.delivery_status import DeliveryStatus
from bot.domain.lifecycle import Act, Party
from bot.domain.list_range import list_range
from bot.domain.slots import Busy, Slot

GONE = Refused(Reason.GONE)
IN_LISTS = Status.BOOKED, Status.CAME, Status.MISSED


@dataclass(frozen=True)
class StaffPortInMemory:
    """What `actor` can see and do; see the protocol for what each of it means."""

    town: Town
    actor: Actor

    @property
    def closable(self) -> tuple[CaseManager, ...]:
        people = self.town.city.case_managers
        may = [each for each in people if self.actor.may_close(each, self.town.staffing)]
        return tuple(sorted(may, key=lambda each: not self.actor.speaks_for(each)))

    def diary(self, first: date, last: date) -> tuple[AppointmentView, ...]:
        assert first <= last
        views = [self.view(each.id) for each in self._kept(first, last)]
        return tuple(each for each in views if each is not None)

    def booked_days(self) -> tuple[date, ...]:
        found = self._kept(*list_range(self.town.today))
        return tuple(dict.fromkeys(local_time.local_day(each.start, ZONE) for each in found))

    def view(self, appointment_id: int) -> AppointmentView | None:
        about = self._visible(appointment_id)
        if about is None:
            return None
        on_paper = about.person_id == NOBODY
        unheard = DeliveryStatus(None, None, False, reached=not on_paper, failed=0)
        return AppointmentView(
            about=about,
            delivery=self.town.deliveries.get(about.id, unheard),
            acts=lifecycle.open_acts(Party.STAFF, about, self.town.now),
            own=self.actor.case_manager_id == about.case_manager_id,
            on_paper=on_paper,
            has_slip=about.id in self.town.slips.values(),
            first_talk=False,
            changed_at=self.town.now,
            topic=about.wishes.topic if self.actor.reads_topics() else None,
        )

    def do(self, act: Act, appointment_id: int) -> AppointmentView | Refused:
        found = self._visible(appointment_id)
        if found is None or lifecycle.refusal(act, found, self.town.now) is not None:
            return GONE
        if act in (Act.ARRANGE_HELP, Act.REFUSE_HELP):
            found = replace(found, help_arranged=act is Act.ARRANGE_HELP)
        status = lifecycle.RULE[act].to
        seen = found.seen_at or (self.town.now if status is None else None)
        self.town.keep(replace(found, status=status or found.status, seen_at=seen))
        return self.view(found.id) or GONE

    def absent(self, case_manager_id: str, start: int, end: int) -> Closing | Refused:
        sound = start < end <= start + LONGEST_SECONDS and end > self.town.now
        if not sound or not self._may_close(case_manager_id):
            return GONE
        absence = Absence(next(self.town.numbers), case_manager_id, start, end)
        self.town.absences[absence.id] = absence
        hit = self._within(case_manager_id, start, end)
        gone = tuple(self.town.change(each.id, Status.CALLED_OFF) for each in hit)
        return Closing(absence, gone)

    def present(self, absence_id: int) -> Absence | Refused:
        found = self.town.absences.get(absence_id)
        if found is None or not self._may_close(found.case_manager_id):
            return GONE
        return self.town.absences.pop(absence_id)

    def absences(self, case_manager_id: str) -> tuple[Absence, ...]:
        known = [
            each
            for each in self.town.absences.values()
            if each.case_manager_id == case_manager_id and each.end > self.town.now
        ]
        return tuple(known) if self._may_close(case_manager_id) else ()

    def affected(self, case_manager_id: str, start: int, end: int) -> tuple[AppointmentView, ...]:
        views = [self.view(each.id) for each in self._within(case_manager_id, start, end)]
        return tuple(each for each in views if each is not None)

    def no_longer_free(self, case_manager_id: str, start: int, end: int) -> tuple[Slot, ...]:
        first, last = (local_time.local_day(at, ZONE) for at in (start, end - 1))
        if not self._may_close(case_manager_id) or first != last:
            return ()
        person = self.town.city.case_manager[case_manager_id]
        search = Search((person.office_id,), person.id, walk_in=True)
        [free] = self.town.free(search, first, NOBODY)
        return tuple(slot for slot in free if Busy(start, end).takes(slot))

    def _kept(self, first: date, last: date) -> list[Appointment]:
        """What is in their lists on these days, in order."""
        theirs = {each.id for each in self.town.city.case_managers if self.actor.speaks_for(each)}
        found = [
            each
            for each in self.town.appointments.values()
            if each.case_manager_id in theirs and each.status in IN_LISTS
            if first <= local_time.local_day(each.start, ZONE) <= last
        ]
        return sorted(found, key=lambda each: each.start)

    def _within(self, case_manager_id: str, start: int, end: int) -> list[Appointment]:
        return [
            each
            for each in self.town.appointments.values()
            if each.case_manager_id == case_manager_id and each.start < end and start < each.end
            if lifecycle.refusal(Act.CALL_OFF, each, self.town.now) is None
        ]

    def _visible(self, appointment_id: int) -> Appointment | None:
        found = self.town.appointments.get(appointment_id)
        if found is None or found.status not in lifecycle.VISIBLE_TO_STAFF:
            return None
        return found if self.actor.may_change(found, self.town.staffing) else None

    def _may_close(self, case_manager_id: str) -> bool:
        return any(person.id == case_manager_id for person in self.closable)
