"""What a client does with an appointment they have, on its screen or under a reminder."""

from collections.abc import Callable
from dataclasses import replace

from bot.conversation import slot_values, way_of_talking
from bot.conversation.content import Day, Line, Time, say
from bot.conversation.outcome import Outcome, SendCalendarFile
from bot.conversation.port import Port
from bot.conversation.session import Session
from bot.conversation.steps.entry import call_instead, has_agreed
from bot.domain import bounds, lifecycle
from bot.domain.appointment import Appointment, Reason, Refused, Version
from bot.domain.lifecycle import Act


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
    calls = found is not None and way_of_talking.calls(port.city, found)
    return _look(session, value, port, "appointment" if calls else "door")


def ask_cancel(session: Session, value: str, port: Port) -> Outcome:
    """Another time, or really cancel?"""
    found = _own(value, port)
    if found is None:
        return no_longer(session)
    if lifecycle.refusal(Act.CANCEL, found, port.now) is not None:
        return too_late(session, found)
    return show_own(session, found, "cancel")


def calendar_file(session: Session, value: str, port: Port) -> Outcome:
    """The appointment as a calendar file."""
    found = _own(value, port)
    if found is None:
        return no_longer(session)
    return Outcome(session, orders=(SendCalendarFile(found.id),))


def change(session: Session, value: str, port: Port) -> Outcome:
    """Look for another time, first with the same person; the old time stays until then."""
    begun = begin_move(session, value, port)
    if isinstance(begun, Outcome):
        return begun
    if session.screen == "suggested":
        return Outcome(begun.choosing(wanted=session.draft.wanted).to("suggested"))
    return Outcome(begun.to("days"))


def begin_move(session: Session, value: str, port: Port) -> Session | Outcome:
    """The session in which another time is looked for, or why there is none."""
    found = _own(value, port)
    if found is None:
        return no_longer(session)
    if lifecycle.refusal(Act.MOVE, found, port.now) is not None:
        return too_late(session, found)
    if refused := port.barred(found.id):
        return call_instead(session, refused.reason, port, found)
    session = session.only("menu", "mine").choosing(
        moving=found.id,
        sequence=found.sequence,
        looking_at=found.id,
        office_id=found.office_id,
        case_manager_id=found.case_manager_id,
        wishes=found.wishes,
    )
    return session.to("appointment")


def cancel(session: Session, value: str, port: Port) -> Outcome:
    """Cancel for good."""
    seen = slot_values.to_version(value)
    match port.cancel(seen) if seen is not None else None:
        case Appointment() as gone:
            return Outcome(session.only("menu"), kept=gone)
        case Refused(Reason.CHANGED) if seen is not None:
            return changed(session, seen.id, port, "cancel")
        case _:
            return no_longer(session)


def coming(session: Session, value: str, port: Port) -> Outcome:
    """ "Yes, I'm coming"."""
    return answered(session, value, port, port.say_coming, "coming.thanks")


def late(session: Session, value: str, port: Port) -> Outcome:
    """ "I will be late"."""
    return answered(session, value, port, port.say_late, "late.thanks")


def answered(
    session: Session,
    value: str,
    port: Port,
    answer: Callable[[Version], Appointment | Refused],
    thanks: str,
) -> Outcome:
    """What a client says about an appointment as they saw it, and thanks for it."""
    seen = slot_values.to_version(value)
    match answer(seen) if seen is not None else None:
        case Appointment() as found:
            return replace(show_own(session, found, "appointment"), notice=(say(thanks),))
        case Refused(Reason.CHANGED) if seen is not None:
            return changed(session, seen.id, port, "appointment")
        case _:
            return no_longer(session)


def _look(session: Session, value: str, port: Port, screen: str) -> Outcome:
    found = _own(value, port)
    return no_longer(session) if found is None else show_own(session, found, screen)


def show_own(session: Session, found: Appointment, screen: str) -> Outcome:
    """A screen of an appointment of theirs, with the way back to all of them."""
    behind = session.only("menu", "mine").choosing(looking_at=found.id).to("appointment")
    return Outcome(behind.to(screen))


def too_late(session: Session, found: Appointment) -> Outcome:
    """It has begun: it stays as it is, and is shown until it is over."""
    return replace(show_own(session, found, "appointment"), notice=(say("refused.gone"),))


def changed(session: Session, appointment_id: int, port: Port, screen: str) -> Outcome:
    """Nothing was done: the appointment is not as it was when they decided. How it is now."""
    found = port.appointment(appointment_id)
    return (
        replace(show_own(session, found, screen), notice=now_it_is(found))
        if found
        else no_longer(session)
    )


def now_it_is(found: Appointment) -> tuple[Line, ...]:
    """What to say above the question that is asked anew."""
    return (say("refused.changed", day=Day(found.start), time=Time(found.start)),)


def no_longer(session: Session) -> Outcome:
    """There is no such appointment any more."""
    return Outcome(session.only("menu", "mine"), notice=(say("refused.gone"),))


def _own(value: str, port: Port) -> Appointment | None:
    number = bounds.number(value)
    return None if number is None else port.appointment(number)
