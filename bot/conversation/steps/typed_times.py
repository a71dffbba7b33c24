"""The time a client typed, and what stands before them while they type."""

from bot.conversation import slot_values
from bot.conversation.port import Port
from bot.conversation.session import Session
from bot.conversation.steps import typed_appointments, whereabouts
from bot.conversation.wanted import Wanted
from bot.domain import local_time
from bot.understanding.heard import Heard

CHOOSING = (
    *(*whereabouts.ASKED, "people", "days", "times", "alternatives", "confirm", "suggested"),
    *("wish", "adults", "children", "topic"),
)
"""Where somebody is on the way to a time; the buttons they need stand there."""


def wanted(session: Session, heard: Heard, port: Port) -> Wanted | None:
    """The day and time that were typed; of a time alone, on the day that stands before them."""
    if session.screen not in CHOOSING and typed_appointments.is_farewell(heard, port):
        return None
    said = Wanted.heard(heard)
    return said and said.beside(_shown(session, port))


def _shown(session: Session, port: Port) -> Wanted:
    """The day that stands before them, as if they had asked for it."""
    draft, slot = session.draft, slot_values.to_slot(session.draft.slot or "")
    match session.screen:
        case "suggested":
            return draft.wanted
        case "times" if draft.day:
            return Wanted(days=(draft.day,))
        case "confirm" | "alternatives" if slot:
            day = local_time.local_day(slot[1], port.city.rules.time_zone)
            return Wanted(days=(day.isoformat(),))
        case _:
            return Wanted()
