"""Closing hours and days: one's own, as a deputy, or for anybody in a front desk's office.

Talks in them are called off, so whoever closes is asked first, and told who will hear of it.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, time
from zoneinfo import ZoneInfo

from bot.conversation.content import Count, Line, Name, Times, say
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
INCOMPLETE = say("page.closing_incomplete")
REVERSED = say("page.closing_reversed")
TOO_FAR = say("page.closing_too_far")
NOTHING_NEW = say("page.nothing_new")
NOBODY = say("page.choose_who")

Show = Callable[[Visitor, str], Reply]
"""The page with the form, and what was wrong."""


def act(visitor: Visitor, form: Form, wanted: PageAct, show: Show) -> Reply:
    """Close somebody's time, their own where nobody is named."""
    people = {each.id: each for each in visitor.service.closable}
    person = people.get(form.get("person") or visitor.actor.case_manager_id or "")
    return (
        _close(visitor, person, form, wanted, show)
        if person
        else show(visitor, visitor.said(NOBODY))
    )


def _close(visitor: Visitor, person: CaseManager, form: Form, wanted: PageAct, show: Show) -> Reply:
    """Close an hour or days; with talks in them, only when that is confirmed."""
    asked = _stretch(visitor, form, wanted)
    if asked is None:
        return show(visitor, visitor.said(INCOMPLETE))
    start, end = asked
    if end <= start:
        return show(visitor, visitor.said(REVERSED))
    if not can_be_closed(start, end, visitor.now, visitor.unit.zone):
        return show(visitor, visitor.said(TOO_FAR))
    if form.get("confirmed") != "yes":
        hit = visitor.service.affected(person.id, start, end)
        free = visitor.service.no_longer_free(person.id, start, end)
        if hit or free:
            when = visitor.lists.stretch(person, start, end)
            return Page(
                confirm_page(_question(visitor, form, wanted, when, hit, free), visitor.texts)
            )
    made = visitor.service.absent(person.id, start, end)
    if isinstance(made, Refused):
        return show(visitor, visitor.said(TOO_FAR))
    return Elsewhere(f"{visitor.page}/closed/{made.absence.id}")


def closed(visitor: Visitor, number: str) -> Reply:
    """What was closed just now, with the way back; the lists if it is open again."""
    for person in visitor.service.closable:
        for one in visitor.service.absences(person.id):
            if str(one.id) == number:
                when = visitor.lists.stretch(person, one.start, one.end)
                text = visitor.said(_about(when, NOTHING_NEW))
                undo = visitor.form(f"{visitor.page}/closed/{one.id}")
                facts = DoneFacts(visitor.said(say("page.closed")), text, visitor.to_overview, undo)
                return Page(done_page(facts, visitor.texts))
    return Elsewhere(visitor.page)


def open_again(visitor: Visitor, number: str) -> Reply:
    """Take an absence back, and say who hears of it; one that is gone, or somebody else's, changes
    nothing."""
    known = bounds.number(number)
    opened = None if known is None else visitor.service.present(known)
    if not isinstance(opened, Opening) or not (opened.asked or opened.to_phone):
        return Elsewhere(visitor.page)
    told = " ".join(map(visitor.said, _who_is_asked(opened)))
    title = visitor.said(say("page.opened"))
    facts = DoneFacts(title, told, visitor.to_overview)
    return Page(done_page(facts, visitor.texts))


def _who_is_asked(opening: Opening) -> Iterator[Line]:
    """How many are asked in chat whether they want their talk, and whom somebody must phone."""
    if opening.asked:
        yield say("page.asked_so_many", n=Count(len(opening.asked)))
    if opening.to_phone:
        codes = ", ".join(about.code for about in opening.to_phone)
        yield say("staff.to_phone", codes=Name(codes))


def _about(when: str, what: Line) -> Line:
    """What is said of a time."""
    return say("page.of_time", when=Name(when), what=what)


def _question(
    visitor: Visitor,
    form: Form,
    wanted: PageAct,
    when: str,
    hit: Sequence[AppointmentView],
    free: Sequence[Slot],
) -> ConfirmFacts:
    """Really? With the free times that go with it, and the talks by when and by code."""
    times = Times(tuple(slot.start for slot in free))
    taken = (visitor.said(say("staff.no_longer_free", times=times)),) if free else ()
    return ConfirmFacts(
        title=visitor.said(say("page.really_close")),
        text=visitor.said(_about(when, _told(hit))),
        yes=visitor.said(say("page.close_and_call_off" if hit else "page.close")),
        act=wanted,
        fields=(
            *(Choice(name, form[name]) for name in ASKED if name in form),
            Choice("confirmed", "yes"),
        ),
        post_to=visitor.form(visitor.page),
        back=visitor.page,
        points=(*taken, *(words.which(view.about, visitor.writer) for view in hit)),
    )


def _told(hit: Sequence[AppointmentView]) -> Line:
    """What becomes of the talks that are booked."""
    if not hit:
        return NOTHING_NEW
    reached = sum(each.delivery.reached for each in hit)
    return say("page.so_many_hit", n=Count(len(hit)), heard=words.who_hears(len(hit), reached))


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
