"""Calendar objects as vobject reads them, which shares no line with what wrote them."""

import warnings
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from bot.city.load import load
from bot.domain import local_time
from bot.domain.appointment import Appointment, Status, Wishes
from bot.domain.mail_address import MailAddress
from bot.rendering import catalogues
from bot.rendering.staff_event import EventWriter

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import vobject

ORGANIZER = MailAddress("termine@town.example", "KIM-Termine Übung")
ATTENDEE = MailAddress("anna@office.example")


class Read(NamedTuple):
    """The fields of the one event of a calendar object; times as written, and in UTC."""

    method: str
    uid: str
    sequence: int
    stamp: datetime
    wall: tuple[str, str]
    start: int
    end: int
    summary: str
    status: str
    transparency: str
    privacy: str


def parse(content: bytes) -> Any:
    """The calendar object."""
    return vobject.readOne(content.decode(), validate=True)


def read(content: bytes) -> Read:
    """The one event of a calendar object."""
    calendar = parse(content)
    (event,) = calendar.vevent_list
    start, end = event.dtstart.value, event.dtend.value
    return Read(
        calendar.method.value,
        event.uid.value,
        int(event.sequence.value),
        event.dtstamp.value,
        (f"{start:%Y-%m-%d %H:%M}", f"{end:%H:%M}"),
        int(start.timestamp()),
        int(end.timestamp()),
        event.summary.value,
        event.status.value,
        event.transp.value,
        event.getChildValue("class"),
    )


def events() -> EventWriter:
    """Writes for the invented town in German."""
    city = load("tests/cities/smallville.toml")
    return EventWriter(catalogues.load(Path("locales"), ["de"], ["de"]), city)


def moment(writer: EventWriter, text: str) -> int:
    """`2026-11-24 10:00` on the town's wall clock, in UTC epoch seconds."""
    zone = writer.city.rules.time_zone
    at = datetime.fromisoformat(text)
    return local_time.epoch(at.date(), at.time(), zone)


def appointment(start: int, sequence: int = 0, **facts: Any) -> Appointment:
    """The appointment K7PM, of half an hour."""
    told: dict[str, Any] = {
        "id": 12,
        "code": "K7PM",
        "person_id": 99,
        "case_manager_id": "adler",
        "office_id": "hall",
        "start": start,
        "end": start + 1800,
        "status": Status.BOOKED,
        "sequence": sequence,
        "language": "ar",
        "wishes": Wishes(topic="housing"),
    }
    return Appointment(**(told | facts))
