"""Clients without Telegram: an appointment is booked for them, and a chat may claim it, once.

Until then the appointment belongs to a person whose chat is nobody's and cannot be reached. The
token on their slip is made with the data key and stored as a hash: the slip can be printed again,
and who reads the database can claim nothing. The code of the appointment opens nothing.
"""

from dataclasses import dataclass, replace

from bot.conversation import session
from bot.conversation.session import Session
from bot.domain.actors import Actor
from bot.domain.appointment import Appointment, Reason, Refused, Status, Wishes
from bot.domain.city import City
from bot.domain.slots import Slot
from bot.domain.staffing import CHAT_ONLY, Staffing
from bot.services.bookings import Bookings, ChooseSign
from bot.services.notices import Notices
from bot.services.staff_invitations import token_hash
from bot.storage.engine.database import Tx
from bot.storage.queues import outbox
from bot.storage.records import (
    appointment_lists,
    appointments,
    audit,
    case_managers,
    persons,
    slip_claims,
)
from bot.storage.vault import Vault

DIGITS = "0123456789"
NOBODYS_DIGITS = 17
NOBODY = 0
"""The client for whom free times are looked up before there is one."""
PREFIX = "c"
"""With it begins what a claim's link carries; other links carry an invitation."""


@dataclass(frozen=True, slots=True)
class WalkInBookings:
    """Books at the moment `now` (UTC epoch seconds) for people without a chat."""

    tx: Tx
    city: City
    vault: Vault
    now: int
    choose: ChooseSign
    staffing: Staffing = CHAT_ONLY

    def book(
        self, actor: Actor, slot: Slot, language: str, wishes: Wishes
    ) -> Appointment | Refused:
        """Book a slot for somebody who is there in person; the same twice has one effect.

        A case manager books their own time, a front desk that of its office.
        """
        if not actor.speaks_for(self.city.case_manager[slot.case_manager_id]):
            return Refused(Reason.GONE)
        if same := self._booked_already(slot, language, wishes):
            return same
        with self.tx.savepoint() as point:
            booked = self._book(actor, slot, language, wishes)
            if isinstance(booked, Refused):
                point.undo()
                return booked
        # Nobody would get them; who claims the appointment is reminded of it.
        outbox.drop_planned(self.tx, booked.id)
        slip_claims.keep(
            self.tx, token_hash(claim_token(self.vault, booked)), booked.id, booked.end
        )
        audit.note(self.tx, booked.id, actor.label, "booked_for", self.now)
        if actor.case_manager_id != slot.case_manager_id:
            return booked
        # Nobody need confirm having seen what they booked themselves.
        appointment_lists.mark_seen(self.tx, booked.id, self.now)
        return replace(booked, seen_at=self.now)

    def _book(
        self, actor: Actor, slot: Slot, language: str, wishes: Wishes
    ) -> Appointment | Refused:
        who = (self._guest(), language, self.now)
        host = actor.case_manager_id
        bookings = Bookings(self.tx, self.city, *who, self.choose, self.staffing, host)
        return bookings.hold(slot, None) or bookings.confirm(slot, wishes, None)

    def _booked_already(self, slot: Slot, language: str, wishes: Wishes) -> Appointment | None:
        """What the same form made before."""
        for each in appointment_lists.within(self.tx, slot.case_manager_id, slot.start, slot.end):
            same = (each.start, each.language, each.wishes) == (slot.start, language, wishes)
            if same and is_waiting(self.tx, each, self.now):
                return each
        return None

    def _guest(self) -> int:
        """Somebody whose chat is a number that no private chat has."""
        chat = -int("1" + "".join(self.choose(DIGITS) for _ in range(NOBODYS_DIGITS)))
        person = persons.add(self.tx, self.vault, chat, session.to_json(Session()), self.now)
        persons.mark_unreachable(self.tx, person.id)
        return person.id


def claim_token(vault: Vault, about: Appointment) -> str:
    """What the slip of an appointment carries, always the same."""
    return vault.sign(f"claim {about.id} {about.code} {about.person_id}")


def slip_token(tx: Tx, vault: Vault, about: Appointment, now: int) -> str | None:
    """What a slip printed now carries; None if it would claim nothing, as under a new key."""
    token = claim_token(vault, about)
    good = about.status is Status.BOOKED and slip_claims.claimable(tx, token_hash(token), now)
    return token if good == about.id else None


def is_waiting(tx: Tx, about: Appointment, now: int) -> bool:
    """Whether an appointment was booked for somebody and no chat has claimed it."""
    return about.status is Status.BOOKED and slip_claims.is_open(tx, about.id, now)


def claim(tx: Tx, city: City, token: str, person_id: int, now: int) -> Appointment | None:
    """Make the appointment this person's, who writes to us, if the token is good.

    None for whatever reason, also if the person has another talk at that time.
    """
    hashed = token_hash(token)
    number = slip_claims.claimable(tx, hashed, now)
    before = None if number is None else appointments.by_id(tx, number)
    if before is None:
        return None
    case_managers.lock(tx, before.case_manager_id)
    persons.lock(tx, person_id)
    about = appointments.by_id(tx, before.id)
    if about is None or about.status is not Status.BOOKED or _has_other(tx, about, person_id, now):
        return None
    if not slip_claims.use_up(tx, hashed):
        return None
    if held := appointments.hold_of(tx, person_id):
        appointments.drop_hold(tx, held.id)
    slip_claims.hand_over(tx, about.id, about.person_id, person_id)
    claimed = replace(about, person_id=person_id)
    Notices(tx, city, now).plan_reminders(claimed)
    return claimed


def _has_other(tx: Tx, about: Appointment, person_id: int, now: int) -> bool:
    booked = appointments.booked_by(tx, person_id, now - about.end + about.start)
    return any(each.start < about.end and about.start < each.end for each in booked)
