"""Booking for somebody without Telegram, on the page of the case manager they sit with."""

from bot.domain import slots
from bot.domain.appointments import Refused, Wishes
from bot.storage.vault import Vault
from bot.turn.bookings import ChooseSign
from bot.turn.guests import Guests
from bot.web.page_facts import Act
from bot.web.pages import booking_page
from bot.web.visitor import Elsewhere, Form, Page, Reply, Visitor

MOST_COMPANIONS = 9
TAKEN = "Diese Zeit ist gerade vergeben worden. Bitte wählen Sie eine andere."
UNREADABLE = "Bitte wählen Sie Sprache und Zeit."


def show(visitor: Visitor, problem: str = "") -> Reply:
    """The form, with the times that are free."""
    person = visitor.desk.city.case_manager.get(visitor.actor.case_manager_id or "")
    if person is None:
        return None
    page = f"{visitor.page}/book"
    return Page(booking_page(visitor.lists.booking(person, page, visitor.page, problem)))


def act(visitor: Visitor, form: Form, vault: Vault, choose: ChooseSign) -> Reply:
    """Book; the page of the appointment is where the slip is."""
    desk = visitor.desk
    person = desk.city.case_manager.get(visitor.actor.case_manager_id or "")
    if person is None or form.get("act") != Act.BOOK:
        return None
    start, language = _number(form.get("time", "")), form.get("language")
    wishes = _wishes(form)
    if start is None or wishes is None or language not in desk.city.languages:
        return show(visitor, UNREADABLE)
    booking = Guests(visitor.tx, desk.city, vault, desk.now, choose, desk.staffing)
    booked = booking.book(visitor.actor, slots.slot_at(person, start), language, wishes)
    if isinstance(booked, Refused):
        return show(visitor, TAKEN)
    return Elsewhere(f"{visitor.path_to(booked)}/done/{Act.BOOK}")


def _wishes(form: Form) -> Wishes | None:
    adults, children = (_number(form.get(name) or "0") for name in ("adults", "children"))
    if adults is None or children is None or max(adults, children) > MOST_COMPANIONS:
        return None
    return Wishes(
        language_help="language_help" in form,
        adults=adults,
        children=children,
        step_free="step_free" in form,
    )


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None
