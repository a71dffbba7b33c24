"""Finds an appointment by its code: what a client reads out at the door or on the phone."""

from bot.domain.actors import Role
from bot.domain.appointment import is_code
from bot.web import day_page, own_page
from bot.web.visitor import Elsewhere, Reply, Visitor

NOT_FOUND = "{code}: Diesen Code finden wir bei Ihnen nicht."
NO_CODE = "Ein Code hat vier Zeichen, zum Beispiel K7PM."


def by_code(visitor: Visitor, typed: str) -> Reply:
    """The page of the appointment, if it is theirs; the same answer for what does not exist."""
    code = typed.strip().upper()
    view = visitor.service.find(code) if is_code(code) else None
    if view is not None:
        return Elsewhere(visitor.path_to(view.about))
    problem = NOT_FOUND.format(code=code) if is_code(code) else NO_CODE
    back = own_page.show if visitor.actor.role is Role.CASE_MANAGER else day_page.today
    return back(visitor, problem)
