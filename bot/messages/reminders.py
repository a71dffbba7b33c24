"""What a client is reminded of. It is decided when it is sent: a reminder knows only which one."""

from dataclasses import dataclass

from bot.conversation import presses
from bot.conversation.appointment_lines import call_first, who_and_where
from bot.conversation.content import Button, Code, Day, Line, Screen, Time, say
from bot.domain import lifecycle, local_time
from bot.domain.appointment import Appointment
from bot.domain.city import City
from bot.domain.lifecycle import Act


@dataclass(frozen=True, slots=True)
class Reminder:
    """A reminder of an appointment as it stood at this sequence."""

    sequence: int


def still_holds(reminder: Reminder, about: Appointment | None, now: int) -> bool:
    """Whether its client is to be reminded of it at `now` (UTC epoch seconds)."""
    if about is None or about.sequence != reminder.sequence:
        return False
    return lifecycle.refusal(Act.REMIND, about, now) is None


def screen(about: Appointment, city: City, now: int, *, with_details: bool) -> Screen:
    """The reminder with its lasting buttons; person and office only where the client wants that."""
    details = who_and_where(city, about.case_manager_id, about.office_id) if with_details else ()
    answers = (
        *(("coming", "reminder.coming"), ("cancel", "reminder.cannot")),
        ("details", "reminder.details"),
    )
    rows = tuple(
        (Button(say(label), presses.encode(action, None, str(about.id))),)
        for action, label in answers
    )
    asked = call_first(city, about)
    return Screen(((_when(about, city, now), *details), *((asked,) if asked else ())), rows)


def _when(about: Appointment, city: City, now: int) -> Line:
    zone = city.rules.time_zone
    days = (local_time.local_day(about.start, zone) - local_time.local_day(now, zone)).days
    time, code = Time(about.start), Code(about.code)
    if days == 0:
        return say("reminder.today", time=time, code=code)
    if days == 1:
        return say("reminder.tomorrow", time=time, code=code)
    return say("reminder.on_day", day=Day(about.start), time=time, code=code)
