"""What the staff's pages say, and what they must never say, read as text."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from calendars import events, moment
from page_examples import (
    APPOINTMENT,
    BOOKING,
    BOOKING_DAY,
    CONFIRM,
    DESK,
    DONE,
    NOT_REACHED,
    PAGES,
    PERSON,
    TEXTS,
    buttons,
)

from bot.domain.lifecycle import Act
from bot.web.form_facts import Entered
from bot.web.page_facts import DayList, ListEntry
from bot.web.page_html import (
    HEADERS,
    appointment_page,
    booking_day_page,
    booking_page,
    confirm_page,
    desk_page,
    done_page,
    gone_page,
    person_page,
)
from bot.web.words import stretch, who_hears

WRITER = events()


class Reader(HTMLParser):
    """Reads the title, the values of buttons and the methods of forms."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.acts: list[str | None] = []
        self.forms: set[tuple[str | None, str | None]] = set()
        self.title = ""
        self._in_title = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._in_title = tag == "title"
        if tag == "button" and given.get("name") == "act":
            self.acts.append(given.get("value"))
        if tag == "form":
            self.forms.add((given.get("method"), given.get("action")))

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title, self._in_title = data, False


@pytest.mark.parametrize("name", PAGES)
def test_a_title_is_neutral(name: str) -> None:
    assert re.fullmatch("KIM-Termine|KIM-Termin [A-Z2-9]{4}", Reader(PAGES[name]).title)


@pytest.mark.parametrize("name", PAGES)
def test_only_a_post_acts_and_no_script_is_there(name: str) -> None:
    looking_up = {("get", "/page/abc/find"), ("get", "/desk/find")}
    assert {method for method, action in Reader(PAGES[name]).forms - looking_up} <= {"post"}
    assert re.search(r"<script|\son\w+=|javascript:|\sstyle=", PAGES[name]) is None


@pytest.mark.parametrize("acts", [(), (Act.CAME, Act.MISSED), (Act.CALL_OFF,)])
def test_an_appointment_shows_the_buttons_that_are_open_and_no_other(acts: tuple[Act]) -> None:
    facts = replace(APPOINTMENT, acts=buttons(*acts), for_client=())
    assert Reader(appointment_page(facts, TEXTS)).acts == [str(act) for act in acts]


def test_an_appointment_says_whether_its_client_knows() -> None:
    assert NOT_REACHED in PAGES["appointment"]
    assert "Noch nicht gesehen" in PAGES["appointment"]
    assert "Gesehen: Freitag, 30. Januar" in PAGES["appointment over"]
    assert "war da" in PAGES["appointment over"]


def test_an_appointment_says_what_has_happened_to_it_and_by_whom() -> None:
    page = PAGES["appointment"]
    assert [page.count(each.what) > 0 for each in APPOINTMENT.history] == [True, True]
    assert APPOINTMENT.history[1].by in page
    assert "Was bisher war" not in PAGES["appointment over"]


def test_nothing_is_promised_that_a_client_will_not_hear() -> None:
    away = appointment_page(replace(APPOINTMENT, reached=False), TEXTS)
    for text in ("bekommt bis zu drei andere Zeiten", "Die Person erfährt es."):
        assert (text in PAGES["appointment"], text in away) == (True, False)
    assert "Von uns erfährt sie es nicht." in away


@pytest.mark.parametrize(
    ("hit", "reached", "told"),
    [
        (1, 1, "Die Person bekommt bis zu drei andere Zeiten."),
        (3, 3, "Alle 3 bekommen bis zu drei andere Zeiten."),
        (1, 0, "Im Chat erreichen wir die Person nicht."),
        (3, 0, "Im Chat erreichen wir von 3 Personen niemanden."),
        (3, 2, "Im Chat erreichen wir 2 von 3 Personen:"),
    ],
)
def test_who_will_hear_of_it_is_counted(hit: int, reached: int, told: str) -> None:
    said = WRITER.writer.value(who_hears(hit, reached))
    assert (said.startswith(told), "Der Empfang muss es wissen." in said) == (True, hit > reached)


def test_what_was_done_can_be_taken_back_where_that_is_possible() -> None:
    assert Reader(done_page(DONE, TEXTS)).acts == ["undo"]
    assert Reader(done_page(replace(DONE, undo_at=None), TEXTS)).acts == []


def test_a_day_without_appointments_and_weeks_without_a_free_time_say_so() -> None:
    empty = desk_page(replace(DESK, day=DayList("Samstag, 7. Februar 2026", ())), TEXTS)
    full = booking_day_page(replace(BOOKING_DAY, days=()), TEXTS)
    assert ("Keine Termine." in empty, "<table" in empty) == (True, False)
    assert ("ist nichts frei" in full, Reader(full).acts) == (True, [])


def test_a_form_that_comes_back_has_what_was_entered() -> None:
    page = booking_page(BOOKING, TEXTS)
    assert re.findall(r'value="(\w+)" selected', page) == ["uk"]  # the time is taken: none is
    assert page.count(" checked") == 2
    assert re.findall(r'name="(adults|children)".*value="(\d)"', page) == [
        ("adults", "1"),
        ("children", "2"),
    ]
    free = booking_page(replace(BOOKING, entered=replace(BOOKING.entered, time="3")), TEXTS)
    assert re.findall(r'value="(\w+)" selected', free) == ["3", "uk"]
    untouched = booking_page(replace(BOOKING, entered=Entered("one")), TEXTS)
    assert (" selected" in untouched, " checked" in untouched) == (False, False)


def test_a_question_names_what_it_hits() -> None:
    page = PAGES["confirm"]
    assert [point in page for point in CONFIRM.points] == [True, True]
    assert "<ul" not in confirm_page(replace(CONFIRM, points=()), TEXTS)


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ("2026-11-25 00:00", "2026-11-26 00:00", "Mittwoch, 25. November"),
        (
            "2026-11-25 00:00",
            "2026-11-27 00:00",
            "Mittwoch, 25. November bis Donnerstag, 26. November",
        ),
        ("2026-11-25 00:00", "2026-11-25 12:00", "Mittwoch, 25. November, 00:00 bis 12:00 Uhr"),
        ("2026-11-25 12:00", "2026-11-26 00:00", "Mittwoch, 25. November, 12:00 bis 24:00 Uhr"),
        (
            *("2026-11-25 12:00", "2026-11-27 10:00"),
            "Mittwoch, 25. November, 12:00 Uhr bis Freitag, 27. November, 10:00 Uhr",
        ),
        (
            *("2026-11-25 12:00", "2026-11-27 00:00"),
            "Mittwoch, 25. November, 12:00 Uhr bis Donnerstag, 26. November, 24:00 Uhr",
        ),
    ],
)
def test_a_closed_time_is_said_from_where_to_where(start: str, end: str, said: str) -> None:
    assert stretch(moment(WRITER, start), moment(WRITER, end), WRITER.writer) == said


def test_facts_are_written_as_text_and_never_as_html() -> None:
    entry = ListEntry("10:00", "K7PM", "<b>", '"><script>')
    facts = replace(PERSON, name="<script>", today=replace(PERSON.today, entries=(entry,)))
    assert "<script>" not in person_page(facts, TEXTS)
    assert "<b>" not in person_page(facts, TEXTS)


@pytest.mark.parametrize("page", [person_page(PERSON, TEXTS), desk_page(DESK, TEXTS)])
def test_an_absence_is_asked_no_reason(page: str) -> None:
    assert "Nach einem Grund fragen wir nicht." in page
    assert "<textarea" not in page
    assert 'type="text"' not in page


def test_a_link_that_opens_nothing_gets_one_answer() -> None:
    assert gone_page(TEXTS) == gone_page(TEXTS)
    assert "Dieser Link gilt nicht mehr" in gone_page(TEXTS)
    assert Reader(gone_page(TEXTS)).acts == []


def test_a_page_may_load_nothing_and_tells_its_address_to_nobody() -> None:
    assert "default-src 'none'" in HEADERS["Content-Security-Policy"]
    assert "unsafe" not in HEADERS["Content-Security-Policy"]
    assert HEADERS["Referrer-Policy"] == "no-referrer"
    assert HEADERS["Cache-Control"] == "no-store"
