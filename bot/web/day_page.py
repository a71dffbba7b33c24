"""The list of one day for the front desk of an office, and closing the days of who is not there."""

from datetime import date

from bot.domain import bounds
from bot.web import closing_page
from bot.web.page_facts import PageAct
from bot.web.page_html import desk_page
from bot.web.visitor import Form, Page, Reply, Visitor


def today(visitor: Visitor, problem: str = "") -> Reply:
    """The day it is."""
    return _page(visitor, visitor.lists.today, problem)


def show(visitor: Visitor, wanted: str) -> Reply:
    """A day by its ISO date, about a year away at most."""
    day = bounds.day(wanted, visitor.unit.today)
    return None if day is None else _page(visitor, day)


def act(visitor: Visitor, form: Form) -> Reply:
    """Do what a button asks."""
    match form.get("act"):
        case PageAct.AWAY:
            return closing_page.act(visitor, form, PageAct.AWAY, today)
        case PageAct.RELEASE:
            return closing_page.open_again(visitor, form.get("closed", ""))
        case _:
            return None


def _page(visitor: Visitor, day: date, problem: str = "") -> Reply:
    office = visitor.unit.city.office.get(visitor.actor.office_id or "")
    if office is None:
        return None
    return Page(desk_page(visitor.lists.office(office, day, visitor.page, problem), visitor.texts))
