"""Booking for somebody without Telegram, on the page of whoever they sit in front of.

First the day, then its times and all the rest. What was entered is kept from step to step, and when
the form comes back because a time has just been taken.
"""

from datetime import date
from secrets import token_urlsafe
from urllib.parse import urlencode

from bot.conversation.content import Line, say
from bot.domain import bounds, local_time
from bot.domain.appointment import MOST_COMPANIONS, Refused, Wishes
from bot.domain.contacts import can_be_called
from bot.services.walk_in_bookings import WalkInBookings
from bot.web import words
from bot.web.form_facts import BookingDayFacts, BookingFacts, Entered
from bot.web.free_times import FreeTimes
from bot.web.page_facts import Choice, PageAct, PageLink
from bot.web.page_html import booking_day_page, booking_page
from bot.web.visitor import Elsewhere, Form, Page, Reply, Visitor

TAKEN = say("staff.time_taken")
UNREADABLE = say("page.choose_language_and_time")
NO_NUMBER = say("page.no_number_to_call")
FORM_BYTES = 12
KEPT = ("language", "language_help", "step_free", "by_phone", "adults", "children")
"""What goes along from one day to another."""


def show(visitor: Visitor, form: Form, problem: Line | None = None) -> Reply:
    """The times of the day that was chosen, or the days, if it has none or another is wanted."""
    day = None if "other_day" in form else _day(visitor, form)
    times = FreeTimes(visitor.service, visitor.writer).on(day) if day else ()
    if day is None or not times:
        return _days(visitor, form, problem)
    languages = visitor.unit.city.languages
    facts = BookingFacts(
        day=day.isoformat(),
        heading=words.written_day(day, visitor.writer),
        times=times,
        languages=tuple(Choice(code, words.language(code, visitor.writer)) for code in languages),
        entered=_entered(form),
        most=MOST_COMPANIONS,
        by_phone=any(can_be_called(visitor.unit.city, each) for each in visitor.service.team),
        post_to=visitor.form(_path(visitor)),
        overview=visitor.page,
        problem=visitor.problem(problem),
    )
    return Page(booking_page(facts, visitor.texts))


def act(visitor: Visitor, form: Form) -> Reply:
    """Book; the page of the appointment is where the slip is."""
    if form.get("act") != PageAct.BOOK:
        return None
    unit, wishes, language = visitor.unit, _wishes(form), form.get("language")
    slot = FreeTimes(visitor.service, visitor.writer).slot(form.get("time", ""))
    if slot is None or wishes is None or language not in unit.city.languages:
        return show(visitor, form, UNREADABLE)
    person = unit.city.case_manager[slot.case_manager_id]
    if wishes.by_phone and not can_be_called(unit.city, person):
        return show(visitor, form, NO_NUMBER)
    booked = WalkInBookings(unit, visitor.actor).book(
        slot, language, wishes, form=bounds.token(form.get("form", ""))
    )
    if isinstance(booked, Refused):
        return show(visitor, form, TAKEN)
    return Elsewhere(f"{visitor.path_to(booked)}/done/{PageAct.BOOK}")


def _days(visitor: Visitor, form: Form, problem: Line | None) -> Reply:
    kept = {name: form[name] for name in KEPT if name in form}
    links = (
        PageLink(
            words.written_day(day, visitor.writer),
            f"{_path(visitor)}?{urlencode(kept | {'day': str(day)})}",
        )
        for day in FreeTimes(visitor.service, visitor.writer).days()
    )
    facts = BookingDayFacts(tuple(links), visitor.page, visitor.problem(problem))
    return Page(booking_day_page(facts, visitor.texts))


def _path(visitor: Visitor) -> str:
    return f"{visitor.page}/book"


def _day(visitor: Visitor, form: Form) -> date | None:
    """The day that was chosen, be it by its time alone."""
    slot = FreeTimes(visitor.service, visitor.writer).slot(form.get("time", ""))
    by_time = local_time.local_day(slot.start, visitor.unit.zone) if slot else None
    return bounds.day(form.get("day", ""), visitor.unit.today) or by_time


def _entered(form: Form) -> Entered:
    return Entered(
        token=bounds.token(form.get("form", "")) or token_urlsafe(FORM_BYTES),
        language=form.get("language", ""),
        time=form.get("time", ""),
        language_help="language_help" in form,
        step_free="step_free" in form,
        by_phone="by_phone" in form,
        adults=form.get("adults") or "0",
        children=form.get("children") or "0",
    )


def _wishes(form: Form) -> Wishes | None:
    adults, children = (bounds.companions(form.get(name) or "0") for name in ("adults", "children"))
    if adults is None or children is None:
        return None
    return Wishes(
        language_help="language_help" in form,
        adults=adults,
        children=children,
        step_free="step_free" in form,
        by_phone="by_phone" in form,
    )
