"""The link on a slip of paper: an appointment the office booked comes into its client's chat."""

from dataclasses import replace

from bot.conversation.content import say
from bot.conversation.outcome import Outcome
from bot.conversation.port import Port
from bot.conversation.session import Session
from bot.conversation.steps import own_appointments


def claim(session: Session, argument: str, port: Port) -> Outcome | None:
    """The appointment on the screen, in the slip's language for who has chosen none.

    None if the link is not good, whatever the reason. Whoever opens it asks for just this, so
    the privacy notice comes with their first booking of their own, as under "My appointments".
    """
    found = port.claim(argument)
    if found is None:
        return None
    if session.trail[:1] in ((), ("language",)):
        session = replace(session, language=found.language)
    shown = own_appointments.details(session, str(found.id), port)
    return replace(shown, notice=(say("claim.tied"),), kept=found)
