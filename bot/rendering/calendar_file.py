"""An appointment as a calendar file (RFC 5545): discreet, so neither office nor alarm.

Of a talk by phone it says whom to call only to who wants details in reminders too.
"""

from datetime import UTC, datetime

from icalendar import Calendar, Event

from bot.domain import local_time
from bot.domain.appointment import Appointment
from bot.domain.city import City
from bot.rendering.time_zone import time_zone


def calendar_file(
    appointment: Appointment, title: str, city: City, now: int, description: str = ""
) -> bytes:
    """The file a client gets on request; `now` is its stamp (UTC epoch seconds).

    The same appointment keeps its UID and counts its sequence up, so a calendar moves the entry.
    """
    zone = city.rules.time_zone
    event = Event()
    event.add("uid", f"{appointment.code.lower()}-{appointment.id}@{city.id}.lotse")
    event.add("sequence", appointment.sequence)
    event.add("dtstamp", datetime.fromtimestamp(now, UTC))
    event.add("dtstart", local_time.local(appointment.start, zone))
    event.add("dtend", local_time.local(appointment.end, zone))
    event.add("summary", title)
    if description:
        event.add("description", description)
    event.add("class", "PRIVATE")
    calendar = Calendar()
    calendar.add("prodid", "-//Lotse//DE")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(time_zone(zone, event.start.year))
    calendar.add_component(event)
    return bytes(calendar.to_ical())
