"""Another time, on which somebody of the staff has agreed with the client: first day, then time."""

from datetime import date
from urllib.parse import urlencode

from bot.conversation.content import Line, say
from bot.conversation.staff_lines import GIVING
from bot.domain import bounds
from bot.domain.appointment import Reason, Refused, Version
from bot.domain.appointment_view import AppointmentView
from bot.web import appointment_page, words
from bot.web.form_facts import AnotherTimeFacts
from bot.web.free_times import FreeTimes
from bot.web.page_facts import PageAct, PageLink
from bot.web.page_html import another_time_page
from bot.web.visitor import Elsewhere, Form, Page, Reply, Visitor

TAKEN = say("staff.time_taken")


def show(visitor: Visitor, form: Form, problem: Line | None = None) -> Reply:
    """The days that have room, or the times of the one that was chosen."""
    view = visitor.service.view(visitor.appointment_id)
    if view is None or not view.acts & GIVING:
        return Elsewhere(visitor.page)
    seen = bounds.number(form.get("sequence", "")) or view.about.sequence
    day = bounds.day(form.get("day", ""), visitor.unit.today)
    return Page(
        another_time_page(_facts(visitor, view, seen, day, visitor.problem(problem)), visitor.texts)
    )


def act(visitor: Visitor, form: Form) -> Reply:
    """Give the appointment the time that was chosen."""
    number, sequence = visitor.appointment_id, bounds.number(form.get("sequence", ""))
    slot = FreeTimes(visitor.service, visitor.writer).slot(form.get("time", ""))
    if form.get("act") != PageAct.ANOTHER_TIME or slot is None or sequence is None:
        return show(visitor, form)
    given = visitor.service.another_time(Version(number, sequence), slot)
    if isinstance(given, Refused):
        if given.reason is Reason.CHANGED:
            return appointment_page.show(visitor, appointment_page.CHANGED)
        return show(visitor, form, TAKEN)
    own = visitor.path_to(given.about)
    return Elsewhere(f"{own}/done/{PageAct.ANOTHER_TIME}")


def _facts(
    visitor: Visitor, view: AppointmentView, seen: int, day: date | None, problem: str
) -> AnotherTimeFacts:
    writer = visitor.writer
    free, path = FreeTimes(visitor.service, writer), f"{visitor.page}/another-time"
    times = free.on(day) if day else ()
    days = (
        PageLink(
            words.written_day(each, writer), f"{path}?{urlencode({'day': each, 'sequence': seen})}"
        )
        for each in free.days()
    )
    return AnotherTimeFacts(
        what=words.which(view.about, writer),
        days=() if times else tuple(days),
        heading=words.written_day(day, writer) if day else "",
        times=times,
        sequence=str(seen),
        post_to=visitor.form(path),
        back=visitor.page,
        problem=problem,
    )
