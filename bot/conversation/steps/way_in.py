"""To an office with a way in without steps."""

from dataclasses import replace

from bot.conversation.outcome import Outcome
from bot.conversation.port import Port, Search
from bot.conversation.session import Session
from bot.conversation.steps import own_appointments
from bot.domain import step_free_access
from bot.domain.slots import Slot


def elsewhere(session: Session, value: str, port: Port) -> Outcome:
    """To another office; the wishes stay, and so does the time of an appointment there is."""
    if value not in port.city.office:
        return Outcome(session, stale=True)
    draft = session.draft
    about = draft.looking_at if session.screen == "appointment" else draft.wishing
    if about is not None:
        begun = own_appointments.begin_move(session, str(about), port)
        if isinstance(begun, Outcome):
            return begun
        session = begun if draft.wishing is None else begun.choosing(wishes=draft.wishes)
    chosen = session.choosing(
        office_id=value, case_manager_id=None, days_from=None, day=None, speaking=None
    )
    return Outcome(chosen.to("people"))


def soonest(session: Session, search: Search, port: Port) -> tuple[Search, Slot | None]:
    """The first free time, and where it was looked for.

    For who needs a way in without steps that is where one is known, unless nothing is free there.
    """
    if session.draft.wishes.step_free and not search.by_phone:
        fit = replace(search, office_ids=step_free_access.known_at(port.city, search.office_ids))
        if found := port.earliest(fit):
            return fit, found
    return search, port.earliest(search)
