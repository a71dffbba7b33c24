"""Mailboxes: the mails as they were sent, and the calendars that their entries make.

A calendar here does what Outlook or Thunderbird do with an entry: the newest sequence of an event
counts, and a cancelled one disappears.
"""

from collections.abc import Mapping
from datetime import datetime
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from typing import Literal

from icalendar import Calendar, Component

Shown = dict[str, object]


class Mailboxes:
    """All mailboxes of a demo. `names` says whose an address is."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names
        self._mails: list[Shown] = []
        self._pages: list[str] = []
        self._events: dict[tuple[str, str], tuple[int, Shown | None]] = {}

    def take(self, message: EmailMessage) -> None:
        """A mail arrives."""
        address = str(message["To"])
        self._mails.append(
            {
                "number": len(self._mails),
                "to": self._names.get(address, address),
                "address": address,
                "from": str(message["From"]),
                "subject": str(message["Subject"]),
                "sent_at": int(parsedate_to_datetime(str(message["Date"])).timestamp()),
                "text": _body(message, "plain"),
            }
        )
        self._pages.append(_body(message, "html"))
        for part in message.walk():
            if part.get_content_type() == "text/calendar":
                self._enter(address, Calendar.from_ical(part.get_content()))

    def shown(self) -> Shown:
        """The mails, newest first, and the events that stand in the calendars, in order."""
        events = [event for _, event in self._events.values() if event is not None]
        return {
            "mails": self._mails[::-1],
            "events": sorted(events, key=lambda event: str(event["starts_at"])),
        }

    def page(self, number: int) -> str | None:
        """The HTML part of a mail, as it was sent."""
        return self._pages[number] if 0 <= number < len(self._pages) else None

    def _enter(self, address: str, calendar: Calendar) -> None:
        for event in calendar.walk("VEVENT"):
            key, sequence = (address, str(event["UID"])), int(str(event["SEQUENCE"]))
            known, _ = self._events.get(key, (-1, None))
            if sequence >= known:
                gone = str(calendar["METHOD"]) == "CANCEL"
                self._events[key] = (sequence, None if gone else self._event(address, event))

    def _event(self, address: str, event: Component) -> Shown:
        return {
            "to": self._names.get(address, address),
            "title": str(event["SUMMARY"]),
            "starts_at": _moment(event.decoded("DTSTART")),
            "ends_at": _moment(event.decoded("DTEND")),
        }


def _moment(at: datetime) -> int:
    return int(at.timestamp())


def _body(message: EmailMessage, kind: Literal["plain", "html"]) -> str:
    body = message.get_body((kind,))
    return "" if body is None else str(body.get_content())
