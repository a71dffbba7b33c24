"""Holding, booking, moving and cancelling for one client in one transaction.

Whatever changes a case manager's time first takes that case manager's row and then the client's,
several case managers in the order of their ids. The cells make an overlap impossible; what is
checked here makes a refusal kind.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain import fair_use, lifecycle
from bot.domain.actors import Actor
from bot.domain.appointment import (
    CODE_LENGTH,
    CODE_SIGNS,
    Answer,
    Appointment,
    Reason,
    Refused,
    Wishes,
    is_code,
)
from bot.domain.changes import Booked, Cancelled, Moved, SaidComing
from bot.domain.lifecycle import Act
from bot.domain.slots import Slot
from bot.services.availability import Availability
from bot.services.reactions import happened
from bot.services.unit import Unit
from bot.storage.records import appointments, blocked_clients, case_managers, cells, persons


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
        if moving is not None and self.own(Act.MOVE, moving) is None:
            return Refused(Reason.GONE)
        if refused := self.barred(moving):
            return refused
        self._lock(slot.case_manager_id)
        held = self._hold(slot, moving)
        return held if isinstance(held, Refused) else None

    def confirm(self, slot: Slot, wishes: Wishes, moving: int | None) -> Appointment | Refused:
        """Book the slot or move to it; if the hold is lost, take the slot if it is still free."""
        before = None
        if moving is None:
            self._lock(slot.case_manager_id)
        elif (before := self._taken(Act.MOVE, moving, slot.case_manager_id)) is None:
            return Refused(Reason.GONE)
        booked = appointments.booked_by(self.unit.tx, self.person_id, self.unit.now)
        if same := _booked_already(booked, slot, wishes, moving):
            self._give_up_hold(moving)
            return same
        if refused := self.barred(moving):
            return refused
        most = self.unit.city.rules.appointments_per_client
        if before is None and fair_use.has_enough(len(booked), most):
            return Refused(Reason.TOO_MANY)
        hold_id = self._standing_hold(slot, moving) or self._hold(slot, moving)
        if isinstance(hold_id, Refused):
            return hold_id
        persons.remember_case_manager(self.unit.tx, self.person_id, slot.case_manager_id)
        if before is not None:
            return self._move(before, hold_id, slot, wishes)
        return self._book(hold_id, wishes)

    def cancel(self, appointment_id: int) -> Appointment | Refused:
        """Give the time back and tell the case manager."""
        found = self._taken(Act.CANCEL, appointment_id)
        if found is None:
            return Refused(Reason.GONE)
        self._give_up_hold(found.id)
        appointments.cancel(self.unit.tx, found.id, self.unit.now, by_client=True)
        gone = appointments.known(self.unit.tx, found.id)
        happened(self.unit, Cancelled(gone))
        return gone

    def cancel_all(self) -> None:
        """Give back everything that has not begun, and tell every case manager."""
        coming = appointments.booked_by(self.unit.tx, self.person_id, self.unit.now)
        self._lock(*(each.case_manager_id for each in coming))
        for each in coming:
            self.cancel(each.id)

    def say_coming(self, appointment_id: int) -> Appointment | Refused:
        """Keep the answer; the case manager hears of it once."""
        found = self._taken(Act.SAY_COMING, appointment_id)
        if found is None:
            return Refused(Reason.GONE)
        if not lifecycle.is_done(Act.SAY_COMING, found):
            appointments.set_answer(self.unit.tx, found.id, Answer.COMING)
            happened(self.unit, SaidComing(found))
        return found

    def barred(self, moving: int | None) -> Refused | None:
        """Why the client may not book at all for now; a pause leaves them free to move."""
        if blocked_clients.is_blocked(
            self.unit.tx, self.person_id, self.unit.now - fair_use.BLOCKED_SECONDS
        ):
            return Refused(Reason.BLOCKED)
        since = self.unit.now - fair_use.WEEK_SECONDS
        if moving is None and fair_use.pauses(
            blocked_clients.own_cancellations(self.unit.tx, self.person_id, since), self.unit.now
        ):
            return Refused(Reason.PAUSED)
        return None

    def own(self, act: Act, appointment_id: int) -> Appointment | None:
        """An appointment of the client's own, if this can be done about it now."""
        found = appointments.by_id(self.unit.tx, appointment_id)
        if found is None or found.person_id != self.person_id:
            return None
        return found if lifecycle.refusal(act, found, self.unit.now) is None else None

    def _taken(self, act: Act, appointment_id: int, *case_manager_ids: str) -> Appointment | None:
        """The same, as it is when all rows that guard it are taken."""
        found = self.own(act, appointment_id)
        if found is None:
            return None
        self._lock(found.case_manager_id, *case_manager_ids)
        return self.own(act, appointment_id)

    def _lock(self, *case_manager_ids: str) -> None:
        for case_manager_id in sorted(set(case_manager_ids)):
            case_managers.lock(self.unit.tx, case_manager_id)
        persons.lock(self.unit.tx, self.person_id)

    def _hold(self, slot: Slot, moving: int | None) -> int | Refused:
        appointments.drop_expired_holds(self.unit.tx, slot.case_manager_id, self.unit.now)
        if earlier := appointments.hold_of(self.unit.tx, self.person_id):
            appointments.drop_hold(self.unit.tx, earlier.id)
        free = Availability(self.unit, self.person_id)
        if not free.is_open(slot, moving, by_staff=self.by.is_staff):
            return Refused(Reason.TAKEN)
        with self.unit.tx.savepoint() as point:
            hold_id = self._write_hold(slot, moving)
            if cells.take(self.unit.tx, hold_id, self.person_id, slot, sharing=moving):
                return hold_id
            point.undo()
        return Refused(Reason.TAKEN)

    def _give_up_hold(self, moving: int | None) -> None:
        held = appointments.hold_of(self.unit.tx, self.person_id)
        if held is not None and held.moves_id == moving:
            appointments.drop_hold(self.unit.tx, held.id)

    def _write_hold(self, slot: Slot, moving: int | None) -> int:
        return appointments.hold(
            self.unit.tx,
            self._new_code(),
            self.person_id,
            self.unit.city.case_manager[slot.case_manager_id].office_id,
            slot,
            self.language,
            until=self.unit.now + self.unit.city.rules.hold_minutes * 60,
            moves_id=moving,
        )

    def _standing_hold(self, slot: Slot, moving: int | None) -> int | None:
        held = appointments.hold_of(self.unit.tx, self.person_id)
        if held is None or held.slot != slot or held.moves_id != moving:
            return None
        return held.id if held.until > self.unit.now else None

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
        after = appointments.known(self.unit.tx, before.id)
        happened(self.unit, Moved(before, after))
        return after

    def _new_code(self) -> str:
        while True:
            code = "".join(self.unit.choose(CODE_SIGNS) for _ in range(CODE_LENGTH))
            if is_code(code) and appointments.code_is_free(self.unit.tx, code):
                return code


def _booked_already(
    booked: Iterable[Appointment], slot: Slot, wishes: Wishes, moving: int | None
) -> Appointment | None:
    """What the same Confirm made before."""
    for each in booked:
        if (each.case_manager_id, each.start) == (slot.case_manager_id, slot.start):
            same = moving is None or (each.id, each.wishes) == (moving, wishes)
            return each if same else None
    return None
