"""The page of one appointment: what is shown, what a form does, and what was done.

Calling off is asked about first: it cannot be taken back.
"""

from dataclasses import replace

from bot.conversation import staff_lines
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
DELETED = "Diesen Termin gibt es nicht mehr. Was vorbei ist, löschen wir nach einer Frist."
MOVED_AWAY = "Dieser Termin ist jetzt bei jemand anderem. Sie müssen nichts tun."
CHANGED = "Der Termin hat sich inzwischen geändert. Wir haben nichts geändert. So ist er jetzt:"
TOLD: dict[Act | PageAct, tuple[str, str]] = {
    Act.SEE: ("Gesehen", "Termin {code} ist als gesehen bestätigt."),
    Act.NOTE_LATE: ("Notiert", "Termin {code}: Die Person kommt später."),
    Act.NOTE_ELSEWHERE: ("Notiert", "Termin {code}: Die Person steht bei einem anderen Büro."),
    Act.CANCEL_FOR_CLIENT: (
        "Notiert",
        "Termin {code}: Die Person hat abgesagt. Die Zeit ist wieder frei. {knows}",
    ),
    Act.CALL_OFF: ("Abgesagt", "Termin {code} ist abgesagt. {heard}"),
    Act.CAME: ("Notiert", "Termin {code}: Die Person ist gekommen."),
    Act.MISSED: ("Notiert", "Termin {code}: Die Person ist nicht gekommen."),
    Act.ARRANGE_HELP: ("Notiert", "Termin {code}: Hilfe mit der Sprache ist organisiert."),
    Act.REFUSE_HELP: ("Notiert", "Termin {code}: Hilfe mit der Sprache ist nicht möglich."),
    Act.SETTLE: ("Erledigt", "Termin {code}: Das steht nicht mehr unter „Offene Punkte“."),
    PageAct.ANOTHER_TIME: ("Neue Zeit", "Termin {code}: {when}. {knows}"),
    PageAct.ASK_TIME: (
        "Gefragt",
        "Termin {code}: Die Person bekommt Ihre Frage. Bis sie wählt, gilt: {when}.",
    ),
    PageAct.BOOK: (
        "Gebucht",
        "Termin {code} ist gebucht: {when}. Der Code steht auch auf dem Zettel.",
    ),
}
QUESTIONS = {
    Act.CALL_OFF: (
        "Wirklich absagen?",
        "Das Büro sagt ab, und die Zeit wird gesperrt. {heard}",
        "Termin absagen",
    ),
    Act.CANCEL_FOR_CLIENT: (
        "Hat die Person abgesagt?",
        "Die Person selbst kommt nicht. Die Zeit wird wieder frei. {knows}",
        "Ja, sie hat abgesagt",
    ),
}
"""What is asked before what cannot be taken back."""
TOLD_BY_PHONE: dict[Act | PageAct, tuple[str, str]] = {
    Act.CAME: ("Notiert", "Termin {code}: Die Person hat angerufen."),
    Act.MISSED: ("Notiert", "Termin {code}: Die Person hat nicht angerufen."),
    PageAct.BOOK: (
        "Gebucht",
        "Termin {code} ist gebucht: {when}. {call}. Nummer und Code stehen auch auf dem Zettel.",
    ),
}
"""Where it says something else about a talk by phone."""
TAKEN_BACK = frozenset({Act.CAME, Act.MISSED})


def show(visitor: Visitor, problem: str = "") -> Reply:
    """The appointment as it is."""
    view = visitor.service.view(visitor.appointment_id)
    return _not_theirs(visitor) if view is None else _page(visitor, view, problem)


def _not_theirs(visitor: Visitor) -> Page:
    """Its link was theirs: it has been moved to somebody else since, or deleted after its term."""
    known = appointments.by_id(visitor.unit.tx, visitor.appointment_id)
    text = DELETED if known is None else MOVED_AWAY
    facts = DoneFacts("Nicht mehr bei Ihnen", text, visitor.to_overview, mark=Mark.WAITING)
    return Page(done_page(facts))


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
    by_phone = TOLD_BY_PHONE if about.wishes.by_phone else TOLD
    title, text = by_phone.get(told, TOLD[told])
    facts = DoneFacts(
        title=title,
        text=text.format(
            code=about.code,
            when=words.moment(about.start, visitor.unit.city),
            heard=_heard(view),
            knows=_knows(view),
            call=words.call(about, visitor.writer),
        ),
        links=(
            *((PageLink("Zettel für die Person (PDF)", slip),) if slip else ()),
            PageLink(f"Zum Termin {about.code}", visitor.page),
            *visitor.to_overview,
        ),
        undo_at=visitor.form(visitor.page) if told in TAKEN_BACK else None,
        sequence=str(about.sequence),
    )
    return Page(done_page(facts))


def _page(visitor: Visitor, view: AppointmentView, problem: str = "") -> Page:
    another = f"{visitor.page}/another-time"
    asking = f"{visitor.page}/ask"
    own = visitor.form(visitor.page)
    paths = Paths(own, visitor.overview, another, asking, _slip(visitor, view))
    history = _history(visitor, view)
    facts = appointment_facts(view, history, visitor.writer, visitor.now, paths)
    return Page(appointment_page(replace(facts, problem=problem)))


def _history(visitor: Visitor, view: AppointmentView) -> list[HistoryLine]:
    """What has happened, in order."""
    city, by_phone = visitor.unit.city, view.about.wishes.by_phone
    told = (
        history_line(city, each.at, each.actor, each.action, by_phone=by_phone)
        for each in audit.of(visitor.unit.tx, view.about.id)
    )
    return [line for line in told if line is not None]


def _question(visitor: Visitor, view: AppointmentView, act: Act) -> Page:
    about, city = view.about, visitor.unit.city
    title, text, yes = QUESTIONS[act]
    name = staff_lines.whose(view, city)
    whose = f" bei {name}" if name else ""
    what = f"{words.moment(about.start, city)}, Termin {about.code}{whose}"
    facts = ConfirmFacts(
        title=title,
        text=f"{what}: {text.format(heard=_heard(view), knows=_knows(view))}",
        yes=yes,
        act=act,
        fields=(Choice("confirmed", "yes"), Choice("sequence", str(about.sequence))),
        post_to=visitor.form(visitor.page),
        back=visitor.page,
    )
    return Page(confirm_page(facts))


def _knows(view: AppointmentView) -> str:
    """Whether the client reads what was noted for them."""
    if view.delivery.reached:
        return "Die Person bekommt eine kurze Nachricht darüber."
    return "Im Chat erreichen wir sie nicht: Von uns bekommt sie nichts."


def _heard(view: AppointmentView) -> str:
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
