"""The page of one appointment: what is shown, what a form does, and what was done.

Calling off is asked about first: it cannot be taken back.
"""

from bot.conversation.history_lines import HistoryLine, history_line
from bot.domain import lifecycle
from bot.domain.appointment import Refused, Status
from bot.domain.appointment_view import AppointmentView
from bot.domain.lifecycle import Act, Party
from bot.storage.records import audit
from bot.web import words
from bot.web.appointment_facts import Paths, appointment_facts
from bot.web.page_facts import Choice, ConfirmFacts, DoneFacts, PageAct, PageLink
from bot.web.page_html import appointment_page, confirm_page, done_page
from bot.web.visitor import Elsewhere, Form, Page, Reply, Visitor

ACTS = {rule.act.value: rule.act for rule in lifecycle.RULES if rule.party is Party.STAFF}
"""What the buttons of this page ask for; a booking has a page of its own."""
TOLD: dict[Act | PageAct, tuple[str, str]] = {
    Act.SEE: ("Gesehen", "Termin {code} ist als gesehen bestätigt."),
    Act.CALL_OFF: ("Abgesagt", "Termin {code} ist abgesagt. {heard}"),
    Act.CAME: ("Notiert", "Termin {code}: Die Person ist gekommen."),
    Act.MISSED: ("Notiert", "Termin {code}: Die Person ist nicht gekommen."),
    Act.ARRANGE_HELP: ("Notiert", "Termin {code}: Hilfe mit der Sprache ist organisiert."),
    Act.REFUSE_HELP: ("Notiert", "Termin {code}: Hilfe mit der Sprache ist nicht möglich."),
    PageAct.BOOK: (
        "Gebucht",
        "Termin {code} ist gebucht: {when}. Der Code steht auch auf dem Zettel.",
    ),
}
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


def show(visitor: Visitor) -> Reply:
    """The appointment as it is."""
    view = visitor.service.view(visitor.grant.appointment_id)
    return None if view is None else _page(visitor, view)


def act(visitor: Visitor, form: Form) -> Reply:
    """Do what a button asks; one that has come too late shows how things stand."""
    number, wanted = visitor.grant.appointment_id, ACTS.get(form.get("act", ""))
    view = visitor.service.view(number)
    if view is None or wanted is None:
        return None
    if wanted is Act.CALL_OFF and form.get("confirmed") != "yes":
        is_open = wanted in view.acts
        return _question(visitor, view) if is_open else Elsewhere(visitor.page)
    done = visitor.service.do(wanted, number)
    if isinstance(done, Refused) or wanted is Act.UNDO:
        return Elsewhere(visitor.page)
    return Elsewhere(f"{visitor.page}/done/{wanted}")


def done(visitor: Visitor, wanted: str) -> Reply:
    """What was done, if it is so; else the appointment."""
    view = visitor.service.view(visitor.grant.appointment_id)
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
            call=words.call(about, visitor.writer),
        ),
        links=(
            *((PageLink("Zettel für die Person (PDF)", slip),) if slip else ()),
            PageLink(f"Zum Termin {about.code}", visitor.page),
            PageLink("Alle Termine", visitor.overview),
        ),
        undo_at=visitor.page if told in TAKEN_BACK else "",
    )
    return Page(done_page(facts))


def _page(visitor: Visitor, view: AppointmentView) -> Page:
    paths = Paths(visitor.page, visitor.overview, _slip(visitor, view))
    history = _history(visitor, view)
    facts = appointment_facts(view, history, visitor.writer, visitor.now, paths)
    return Page(appointment_page(facts))


def _history(visitor: Visitor, view: AppointmentView) -> list[HistoryLine]:
    """What has happened, in order."""
    city, by_phone = visitor.unit.city, view.about.wishes.by_phone
    told = (
        history_line(city, each.at, each.actor, each.action, by_phone=by_phone)
        for each in audit.of(visitor.unit.tx, view.about.id)
    )
    return [line for line in told if line is not None]


def _question(visitor: Visitor, view: AppointmentView) -> Page:
    when = words.moment(view.about.start, visitor.unit.city)
    facts = ConfirmFacts(
        title="Wirklich absagen?",
        text=f"{when}, Termin {view.about.code}: Der Termin wird abgesagt und die Zeit gesperrt."
        f" {_heard(view)}",
        yes="Termin absagen",
        act=Act.CALL_OFF,
        fields=(Choice("confirmed", "yes"),),
        post_to=visitor.page,
        back=visitor.page,
    )
    return Page(confirm_page(facts))


def _heard(view: AppointmentView) -> str:
    """What becomes of the client if it is called off, or was."""
    return words.who_hears(1, int(view.delivery.reached), by_phone=view.about.wishes.by_phone)


def _slip(visitor: Visitor, view: AppointmentView) -> str:
    """The path of the slip, empty where there is none."""
    return f"{visitor.page}/slip.pdf" if view.has_slip else ""


def _is_so(view: AppointmentView, told: Act | PageAct) -> bool:
    about = view.about
    if isinstance(told, PageAct):
        return about.status is Status.BOOKED
    return about.status is lifecycle.RULE[told].to or lifecycle.is_done(told, about)
