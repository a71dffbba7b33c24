"""Holding, booking, moving and cancelling for one client in one transaction.

Whatever changes a case manager's time first takes that case manager's row and then the client's,
several case managers in the order of their ids. The cells make an overlap impossible; what is
checked here makes a refusal kind.
"""

from dataclasses import dataclass, replace

from bot.domain import fair_use, lifecycle
from bot.domain.actors import Actor
from bot.domain.appointment import Answer, Appointment, Reason, Refused, Version, Wishes
from bot.domain.asking_changes import TimeKept
from bot.domain.changes import (
    Booked,
    Cancelled,
    Moved,
    Rebooked,
    RunsLate,
    SaidComing,
    WishesChanged,
)
from bot.domain.contacts import fitting
from bot.domain.lifecycle import Act
from bot.domain.slots import Slot
from bot.services import held_back, holds
from bot.services.holds import Holds
from bot.services.reactions import happened
from bot.services.unit import Unit
from bot.storage.records import appointments, case_managers, cells, persons, tallies
from bot.storage.records.appointments import CancelledBy
from bot.storage.records.tallies import Tally


class CellsLost(Exception):  # noqa: N818  (it undoes the transaction that would break the promise)
    """The time of an appointment is not its own: to go on would let two of them overlap."""


@dataclass(frozen=True, slots=True)
class Bookings:
    """What the client `person_id`, who reads `language`, can do; `by` is who does it for them."""

    unit: Unit
    person_id: int
    language: str
    by: Actor

    def hold(self, slot: Slot, moving: int | None) -> Refused | None:
        """Take the slot's cells for a few minutes; an earlier hold is given up."""
        if moving is not None and self.own(self._moves_by, moving) is None:
            return Refused(Reason.GONE)
        if refused := self.barred(moving):
            return refused
        self._lock(slot.case_manager_id)
        held = self._holds.take(slot, moving)
        return held if isinstance(held, Refused) else None

    def confirm(self, slot: Slot, wishes: Wishes, moving: Version | None) -> Appointment | Refused:
        """Book the slot or move to it; if the hold is lost, take the slot if it is still free.

        Of the wishes what its case manager can meet is kept.
        """
        city = self.unit.city
        wishes = fitting(city, wishes, city.case_manager[slot.case_manager_id])
        if moving is not None:
            return self._confirm_move(slot, wishes, moving)
        self._lock(slot.case_manager_id)
        booked = appointments.booked_by(self.unit.tx, self.person_id, self.unit.now)
        for each in booked:
            if _is_at(each, slot):  # what the same Confirm made before
                holds.give_up(self.unit.tx, self.person_id, None)
                return each
        most, now = city.rules.appointments_per_client, self.unit.now
        if refused := self.barred(None):
            return refused
        if not self.by.is_staff and fair_use.has_enough(booked, most, now):
            return Refused(Reason.TOO_MANY)
        hold_id = self._holds.keep_or_take(slot, None)
        return hold_id if isinstance(hold_id, Refused) else self._book(hold_id, wishes)

    def rebook(self, gone: Appointment, slot: Slot) -> Appointment | Refused:
        """Book a slot instead of what was called off, with its wishes."""
        self._lock(slot.case_manager_id)
        hold_id = self._holds.keep_or_take(slot, None)
        if isinstance(hold_id, Refused):
            return hold_id
        appointments.book(self.unit.tx, hold_id, self.language, gone.wishes, self.unit.now)
        booked = appointments.known(self.unit.tx, hold_id)
        happened(self.unit, Rebooked(booked, gone, self.by))
        return booked

    def change_wishes(self, seen: Version, wishes: Wishes) -> Appointment | Refused:
        """Other wishes for the same time; the case manager is told what is wished for now."""
        found = self._taken_as_seen(Act.CHANGE_WISHES, seen)
        return found if isinstance(found, Refused) else self._change_wishes(found, wishes)

    def cancel(self, seen: Version) -> Appointment | Refused:
        """Give the time back and tell the case manager."""
        found = self._taken_as_seen(Act.CANCEL, seen)
        if isinstance(found, Refused):
            return found
        holds.give_up(self.unit.tx, self.person_id, found.id)
        appointments.cancel(self.unit.tx, found.id, self.unit.now, CancelledBy.CLIENT)
        self._count(Tally.CANCELLED)
        gone = appointments.known(self.unit.tx, found.id)
        happened(self.unit, Cancelled(gone, self.by))
        return gone

    def cancel_all(self) -> None:
        """Give back everything that has not begun, and tell every case manager."""
        booked = appointments.booked_by(self.unit.tx, self.person_id, self.unit.now)
        self._lock(*(each.case_manager_id for each in booked))
        for each in booked:
            self.cancel(each.version)

    def say_coming(self, seen: Version) -> Appointment | Refused:
        """Keep the answer; the case manager hears of it once."""
        return self._answer(Act.SAY_COMING, seen, Answer.COMING)

    def say_late(self, seen: Version) -> Appointment | Refused:
        """Keep that the client comes later; the case manager and the front desk are told."""
        return self._answer(Act.SAY_LATE, seen, Answer.LATE)

    def keep_time(self, seen: Version) -> Appointment | Refused:
        """Keep that another time was asked about and this one stays; the office is told."""
        return self._answer(Act.KEEP, seen, Answer.KEPT)

    def barred(self, moving: int | None) -> Refused | None:
        """Why the client may not do this themselves for now; the staff may for anybody."""
        return None if self.by.is_staff else held_back.barred(self.unit, self.person_id, moving)

    def own(self, act: Act, appointment_id: int) -> Appointment | None:
        """An appointment of the client's own, if this can be done about it now."""
        found = appointments.by_id(self.unit.tx, appointment_id)
        if found is None or found.person_id != self.person_id:
            return None
        return found if lifecycle.refusal(act, found, self.unit.now) is None else None

    def _confirm_move(self, slot: Slot, wishes: Wishes, moving: Version) -> Appointment | Refused:
        before = self._taken(self._moves_by, moving.id, slot.case_manager_id)
        if before is None:
            return Refused(Reason.GONE)
        if _is_at(before, slot) and before.wishes == wishes:  # what the same Confirm made before
            holds.give_up(self.unit.tx, self.person_id, moving.id)
            return before
        if before.version != moving:
            return Refused(Reason.CHANGED)
        if _is_at(before, slot):
            holds.give_up(self.unit.tx, self.person_id, moving.id)
            return self._change_wishes(before, wishes)
        if refused := self.barred(moving.id):
            return refused
        hold_id = self._holds.keep_or_take(slot, moving.id)
        if isinstance(hold_id, Refused):
            return hold_id
        return self._move(before, hold_id, slot, wishes)

    @property
    def _holds(self) -> Holds:
        return Holds(self.unit, self.person_id, self.language, by_staff=self.by.is_staff)

    @property
    def _moves_by(self) -> Act:
        return Act.MOVE_FOR_CLIENT if self.by.is_staff else Act.MOVE

    def _answer(self, act: Act, seen: Version, answer: Answer) -> Appointment | Refused:
        found = self._taken_as_seen(act, seen)
        if isinstance(found, Refused) or lifecycle.is_done(act, found):
            return found
        appointments.set_answer(self.unit.tx, found.id, answer)
        answered = replace(found, answer=answer)
        happened(self.unit, self._said(answered))
        return answered

    def _said(self, answered: Appointment) -> SaidComing | RunsLate | TimeKept:
        match answered.answer:
            case Answer.COMING:
                return SaidComing(answered)
            case Answer.KEPT:
                return TimeKept(answered)
            case _:
                return RunsLate(answered, self.by)

    def _change_wishes(self, before: Appointment, wishes: Wishes) -> Appointment | Refused:
        if before.wishes == wishes:
            return before
        if not self.by.is_staff and (refused := held_back.from_changing(self.unit, self.person_id)):
            return refused
        self._count(Tally.CHANGED)
        anew = before.wishes.language_help != wishes.language_help
        appointments.change_wishes(self.unit.tx, before.id, wishes, ask_anew=anew)
        after = appointments.known(self.unit.tx, before.id)
        happened(self.unit, WishesChanged(after, self.by))
        return after

    def _taken_as_seen(self, act: Act, seen: Version) -> Appointment | Refused:
        """The same, if it is as it was when this was decided."""
        found = self._taken(Act.LOOK, seen.id)
        if found is None:
            return Refused(Reason.GONE)
        if found.version != seen:
            return Refused(Reason.CHANGED)
        refused = lifecycle.refusal(act, found, self.unit.now)
        return found if refused is None else refused

    def _taken(self, act: Act, appointment_id: int, *case_manager_ids: str) -> Appointment | None:
        """An appointment of theirs, as it is when all rows that guard it are taken."""
        found = self.own(act, appointment_id)
        if found is None:
            return None
        self._lock(found.case_manager_id, *case_manager_ids)
        return self.own(act, appointment_id)

    def _lock(self, *case_manager_ids: str) -> None:
        for case_manager_id in sorted(set(case_manager_ids)):
            case_managers.lock(self.unit.tx, case_manager_id)
        persons.lock(self.unit.tx, self.person_id)

    def _book(self, hold_id: int, wishes: Wishes) -> Appointment:
        appointments.book(self.unit.tx, hold_id, self.language, wishes, self.unit.now)
        booked = appointments.known(self.unit.tx, hold_id)
        happened(self.unit, Booked(booked, self.by))
        return booked

    def _move(self, before: Appointment, hold_id: int, slot: Slot, wishes: Wishes) -> Appointment:
        appointments.drop_hold(self.unit.tx, hold_id)
        cells.free(self.unit.tx, before.id)
        office_id = self.unit.city.case_manager[slot.case_manager_id].office_id
        appointments.move(
            self.unit.tx, before.id, office_id, slot, self.language, wishes, self.unit.now
        )
        if not cells.take(self.unit.tx, before.id, self.person_id, slot):
            raise CellsLost(before.id)
        self._count(Tally.CHANGED)
        after = appointments.known(self.unit.tx, before.id)
        happened(self.unit, Moved(before, after, self.by))
        return after

    def _count(self, what: Tally) -> None:
        """Keep what a client has done themselves."""
        if not self.by.is_staff:
            tallies.count(self.unit.tx, self.person_id, what, self.unit.now)


def _is_at(about: Appointment, slot: Slot) -> bool:
    return (about.case_manager_id, about.start) == (slot.case_manager_id, slot.start)
