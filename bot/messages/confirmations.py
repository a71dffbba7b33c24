"""What a client keeps of an appointment in their chat, and how it is marked when it holds no more.

The screen goes with the next press; this message stays, and says no more than a look over the
shoulder may show.
"""

from dataclasses import dataclass

from bot.conversation import way_of_talking
from bot.conversation.appointment_lines import door
from bot.conversation.content import Code, Day, Line, Phone, Screen, Time, say
from bot.domain.appointment import Appointment, Status
from bot.domain.city import City
from bot.domain.contacts import to_call


@dataclass(frozen=True, slots=True)
class Confirmation:
    """How an appointment stands at this sequence, booked or cancelled: what it says is looked up.

    The message it takes the place of is the question that was answered; None where that is not in
    the chat any more.
    """

    sequence: int
    message: int | None = None


@dataclass(frozen=True, slots=True)
class Outdated:
    """A message in the chat that speaks of an appointment as it was at `start`, and is no more."""

    message: int
    start: int
    code: str


def holds(confirmation: Confirmation, about: Appointment | None) -> bool:
    """Whether the appointment is still as it was when this was written."""
    return (
        about is not None
        and about.sequence == confirmation.sequence
        and about.status in (Status.BOOKED, Status.CANCELLED)
    )


def screen(about: Appointment, city: City) -> Screen:
    """Code, day, time and place or number; no more than what is asked for at the door."""
    code, day, time = Code(about.code), Day(about.start), Time(about.start)
    if about.status is Status.CANCELLED:
        return Screen(((say("cancel.done", day=day, time=time, code=code),),))
    title = way_of_talking.told(city, about, "kept.title", code=code)
    when = (say("appointment.day", day=day), say("appointment.time", time=time))
    return Screen(((title, *when, *_where(about, city)),))


def _where(about: Appointment, city: City) -> tuple[Line, ...]:
    """The office, or the number to call."""
    if called := to_call(city, about):
        return (say("card.phone", phone=Phone(called.phone)),)
    office = city.office.get(about.office_id)
    return () if office is None else (say("appointment.office", office=door(city, office)),)


def outdated(message: Outdated) -> Screen:
    """What stands in its place from then on."""
    day, time = Day(message.start), Time(message.start)
    return Screen(((say("kept.outdated", day=day, time=time, code=Code(message.code)),),))
