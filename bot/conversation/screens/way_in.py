"""What is said and offered to who needs a way in without steps, at an office where none is known.

Nobody shall stand before a step: it is said before they confirm, and of what they have.
"""

from dataclasses import replace

from bot.conversation import phone_lines
from bot.conversation.content import Line, say
from bot.conversation.port import Port
from bot.conversation.screens import entry
from bot.conversation.screens.view import Key, View, column
from bot.conversation.session import Session
from bot.domain import step_free_access
from bot.domain.appointment import Wishes
from bot.domain.city import StepFree
from bot.domain.contacts import contact

MOST_OFFERED = 3
NOTHING = View(())


def hint(
    session: Session,
    port: Port,
    wishes: Wishes,
    case_manager_id: str,
    office_id: str,
    *,
    can_move: bool = True,
) -> View:
    """That none is known here, whom to ask before and, if they `can_move`, the offices with one.

    Nothing where one is known or none is needed, and to the staff, who know their own door.
    """
    lacks = step_free_access.lacking(port.city, wishes, office_id)
    if lacks is None or session.draft.walk_in is not None:
        return NOTHING
    keys = _others(session, port) if can_move else ()
    given = contact(port.city, case_manager_id, office_id)
    what = say("step_free.none" if lacks is StepFree.NO else "step_free.unknown")
    ask: tuple[Line, ...] = ()
    if given is not None:
        ask = (say("step_free.call"), phone_lines.number(given))
    elsewhere = (say("step_free.elsewhere"),) if keys else ()
    return View(((what, *ask, *elsewhere),), column(*keys))


def without(wishes: Wishes, hint: View) -> Wishes:
    """The wishes to be named beside a hint, which names the one for a way in itself."""
    return replace(wishes, step_free=False) if hint.paragraphs else wishes


def _others(session: Session, port: Port) -> tuple[Key, ...]:
    """The offices known to have one where somebody can be booked, the nearest first."""
    city = port.city
    fit = step_free_access.known_at(city, session.draft.order or city.office)
    bookable = dict.fromkeys(person.office_id for person in port.team(*fit))
    return tuple(
        Key(say("step_free.office", office=entry.heading(port, city.office[id])), "way_in", id)
        for id in [*bookable][:MOST_OFFERED]
    )
