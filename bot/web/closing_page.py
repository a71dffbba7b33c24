"""Closing hours and days: one's own, as a deputy, or for anybody in a front desk's office.

Talks in them are called off, so whoever closes is asked first, and told who will hear of it.
"""

from collections.abc import Callable
from datetime import date, time
from zoneinfo import ZoneInfo

from bot.conversation import slot_values
from bot.domain import local_time
from bot.domain.absence import HOURS
from bot.domain.appointment import Refused
from bot.domain.appointment_view import AppointmentView
from bot.domain.city import CaseManager
from bot.web import words
from bot.web.page_facts import Choice, ConfirmFacts, DoneFacts, PageAct, PageLink
from bot.web.page_html import confirm_page, done_page
from bot.web.visitor import Elsewhere, Form, Page, Reply, Visitor

HOUR = 3600
ASKED = ("person", "day", "hour", "from", "until")
INCOMPLETE = "Bitte geben Sie an, ab wann und bis wann."
REVERSED = "Bitte prüfen Sie die Tage: Der letzte liegt vor dem ersten."
TOO_LATE = "Das geht nicht: Diese Zeit ist vorbei, oder sie ist länger als ein Jahr."
NOBODY = "Bitte wählen Sie, wer nicht da ist."

Show = Callable[[Visitor, str], Reply]
"""The page with the form, and what was wrong."""


def act(visitor: Visitor, form: Form, wanted: PageAct, show: Show) -> Reply:
    """Close somebody's time, their own where nobody is named."""
    people = {each.id: each for each in visitor.service.closable}
    person = people.get(form.get("person") or visitor.actor.case_manager_id or "")
    return _close(visitor, person, form, wanted, show) if person else show(visitor, NOBODY)


def _close(visitor: Visitor, person: CaseManager, form: Form, wanted: PageAct, show: Show) -> Reply:
    """Close an hour or days; with talks in them, only when that is confirmed."""
    asked = _stretch(form, wanted, visitor.unit.zone)
    if asked is None:
        return show(visitor, INCOMPLETE)
    start, end = asked
    if end <= start:
        return show(visitor, REVERSED)
    hit = visitor.service.affected(person.id, start, end)
    if hit and form.get("confirmed") != "yes":
        when = visitor.lists.stretch(person, start, end)
        return Page(confirm_page(_question(visitor, form, wanted, when, hit)))
    made = visitor.service.absent(person.id, start, end)
    if isinstance(made, Refused):
        return show(visitor, TOO_LATE)
    return Elsewhere(f"{visitor.page}/closed/{made.absence.id}")


def closed(visitor: Visitor, number: str) -> Reply:
    """What was closed just now, with the way back; the lists if it is open again."""
    for person in visitor.service.closable:
        for one in visitor.service.absences(person.id):
            if str(one.id) == number:
                when = visitor.lists.stretch(person, one.start, one.end)
                text = f"{when}: Neue Termine gibt es dann nicht."
                back = (PageLink("Alle Termine", visitor.page),)
                undo = f"{visitor.page}/closed/{one.id}"
                return Page(done_page(DoneFacts("Gesperrt", text, back, undo)))
    return Elsewhere(visitor.page)


def open_again(visitor: Visitor, number: str) -> Reply:
    """Take an absence back; one that is gone already, or somebody else's, changes nothing."""
    known = slot_values.to_number(number)
    if known is not None:
        visitor.service.present(known)
    return Elsewhere(visitor.page)


def _question(
    visitor: Visitor, form: Form, wanted: PageAct, when: str, hit: tuple[AppointmentView, ...]
) -> ConfirmFacts:
    reached = sum(each.delivery.reached for each in hit)
    booked = "ist ein Termin" if len(hit) == 1 else f"sind {len(hit)} Termine"
    return ConfirmFacts(
        title="Wirklich sperren?",
        text=f"{when}: Da {booked} gebucht. Wenn Sie sperren, sagen wir ab."
        f" {words.who_hears(len(hit), reached)}",
        yes="Sperren und absagen",
        act=wanted,
        fields=(
            *(Choice(name, form[name]) for name in ASKED if name in form),
            Choice("confirmed", "yes"),
        ),
        post_to=visitor.page,
        back=visitor.page,
    )


def _stretch(form: Form, wanted: PageAct, zone: ZoneInfo) -> tuple[int, int] | None:
    """From and until in UTC epoch seconds; None for what is no day or hour."""
    try:
        if wanted is PageAct.BLOCK:
            hour = int(form["hour"])
            if hour not in HOURS:
                return None
            start = local_time.epoch(date.fromisoformat(form["day"]), time(hour), zone)
            return start, start + HOUR
        first, last = date.fromisoformat(form["from"]), date.fromisoformat(form["until"])
        return local_time.day_bounds(first, zone)[0], local_time.day_bounds(last, zone)[1]
    except (KeyError, ValueError, OverflowError):
        return None
