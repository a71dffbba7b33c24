"""The staff book for somebody who is there and has no Telegram; a slip takes the chat's place."""

from bot.conversation import slot_values
from bot.conversation.content import say
from bot.conversation.outcome import Outcome, SendSlip
from bot.conversation.port import Port
from bot.conversation.session import Session
from bot.domain import bounds
from bot.domain.actors import Actor, Role
from bot.domain.appointment import Appointment, Reason, Refused, Version
from bot.domain.slots import Slot

GONE = Refused(Reason.GONE)


def begin(session: Session, value: str, port: Port) -> Outcome:
    """In which language does the person read?"""
    if _booker(port) is None:
        return Outcome(session, stale=True)
    return Outcome(session.only("staff_menu").to("walk_in_language"))


def language(session: Session, value: str, port: Port) -> Outcome:
    """To the case manager's own days, or to the people of a front desk's office."""
    actor = _booker(port)
    if actor is None or value not in port.city.languages:
        return Outcome(session, stale=True)
    own = actor.case_manager_id
    session = session.choosing(walk_in=value, office_id=actor.office_id, case_manager_id=own)
    return Outcome(session.to("days" if own else "people"))


def confirm(session: Session, slot: Slot, port: Port) -> Outcome:
    """Book what the summary shows; the appointment's screen is where the slip is."""
    draft = session.draft
    if draft.moving_version is not None:
        return _another_time(session, draft.moving_version, slot, port)
    booked = port.book_walk_in(slot, draft.walk_in or "", draft.wishes)
    if isinstance(booked, Appointment):
        shown = session.only("staff_menu").choosing(looking_at=booked.id).to("visit")
        return Outcome(shown, notice=(say("walk_in.booked"),))
    session = session.choosing(slot=slot_values.of_slot(slot)).to("alternatives")
    return Outcome(session, notice=(say("staff.time_taken"),))


def _another_time(session: Session, seen: Version, slot: Slot, port: Port) -> Outcome:
    """Give an appointment there is, or one that was called off, the time in the summary."""
    staff = port.staff()
    given = GONE if staff is None else staff.another_time(seen, slot)
    if isinstance(given, Refused) and given.reason is Reason.TAKEN:
        session = session.choosing(slot=slot_values.of_slot(slot)).to("alternatives")
        return Outcome(session, notice=(say("staff.time_taken"),))
    if isinstance(given, Refused):
        shown = session.only("staff_menu").choosing(looking_at=seen.id).to("visit")
        return Outcome(shown, notice=(say("staff.changed"),))
    shown = session.only("staff_menu").choosing(looking_at=given.about.id).to("visit")
    told = "staff.client_told" if given.delivery.reached else "staff.noted_alone"
    return Outcome(shown, notice=(say(told),))


def slip(session: Session, value: str, port: Port) -> Outcome:
    """The slip as a file, as long as no chat has claimed the appointment."""
    number, staff = bounds.number(value), port.staff()
    view = None if number is None or staff is None else staff.view(number)
    if view is None or not view.has_slip:
        return Outcome(session, stale=True)
    return Outcome(session, orders=(SendSlip(view.about.id),))


def _booker(port: Port) -> Actor | None:
    """Who books: whoever has a calendar to book in, which an operator has not."""
    actor = port.actor()
    return None if actor is None or actor.role is Role.OPERATOR else actor
