"""What a case manager does in chat. Checked here, not only hidden."""

from dataclasses import replace

from bot.conversation import slot_values
from bot.conversation.content import say
from bot.conversation.desk import Desk
from bot.conversation.outcome import Outcome
from bot.conversation.session import Session


def today(session: Session, value: str, desk: Desk) -> Outcome:
    """Today's list."""
    return _only_for_staff(session, desk, "today")


def week(session: Session, value: str, desk: Desk) -> Outcome:
    """This week's list, from today or from the day a button names."""
    return _only_for_staff(session, desk, "week", days_from=value or None)


def visit(session: Session, value: str, desk: Desk) -> Outcome:
    """One of the case manager's own appointments, opened: here the topic is shown."""
    number = slot_values.to_number(value)
    if number is None or desk.visit(number) is None:
        return Outcome(session, stale=True)
    return Outcome(session.choosing(looking_at=number).to("visit"))


def redeem(session: Session, token: str, desk: Desk) -> Outcome | None:
    """An invitation from a link; None if it is not good, whatever the reason."""
    if desk.redeem(token) is None:
        return None
    session = replace(session.only("desk_menu"), language=desk.city.languages[0])
    return Outcome(session, notice=(say("staff.tied"),))


def _only_for_staff(
    session: Session, desk: Desk, screen: str, days_from: str | None = None
) -> Outcome:
    if desk.case_manager() is None:
        return Outcome(session, stale=True)
    return Outcome(session.only("desk_menu").choosing(days_from=days_from).to(screen))
