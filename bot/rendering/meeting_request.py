"""An appointment as an invitation to its case manager (iTIP, RFC 5546): it moves, it disappears.

The case manager released the time, so there is nothing to answer: the attendee has accepted, and
no reply is asked for. An answer would reach nobody.
"""

from dataclasses import dataclass

from icalendar import Event, vCalAddress

from bot.conversation.content import Code, say
from bot.domain.mail_address import MailAddress
from bot.rendering.staff_event import CalendarEntry, EventWriter

REQUEST = "REQUEST"
CANCEL = "CANCEL"


@dataclass(frozen=True, slots=True)
class MeetingRequest:
    """A calendar object to be mailed, and the name of the file it is attached as."""

    method: str
    content: bytes
    file_name: str


@dataclass(frozen=True, slots=True)
class MeetingRequests:
    """Writes invitations in the name of `organizer`."""

    events: EventWriter
    organizer: MailAddress

    def request(self, entry: CalendarEntry, attendee: MailAddress) -> MeetingRequest:
        """A new appointment, or the same one changed."""
        event = self._event(entry, attendee)
        event.add("status", "CONFIRMED")
        event.add("transp", "OPAQUE")
        _for_exchange(event, "BUSY")
        return self._invitation(REQUEST, entry, event)

    def cancel(self, entry: CalendarEntry, attendee: MailAddress) -> MeetingRequest:
        """The appointment is gone for this case manager.

        Its sequence must be above that of the last request. Where somebody else has it now, that
        is the sequence of the appointment as it is there.
        """
        event = self._event(entry, attendee)
        event.add("status", "CANCELLED")
        event.add("transp", "TRANSPARENT")
        _for_exchange(event, "FREE")
        return self._invitation(CANCEL, entry, event)

    def _event(self, entry: CalendarEntry, attendee: MailAddress) -> Event:
        event = self.events.event(entry)
        event.add("organizer", _organizer(self.organizer))
        event.add("attendee", _attendee(attendee))
        return event

    def _invitation(self, method: str, entry: CalendarEntry, event: Event) -> MeetingRequest:
        content = bytes(self.events.calendar(method, event).to_ical())
        name = say("staff.program_appointment", code=Code(entry.appointment.code))
        return MeetingRequest(method, content, f"{_as_file(self.events.writer.value(name))}.ics")


def _as_file(name: str) -> str:
    return name.replace(" ", "-")


def _organizer(organizer: MailAddress) -> vCalAddress:
    made = vCalAddress(organizer.url)
    if organizer.name:
        made.params["CN"] = organizer.name
    return made


def _attendee(attendee: MailAddress) -> vCalAddress:
    made = vCalAddress(attendee.url)
    made.params["CUTYPE"] = "INDIVIDUAL"
    made.params["ROLE"] = "REQ-PARTICIPANT"
    made.params["PARTSTAT"] = "ACCEPTED"
    made.params["RSVP"] = "FALSE"
    return made


def _for_exchange(event: Event, status: str) -> None:
    """Exchange would show the time as tentative and let the case manager propose another."""
    event.add("x-microsoft-cdo-busystatus", status)
    event.add("x-microsoft-cdo-intendedstatus", status)
    event.add("x-microsoft-disallow-counter", "TRUE")
