"""The page of one appointment: what is shown, what a form does, and what was done.

Calling off is asked about first: it cannot be taken back.
"""

from dataclasses import replace

from bot.conversation import staff_lines
from bot.conversation.content import Code, Day, Line, Name, Say, Time, Value, say
from bot.conversation.history_lines import HistoryLine, history_line
from bot.domain import bounds, lifecycle
from bot.domain.appointment import Refused, Status
from bot.domain.appointment_view import AppointmentView, Mark
from bot.domain.lifecycle import Act, Party
from bot.storage.records import appointments, audit
from bot.web import words
from bot.web.appointment_facts import Paths, appointment_facts
from bot.web.page_facts import Choice, ConfirmFacts, DoneFacts, PageAct, PageLink
from bot.web.page_html import appointment_page, confirm_page, done_page
from bot.web.visitor import Elsewhere, Form, Page, Reply, Visitor

ACTS = {
    rule.act.value: rule.act
    for rule in lifecycle.RULES
    if rule.party is Party.STAFF
    if rule.act in staff_lines.LABELS.keys() - staff_lines.WITH_TIMES
}
"""What the buttons of this page ask for; what is done with a time has a page of its own."""
CHANGED = say("staff.changed")
TOLD: dict[Act | PageAct, str] = {
    Act.SEE: "seen",
    Act.NOTE_LATE: "noted",
    Act.NOTE_ELSEWHERE: "noted",
    Act.CANCEL_FOR_CLIENT: "noted",
    Act.CALL_OFF: "called_off",
    Act.CAME: "noted",
    Act.MISSED: "noted",
    Act.ARRANGE_HELP: "noted",
    Act.REFUSE_HELP: "noted",
    Act.SETTLE: "settled",
    PageAct.ANOTHER_TIME: "new_time",
    PageAct.ASK_TIME: "asked",
    PageAct.BOOK: "booked",
}
"""What can be said to be done, and the heading that says it."""
QUESTIONS = {
    Act.CALL_OFF: "page.yes.call_off",
    Act.CANCEL_FOR_CLIENT: "staff.client_cancels_yes",
}
"""What cannot be taken back is asked about first; what the button says that does it."""
TOLD_BY_PHONE = frozenset({Act.CAME, Act.MISSED, PageAct.BOOK})
"""Where it says something else about a talk by phone."""
TAKEN_BACK = frozenset({Act.CAME, Act.MISSED})


def show(visitor: Visitor, problem: Line | None = None) -> Reply:
    """The appointment as it is."""
    view = visitor.service.view(visitor.appointment_id)
    return _not_theirs(visitor) if view is None else _page(visitor, view, problem)


def _not_theirs(visitor: Visitor) -> Page:
    """Its link was theirs: it has been moved to somebody else since, or deleted after its term."""
    known = appointments.by_id(visitor.unit.tx, visitor.appointment_id)
    text = visitor.said(say("page.deleted" if known is None else "page.with_other"))
    title = visitor.said(say("page.not_with_you"))
    facts = DoneFacts(title, text, visitor.to_overview, mark=Mark.WAITING)
    return Page(done_page(facts, visitor.texts))


def act(visitor: Visitor, form: Form) -> Reply:
    """Do what a button asks; one that has come too late shows how things stand."""
    number, wanted = visitor.appointment_id, ACTS.get(form.get("act", ""))
    view = visitor.service.view(number)
    if view is None or wanted is None:
        return None
    seen = bounds.number(form.get("sequence", ""))
    if seen != view.about.sequence:
        return _page(visitor, view, CHANGED)
    if wanted in QUESTIONS and form.get("confirmed") != "yes":
        is_open = wanted in view.acts
        return _question(visitor, view, wanted) if is_open else Elsewhere(visitor.page)
    done = visitor.service.do(wanted, view.about.version)
    if isinstance(done, Refused) or wanted is Act.UNDO:
        return Elsewhere(visitor.page)
    return Elsewhere(f"{visitor.page}/done/{wanted}")


def done(visitor: Visitor, wanted: str) -> Reply:
    """What was done, if it is so; else the appointment."""
    view = visitor.service.view(visitor.appointment_id)
    if view is None:
        return None
    told = next((act for act in TOLD if act == wanted), None)
    if told is None or not _is_so(view, told):
        return _page(visitor, view)
    about, slip = view.about, _slip(visitor, view)
    facts = DoneFacts(
        title=visitor.said(say(f"page.title.{TOLD[told]}")),
        text=visitor.said(_told(visitor, view, told)),
        links=(
            *((PageLink(visitor.said(say("page.slip")), slip),) if slip else ()),
            PageLink(visitor.said(say("page.to_appointment", code=Code(about.code))), visitor.page),
            *visitor.to_overview,
        ),
        undo_at=visitor.form(visitor.page) if told in TAKEN_BACK else None,
        sequence=str(about.sequence),
    )
    return Page(done_page(facts, visitor.texts))


def _told(visitor: Visitor, view: AppointmentView, told: Act | PageAct) -> Line:
    """What was done, and what follows for its client."""
    about = view.about
    if told in TOLD_BY_PHONE and about.wishes.by_phone:
        key = f"page.done_by_phone.{told}"
    else:
        key = f"page.done.{told}"
    given: dict[str, Value] = {
        "code": Code(about.code),
        "when": say("staff.moment", day=Day(about.start), time=Time(about.start)),
        "heard": _heard(view),
        "knows": _knows(view),
        "call": Name(words.call(about, visitor.writer)),
    }
    return Say(key, given)


def _page(visitor: Visitor, view: AppointmentView, problem: Line | None = None) -> Page:
    another = f"{visitor.page}/another-time"
    asking = f"{visitor.page}/ask"
    own = visitor.form(visitor.page)
    paths = Paths(own, visitor.overview, another, asking, _slip(visitor, view))
    history = _history(visitor, view)
    facts = appointment_facts(view, history, visitor.writer, visitor.now, paths)
    shown = replace(facts, problem=visitor.problem(problem))
    return Page(appointment_page(shown, visitor.texts))


def _history(visitor: Visitor, view: AppointmentView) -> list[HistoryLine]:
    """What has happened, in order."""
    city, by_phone = visitor.unit.city, view.about.wishes.by_phone
    told = (
        history_line(city, each.at, each.actor, each.action, by_phone=by_phone)
        for each in audit.of(visitor.unit.tx, view.about.id)
    )
    return [line for line in told if line is not None]


def _question(visitor: Visitor, view: AppointmentView, act: Act) -> Page:
    about, writer = view.about, visitor.writer
    name = staff_lines.whose(view, writer.city)
    whose = (say("page.with", name=Name(name)),) if name else ()
    follows = _heard(view) if act is Act.CALL_OFF else _knows(view)
    told = (say(f"page.question.{act}"), follows)
    what = ", ".join((words.which(about, writer), *map(writer.value, whose)))
    facts = ConfirmFacts(
        title=visitor.said(say(f"page.ask.{act}")),
        text=" ".join((f"{what}:", *map(writer.value, told))),
        yes=visitor.said(say(QUESTIONS[act])),
        act=act,
        fields=(Choice("confirmed", "yes"), Choice("sequence", str(about.sequence))),
        post_to=visitor.form(visitor.page),
        back=visitor.page,
    )
    return Page(confirm_page(facts, visitor.texts))


def _knows(view: AppointmentView) -> Line:
    """Whether the client reads what was noted for them."""
    return say("page.client_reads" if view.delivery.reached else "page.client_reads_nothing")


def _heard(view: AppointmentView) -> Line:
    """What becomes of the client if it is called off, or was."""
    return words.who_hears(1, int(view.delivery.reached), by_phone=view.about.wishes.by_phone)


def _slip(visitor: Visitor, view: AppointmentView) -> str:
    """The path of the slip, empty where there is none.

    Whoever has the slip can take the appointment into their chat: a link that was handed on does
    not give it.
    """
    return f"{visitor.page}/slip.pdf" if view.has_slip and visitor.sees_lists else ""


def _is_so(view: AppointmentView, told: Act | PageAct) -> bool:
    about = view.about
    if isinstance(told, PageAct):
        return about.status is Status.BOOKED
    return about.status is lifecycle.RULE[told].to or lifecycle.is_done(told, about)
