"""A case manager's calendar to subscribe to."""

import random
from dataclasses import replace

from calendars import ATTENDEE, ORGANIZER, appointment, events, moment, parse, read
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.appointment import Answer, Status
from bot.rendering.feed import feed
from bot.rendering.meeting_request import MeetingRequests
from bot.rendering.staff_event import CalendarEntry

WRITER = events()
STAMP = 1_795_400_000


def entry(
    text: str, code: str = "K7PM", number: int = 12, status: Status = Status.BOOKED
) -> CalendarEntry:
    about = appointment(moment(WRITER, text), id=number, code=code, status=status)
    return CalendarEntry(about, STAMP + number, first_talk=True)


WEEK = [
    entry("2026-10-23 10:00", "AB2D", 1),
    entry("2026-10-26 10:00", "CD3F", 2),
    entry("2026-10-27 10:00", "FG4H", 3, Status.CANCELLED),
    entry("2026-10-27 10:00", "JK5L", 4, Status.CAME),
    entry("2027-03-29 09:00", "MN6P", 5, Status.MISSED),
    entry("2027-03-30 09:00", "QR7S", 6, Status.HELD),
]


def test_it_holds_what_is_booked_or_was_and_nothing_cancelled() -> None:
    calendar = parse(feed(WEEK, WRITER))
    assert (calendar.method.value, calendar.x_wr_calname.value) == ("PUBLISH", "KIM-Termine")
    zone = WRITER.city.rules.time_zone
    assert [
        (one.summary.value, int(one.dtstart.value.timestamp()), f"{one.dtstart.value:%d %H:%M}")
        for one in calendar.vevent_list
    ] == [
        ("KIM-Termin AB2D", WEEK[0].appointment.start, "23 10:00"),
        ("KIM-Termin CD3F", WEEK[1].appointment.start, "26 10:00"),
        ("KIM-Termin JK5L", WEEK[3].appointment.start, "27 10:00"),
        ("KIM-Termin MN6P", WEEK[4].appointment.start, "29 09:00"),
    ]
    assert {one.dtstart.params["X-VOBJ-ORIGINAL-TZID"][0] for one in calendar.vevent_list} == {
        zone.key
    }


def test_an_event_is_the_invitations_own_without_organiser_and_attendee() -> None:
    one = entry("2026-11-24 10:00")
    invited = MeetingRequests(WRITER, ORGANIZER).request(one, ATTENDEE)
    published = parse(feed([one], WRITER)).vevent
    assert read(feed([one], WRITER)) == read(invited.content)._replace(method="PUBLISH")
    assert published.description.value == parse(invited.content).vevent.description.value
    assert not {"organizer", "attendee", "valarm"} & set(published.contents)


def test_nothing_booked_is_still_a_calendar() -> None:
    calendar = parse(feed([], WRITER))
    assert calendar.contents.keys() >= {"method", "vtimezone"}
    assert "vevent" not in calendar.contents


@settings(deadline=None, max_examples=20)
@given(st.randoms(use_true_random=False))
def test_the_same_facts_give_the_same_bytes_in_whatever_order(order: random.Random) -> None:
    shuffled = list(WEEK)
    order.shuffle(shuffled)
    assert feed(shuffled, WRITER) == feed(WEEK, WRITER)


def test_what_an_event_shows_changes_the_bytes_and_nothing_else_does() -> None:
    one = entry("2026-11-24 10:00")
    about = one.appointment
    moved = replace(one, appointment=replace(about, start=about.start + 300, sequence=1))
    told = replace(one, appointment=replace(about, answer=Answer.COMING))
    assert feed([moved], WRITER) != feed([one], WRITER)
    assert feed([told], WRITER) == feed([one], WRITER)
