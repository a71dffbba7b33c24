"""Up to three other times, about which the client is asked: they choose, or keep what they have."""

from itertools import islice

from bot.conversation.content import Line, say
from bot.domain import bounds
from bot.domain.appointment import Reason, Refused, Version
from bot.domain.appointment_view import AppointmentView
from bot.domain.lifecycle import Act
from bot.services.asking import MOST, Asking
from bot.web import appointment_page, words
from bot.web.form_facts import AskingFacts, DayChoices
from bot.web.free_times import FreeTimes, choice
from bot.web.page_facts import Choice, PageAct
from bot.web.page_html import asking_page
from bot.web.visitor import Elsewhere, Form, Page, Reply, Visitor

DAYS = 7
FIELDS = tuple(f"time{number}" for number in range(1, MOST + 1))
NONE_CHOSEN = say("page.no_time_chosen")
TAKEN = say("page.one_time_taken")


def show(visitor: Visitor, form: Form, problem: Line | None = None) -> Reply:
    """The times that can be offered."""
    view = visitor.service.view(visitor.appointment_id)
    if view is None or Act.ASK_TIME not in view.acts:
        return Elsewhere(visitor.page)
    return Page(asking_page(_facts(visitor, view, form, visitor.problem(problem)), visitor.texts))


def act(visitor: Visitor, form: Form) -> Reply:
    """Ask the client about the times that were chosen."""
    number, sequence = visitor.appointment_id, bounds.number(form.get("sequence", ""))
    wanted = dict.fromkeys(form[name] for name in FIELDS if form.get(name))
    if form.get("act") != PageAct.ASK_TIME or sequence is None or not wanted:
        return show(visitor, form, NONE_CHOSEN)
    found = [FreeTimes(visitor.service, visitor.writer).slot(each) for each in wanted]
    slots = tuple(slot for slot in found if slot is not None)
    if len(slots) != len(found):
        return show(visitor, form, TAKEN)
    asked = visitor.service.ask_time(Version(number, sequence), slots)
    if isinstance(asked, Refused):
        if asked.reason is Reason.CHANGED:
            return appointment_page.show(visitor, appointment_page.CHANGED)
        return show(visitor, form, TAKEN)
    return Elsewhere(f"{visitor.page}/done/{PageAct.ASK_TIME}")


def _facts(visitor: Visitor, view: AppointmentView, form: Form, problem: str) -> AskingFacts:
    about = view.about
    seen = bounds.number(form.get("sequence", ""))
    return AskingFacts(
        what=words.which(about, visitor.writer),
        days=_days(visitor, view),
        fields=tuple(Choice(name, form.get(name, "")) for name in FIELDS),
        sequence=str(about.sequence if seen is None else seen),
        post_to=visitor.form(f"{visitor.page}/ask"),
        back=visitor.page,
        problem=problem,
    )


def _days(visitor: Visitor, view: AppointmentView) -> tuple[DayChoices, ...]:
    own = view.about.case_manager_id
    found = islice(Asking(visitor.unit, visitor.actor, view.about).days(), DAYS)
    return tuple(
        DayChoices(
            words.written_day(day, visitor.writer),
            tuple(choice(visitor.writer, slot, named=slot.case_manager_id != own) for slot in free),
        )
        for day, free in found
    )
