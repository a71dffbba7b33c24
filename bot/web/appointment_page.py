"""The page of one appointment: what is shown, what a form does, and what was done.

Calling off is asked about first: it cannot be taken back.
"""

from bot.domain.appointment import Appointment, Refused, Status
from bot.services import walk_in_bookings
from bot.services.staff_service import StaffService
from bot.web import words
from bot.web.appointment_facts import Paths, open_acts, visit_facts
from bot.web.page_facts import Act, Choice, ConfirmFacts, DoneFacts, Link
from bot.web.pages import appointment_page, confirm_page, done_page
from bot.web.visitor import Elsewhere, Form, Page, Reply, Visitor

TOLD = {
    Act.SEEN: ("Gesehen", "Termin {code} ist als gesehen bestätigt."),
    Act.OFFER: ("Abgesagt", "Termin {code} ist abgesagt. {heard}"),
    Act.CAME: ("Notiert", "Termin {code}: Die Person ist gekommen."),
    Act.MISSED: ("Notiert", "Termin {code}: Die Person ist nicht gekommen."),
    Act.ARRANGED: ("Notiert", "Termin {code}: Hilfe mit der Sprache ist organisiert."),
    Act.NOT_ARRANGED: ("Notiert", "Termin {code}: Hilfe mit der Sprache ist nicht möglich."),
    Act.BOOK: ("Gebucht", "Termin {code} ist gebucht: {when}. Der Code steht auch auf dem Zettel."),
}
TAKEN_BACK = frozenset({Act.CAME, Act.MISSED})


def show(visitor: Visitor) -> Reply:
    """The appointment as it is."""
    about = visitor.service.visit(visitor.grant.appointment_id)
    return None if about is None else _page(visitor, about)


def act(visitor: Visitor, form: Form) -> Reply:
    """Do what a button asks; one that has come too late shows how things stand."""
    number, wanted = visitor.grant.appointment_id, form.get("act")
    about = visitor.service.visit(number)
    if about is None:
        return None
    if wanted == Act.OFFER and form.get("confirmed") != "yes":
        is_open = Act.OFFER in open_acts(about, visitor.now)
        return _question(visitor, about) if is_open else Elsewhere(visitor.page)
    done = _do(visitor.service, number, wanted)
    if isinstance(done, Refused) or wanted == Act.UNDO:
        return Elsewhere(visitor.page)
    return None if done is None else Elsewhere(f"{visitor.page}/done/{wanted}")


def done(visitor: Visitor, wanted: str) -> Reply:
    """What was done, if it is so; else the appointment."""
    about = visitor.service.visit(visitor.grant.appointment_id)
    if about is None:
        return None
    if not _is_so(about, wanted):
        return _page(visitor, about)
    title, text = TOLD[Act(wanted)]
    slip = _slip(visitor, about)
    facts = DoneFacts(
        title=title,
        text=text.format(
            code=about.code,
            when=words.moment(about.start, visitor.service.city),
            heard=_heard(visitor, about),
        ),
        links=(
            *((Link("Zettel für die Person (PDF)", slip),) if slip else ()),
            Link(f"Zum Termin {about.code}", visitor.page),
            Link("Alle Termine", visitor.overview),
        ),
        undo_at=visitor.page if wanted in TAKEN_BACK else "",
    )
    return Page(done_page(facts))


def _page(visitor: Visitor, about: Appointment) -> Page:
    paths = Paths(visitor.page, visitor.overview, _slip(visitor, about))
    return Page(appointment_page(visit_facts(visitor.service, about, paths)))


def _question(visitor: Visitor, about: Appointment) -> Page:
    when = words.moment(about.start, visitor.service.city)
    facts = ConfirmFacts(
        title="Wirklich absagen?",
        text=f"{when}, Termin {about.code}: Der Termin wird abgesagt und die Zeit gesperrt."
        f" {_heard(visitor, about)}",
        yes="Termin absagen",
        act=Act.OFFER,
        fields=(Choice("confirmed", "yes"),),
        post_to=visitor.page,
        back=visitor.page,
    )
    return Page(confirm_page(facts))


def _heard(visitor: Visitor, about: Appointment) -> str:
    """What becomes of the client if it is called off, or was."""
    delivery = visitor.service.delivery(about.id)
    return words.who_hears(1, int(delivery is not None and delivery.reached))


def _slip(visitor: Visitor, about: Appointment) -> str:
    """The path of the slip, empty where there is none."""
    token = walk_in_bookings.slip_token(visitor.tx, visitor.links.vault, about, visitor.now)
    return f"{visitor.page}/slip.pdf" if token else ""


def _do(service: StaffService, number: int, wanted: str | None) -> Appointment | Refused | None:
    """None for what is no button of this page."""
    match wanted:
        case Act.SEEN:
            return service.seen(number)
        case Act.OFFER:
            return service.cannot(number)
        case Act.CAME:
            return service.came(number)
        case Act.MISSED:
            return service.missed(number)
        case Act.UNDO:
            return service.undo(number)
        case Act.ARRANGED | Act.NOT_ARRANGED:
            return service.help_arranged(number, wanted == Act.ARRANGED)
        case _:
            return None


def _is_so(about: Appointment, wanted: str) -> bool:
    match wanted:
        case Act.SEEN:
            return about.seen_at is not None
        case Act.OFFER:
            return about.status is Status.CANCELLED
        case Act.CAME | Act.MISSED:
            return about.status.value == wanted
        case Act.ARRANGED | Act.NOT_ARRANGED:
            return about.help_arranged is (wanted == Act.ARRANGED)
        case Act.BOOK:
            return about.status is Status.BOOKED
        case _:
            return False
