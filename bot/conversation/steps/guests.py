"""The staff book for somebody who is there and has no Telegram; a slip takes the chat's place."""

from bot.conversation import slot_values
from bot.conversation.content import say
from bot.conversation.desk import Desk
from bot.conversation.outcome import Outcome, SendSlip
from bot.conversation.session import Session
from bot.domain.actors import Actor, Role
from bot.domain.appointments import Appointment
from bot.domain.slots import Slot


def begin(session: Session, value: str, desk: Desk) -> Outcome:
    """In which language does the person read?"""
    if _booker(desk) is None:
        return Outcome(session, stale=True)
    return Outcome(session.only("desk_menu").to("guest_language"))


def language(session: Session, value: str, desk: Desk) -> Outcome:
    """To the case manager's own days, or to the people of a front desk's office."""
    actor = _booker(desk)
    if actor is None or value not in desk.city.languages:
        return Outcome(session, stale=True)
    own = actor.case_manager_id
    session = session.choosing(guest=value, office_id=actor.office_id, case_manager_id=own)
    return Outcome(session.to("days" if own else "people"))


def confirm(session: Session, slot: Slot, desk: Desk) -> Outcome:
    """Book what the summary shows; the appointment's screen is where the slip is."""
    draft = session.draft
    booked = desk.book_for(slot, draft.guest or "", draft.wishes)
    if isinstance(booked, Appointment):
        shown = session.only("desk_menu").choosing(looking_at=booked.id).to("visit")
        return Outcome(shown, notice=(say("guest.booked"),))
    session = session.choosing(slot=slot_values.of_slot(slot)).to("alternatives")
    return Outcome(session, notice=(say(f"refused.{booked.reason}"),))


def slip(session: Session, value: str, desk: Desk) -> Outcome:
    """The slip as a file, as long as no chat has claimed the appointment."""
    number = slot_values.to_number(value)
    if number is None or not desk.has_slip(number):
        return Outcome(session, stale=True)
    return Outcome(session, orders=(SendSlip(number),))


def _booker(desk: Desk) -> Actor | None:
    """Who books: whoever has a calendar to book in, which an operator has not."""
    actor = desk.actor()
    return None if actor is None or actor.role is Role.OPERATOR else actor
