"""What a client does with an appointment they have, on its screen or under a reminder."""

from typing import assert_never

from bot.conversation import slot_values
from bot.conversation.content import Code, Day, Time, say
from bot.conversation.outcome import LeaveMessage, Outcome, SendCalendarFile
from bot.conversation.port import Port
from bot.conversation.session import Session
from bot.conversation.steps.entry import call_instead, has_agreed
from bot.domain.appointment import Appointment, Refused
from bot.domain.contacts import to_call


def mine(session: Session, value: str, port: Port) -> Outcome:
    """The list of one's own appointments, which a new notice takes from nobody."""
    if not has_agreed(session, port) and not port.coming_appointments():
        return Outcome(session.only("notice"))
    return Outcome(session.only("menu", "mine"))


def details(session: Session, value: str, port: Port) -> Outcome:
    """One appointment."""
    return _look(session, value, port, "appointment")


def door(session: Session, value: str, port: Port) -> Outcome:
    """What to show at the door; who calls stands before none."""
    found = _own(value, port)
    calls = found is not None and to_call(port.city, found) is not None
    return _look(session, value, port, "appointment" if calls else "door")


def ask_cancel(session: Session, value: str, port: Port) -> Outcome:
    """Another time, or really cancel?"""
    return _look(session, value, port, "cancel")


def calendar_file(session: Session, value: str, port: Port) -> Outcome:
    """The appointment as a calendar file."""
    found = _own(value, port)
    if found is None:
        return no_longer(session)
    return Outcome(session, orders=(SendCalendarFile(found.id),))


def change(session: Session, value: str, port: Port) -> Outcome:
    """Look for another time, first with the same person; the old time stays until then."""
    found = _own(value, port)
    if found is None:
        return no_longer(session)
    if refused := port.barred(found.id):
        return call_instead(session, refused.reason, port, found)
    session = session.only("menu", "mine").choosing(
        moving=found.id,
        looking_at=found.id,
        office_id=found.office_id,
        case_manager_id=found.case_manager_id,
        wishes=found.wishes,
    )
    return Outcome(session.to("appointment").to("days"))


def cancel(session: Session, value: str, port: Port) -> Outcome:
    """Cancel for good."""
    number = slot_values.to_number(value)
    match port.cancel(number) if number is not None else None:
        case Appointment() as gone:
            day, time, code = Day(gone.start), Time(gone.start), Code(gone.code)
            told = LeaveMessage(say("cancel.done", day=day, time=time, code=code))
            return Outcome(session.only("menu"), orders=(told,))
        case _:
            return no_longer(session)


def coming(session: Session, value: str, port: Port) -> Outcome:
    """ "Yes, I'm coming"."""
    number = slot_values.to_number(value)
    match port.say_coming(number) if number is not None else None:
        case Appointment() as found:
            session = session.only("menu").choosing(looking_at=found.id)
            return Outcome(session.to("appointment"), notice=(say("coming.thanks"),))
        case Refused() | None:
            return no_longer(session)
        case _ as never:
            assert_never(never)


def _look(session: Session, value: str, port: Port, screen: str) -> Outcome:
    found = _own(value, port)
    if found is None:
        return no_longer(session)
    behind = session.only("menu", "mine").choosing(looking_at=found.id).to("appointment")
    return Outcome(behind.to(screen))


def no_longer(session: Session) -> Outcome:
    """There is no such appointment any more."""
    return Outcome(session.only("menu", "mine"), notice=(say("refused.gone"),))


def _own(value: str, port: Port) -> Appointment | None:
    number = slot_values.to_number(value)
    return None if number is None else port.appointment(number)
