"""A case manager's appointments as a calendar to subscribe to.

The same facts give the same bytes, whenever it is fetched, so an ETag can be their hash.
"""

from collections.abc import Iterable
from datetime import timedelta

from icalendar import Event

from bot.conversation.content import say
from bot.domain.appointment import Status
from bot.rendering.staff_event import CalendarEntry, EventWriter

REFRESH = timedelta(minutes=15)
SHOWN = frozenset({Status.BOOKED, Status.CAME, Status.MISSED})


def feed(entries: Iterable[CalendarEntry], events: EventWriter) -> bytes:
    """The calendar in whatever order the entries come; what is cancelled is not in it."""
    shown = [entry for entry in entries if entry.appointment.status in SHOWN]
    shown.sort(key=lambda entry: (entry.appointment.start, entry.appointment.id))
    calendar = events.calendar("PUBLISH", *(_event(entry, events) for entry in shown))
    name = events.writer.value(say("staff.program"))
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", "PT15M")
    return bytes(calendar.to_ical())


def _event(entry: CalendarEntry, events: EventWriter) -> Event:
    event = events.event(entry)
    event.add("status", "CONFIRMED")
    event.add("transp", "OPAQUE")
    event.add("x-microsoft-cdo-busystatus", "BUSY")
    return event
