"""What a case manager does in chat. Checked here, not only hidden."""

from dataclasses import replace

from bot.conversation.content import say
from bot.conversation.desk import Desk
from bot.conversation.outcome import Outcome
from bot.conversation.session import Session


def today(session: Session, value: str, desk: Desk) -> Outcome:
    """Today's list."""
    return _only_for_staff(session, desk, "today")


def week(session: Session, value: str, desk: Desk) -> Outcome:
    """This week's list."""
    return _only_for_staff(session, desk, "week")


def redeem(session: Session, token: str, desk: Desk) -> Outcome | None:
    """An invitation from a link; None if it is not good, whatever the reason."""
    if desk.redeem(token) is None:
        return None
    session = replace(session.only("desk_menu"), language=desk.city.languages[0])
    return Outcome(session, notice=(say("staff.tied"),))


def _only_for_staff(session: Session, desk: Desk, screen: str) -> Outcome:
    if desk.case_manager() is None:
        return Outcome(session, stale=True)
    return Outcome(session.only("desk_menu").to(screen))
