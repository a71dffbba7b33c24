"""Who comes by a link that says where from and where to: remembered until they have booked.

Nothing is booked by it, and another office or person can always be chosen.
"""

from dataclasses import replace

from bot.conversation.content import say
from bot.conversation.outcome import Outcome
from bot.conversation.port import Port
from bot.conversation.session import Session
from bot.domain.referral import NOTHING_NAMED, Referral, Referred


def remember(session: Session, named: Referral, port: Port) -> Session:
    """Keep what a link named, as far as the city knows it; of a new chat its source is counted."""
    if port.actor() is not None:
        return session
    known = named.known_to(port.city)
    if known.source and not session.trail:
        port.count_referral(known.source, Referred.STARTED)
    return replace(session, referral=session.referral.followed_by(known))


def proposed(session: Session, port: Port) -> Outcome | None:
    """The days of the person or the people of the office that a link named.

    None where it named nobody who can be booked. `session` is where a booking begins.
    """
    person = port.city.case_manager.get(session.referral.case_manager_id or "")
    office_id = session.referral.office_id if person is None else person.office_id
    team = port.team(office_id) if office_id else ()
    if not team:
        return None
    at_office = session.choosing(office_id=office_id).to("people")
    if person is None or person not in team:
        return Outcome(at_office, notice=(say("referral.office"),))
    at_person = at_office.choosing(case_manager_id=person.id).to("days")
    return Outcome(at_person, notice=(say("referral.person"),))


def booked(session: Session, port: Port) -> Session:
    """The same after a booking: its source is counted, and what the link said is forgotten.

    An appointment that was only moved is none.
    """
    if session.draft.moving is not None:
        return session
    if source := session.referral.source:
        port.count_referral(source, Referred.BOOKED)
    return replace(session, referral=NOTHING_NAMED)
