"""What a client is reminded of. It is decided when it is sent: a reminder knows only which one."""

from dataclasses import dataclass

from bot.conversation import coming_question, phone_lines, presses, way_of_talking
from bot.conversation.appointment_lines import who_and_where
from bot.conversation.content import Button, Code, Day, Line, Screen, Time
from bot.conversation.whom_to_call import call_first
from bot.domain import lifecycle, local_time
from bot.domain.appointment import Appointment
from bot.domain.city import City
from bot.domain.contacts import Contact, to_call
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
    """The reminder with its lasting buttons.

    Person and office, or the number to call, stand only where the client wants that.
    """
    called = to_call(city, about)
    details = _details(about, city, called) if with_details else ()
    label = way_of_talking.told(city, about, "reminder.details")
    more = Button(label, presses.encode("details", None, str(about.id)))
    asked = call_first(city, about)
    first = (_when(about, city, now), *details)
    rows = (*coming_question.answers(city, about), (more,))
    return Screen((first, *((asked,) if asked else ())), rows)


def _details(about: Appointment, city: City, called: Contact | None) -> tuple[Line, ...]:
    lines = who_and_where(city, about.case_manager_id, about.office_id, called)
    return lines if called is None else (*lines, phone_lines.what_to_say(city, about))


def _when(about: Appointment, city: City, now: int) -> Line:
    zone, told = city.rules.time_zone, way_of_talking.told
    days = (local_time.local_day(about.start, zone) - local_time.local_day(now, zone)).days
    day, time, code = Day(about.start), Time(about.start), Code(about.code)
    if days == 0:
        return told(city, about, "reminder.today", day=day, time=time, code=code)
    if days == 1:
        return told(city, about, "reminder.tomorrow", day=day, time=time, code=code)
    return told(city, about, "reminder.on_day", day=day, time=time, code=code)
