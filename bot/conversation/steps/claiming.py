"""The link on a slip of paper: an appointment the office booked comes into its client's chat."""

from dataclasses import replace

from bot.conversation.content import say
from bot.conversation.desk import Desk
from bot.conversation.outcome import Outcome
from bot.conversation.session import Session
from bot.conversation.steps import mine


def claim(session: Session, argument: str, desk: Desk) -> Outcome | None:
    """The appointment on the screen, in the slip's language for who has chosen none.

    None if the link is not good, whatever the reason. Whoever opens it asks for just this, so
    the privacy notice comes with their first booking of their own, as under "My appointments".
    """
    found = desk.claim(argument)
    if found is None:
        return None
    if session.trail[:1] in ((), ("language",)):
        session = replace(session, language=found.language)
    shown = mine.details(session, str(found.id), desk)
    return replace(shown, notice=(say("claim.tied"),))
