"""A case manager's own page: lists, and closing hours and days."""

from bot.web import closing_page
from bot.web.page_facts import PageAct
from bot.web.page_html import person_page
from bot.web.visitor import Form, Page, Reply, Visitor


def show(visitor: Visitor, problem: str = "") -> Reply:
    """The lists, and what is closed."""
    person = visitor.unit.city.case_manager.get(visitor.actor.id)
    if person is None:
        return None
    return Page(person_page(visitor.lists.person(person, visitor.page, problem), visitor.texts))


def act(visitor: Visitor, form: Form) -> Reply:
    """Do what a button asks."""
    match wanted := form.get("act"):
        case PageAct.BLOCK | PageAct.AWAY:
            return closing_page.act(visitor, form, PageAct(wanted), show)
        case PageAct.RELEASE:
            return closing_page.open_again(visitor, form.get("closed", ""))
        case _:
            return None
