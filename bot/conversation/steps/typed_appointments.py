"""What a client typed about an appointment they have: shown where it is done, and not done."""

import re

from bot.conversation import phone_lines, way_of_talking
from bot.conversation.content import Line, say
from bot.conversation.outcome import Outcome
from bot.conversation.port import Port
from bot.conversation.session import Session
from bot.domain import lifecycle
from bot.domain.appointment import Appointment
from bot.domain.lifecycle import Act
from bot.understanding.heard import Heard
from bot.understanding.intent_kinds import Intent

NOTHING: tuple[Line, ...] = ()
NOT_CANCELLED = (say("typed.not_cancelled"),)
CHANGE = (say("typed.change", button=say("appointment.change")),)
ABOUT_APPOINTMENTS = {
    Intent.CANCEL: (Act.CANCEL, "cancel", NOT_CANCELLED),
    Intent.CANNOT_COME: (Act.CANCEL, "cancel", NOT_CANCELLED),
    Intent.LATE: (Act.SAY_LATE, "appointment", NOTHING),
    Intent.CHANGE: (Act.MOVE, "appointment", CHANGE),
    Intent.WHEN: (Act.LOOK, "appointment", NOTHING),
    Intent.WHERE: (Act.LOOK, "appointment", NOTHING),
}
"""What must be possible still, the screen on which it is done, and what is said about it."""

NOT_A_PLACE = {Intent.CANCEL, Intent.CANNOT_COME, Intent.LATE}
"""What a place named beside it does not answer: "I can't come, I am at the station"."""


def by_code(text: str, port: Port) -> tuple[Appointment, ...]:
    """Those of their appointments whose codes were typed."""
    typed_codes = set(re.findall(r"\w+", text.upper()))
    return tuple(each for each in port.coming_appointments() if each.code in typed_codes)


def is_farewell(heard: Heard, port: Port) -> bool:
    """Whether who has an appointment says no more than thanks and until then."""
    thanks = heard.intents[:1] == (Intent.THANKS,) and heard.when.at is None
    return thanks and bool(port.coming_appointments())


def about(session: Session, booked: tuple[Appointment, ...], intent: Intent, port: Port) -> Outcome:
    """The screen of the one appointment they have, or all of them; nothing is done there yet."""
    act, screen, said = ABOUT_APPOINTMENTS[intent]
    if len(booked) != 1:
        which = (say("typed.which_one"),) if booked else ()
        return Outcome(session.to("mine"), notice=which)
    (found,) = booked
    looking = session.choosing(looking_at=found.id)
    if lifecycle.refusal(act, found, port.now) is not None:
        number = phone_lines.number_of(port.city, found)
        return Outcome(looking.to("appointment"), notice=number)
    if intent is Intent.LATE:
        button = way_of_talking.told(port.city, found, "appointment.late")
        said = (say("typed.late", button=button),)
    return Outcome(looking.to(screen), notice=() if lifecycle.is_done(act, found) else said)
