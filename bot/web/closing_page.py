"""Closing hours and days: one's own, as a deputy, or for anybody in a front desk's office.

Talks in them are called off, so whoever closes is asked first, and told who will hear of it.
"""

from collections.abc import Callable, Sequence
from datetime import date, time
from zoneinfo import ZoneInfo

from bot.domain import bounds, local_time
from bot.domain.absence import Opening, can_be_closed
from bot.domain.appointment import Refused
from bot.domain.appointment_view import AppointmentView
from bot.domain.city import CaseManager
from bot.domain.slots import Slot
from bot.web import words
from bot.web.page_facts import Choice, ConfirmFacts, DoneFacts, PageAct
from bot.web.page_html import confirm_page, done_page
from bot.web.visitor import Elsewhere, Form, Page, Reply, Visitor

HOUR = 3600
ASKED = ("person", "day", "hour", "from", "from_hour", "until", "until_hour")
INCOMPLETE = "Bitte geben Sie an, ab wann und bis wann, höchstens ein Jahr im Voraus."
REVERSED = "Bitte prüfen Sie die Zeiten: Das Ende liegt nicht nach dem Anfang."
TOO_FAR = "Das geht nicht: Diese Zeit ist vorbei, oder sie reicht weiter als ein Jahr."
NOTHING_NEW = "Neue Termine gibt es dann nicht."
TO_PHONE = "Im Chat erreichen wir nicht, bitte anrufen: "
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
    asked = _stretch(visitor, form, wanted)
    if asked is None:
        return show(visitor, INCOMPLETE)
    start, end = asked
    if end <= start:
        return show(visitor, REVERSED)
    if not can_be_closed(start, end, visitor.now, visitor.unit.zone):
        return show(visitor, TOO_FAR)
    if form.get("confirmed") != "yes":
        hit = visitor.service.affected(person.id, start, end)
        free = visitor.service.no_longer_free(person.id, start, end)
        if hit or free:
            when = visitor.lists.stretch(person, start, end)
            return Page(confirm_page(_question(visitor, form, wanted, when, hit, free)))
    made = visitor.service.absent(person.id, start, end)
    if isinstance(made, Refused):
        return show(visitor, TOO_FAR)
    return Elsewhere(f"{visitor.page}/closed/{made.absence.id}")


def closed(visitor: Visitor, number: str) -> Reply:
    """What was closed just now, with the way back; the lists if it is open again."""
    for person in visitor.service.closable:
        for one in visitor.service.absences(person.id):
            if str(one.id) == number:
                when = visitor.lists.stretch(person, one.start, one.end)
                text = f"{when}: {NOTHING_NEW}"
                undo = visitor.form(f"{visitor.page}/closed/{one.id}")
                facts = DoneFacts("Gesperrt", text, visitor.to_overview, undo)
                return Page(done_page(facts))
    return Elsewhere(visitor.page)


def open_again(visitor: Visitor, number: str) -> Reply:
    """Take an absence back, and say who hears of it; one that is gone, or somebody else's, changes
    nothing."""
    known = bounds.number(number)
    opened = None if known is None else visitor.service.present(known)
    if not isinstance(opened, Opening) or not (opened.asked or opened.to_phone):
        return Elsewhere(visitor.page)
    facts = DoneFacts("Wieder freigegeben", _who_is_asked(opened), visitor.to_overview)
    return Page(done_page(facts))


def _who_is_asked(opening: Opening) -> str:
    """How many are asked in chat whether they want their talk, and whom somebody must phone."""
    asked, phone = len(opening.asked), [about.code for about in opening.to_phone]
    told = (
        "Eine Person fragen wir im Chat, ob sie ihren Termin behalten möchte."
        if asked == 1
        else f"{asked} Personen fragen wir im Chat, ob sie ihren Termin behalten möchten."
    )
    to_phone = TO_PHONE + ", ".join(phone)
    return " ".join((*((told,) if asked else ()), *((to_phone,) if phone else ())))


def _question(
    visitor: Visitor,
    form: Form,
    wanted: PageAct,
    when: str,
    hit: Sequence[AppointmentView],
    free: Sequence[Slot],
) -> ConfirmFacts:
    """Really? With the free times that go with it, and the talks by when and by code."""
    city = visitor.unit.city
    times = ", ".join(words.clock(slot.start, city) for slot in free)
    taken = (f"Nicht mehr buchbar: {times}",) if free else ()
    return ConfirmFacts(
        title="Wirklich sperren?",
        text=f"{when}: {_told(hit)}",
        yes="Sperren und absagen" if hit else "Sperren",
        act=wanted,
        fields=(
            *(Choice(name, form[name]) for name in ASKED if name in form),
            Choice("confirmed", "yes"),
        ),
        post_to=visitor.form(visitor.page),
        back=visitor.page,
        points=(*taken, *(f"{words.moment(v.about.start, city)}: {v.about.code}" for v in hit)),
    )


def _told(hit: Sequence[AppointmentView]) -> str:
    """What becomes of the talks that are booked."""
    if not hit:
        return NOTHING_NEW
    reached = sum(each.delivery.reached for each in hit)
    booked = "ist ein Termin" if len(hit) == 1 else f"sind {len(hit)} Termine"
    return (
        f"Da {booked} gebucht. Wenn Sie sperren, sagen wir ab. {words.who_hears(len(hit), reached)}"
    )


def _stretch(visitor: Visitor, form: Form, wanted: PageAct) -> tuple[int, int] | None:
    """From and until in UTC epoch seconds; None for what is no day or hour."""
    zone, of_hours = visitor.unit.zone, wanted is PageAct.BLOCK
    day, hour, until = ("day", "hour", "day") if of_hours else ("from", "from_hour", "until")
    first, last = (bounds.day(form.get(name, ""), visitor.unit.today) for name in (day, until))
    if first is None or last is None:
        return None
    midnights = local_time.day_bounds(first, zone)[0], local_time.day_bounds(last, zone)[1]
    start = _at(first, form.get(hour, ""), None if of_hours else midnights[0], zone)
    if start is None:
        return None
    unsaid = start + HOUR if of_hours else midnights[1]
    end = _at(last, form.get("until_hour", ""), unsaid, zone)
    return None if end is None else (start, end)


def _at(day: date, hour: str, unsaid: int | None, zone: ZoneInfo) -> int | None:
    """A full hour of a day, or what holds where none is said; None for what is no hour."""
    found = bounds.hour(hour) if hour else None
    if found is not None:
        return local_time.epoch(day, time(found), zone)
    return None if hour else unsaid
