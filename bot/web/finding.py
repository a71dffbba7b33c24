"""Finds an appointment by its code: what a client reads out at the door or on the phone."""

from bot.conversation.content import Code, say
from bot.domain.actors import Role
from bot.domain.appointment import is_code
from bot.web import day_page, own_page
from bot.web.visitor import Elsewhere, Reply, Visitor

EXAMPLE = Code("K7PM")


def by_code(visitor: Visitor, typed: str) -> Reply:
    """The page of the appointment, if it is theirs; the same answer for what does not exist."""
    code = typed.strip().upper()
    view = visitor.service.find(code) if is_code(code) else None
    if view is not None:
        return Elsewhere(visitor.path_to(view.about))
    not_found = say("staff.no_such_code", code=Code(code))
    problem = not_found if is_code(code) else say("page.no_code", example=EXAMPLE)
    back = own_page.show if visitor.actor.role is Role.CASE_MANAGER else day_page.today
    return back(visitor, visitor.said(problem))
