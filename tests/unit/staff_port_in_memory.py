"""What the staff can look up and do, without a database: real rules over a town in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from town_in_memory import NOBODY, ZONE, Town

from bot.conversation.port import Search
from bot.domain import lifecycle, local_time, slots
from bot.domain.absence import Absence, Closing, Opening, can_be_closed
from bot.domain.actors import Actor
from bot.domain.appointment import Answer, Appointment, Reason, Refused, Status, Version
from bot.domain.appointment_view import AppointmentView
from bot.domain.city import CaseManager
from bot.domain.delivery_status import DeliveryStatus
from bot.domain.lifecycle import Act, Party
from bot.domain.list_range import list_range
from bot.domain.open_matters import SETTLED_BY_WORD, Matter, MatterFacts, open_matters
from bot.domain.possible_again import GoneFacts, possible_again, to_ask, to_phone
from bot.domain.released import within_hours
from bot.domain.slots import Busy, Slot

GONE, CHANGED = Refused(Reason.GONE), Refused(Reason.CHANGED)
IN_LISTS = (Status.BOOKED, Status.CAME, Status.MISSED)
ANSWERS = {Act.NOTE_LATE: Answer.LATE, Act.NOTE_ELSEWHERE: Answer.ELSEWHERE}


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
        return None if about is None else self._shown(about)

    def _shown(self, about: Appointment) -> AppointmentView:
        on_paper = about.person_id == NOBODY
        unheard = DeliveryStatus(None, None, False, reached=not on_paper, failed=0)
        delivery = self.town.deliveries.get(about.id, unheard)
        matters = self._matters(about, reached=delivery.reached, on_paper=on_paper)
        acts = lifecycle.open_acts(Party.STAFF, about, self.town.now)
        if on_paper or not delivery.reached:
            acts -= {Act.ASK_TIME}
        return AppointmentView(
            about=about,
            delivery=delivery,
            acts=acts if SETTLED_BY_WORD & {*matters} else acts - {Act.SETTLE},
            matters=matters,
            own=self.actor.case_manager_id == about.case_manager_id,
            on_paper=on_paper,
            has_slip=about.id in self.town.slips.values(),
            first_talk=False,
            changed_at=self.town.now,
            asked_at=self.town.now if about.answer is Answer.ASKED else None,
            topic=about.wishes.topic if self._may_read_topic(about) else None,
        )

    def open_matters(self) -> tuple[AppointmentView, ...]:
        every = sorted(self.town.appointments.values(), key=lambda each: each.start)
        theirs = [one for one in every if self.actor.looks_after(one, self.town.staffing)]
        views = [self._shown(one) for one in theirs if one.status in lifecycle.VISIBLE_TO_STAFF]
        return tuple(view for view in views if view.matters)

    def find(self, code: str) -> AppointmentView | None:
        known = [each.id for each in self.town.appointments.values() if each.code == code]
        return self.view(known[-1]) if known else None

    def another_time(self, seen: Version, slot: Slot) -> AppointmentView | Refused:
        self.town.let_rivals_in()
        found = self._visible(seen.id)
        if found is None or not self.actor.speaks_for(
            self.town.city.case_manager[slot.case_manager_id]
        ):
            return GONE
        called_off = found.status is Status.CALLED_OFF
        act = Act.REBOOK_FOR_CLIENT if called_off else Act.MOVE_FOR_CLIENT
        if lifecycle.refusal(act, found, self.town.now) is not None:
            return GONE
        if found.version != seen:
            return CHANGED
        if not self.town.is_open(slot, found.person_id, found.id, by_staff=True):
            return Refused(Reason.TAKEN)
        if not called_off:
            return self.view(self.town.move(found, slot, found.wishes).id) or GONE
        new = self.town.book(
            slot.case_manager_id, slot.start, found.person_id, found.wishes, found.language
        )
        return self.view(new.id) or GONE

    def other_times(self, appointment_id: int) -> tuple[Slot, ...]:
        view = self.view(appointment_id)
        if view is None or Act.ASK_TIME not in view.acts:
            return ()
        search = self._other_times_of(view.about)
        found = (self._other_on(view.about, day) for day in self.town.days(search, self.town.today))
        return tuple(islice((free[0] for free in found if free), 3))

    def ask_time(self, seen: Version, others: Sequence[Slot]) -> AppointmentView | Refused:
        found = self._visible(seen.id)
        if found is None:
            return GONE
        if found.version != seen:
            return CHANGED
        view = self.view(found.id)
        assert view is not None
        if found.answer is Answer.ASKED:
            return view
        if Act.ASK_TIME not in view.acts or not 1 <= len(others) <= 3:
            return GONE
        self.town.let_rivals_in()
        days = {local_time.local_day(slot.start, ZONE) for slot in others}
        if not {*others} <= {slot for day in days for slot in self._other_on(found, day)}:
            return Refused(Reason.TAKEN)
        seen_at = found.seen_at or self.town.now
        self.town.keep(replace(found, answer=Answer.ASKED, seen_at=seen_at))
        return self.view(found.id) or GONE

    def _other_times_of(self, about: Appointment) -> Search:
        offices = tuple(dict.fromkeys((about.office_id, self.actor.office_id or about.office_id)))
        return Search(offices, moving=about.id, by_phone=about.wishes.by_phone)

    def _other_on(self, about: Appointment, day: date) -> list[Slot]:
        """With whose appointment it is or whom they speak for, but for the time it has."""
        found = self.town.free(self._other_times_of(about), day, about.person_id)
        people = self.town.city.case_manager
        theirs = [
            slot
            for free in found
            for slot in free
            if (slot.case_manager_id, slot.start) != (about.case_manager_id, about.start)
            if slot.case_manager_id == about.case_manager_id
            or self.actor.speaks_for(people[slot.case_manager_id])
        ]
        return sorted(theirs, key=lambda slot: (slot.start, slot.case_manager_id))

    def do(self, act: Act, seen: Version) -> AppointmentView | Refused:
        found = self._visible(seen.id)
        if found is None:
            return GONE
        if found.version != seen:
            return CHANGED
        if refused := lifecycle.refusal(act, found, self.town.now):
            return refused
        if act in (Act.CALL_OFF, Act.CANCEL_FOR_CLIENT):
            self.town.cancel(found.id, lifecycle.RULE[act].to or found.status)
            return self.view(found.id) or GONE
        if act is Act.SETTLE:
            view = self.view(found.id)
            open_now = SETTLED_BY_WORD & {*(view.matters if view else ())}
            known = self.town.settled.get(found.id, frozenset())
            self.town.settled[found.id] = known | open_now
            return self.view(found.id) or GONE
        if act in ANSWERS:
            found = replace(found, answer=ANSWERS[act])
        if act in (Act.ARRANGE_HELP, Act.REFUSE_HELP):
            found = replace(found, help_arranged=act is Act.ARRANGE_HELP)
        status = lifecycle.RULE[act].to
        seen_at = found.seen_at or (self.town.now if status is None else None)
        self.town.keep(replace(found, status=status or found.status, seen_at=seen_at))
        return self.view(found.id) or GONE

    def absent(self, case_manager_id: str, start: int, end: int) -> Closing | Refused:
        sound = can_be_closed(start, end, self.town.now, ZONE)
        if not sound or not self._may_close(case_manager_id):
            return GONE
        absence = Absence(next(self.town.numbers), case_manager_id, start, end)
        self.town.absences[absence.id] = absence
        hit = self._within(case_manager_id, start, end)
        gone = tuple(self.town.cancel(each.id, Status.CALLED_OFF) for each in hit)
        return Closing(absence, gone)

    def present(self, absence_id: int) -> Opening | Refused:
        found = self.town.absences.get(absence_id)
        if found is None or not self._may_close(found.case_manager_id):
            return GONE
        self.town.absences.pop(absence_id)
        gone = [
            self._gone(each)
            for each in self.town.appointments.values()
            if each.case_manager_id == found.case_manager_id
            if each.start < found.end and found.start < each.end
        ]
        possible = possible_again(gone, self.town.now)
        return Opening(found, tuple(to_ask(possible)), tuple(to_phone(possible)))

    def _gone(self, about: Appointment) -> GoneFacts:
        slot = slots.slot_at(self.town.city.case_manager[about.case_manager_id], about.start)
        free = self.town.is_open(slot, about.person_id, about.id, by_staff=True)
        unheard = DeliveryStatus(None, None, False, reached=about.person_id != NOBODY, failed=0)
        return GoneFacts(
            about,
            slot if free else None,
            rebooked=self._rebooked(about),
            settled=Matter.CALLED_OFF in self.town.settled.get(about.id, ()),
            reachable=self.town.deliveries.get(about.id, unheard).reached,
        )

    def _rebooked(self, about: Appointment) -> bool:
        return any(
            each.person_id == about.person_id and each.id > about.id and each.status in IN_LISTS
            for each in self.town.appointments.values()
        )

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

    def _matters(self, about: Appointment, *, reached: bool, on_paper: bool) -> tuple[Matter, ...]:
        city, person = self.town.city, self.town.city.case_manager.get(about.case_manager_id)
        facts = MatterFacts(
            in_file=person is not None and about.office_id in city.office,
            inside_hours=person is not None and within_hours(city, person, about.start, about.end),
            reached=reached,
            on_paper=on_paper,
            rebooked=self._rebooked(about),
            handed_over=False,
            passed_on=about.id in self.town.passed_on,
            settled=self.town.settled.get(about.id, frozenset()),
        )
        return open_matters(about, facts, self.town.now)

    def _may_read_topic(self, about: Appointment) -> bool:
        return self.actor.reads_topics() and about.status is not Status.CANCELLED

    def _may_close(self, case_manager_id: str) -> bool:
        return any(person.id == case_manager_id for person in self.closable)
