"""An appointment as a calendar file (RFC 5545): discreet, so neither office nor alarm."""

from datetime import UTC, datetime

from icalendar import Calendar, Event

from bot.domain import wall
from bot.domain.appointments import Appointment
from bot.domain.city import City


def calendar_file(appointment: Appointment, title: str, city: City, now: int) -> bytes:
    """The file a client gets on request; `now` is its stamp (UTC epoch seconds).

    The same appointment keeps its UID and counts its sequence up, so a calendar moves the entry.
    """
    zone = city.rules.time_zone
    event = Event()
    event.add("uid", f"{appointment.code.lower()}-{appointment.id}@{city.id}.lotse")
    event.add("sequence", appointment.sequence)
    event.add("dtstamp", datetime.fromtimestamp(now, UTC))
    event.add("dtstart", wall.local(appointment.start, zone))
    event.add("dtend", wall.local(appointment.end, zone))
    event.add("summary", title)
    event.add("class", "PRIVATE")
    calendar = Calendar()
    calendar.add("prodid", "-//Lotse//DE")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())
