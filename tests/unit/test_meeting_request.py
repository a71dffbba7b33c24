"""One event in the case manager's calendar: it comes, moves and disappears."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from calendars import ATTENDEE, ORGANIZER, Read, appointment, events, moment, parse, read
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import local_time
from bot.domain.appointment import Appointment, Status, Wishes
from bot.rendering.meeting_request import MeetingRequest, MeetingRequests
from bot.rendering.staff_event import CalendarEntry
from bot.rendering.time_zone import time_zone

WRITER = events()
INVITATIONS = MeetingRequests(WRITER, ORGANIZER)
BERLIN = ZoneInfo("Europe/Berlin")
BOOKED_AT = 1_795_400_000
LINK = "https://termine.example/t/cannot/b3Jk5vK2p9Qx7LmN0aYtZg"


def request(about: Appointment, stamp: int = BOOKED_AT, **facts: Any) -> MeetingRequest:
    told = {"first_talk": True} | facts
    return INVITATIONS.request(CalendarEntry(about, stamp, **told), ATTENDEE)


def cancel(about: Appointment, stamp: int = BOOKED_AT) -> MeetingRequest:
    return INVITATIONS.cancel(CalendarEntry(about, stamp, first_talk=True), ATTENDEE)


def at(text: str, sequence: int = 0, **facts: Any) -> Appointment:
    return appointment(moment(WRITER, text), sequence, **facts)


def lines(about: Appointment, **facts: Any) -> list[str]:
    event = parse(request(about, **facts).content).vevent
    return str(event.description.value).split("\n")


@pytest.mark.parametrize(
    ("first", "second", "third"),
    [
        ("2026-11-24 10:00", "2026-11-26 14:30", "2026-12-01 09:00"),
        # Over the ends of summer time, with its last and first working days.
        ("2026-10-23 10:00", "2026-10-26 10:00", "2026-10-25 03:30"),
        ("2027-03-26 10:00", "2027-03-29 10:00", "2027-03-28 03:00"),
    ],
)
def test_37_book_change_change_cancel_is_one_event_that_moves_and_disappears(
    first: str, second: str, third: str
) -> None:
    life = [at(first), at(second, 1), at(third, 2)]
    gone = replace(life[2], sequence=3, status=Status.CANCELLED)
    mails = [request(one, BOOKED_AT + one.sequence) for one in life] + [cancel(gone, BOOKED_AT + 3)]
    assert [read(mail.content) for mail in mails] == [
        expected(one, text, "REQUEST", "CONFIRMED", "OPAQUE")
        for one, text in zip(life, (first, second, third), strict=True)
    ] + [expected(gone, third, "CANCEL", "CANCELLED", "TRANSPARENT")]
    assert [mail.method for mail in mails] == ["REQUEST", "REQUEST", "REQUEST", "CANCEL"]


def expected(about: Appointment, start: str, method: str, status: str, transparency: str) -> Read:
    end = datetime.fromisoformat(start) + timedelta(minutes=30)
    return Read(
        method=method,
        uid="k7pm-12-adler@smallville.lotse",
        sequence=about.sequence,
        stamp=datetime.fromtimestamp(BOOKED_AT + about.sequence, UTC),
        wall=(start, f"{end:%H:%M}"),
        start=about.start,
        end=about.end,
        summary="KIM-Termin K7PM",
        status=status,
        transparency=transparency,
        privacy="PRIVATE",
    )


@settings(deadline=None, max_examples=15)
@given(
    # In a doubled hour a calendar means the first; nobody meets then.
    st.lists(
        st.tuples(st.dates(date(2024, 1, 1), date(2035, 12, 31)), st.times(time(4), time(23, 25))),
        min_size=1,
        max_size=4,
    ),
    st.sampled_from(["adler", "busch"]),
)
def test_the_uid_stays_and_the_sequence_grows(starts: list[tuple[date, time]], person: str) -> None:
    life = [
        appointment(
            local_time.epoch(day, at.replace(second=0, microsecond=0), BERLIN),
            n,
            case_manager_id=person,
        )
        for n, (day, at) in enumerate(starts)
    ]
    gone = replace(life[-1], sequence=len(life), status=Status.CANCELLED)
    reads = [read(request(one).content) for one in life] + [read(cancel(gone).content)]
    assert {one.uid for one in reads} == {f"k7pm-12-{person}@smallville.lotse"}
    assert [one.sequence for one in reads] == list(range(len(life) + 1))
    assert [(one.start, one.end) for one in reads[:-1]] == [(one.start, one.end) for one in life]


def test_two_case_managers_who_share_a_mailbox_do_not_share_an_event() -> None:
    before = at("2026-11-24 10:00")
    after = at("2026-11-24 11:00", 1, case_manager_id="busch")
    lost = read(cancel(replace(before, sequence=after.sequence)).content)
    gained = read(request(after).content)
    assert (lost.method, lost.sequence, gained.sequence) == ("CANCEL", 1, 1)
    assert lost.uid != gained.uid


def test_organiser_and_attendee_need_no_answer() -> None:
    for mail in (request(at("2026-11-24 10:00")), cancel(at("2026-11-24 10:00", 1))):
        event = parse(mail.content).vevent
        assert event.organizer.value == "mailto:termine@town.example"
        assert event.organizer.params == {"CN": ["KIM-Termine Übung"]}
        assert event.attendee.value == "mailto:anna@office.example"
        assert event.attendee.params == {
            "CUTYPE": ["INDIVIDUAL"],
            "ROLE": ["REQ-PARTICIPANT"],
            "PARTSTAT": ["ACCEPTED"],
            "RSVP": ["FALSE"],
        }


def test_exchange_shows_the_time_as_taken_and_after_a_cancellation_as_free() -> None:
    booked = parse(request(at("2026-11-24 10:00")).content).vevent
    gone = parse(cancel(at("2026-11-24 10:00", 1)).content).vevent
    assert booked.x_microsoft_cdo_busystatus.value == "BUSY"
    assert gone.x_microsoft_cdo_busystatus.value == "FREE"
    assert booked.x_microsoft_disallow_counter.value == "TRUE"


def test_38_it_tells_what_a_case_manager_needs_and_neither_topic_nor_person() -> None:
    wishes = Wishes(True, adults=1, children=2, step_free=True, topic="housing")
    about = at("2026-11-24 10:00", wishes=wishes)
    assert lines(about) == [
        "Code K7PM · Arabisch",
        "Erstgespräch",
        "💬 Braucht Sprachhilfe",
        "👥 1 erwachsene Person kommt mit",
        "🧒 2 Kinder kommen mit",
        "♿ Braucht einen Eingang ohne Stufen",
    ]
    text = request(about).content.decode().replace("\r\n ", "").lower()
    assert not [word for word in ("housing", "wohn", "ada", "99", "hall") if word in text]


def test_38_no_alarm_rings() -> None:
    assert "VALARM" not in request(at("2026-11-24 10:00")).content.decode()


def test_it_says_that_declining_reaches_nobody_and_which_link_does() -> None:
    assert lines(at("2026-11-24 10:00"), first_talk=False, cannot=LINK) == [
        "Code K7PM · Arabisch",
        "Folgegespräch",
        "",
        "Wenn Sie in Outlook ablehnen, erfährt das niemand.",
        "Wenn Sie nicht können, nehmen Sie bitte diesen Link:",
        LINK,
    ]


def test_where_nobody_knows_whether_it_is_the_first_talk_nothing_is_said_of_it() -> None:
    assert lines(at("2026-11-24 10:00"), first_talk=None) == ["Code K7PM · Arabisch"]


def test_the_file_is_named_after_the_code_and_its_lines_are_short() -> None:
    mail = request(at("2026-11-24 10:00"), cannot=LINK)
    assert mail.file_name == "KIM-Termin-K7PM.ics"
    assert max(len(line) for line in mail.content.split(b"\r\n")) <= 75
    assert b"\n" not in mail.content.replace(b"\r\n", b"")


@pytest.mark.parametrize(
    "zone", ["Europe/Berlin", "Europe/London", "America/New_York", "Australia/Lord_Howe", "UTC"]
)
@pytest.mark.parametrize("year", [2026, 2027, 2032])
def test_1_the_rules_of_a_zone_change_the_clocks_when_the_zone_does(zone: str, year: int) -> None:
    component = time_zone(ZoneInfo(zone), year)
    changes = sorted(
        (change, observance.TZOFFSETTO)
        for observance in component.subcomponents
        if "RRULE" in observance
        for change in _in(year, observance)
    )
    noon = [datetime(year, 1, 1, 12, tzinfo=ZoneInfo(zone)) + timedelta(days=n) for n in range(365)]
    real = [
        (day.date(), day.utcoffset())
        for before, day in pairwise(noon)
        if before.utcoffset() != day.utcoffset()
    ]
    assert [(change.date(), to) for change, to in changes] == real


def _in(year: int, observance: Any) -> list[datetime]:
    rule = rrulestr(observance["RRULE"].to_ical().decode(), dtstart=observance.DTSTART)
    begin = datetime.combine(date(year, 1, 1), datetime.min.time())
    return list(rule.between(begin, begin.replace(year=year + 1)))
