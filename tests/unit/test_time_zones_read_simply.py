"""The wall clock of every calendar object, as the simplest of readers understands it.

It knows no RDATE and no time zone database: of each part of a VTIMEZONE it takes DTSTART, and where
there is one RRULE, and believes whichever changed the clocks last.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from calendars import ATTENDEE, ORGANIZER, appointment, events, moment
from dateutil.rrule import rrulestr

from bot.rendering.calendar_file import calendar_file
from bot.rendering.feed import feed
from bot.rendering.meeting_request import MeetingRequests
from bot.rendering.staff_event import CalendarEntry

WRITER = events()
STAMP = 1_795_400_000
KINDS: dict[str, Callable[[CalendarEntry], bytes]] = {
    "the client's file": lambda entry: calendar_file(
        entry.appointment, "Termin K7PM", WRITER.city, STAMP
    ),
    "the feed": lambda entry: feed([entry], WRITER),
    "the invitation": lambda entry: (
        MeetingRequests(WRITER, ORGANIZER).request(entry, ATTENDEE).content
    ),
}
Part = dict[str, str]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "text",
    [
        "2027-04-13 10:00",
        "2026-11-24 10:00",
        # The last and first working days around both changes of the clocks, and the days.
        *("2026-10-23 10:00", "2026-10-25 01:30", "2026-10-25 03:30", "2026-10-26 10:00"),
        *("2027-03-26 10:00", "2027-03-28 01:30", "2027-03-28 03:30", "2027-03-29 10:00"),
        *("2027-10-29 10:00", "2027-11-01 10:00", "2028-03-24 10:00", "2028-03-27 10:00"),
    ],
)
def test_1_a_reader_that_knows_rules_alone_reads_the_same_moment(kind: str, text: str) -> None:
    about = appointment(moment(WRITER, text))
    text = KINDS[kind](CalendarEntry(about, STAMP, first_talk=True)).decode()
    assert begins(text) == datetime.fromtimestamp(about.start, UTC)
    assert "RDATE" not in text


def test_1_a_reader_that_finds_dates_in_place_of_rules_is_an_hour_late() -> None:
    """So the reader above would see it."""
    listed = (
        "BEGIN:STANDARD\r\nDTSTART:19961027T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\n"
        "RDATE:20261025T030000\r\nEND:STANDARD\r\nBEGIN:DAYLIGHT\r\nDTSTART:19960331T020000\r\n"
        "TZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nRDATE:20270328T020000\r\nEND:DAYLIGHT\r\n"
        "BEGIN:VEVENT\r\nDTSTART;TZID=Europe/Berlin:20270413T100000\r\nEND:VEVENT\r\n"
    )
    assert begins(listed) == datetime(2027, 4, 13, 9, tzinfo=UTC)


def begins(text: str) -> datetime:
    """When the one event begins."""
    (event,) = parts(text, "VEVENT")
    wall = at(event["DTSTART"])
    observances = [*parts(text, "STANDARD"), *parts(text, "DAYLIGHT")]
    changes = [
        (change, each["TZOFFSETTO"]) for each in observances for change in onsets(each, wall)
    ]
    _, offset = max(changes)
    return (wall - hours(offset)).replace(tzinfo=UTC)


def parts(text: str, name: str) -> list[Part]:
    """The lines of each part of this name, by property without its parameters."""
    unfolded = text.replace("\r\n ", "").split(f"BEGIN:{name}\r\n")[1:]
    return [
        {
            line.partition(":")[0].partition(";")[0]: line.partition(":")[2]
            for line in part.partition(f"END:{name}")[0].split("\r\n")
        }
        for part in unfolded
    ]


def onsets(observance: Part, wall: datetime) -> list[datetime]:
    """When the clocks were changed to it, up to this time on the wall."""
    first = at(observance["DTSTART"])
    rule = observance.get("RRULE")
    if rule is None:
        return [first] if first <= wall else []
    last = rrulestr(rule, dtstart=first).before(wall, inc=True)
    return [] if last is None else [last]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def hours(offset: str) -> timedelta:
    sign = -1 if offset.startswith("-") else 1
    return sign * timedelta(hours=int(offset[1:3]), minutes=int(offset[3:5]))
