"""Holding, booking, moving and cancelling for one client in one transaction.

Whatever changes a case manager's time first takes that case manager's row and then the client's,
several case managers in the order of their ids. The cells make an overlap impossible; what is
checked here makes a refusal kind.
"""

from collections.abc import Callable
from dataclasses import dataclass

from bot.domain import rate_limits
from bot.domain.appointment import (
    CODE_LENGTH,
    CODE_SIGNS,
    Answer,
    Appointment,
    Reason,
    Refused,
    Status,
    Wishes,
    is_code,
)
from bot.domain.city import City
from bot.domain.slots import Slot
from bot.domain.staffing import CHAT_ONLY, Staffing
from bot.services.availability import Availability
from bot.services.notices import Notices
from bot.storage.engine.database import Tx
from bot.storage.records import appointments, case_managers, cells, persons
from bot.storage.records import blocks as stored

ChooseSign = Callable[[str], str]
"""Picks one sign of a text at random."""


@dataclass(frozen=True, slots=True)
class Bookings:
    """What the client `person_id`, who reads `language`, can do at the moment `now`.

    `host` is the case manager who books it for them, and need not be told in chat.
    """

    tx: Tx
    city: City
    person_id: int
    language: str
    now: int
    choose: ChooseSign
    staffing: Staffing = CHAT_ONLY
    host: str | None = None

    def hold(self, slot: Slot, moving: int | None) -> Refused | None:
        """Take the slot's cells for a few minutes; an earlier hold is given up."""
        if moving is not None and self.own(moving) is None:
            return Refused(Reason.GONE)
        if refused := self.barred(moving):
            return refused
        self._lock(slot.case_manager_id)
        return self._hold(slot, moving)

    def confirm(self, slot: Slot, wishes: Wishes, moving: int | None) -> Appointment | Refused:
        """Book the slot or move to it; if the hold is lost, take the slot if it is still free."""
        before = None
        if moving is None:
            self._lock(slot.case_manager_id)
        elif (before := self._taken(moving, slot.case_manager_id)) is None:
            return Refused(Reason.GONE)
        if same := self._booked_already(slot, wishes, moving):
            self._give_up_hold(moving)
            return same
        if refused := self.barred(moving):
            return refused
        if before is None and self._has_enough():
            return Refused(Reason.TOO_MANY)
        hold_id = self._standing_hold(slot, moving)
        if hold_id is None:
            if refused := self._hold(slot, moving):
                return refused
            hold_id = self._standing_hold(slot, moving)
        assert hold_id is not None
        persons.remember_case_manager(self.tx, self.person_id, slot.case_manager_id)
        if before is not None:
            return self._move(before, hold_id, slot, wishes)
        return self._book(hold_id, wishes)

    def cancel(self, appointment_id: int) -> Appointment | Refused:
        """Give the time back and tell the case manager."""
        found = self._taken(appointment_id)
        if found is None:
            return Refused(Reason.GONE)
        self._give_up_hold(found.id)
        appointments.cancel(self.tx, found.id, self.now, by_client=True)
        gone = self._read(found.id)
        self._notices.cancelled(gone)
        return gone

    def cancel_all(self) -> None:
        """Give back everything that has not begun, and tell every case manager."""
        coming = appointments.booked_by(self.tx, self.person_id, self.now)
        self._lock(*(each.case_manager_id for each in coming))
        for each in coming:
            self.cancel(each.id)

    def say_coming(self, appointment_id: int) -> Appointment | Refused:
        """Keep the answer; the case manager hears of it once."""
        found = self._taken(appointment_id)
        if found is None:
            return Refused(Reason.GONE)
        if found.answer is not Answer.COMING:
            appointments.set_answer(self.tx, found.id, Answer.COMING)
            self._notices.coming(found)
        return found

    def barred(self, moving: int | None) -> Refused | None:
        """Why the client may not book at all for now; a pause leaves them free to move."""
        if stored.is_blocked(self.tx, self.person_id, self.now - rate_limits.BLOCKED_SECONDS):
            return Refused(Reason.BLOCKED)
        since = self.now - rate_limits.WEEK_SECONDS
        if moving is None and rate_limits.pauses(
            stored.own_cancellations(self.tx, self.person_id, since), self.now
        ):
            return Refused(Reason.PAUSED)
        return None

    def own(self, appointment_id: int) -> Appointment | None:
        """The client's own booked appointment, if it has not begun."""
        found = appointments.by_id(self.tx, appointment_id)
        if found is None or found.person_id != self.person_id:
            return None
        return found if found.status is Status.BOOKED and found.start > self.now else None

    @property
    def _notices(self) -> Notices:
        return Notices(self.tx, self.city, self.now, self.staffing)

    @property
    def _availability(self) -> Availability:
        return Availability(self.tx, self.city, self.person_id, self.now, self.staffing)

    def _taken(self, appointment_id: int, *case_manager_ids: str) -> Appointment | None:
        """The client's own appointment as it is when all rows that guard it are taken."""
        found = self.own(appointment_id)
        if found is None:
            return None
        self._lock(found.case_manager_id, *case_manager_ids)
        return self.own(appointment_id)

    def _lock(self, *case_manager_ids: str) -> None:
        for case_manager_id in sorted(set(case_manager_ids)):
            case_managers.lock(self.tx, case_manager_id)
        persons.lock(self.tx, self.person_id)

    def _hold(self, slot: Slot, moving: int | None) -> Refused | None:
        appointments.drop_expired_holds(self.tx, slot.case_manager_id, self.now)
        if earlier := appointments.hold_of(self.tx, self.person_id):
            appointments.drop_hold(self.tx, earlier.id)
        if not self._availability.is_open(slot, moving):
            return Refused(Reason.TAKEN)
        with self.tx.savepoint() as point:
            hold_id = self._write_hold(slot, moving)
            if cells.take(self.tx, hold_id, self.person_id, slot, sharing=moving):
                return None
            point.undo()
        return Refused(Reason.TAKEN)

    def _give_up_hold(self, moving: int | None) -> None:
        held = appointments.hold_of(self.tx, self.person_id)
        if held is not None and held.moves_id == moving:
            appointments.drop_hold(self.tx, held.id)

    def _write_hold(self, slot: Slot, moving: int | None) -> int:
        return appointments.hold(
            self.tx,
            self._new_code(),
            self.person_id,
            self.city.case_manager[slot.case_manager_id].office_id,
            slot,
            self.language,
            until=self.now + self.city.rules.hold_minutes * 60,
            moves_id=moving,
        )

    def _standing_hold(self, slot: Slot, moving: int | None) -> int | None:
        held = appointments.hold_of(self.tx, self.person_id)
        if held is None or held.slot != slot or held.moves_id != moving:
            return None
        return held.id if held.until > self.now else None

    def _book(self, hold_id: int, wishes: Wishes) -> Appointment:
        appointments.book(self.tx, hold_id, self.language, wishes, self.now)
        booked = self._read(hold_id)
        self._notices.booked(booked, in_chat=booked.case_manager_id != self.host)
        return booked

    def _move(self, before: Appointment, hold_id: int, slot: Slot, wishes: Wishes) -> Appointment:
        appointments.drop_hold(self.tx, hold_id)
        cells.free(self.tx, before.id)
        office_id = self.city.case_manager[slot.case_manager_id].office_id
        appointments.move(self.tx, before.id, office_id, slot, self.language, wishes, self.now)
        taken = cells.take(self.tx, before.id, self.person_id, slot)
        assert taken, "the cells of the hold and of the old time were ours"
        after = self._read(before.id)
        self._notices.moved(before, after)
        return after

    def _booked_already(self, slot: Slot, wishes: Wishes, moving: int | None) -> Appointment | None:
        """What the same Confirm made before."""
        for booked in appointments.booked_by(self.tx, self.person_id, self.now):
            if (booked.case_manager_id, booked.start) == (slot.case_manager_id, slot.start):
                same = moving is None or (booked.id, booked.wishes) == (moving, wishes)
                return booked if same else None
        return None

    def _has_enough(self) -> bool:
        booked = appointments.booked_by(self.tx, self.person_id, self.now)
        return len(booked) >= self.city.rules.appointments_per_client

    def _read(self, appointment_id: int) -> Appointment:
        found = appointments.by_id(self.tx, appointment_id)
        assert found is not None
        return found

    def _new_code(self) -> str:
        while True:
            code = "".join(self.choose(CODE_SIGNS) for _ in range(CODE_LENGTH))
            if is_code(code) and appointments.code_is_free(self.tx, code):
                return code
