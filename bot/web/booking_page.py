"""Booking for somebody without Telegram, on the page of whoever they sit in front of."""

from bot.conversation import slot_values
from bot.domain import slots
from bot.domain.appointment import MOST_COMPANIONS, Refused, Wishes
from bot.domain.contacts import can_be_called
from bot.domain.slots import Slot
from bot.services.walk_in_bookings import WalkInBookings
from bot.web.page_facts import PageAct
from bot.web.page_html import booking_page
from bot.web.visitor import Elsewhere, Form, Page, Reply, Visitor

TAKEN = "Diese Zeit ist gerade vergeben worden. Bitte wählen Sie eine andere."
UNREADABLE = "Bitte wählen Sie Sprache und Zeit."
NO_NUMBER = "Ein Gespräch am Telefon geht hier nicht: Uns fehlt eine Nummer, die antwortet."


def show(visitor: Visitor, problem: str = "") -> Reply:
    """The form, with the times that are free."""
    page = f"{visitor.page}/book"
    facts = visitor.lists.booking(page, visitor.page, problem)
    return Page(booking_page(facts))


def act(visitor: Visitor, form: Form) -> Reply:
    """Book; the page of the appointment is where the slip is."""
    if form.get("act") != PageAct.BOOK:
        return None
    unit, slot, wishes = visitor.unit, _slot(visitor, form), _wishes(form)
    language = form.get("language")
    if slot is None or wishes is None or language not in unit.city.languages:
        return show(visitor, UNREADABLE)
    person = unit.city.case_manager[slot.case_manager_id]
    if wishes.by_phone and not can_be_called(unit.city, person):
        return show(visitor, NO_NUMBER)
    booked = WalkInBookings(unit, visitor.actor).book(slot, language, wishes)
    if isinstance(booked, Refused):
        return show(visitor, TAKEN)
    return Elsewhere(f"{visitor.path_to(booked)}/done/{PageAct.BOOK}")


def _slot(visitor: Visitor, form: Form) -> Slot | None:
    """The time asked for, whoever's it is."""
    wanted = slot_values.to_slot(form.get("time", ""))
    person = visitor.unit.city.case_manager.get(wanted[0]) if wanted else None
    return slots.slot_at(person, wanted[1]) if wanted and person else None


def _wishes(form: Form) -> Wishes | None:
    adults, children = (
        slot_values.to_number(form.get(name) or "0") for name in ("adults", "children")
    )
    if adults is None or children is None or max(adults, children) > MOST_COMPANIONS:
        return None
    return Wishes(
        language_help="language_help" in form,
        adults=adults,
        children=children,
        step_free="step_free" in form,
        by_phone="by_phone" in form,
    )
