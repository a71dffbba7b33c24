"""What the staff do in chat about appointments. Checked here, not only hidden."""

from collections.abc import Callable
from dataclasses import replace

from bot.conversation import slot_values
from bot.conversation.content import say
from bot.conversation.outcome import Outcome
from bot.conversation.port import Port
from bot.conversation.screens.staff_appointment import is_reached
from bot.conversation.session import Session
from bot.conversation.staff_port import StaffPort
from bot.domain.actors import Role
from bot.domain.appointment import Appointment, Refused

Act = Callable[[StaffPort, int], Appointment | Refused]
"""What is done about the appointment of a number."""
TIED = {
    Role.CASE_MANAGER: "staff.tied",
    Role.FRONT_DESK: "front_desk.tied",
    Role.OPERATOR: "operator.tied",
}


def today(session: Session, value: str, port: Port) -> Outcome:
    """Today's list."""
    return _only_for_staff(session, port, "today")


def week(session: Session, value: str, port: Port) -> Outcome:
    """This week's list, from today or from the day a button names."""
    return _only_for_staff(session, port, "week", days_from=value or None)


def visit(session: Session, value: str, port: Port) -> Outcome:
    """One of the case manager's own appointments, opened: here the topic is shown."""
    return _opened(session, value, port, "visit")


def seen(session: Session, value: str, port: Port) -> Outcome:
    """ "I have seen it"."""
    return _done(session, value, port, lambda staff, number: staff.seen(number))


def ask_cannot(session: Session, value: str, port: Port) -> Outcome:
    """Really call it off?"""
    return _opened(session, value, port, "cannot")


def cannot(session: Session, value: str, port: Port) -> Outcome:
    """Call it off; the client is offered other times, if our messages reach them."""
    told = "staff.cannot_done", "staff.cannot_alone"
    return _done(session, value, port, lambda staff, number: staff.cannot(number), told)


def came(session: Session, value: str, port: Port) -> Outcome:
    """The client came."""
    return _done(session, value, port, lambda staff, number: staff.came(number))


def missed(session: Session, value: str, port: Port) -> Outcome:
    """The client did not come."""
    return _done(session, value, port, lambda staff, number: staff.missed(number))


def undo(session: Session, value: str, port: Port) -> Outcome:
    """It was pressed by mistake."""
    return _done(session, value, port, lambda staff, number: staff.undo(number))


def help_arranged(session: Session, value: str, port: Port) -> Outcome:
    """Somebody will help with the language."""
    return _help(session, value, port, arranged=True)


def no_help(session: Session, value: str, port: Port) -> Outcome:
    """Nobody will help with the language."""
    return _help(session, value, port, arranged=False)


def redeem(session: Session, token: str, port: Port) -> Outcome | None:
    """An invitation from a link; None if it is not good, whatever the reason."""
    actor = port.redeem(token)
    if actor is None:
        return None
    session = replace(session.only("staff_menu"), language=port.city.languages[0])
    return Outcome(session, notice=(say(TIED[actor.role]),))


def _help(session: Session, value: str, port: Port, *, arranged: bool) -> Outcome:
    told = "staff.client_told", "staff.noted_alone"
    return _done(
        session, value, port, lambda staff, number: staff.help_arranged(number, arranged), told
    )


def _opened(session: Session, value: str, port: Port, screen: str) -> Outcome:
    number, staff = slot_values.to_number(value), port.staff()
    if number is None or staff is None or staff.visit(number) is None:
        return _gone(session, port)
    return _at(session, number, screen)


def _done(
    session: Session, value: str, port: Port, act: Act, told: tuple[str, str] | None = None
) -> Outcome:
    """The appointment after what was done; of `told`, the second if the client is not reached."""
    number, staff = slot_values.to_number(value), port.staff()
    found = None if number is None or staff is None else act(staff, number)
    if staff is None or not isinstance(found, Appointment):
        return _gone(session, port)
    shown = _at(session, found.id, "visit")
    if told is None:
        return shown
    return replace(shown, notice=(say(told[not is_reached(staff, found)]),))


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
