"""A case manager's own page: lists, closing hours and days, and the calendar to subscribe to."""

from collections.abc import Callable

from bot.domain.city import CaseManager
from bot.services.staff_invitations import token_hash
from bot.storage.records import feeds
from bot.web import closing_page
from bot.web.page_facts import DoneFacts, PageAct, PageLink
from bot.web.page_html import done_page, person_page
from bot.web.visitor import Elsewhere, Form, Page, Reply, Visitor


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
        case PageAct.BLOCK | PageAct.AWAY:
            return closing_page.act(visitor, form, PageAct(wanted), show)
        case PageAct.RELEASE:
            return closing_page.open_again(visitor, form.get("closed", ""))
        case PageAct.FEED:
            return _feed(visitor, person, new_token())
        case PageAct.NO_FEED:
            feeds.revoke(visitor.unit.tx, person.id)
            return Elsewhere(visitor.page)
        case _:
            return None


def _person(visitor: Visitor) -> CaseManager | None:
    return visitor.unit.city.case_manager.get(visitor.actor.case_manager_id or "")


def _feed(visitor: Visitor, person: CaseManager, token: str) -> Reply:
    """A new address, which is shown this once."""
    feeds.make(visitor.unit.tx, person.id, token_hash(token), visitor.now)
    url = visitor.links.calendar_url(token)
    facts = DoneFacts(
        "Ihr Kalender",
        "Unter dieser Adresse können Sie Ihre Termine abonnieren. Wir zeigen sie nur jetzt:"
        " Bitte kopieren Sie sie und geben Sie sie nicht weiter.",
        (PageLink(url, url), PageLink("Alle Termine", visitor.page)),
    )
    return Page(done_page(facts))
