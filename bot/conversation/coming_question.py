"""Whether a client comes: the two buttons of a reminder, and the question asked once more."""

from bot.conversation import presses, slot_values
from bot.conversation.content import Button, Day, Line, Screen, Time, say
from bot.domain.appointment import Appointment
from bot.domain.city import City
from bot.domain.contacts import to_call

Rows = tuple[tuple[Button, ...], ...]


def answers(city: City, about: Appointment) -> Rows:
    """Yes and no, a row each; their buttons last."""
    visits = to_call(city, about) is None
    yes = "reminder.coming" if visits else "phone_talk.will_call"
    no = "reminder.cannot" if visits else "phone_talk.cannot_call"
    seen = slot_values.of_version(about.version)
    return (
        (Button(say(yes), presses.encode("coming", None, seen)),),
        (Button(say(no), presses.encode("cancel", None, str(about.id))),),
    )


def asked_again(city: City, about: Appointment, key: str, *more: Line) -> Screen:
    """The question by its key, what else is to be said of it, and the two buttons."""
    question = say(key, day=Day(about.start), time=Time(about.start))
    return Screen(((question, *more),), answers(city, about))
