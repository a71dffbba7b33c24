"""Whether a client comes: the two buttons of a reminder, and the question asked once more."""

from bot.conversation import presses, slot_values, way_of_talking
from bot.conversation.content import Button, Day, Line, Screen, Time
from bot.domain.appointment import Appointment
from bot.domain.city import City

Rows = tuple[tuple[Button, ...], ...]


def answers(city: City, about: Appointment) -> Rows:
    """Yes and no, a row each; their buttons last."""
    seen, told = slot_values.of_version(about.version), way_of_talking.told
    yes, no = (told(city, about, key) for key in ("reminder.coming", "reminder.cannot"))
    return (
        (Button(yes, presses.encode("coming", None, seen)),),
        (Button(no, presses.encode("cancel", None, str(about.id))),),
    )


def asked_again(city: City, about: Appointment, key: str, *more: Line) -> Screen:
    """The question by its key, what else is to be said of it, and the two buttons."""
    question = way_of_talking.told(city, about, key, day=Day(about.start), time=Time(about.start))
    return Screen(((question, *more),), answers(city, about))
