"""To wait for a free time, to wait no more, and to look where one is free."""

from bot.conversation.content import Day, say
from bot.conversation.outcome import Outcome
from bot.conversation.port import Port
from bot.conversation.session import Session
from bot.conversation.steps import choosing, whereabouts
from bot.conversation.steps.entry import call_instead


def wait(session: Session, value: str, port: Port) -> Outcome:
    """To be told when something is free, with somebody, at an office or anywhere."""
    if value and not port.city.names(value):
        return Outcome(session, stale=True)
    if refused := port.barred(None):
        return call_instead(session, refused.reason, port)
    waits = port.wait(value)
    noted = say("waiting.noted", day=Day(waits.until))
    return Outcome(session.only("menu"), notice=(noted,))


def stop(session: Session, value: str, port: Port) -> Outcome:
    """Wait no more."""
    port.stop_waiting()
    return Outcome(session.only("menu"), notice=(say("waiting.stopped"),))


def look(session: Session, value: str, port: Port) -> Outcome:
    """What is free where they waited; for whoever has gone since, at all offices."""
    if instead := choosing.no_booking(session, port):
        return instead
    begun, city = session.only("menu"), port.city
    if value in city.case_manager:
        return choosing.person(begun, value, port)
    if value in city.office:
        return choosing.office(begun, value, port)
    return whereabouts.anywhere(begun, "", port)
