"""Clients without Telegram: an appointment is booked for them, and a chat may claim it, once.

Until then the appointment belongs to a person without a chat, who cannot be reached. The token on
their slip is made with the data key and stored as a hash: the slip can be printed again, and who
reads the database can claim nothing. The code of the appointment opens nothing.
"""

from dataclasses import dataclass, replace

from bot.domain import lifecycle
from bot.domain.actors import Actor
from bot.domain.appointment import Appointment, Reason, Refused, Wishes
from bot.domain.changes import Claimed
from bot.domain.contacts import fitting
from bot.domain.lifecycle import Act
from bot.domain.slots import Slot
from bot.services.bookings import Bookings
from bot.services.reactions import happened
from bot.services.staff_invitations import token_hash
from bot.services.unit import Unit
from bot.storage.records import (
    appointment_lists,
    appointments,
    case_managers,
    chats,
    persons,
    slip_claims,
)
from bot.storage.upkeep import erasure
from bot.storage.vault import Vault

PREFIX = "c"
"""With it begins what a claim's link carries; other links carry an invitation."""


@dataclass(frozen=True, slots=True)
class WalkInBookings:
    """What `actor` books for people without a chat."""

    unit: Unit
    actor: Actor

    def book(
        self, slot: Slot, language: str, wishes: Wishes, *, form: str | None
    ) -> Appointment | Refused:
        """Book a slot for somebody who is there in person.

        A case manager books their own time, a front desk that of its office. The same `form` sent
        twice books once, whoever else books the same meanwhile; None for what cannot come twice.
        """
        tx, person = self.unit.tx, self.unit.city.case_manager[slot.case_manager_id]
        if not self.actor.speaks_for(person):
            return Refused(Reason.GONE)
        wishes = fitting(self.unit.city, wishes, person)
        case_managers.lock(tx, person.id)
        if form is not None and (made := appointment_lists.made_by_form(tx, form)):
            return made
        with tx.savepoint() as point:
            booked = self._book(slot, language, wishes)
            if isinstance(booked, Refused):
                point.undo()
                return booked
        if form is not None:
            appointments.note_form(tx, booked.id, form)
        keep_slip(self.unit, booked)
        if self.actor.case_manager_id != slot.case_manager_id:
            return booked
        # Nobody need confirm having seen what they booked themselves.
        appointments.mark_seen(tx, booked.id, self.unit.now)
        return replace(booked, seen_at=self.unit.now)

    def _book(self, slot: Slot, language: str, wishes: Wishes) -> Appointment | Refused:
        bookings = Bookings(
            self.unit, persons.add(self.unit.tx, self.unit.now).id, language, self.actor
        )
        return bookings.hold(slot, None) or bookings.confirm(slot, wishes, None)


def keep_slip(unit: Unit, about: Appointment) -> None:
    """Let a slip claim an appointment until it is over, if its client has no chat."""
    if chats.of(unit.tx, about.person_id) is None:
        hashed = token_hash(claim_token(unit.vault, about))
        slip_claims.keep(unit.tx, hashed, about.id, about.end)


def claim_token(vault: Vault, about: Appointment) -> str:
    """What the slip of an appointment carries, always the same."""
    return vault.sign(f"claim {about.id} {about.code} {about.person_id}")


def slip_token(unit: Unit, about: Appointment) -> str | None:
    """What a slip printed now carries; None if it would claim nothing, as under a new key."""
    token = claim_token(unit.vault, about)
    may = lifecycle.refusal(Act.CLAIM, about, unit.now) is None
    good = may and slip_claims.claimable(unit.tx, token_hash(token), unit.now)
    return token if good == about.id else None


def claim(unit: Unit, token: str, person_id: int) -> Appointment | None:
    """Make the appointment this person's, who writes to us, if the token is good.

    Who has claimed it already has it again. None for whatever reason, also if the person has
    another talk at that time.
    """
    tx, now, hashed = unit.tx, unit.now, token_hash(token)
    if own := _claimed_before(unit, hashed, person_id):
        return own
    number = slip_claims.claimable(tx, hashed, now)
    before = None if number is None else appointments.by_id(tx, number)
    if before is None:
        return None
    case_managers.lock(tx, before.case_manager_id)
    persons.lock(tx, person_id)
    about = appointments.by_id(tx, before.id)
    if about is None or lifecycle.refusal(Act.CLAIM, about, now) is not None:
        return None
    if _has_other(unit, about, person_id) or not slip_claims.use_up(tx, hashed):
        return None
    if held := appointments.hold_of(tx, person_id):
        appointments.drop_hold(tx, held.id)
    for each in appointment_lists.all_of(tx, about.person_id):  # what was called off before, too
        appointments.hand_over(tx, each, person_id)
    erasure.forget(tx, about.person_id)
    claimed = replace(about, person_id=person_id)
    happened(unit, Claimed(claimed))
    return claimed


def _claimed_before(unit: Unit, hashed: str, person_id: int) -> Appointment | None:
    number = slip_claims.used_for(unit.tx, hashed)
    about = None if number is None else appointments.by_id(unit.tx, number)
    return about if about is not None and about.person_id == person_id else None


def _has_other(unit: Unit, about: Appointment, person_id: int) -> bool:
    booked = appointments.booked_by(unit.tx, person_id, unit.now)
    return any(each.start < about.end and about.start < each.end for each in booked)
