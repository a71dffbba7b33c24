"""What the staff do in chat about appointments. Checked here, not only hidden."""

from dataclasses import replace

from bot.conversation import slot_values
from bot.conversation.content import say
from bot.conversation.outcome import Outcome
from bot.conversation.port import Port
from bot.conversation.session import Session
from bot.domain.actors import Role
from bot.domain.appointment import Refused
from bot.domain.lifecycle import Act

ABOUT_HELP = "staff.client_told", "staff.noted_alone"
TIED = {
    Role.CASE_MANAGER: "staff.tied",
    Role.FRONT_DESK: "front_desk.tied",
    Role.OPERATOR: "operator.tied",
}


def today(session: Session, value: str, port: Port) -> Outcome:
    """Today's list."""
    return _only_for_staff(session, port, "today")


def week(session: Session, value: str, port: Port) -> Outcome:
    """A week of the list, from today or from the day a button names."""
    return _only_for_staff(session, port, "week", days_from=value or None)


def visit(session: Session, value: str, port: Port) -> Outcome:
    """One of the case manager's own appointments, opened: here the topic is shown."""
    return _opened(session, value, port, "visit")


def seen(session: Session, value: str, port: Port) -> Outcome:
    """ "I have seen it"."""
    return _done(session, value, port, Act.SEE)


def ask_cannot(session: Session, value: str, port: Port) -> Outcome:
    """Really call it off?"""
    return _opened(session, value, port, "cannot")


def cannot(session: Session, value: str, port: Port) -> Outcome:
    """Call it off; the client is offered other times, if our messages reach them."""
    told = "staff.cannot_done", "staff.cannot_alone"
    return _done(session, value, port, Act.CALL_OFF, told)


def came(session: Session, value: str, port: Port) -> Outcome:
    """The client came."""
    return _done(session, value, port, Act.CAME)


def missed(session: Session, value: str, port: Port) -> Outcome:
    """The client did not come."""
    return _done(session, value, port, Act.MISSED)


def undo(session: Session, value: str, port: Port) -> Outcome:
    """It was pressed by mistake."""
    return _done(session, value, port, Act.UNDO)


def help_arranged(session: Session, value: str, port: Port) -> Outcome:
    """Somebody will help with the language."""
    return _done(session, value, port, Act.ARRANGE_HELP, ABOUT_HELP)


def no_help(session: Session, value: str, port: Port) -> Outcome:
    """Nobody will help with the language."""
    return _done(session, value, port, Act.REFUSE_HELP, ABOUT_HELP)


def redeem(session: Session, token: str, port: Port) -> Outcome | None:
    """An invitation from a link; None if it is not good, whatever the reason."""
    actor = port.redeem(token)
    if actor is None:
        return None
    session = replace(session.only("staff_menu"), language=port.city.languages[0])
    return Outcome(session, notice=(say(TIED[actor.role]),))


def _opened(session: Session, value: str, port: Port, screen: str) -> Outcome:
    number, staff = slot_values.to_number(value), port.staff()
    if number is None or staff is None or staff.view(number) is None:
        return _gone(session, port)
    return _at(session, number, screen)


def _done(
    session: Session, value: str, port: Port, act: Act, told: tuple[str, str] | None = None
) -> Outcome:
    """The appointment after what was done; of `told`, the second if the client is not reached.

    What came too late changes nothing, and shows the appointment as it is.
    """
    number, staff = slot_values.to_number(value), port.staff()
    if number is None or staff is None:
        return _gone(session, port)
    found = staff.do(act, number)
    if isinstance(found, Refused):
        return _opened(session, value, port, "visit")
    shown = _at(session, number, "visit")
    if told is None:
        return shown
    return replace(shown, notice=(say(told[not found.delivery.reached]),))


def _at(session: Session, number: int, screen: str) -> Outcome:
    return Outcome(session.only("staff_menu").choosing(looking_at=number).to(screen))


def _gone(session: Session, port: Port) -> Outcome:
    """For a client there is nothing behind these buttons."""
    if port.actor() is None:
        return Outcome(session, stale=True)
    return Outcome(session.only("staff_menu"), notice=(say("staff.gone"),))


def _only_for_staff(
    session: Session, port: Port, screen: str, days_from: str | None = None
) -> Outcome:
    if port.actor() is None:
        return Outcome(session, stale=True)
    return Outcome(session.only("staff_menu").choosing(days_from=days_from).to(screen))
