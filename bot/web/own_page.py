"""A case manager's own page: lists, closing hours and days, and the calendar to subscribe to."""

from collections.abc import Callable
from datetime import date, time
from zoneinfo import ZoneInfo

from bot.conversation import slot_values
from bot.domain import wall
from bot.domain.appointments import Refused
from bot.domain.city import CaseManager
from bot.storage import feeds
from bot.turn.invitations import token_hash
from bot.web import words
from bot.web.page_facts import Act, Choice, ConfirmFacts, DoneFacts, Link
from bot.web.pages import confirm_page, done_page, person_page
from bot.web.visitor import Elsewhere, Form, Page, Reply, Visitor

HOUR = 3600
ASKED = ("day", "hour", "from", "until")
INCOMPLETE = "Bitte geben Sie an, ab wann und bis wann."
TOO_LATE = "Das geht nicht: Diese Zeit ist vorbei, oder sie ist länger als ein Jahr."


def show(visitor: Visitor, problem: str = "") -> Reply:
    """The lists, and what is closed."""
    person = _person(visitor)
    if person is None:
        return None
    return Page(person_page(visitor.lists.person(person, visitor.page, problem)))


def act(visitor: Visitor, form: Form, new_token: Callable[[], str]) -> Reply:
    """Do what a button asks."""
    person, wanted = _person(visitor), form.get("act")
    if person is None:
        return None
    match wanted:
        case Act.BLOCK | Act.AWAY:
            return _close(visitor, person, form, Act(wanted))
        case Act.RELEASE:
            return open_again(visitor, form.get("closed", ""))
        case Act.FEED:
            return _feed(visitor, person, new_token())
        case Act.NO_FEED:
            feeds.revoke(visitor.tx, person.id)
            return Elsewhere(visitor.page)
        case _:
            return None


def closed(visitor: Visitor, number: str) -> Reply:
    """What was closed just now, with the way back; the lists if it is open again."""
    person = _person(visitor)
    found = visitor.desk.absences(person.id) if person else ()
    for one in found:
        if str(one.id) == number:
            when = words.stretch(one.start, one.end, visitor.desk.city)
            text = f"{when}: Neue Termine gibt es dann nicht."
            back = (Link("Alle meine Termine", visitor.page),)
            undo = f"{visitor.page}/closed/{one.id}"
            return Page(done_page(DoneFacts("Gesperrt", text, back, undo)))
    return show(visitor)


def open_again(visitor: Visitor, number: str) -> Reply:
    """Take an absence back; one that is gone already, or somebody else's, changes nothing."""
    known = slot_values.to_number(number)
    if known is not None:
        visitor.desk.present(known)
    return Elsewhere(visitor.page)


def _person(visitor: Visitor) -> CaseManager | None:
    return visitor.desk.city.case_manager.get(visitor.actor.case_manager_id or "")


def _close(visitor: Visitor, person: CaseManager, form: Form, wanted: Act) -> Reply:
    asked = _stretch(form, wanted, visitor.desk.city.rules.time_zone)
    if asked is None:
        return show(visitor, INCOMPLETE)
    start, end = asked
    hit = visitor.desk.affected(person.id, start, end)
    if hit and form.get("confirmed") != "yes":
        return Page(confirm_page(_question(visitor, form, wanted, start, end, len(hit))))
    made = visitor.desk.absent(person.id, start, end)
    if isinstance(made, Refused):
        return show(visitor, TOO_LATE)
    return Elsewhere(f"{visitor.page}/closed/{made.absence.id}")


def _question(
    visitor: Visitor, form: Form, wanted: Act, start: int, end: int, hit: int
) -> ConfirmFacts:
    when = words.stretch(start, end, visitor.desk.city)
    booked = "ist ein Termin" if hit == 1 else f"sind {hit} Termine"
    answers = tuple(Choice(name, form[name]) for name in ASKED if name in form)
    return ConfirmFacts(
        title="Wirklich sperren?",
        text=f"{when}: Da {booked} gebucht. Wenn Sie sperren, sagen wir ab"
        " und bieten den Personen andere Zeiten an.",
        yes="Sperren und absagen",
        act=wanted,
        fields=(*answers, Choice("confirmed", "yes")),
        post_to=visitor.page,
        back=visitor.page,
    )


def _stretch(form: Form, wanted: Act, zone: ZoneInfo) -> tuple[int, int] | None:
    """From and until in UTC epoch seconds; None for what is no day or hour."""
    try:
        if wanted is Act.BLOCK:
            start = wall.epoch(date.fromisoformat(form["day"]), time(int(form["hour"])), zone)
            return start, start + HOUR
        first, last = date.fromisoformat(form["from"]), date.fromisoformat(form["until"])
        return wall.day_bounds(first, zone)[0], wall.day_bounds(last, zone)[1]
    except (KeyError, ValueError, OverflowError):
        return None


def _feed(visitor: Visitor, person: CaseManager, token: str) -> Reply:
    """A new address, which is shown this once."""
    feeds.make(visitor.tx, person.id, token_hash(token), visitor.now)
    url = visitor.links.calendar_url(token)
    facts = DoneFacts(
        "Ihr Kalender",
        "Unter dieser Adresse können Sie Ihre Termine abonnieren. Wir zeigen sie nur jetzt:"
        " Bitte kopieren Sie sie und geben Sie sie nicht weiter.",
        (Link(url, url), Link("Alle meine Termine", visitor.page)),
    )
    return Page(done_page(facts))
