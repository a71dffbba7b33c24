"""An appointment as an event in its case manager's calendar (RFC 5545): neutral, without alarm.

Invitation and feed show the same event, under the same UID, so that whoever changes from one to
the other sees it once.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from icalendar import Calendar, Event

from bot.conversation import phone_lines
from bot.conversation.content import Code, Language, say
from bot.conversation.staff_wishes import wished
from bot.domain import local_time
from bot.domain.appointment import Appointment
from bot.domain.city import City
from bot.rendering import staff_words
from bot.rendering.catalogues import Catalogues
from bot.rendering.text import Writer
from bot.rendering.time_zone import FIRST_YEAR, time_zone

PRODUCT = "-//Lotse//DE"


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """What an event tells of an appointment.

    `changed_at` (UTC epoch seconds) is when these facts came to be, the event's stamp. `cannot`
    is the link for who cannot come; it too depends on the facts alone. `first_talk` is None where
    nobody knows: then nothing is said of it.
    """

    appointment: Appointment
    changed_at: int
    first_talk: bool | None
    cannot: str | None = None


@dataclass(frozen=True, slots=True)
class EventWriter:
    """Writes the events of one city's case managers."""

    catalogues: Catalogues
    city: City

    def event(self, entry: CalendarEntry) -> Event:
        """The event; who may change it, and whether it still holds, is for the caller to add."""
        about, zone = entry.appointment, self.city.rules.time_zone
        event = Event()
        event.add("uid", self._uid(about))
        event.add("sequence", about.sequence)
        event.add("dtstamp", datetime.fromtimestamp(entry.changed_at, UTC))
        event.add("dtstart", local_time.local(about.start, zone))
        event.add("dtend", local_time.local(about.end, zone))
        event.add("summary", staff_words.TITLE.format(code=about.code))
        event.add("description", self._description(entry))
        event.add("class", "PRIVATE")
        return event

    def calendar(self, method: str, *events: Event) -> Calendar:
        """A calendar object with these events and the time zone they are in."""
        calendar = Calendar()
        calendar.add("prodid", PRODUCT)
        calendar.add("version", "2.0")
        calendar.add("calscale", "GREGORIAN")
        calendar.add("method", method)
        # Also around nothing: a calendar without any component is not valid.
        year = events[0].start.year if events else FIRST_YEAR
        for component in (time_zone(self.city.rules.time_zone, year), *events):
            calendar.add_component(component)
        return calendar

    def _uid(self, about: Appointment) -> str:
        """One for each case manager: in a shared mailbox one's loss is not the other's."""
        own = f"{about.code.lower()}-{about.id}-{about.case_manager_id}"
        return f"{own}@{self.city.id}.lotse"

    def _description(self, entry: CalendarEntry) -> str:
        about = entry.appointment
        writer = Writer(self.catalogues, self.city, staff_words.LANGUAGE, html=False)
        who = say("staff.who", code=Code(about.code), language=Language(about.language))
        talk = () if entry.first_talk is None else (staff_words.TALKS[entry.first_talk],)
        lines = (*phone_lines.way_of_talking(self.city, about), *wished(about.wishes))
        told = [writer.line(line) for line in lines]
        return "\n".join((writer.line(who), *talk, *told, *_declining(entry.cannot)))


def _declining(cannot: str | None) -> tuple[str, ...]:
    if cannot is None:
        return ()
    return ("", staff_words.NOT_BY_DECLINING, f"{staff_words.CANNOT_COME_HERE}: {cannot}")
