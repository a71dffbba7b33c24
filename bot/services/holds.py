"""Holds: the slot one client is reading about, whose cells are theirs for a few minutes.

Whoever calls has taken the case manager's row and the client's.
"""

from dataclasses import dataclass

from bot.domain.appointment import CODE_LENGTH, CODE_SIGNS, Reason, Refused, is_code
from bot.domain.slots import Slot
from bot.services.availability import Availability
from bot.services.unit import Unit
from bot.storage.engine.database import Tx
from bot.storage.records import appointment_lists, appointments, called_off, cells, persons


def give_up(tx: Tx, person_id: int, moving: int | None) -> None:
    """Let go of a client's hold if it was meant for this: a new appointment, or one that moves."""
    held = appointments.hold_of(tx, person_id)
    if held is not None and held.moves_id == moving:
        appointments.drop_hold(tx, held.id)


@dataclass(frozen=True, slots=True)
class Holds:
    """The holds of the client `person_id`, who reads `language`: one at a time.

    `by_staff`, that somebody of the staff books for them. `moving` is the appointment whose time
    the slot is to take the place of.
    """

    unit: Unit
    person_id: int
    language: str
    by_staff: bool

    def take(self, slot: Slot, moving: int | None) -> int | Refused:
        """The id of a new hold, if the slot is open; an earlier hold is given up."""
        tx = self.unit.tx
        appointments.drop_expired_holds(tx, slot.case_manager_id, self.unit.now)
        if earlier := appointments.hold_of(tx, self.person_id):
            appointments.drop_hold(tx, earlier.id)
        if not self._is_open(slot, moving):
            return Refused(Reason.TAKEN)
        with tx.savepoint() as point:
            hold_id = self._write(slot, moving)
            if cells.take(tx, hold_id, self.person_id, slot, sharing=moving):
                return hold_id
            point.undo()
        return Refused(Reason.TAKEN)

    def keep_or_take(self, slot: Slot, moving: int | None) -> int | Refused:
        """The hold on this slot that still stands, or a new one; it is with whom they are next."""
        hold_id = self._standing(slot, moving) or self.take(slot, moving)
        if not isinstance(hold_id, Refused):
            persons.remember_case_manager(self.unit.tx, self.person_id, slot.case_manager_id)
        return hold_id

    def _is_open(self, slot: Slot, moving: int | None) -> bool:
        """How soon it is matters not for a time the client had until their office called it off."""
        free = Availability(self.unit, self.person_id)
        if free.is_open(slot, moving, by_staff=self.by_staff):
            return True
        had = called_off.had(self.unit.tx, self.person_id, slot.case_manager_id, slot.start)
        return had and free.is_open(slot, moving, by_staff=True)

    def _standing(self, slot: Slot, moving: int | None) -> int | None:
        held = appointments.hold_of(self.unit.tx, self.person_id)
        if held is None or held.slot != slot or held.moves_id != moving:
            return None
        return held.id if held.until > self.unit.now else None

    def _write(self, slot: Slot, moving: int | None) -> int:
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

    def _new_code(self) -> str:
        while True:
            code = "".join(self.unit.choose(CODE_SIGNS) for _ in range(CODE_LENGTH))
            if is_code(code) and appointment_lists.by_code(self.unit.tx, code) is None:
                return code
