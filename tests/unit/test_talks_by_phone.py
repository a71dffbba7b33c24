"""A talk by phone has words of its own, for its client and for whoever waits for the call."""

from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from calendars import appointment, events, parse
from late_arrivals import cleos_wishes
from payload_samples import TUESDAY_TEN
from seven_languages import LANGUAGES
from town_in_memory import ADA, CITY

from bot.conversation import phone_lines, staff_facts, staff_lines
from bot.conversation.content import Button, Code, Count, Day, Language, Line, Name, Time, say
from bot.conversation.history_lines import TOLD_BY_PHONE, history_line
from bot.domain.actors import CLIENT
from bot.domain.appointment import Status, Wishes
from bot.domain.city import City
from bot.domain.contacts import Contact, Whose
from bot.messages import client_news, digests, notices, reminders
from bot.messages.client_news import CalledOffNews, HelpNews, PossibleAgainNews
from bot.messages.digests import Digest, DigestEntry
from bot.messages.notices import Notice, NoticeKind
from bot.rendering import catalogues
from bot.rendering.calendar_file import calendar_file
from bot.rendering.data_export import DataExportText
from bot.rendering.feed import feed
from bot.rendering.mails import MailWriter
from bot.rendering.slip import slip
from bot.rendering.staff_event import CalendarEntry
from bot.rendering.text import Writer
from bot.web.words import call, who_hears

DAY = 86_400
OWN = "09900 12-31"
CALLED = replace(CITY, case_managers=(replace(ADA, phone=OWN, published=True),))
SILENT = replace(CITY, offices=tuple(replace(each, phones=()) for each in CITY.offices))
ABOUT = appointment(TUESDAY_TEN, 2, wishes=Wishes(language_help=True, by_phone=True))
NUMBER = Contact(OWN, Whose.PERSON, "Ada Adler")
WHEN: dict[str, Line] = {"day": Day(TUESDAY_TEN), "time": Time(TUESDAY_TEN), "code": Code("K7PM")}
CALL_US = (say("called_off.call"), phone_lines.number(NUMBER))
CATALOGUES = catalogues.load(Path("locales"), LANGUAGES, ["de"])
LINK = "https://t.me/SomeTownBot?start=c-3FZbYwq7J0a1n5Xk2mLdRg"


def labels(rows: tuple[tuple[Button, ...], ...]) -> list[Line]:
    return [button.label for row in rows for button in row]


@pytest.mark.parametrize(
    ("now", "when"),
    [
        (TUESDAY_TEN - 7200, say("phone_talk.today", **WHEN)),
        (TUESDAY_TEN - DAY, say("phone_talk.tomorrow", **WHEN)),
        (TUESDAY_TEN - 3 * DAY, say("phone_talk.on_day", **WHEN)),
    ],
)
def test_a_reminder_asks_whether_they_will_call_and_shows_no_number(now: int, when: Line) -> None:
    screen = reminders.screen(ABOUT, CALLED, now, with_details=False)
    assert screen.paragraphs == ((when,),)
    assert labels(screen.rows) == [
        say("phone_talk.will_call"),
        say("phone_talk.cannot_call"),
        say("phone_talk.show_number"),
    ]
    assert [button.data for row in screen.rows for button in row] == [
        *("coming::12.2", "cancel::12", "details::12"),
    ]


def test_a_reminder_with_details_says_whom_to_call_and_what_to_say() -> None:
    screen = reminders.screen(ABOUT, CALLED, TUESDAY_TEN - DAY, with_details=True)
    assert screen.paragraphs[0][1:] == (
        phone_lines.person_called(NUMBER),
        say("phone_talk.kind"),
        phone_lines.what_to_say(CALLED, ABOUT),
    )


def test_whom_nobody_answers_any_more_is_reminded_of_a_visit() -> None:
    visit = replace(ABOUT, wishes=Wishes(language_help=True))
    for now in (TUESDAY_TEN - 7200, TUESDAY_TEN - DAY):
        assert reminders.screen(ABOUT, SILENT, now, with_details=True) == reminders.screen(
            visit, SILENT, now, with_details=True
        )


def test_whose_call_cannot_be_taken_is_told_not_to_call_then_and_which_number_answers() -> None:
    screen = client_news.screen(CalledOffNews(ABOUT), CALLED)
    title = say("phone_talk.called_off", name=Name("Ada Adler"), **WHEN)
    assert screen.paragraphs == ((title,), (say("called_off.none"),), CALL_US)
    assert client_news.screen(CalledOffNews(ABOUT), SILENT).paragraphs[0] == (
        say("called_off.title", name=Name("Ada Adler"), **WHEN),
    )


def test_whose_call_can_be_taken_after_all_reads_so() -> None:
    screen = client_news.screen(PossibleAgainNews(ABOUT), CALLED)
    title = say("phone_talk.possible_again", name=Name("Ada Adler"), **WHEN)
    assert screen.paragraphs == ((title,), (say("possible_again.question"),), CALL_US)
    assert client_news.screen(PossibleAgainNews(ABOUT), SILENT).paragraphs[0] == (
        say("possible_again.title", name=Name("Ada Adler"), **WHEN),
    )


@pytest.mark.parametrize(
    ("city", "arranged", "key", "phones"),
    [
        (CALLED, True, "help.arranged", ()),
        (CALLED, False, "phone_talk.help_missing", CALL_US),
        (SILENT, False, "help.not_arranged", ()),
    ],
)
def test_whom_nobody_can_help_with_the_language_may_still_call(
    city: City, arranged: bool, key: str, phones: tuple[Line, ...]
) -> None:
    screen = client_news.screen(HelpNews(ABOUT, arranged), city)
    assert screen.paragraphs == ((say(key, **WHEN),), phones)


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        (NoticeKind.BOOKED, "staff.booked"),
        (NoticeKind.COMING, "staff.is_calling"),
    ],
)
def test_a_notice_says_that_the_client_calls_and_which_number(kind: NoticeKind, title: str) -> None:
    assert notices.paragraphs(Notice(kind, ABOUT), CALLED) == (
        (say(title),),
        (
            say("staff.when", day=WHEN["day"], time=WHEN["time"]),
            say("staff.who", code=WHEN["code"], language=Language("ar")),
            staff_facts.calls(NUMBER),
            say("staff.wishes_help"),
        ),
    )


@pytest.mark.parametrize(
    ("status", "key"),
    [(Status.CAME, "staff.has_called"), (Status.MISSED, "staff.has_not_called")],
)
def test_a_list_says_who_calls_and_whether_they_did(status: Status, key: str) -> None:
    digest = Digest((DigestEntry(replace(ABOUT, status=status), "Ada Adler"),), of_office=True)
    assert digests.entries(digest, CALLED) == (
        (
            say("staff.entry", time=WHEN["time"], code=WHEN["code"], language=Language("ar")),
            say("staff.with", name=Name("Ada Adler")),
            staff_facts.calls(NUMBER),
            say("staff.wishes_help"),
            say(key),
        ),
    )
    assert staff_lines.outcome(ABOUT) == ()


@pytest.mark.parametrize("status", [Status.CANCELLED, Status.CALLED_OFF])
def test_nobody_is_told_of_a_call_that_is_not_to_be(status: Status) -> None:
    assert staff_facts.way_of_talking(CALLED, replace(ABOUT, status=status)) == ()


@pytest.mark.parametrize("action", TOLD_BY_PHONE)
def test_the_history_of_a_talk_by_phone_tells_of_calls(action: str) -> None:
    visit = history_line(CITY, TUESDAY_TEN, CLIENT.label, action)
    calls = history_line(CITY, TUESDAY_TEN, CLIENT.label, action, by_phone=True)
    assert visit is not None
    assert calls is not None
    assert (visit.what, calls.what) == (say(f"history.{action}"), say(TOLD_BY_PHONE[action]))
    booked = history_line(CITY, TUESDAY_TEN, CLIENT.label, "booked", by_phone=True)
    assert booked == history_line(CITY, TUESDAY_TEN, CLIENT.label, "booked")


CALLS_IN_GERMAN = f"Die Person ruft an: {OWN} – Telefon von Ada Adler"


def test_mail_page_and_calendar_of_the_case_manager_say_who_calls() -> None:
    mail = MailWriter(CATALOGUES, CALLED).notice(
        Notice(NoticeKind.BOOKED, ABOUT), {}, with_entry=True
    )
    writer = Writer(CATALOGUES, CALLED, "de", html=False)
    entry = CalendarEntry(ABOUT, TUESDAY_TEN - DAY, first_talk=True)
    event = parse(feed([entry], replace(events(), city=CALLED))).vevent
    assert CALLS_IN_GERMAN in mail.plain
    assert CALLS_IN_GERMAN in mail.html
    assert call(ABOUT, writer) == CALLS_IN_GERMAN
    assert f"☎️ {CALLS_IN_GERMAN}" in str(event.description.value).split("\n")
    assert call(replace(ABOUT, wishes=Wishes()), writer) == ""


def test_of_whom_a_call_may_come_all_the_same_the_page_says_so() -> None:
    assert who_hears(1, 0, by_phone=True) == say("page.nobody_hears_by_phone", n=Count(1))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_slip_names_the_number_and_no_address(language: str) -> None:
    about = replace(ABOUT, language=language)
    document = pypdfium2.PdfDocument(slip(about, CALLED, CATALOGUES, LINK, TUESDAY_TEN - DAY))
    words = set(str(document[0].get_textpage().get_text_range()).split())
    assert len(document) == 1
    assert {*OWN.split(), "Ada", "Adler", "10:00"} <= words
    assert {"Marktplatz", "99001"} & words == set()


def test_a_slip_says_whose_number_it_is_when_to_call_and_what_to_say() -> None:
    about = replace(ABOUT, language="de")
    pdf = slip(about, CALLED, CATALOGUES, LINK, TUESDAY_TEN - DAY)
    text = " ".join(str(pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range()).split())
    for told in (
        f"Gespräch am Telefon. Sie rufen an: {OWN} Telefon von Ada Adler",
        "Rufen Sie um 10:00 Uhr an. Sie können sagen: „Deutsch, Code K7PM“.",
        "Sie können dann nicht anrufen?",
    ):
        assert told in text
    assert "Sie können nicht kommen?" not in text


def test_a_slip_for_a_visit_says_whose_number_answers() -> None:
    about = replace(ABOUT, language="en", wishes=Wishes())
    pdf = slip(about, CALLED, CATALOGUES, LINK, TUESDAY_TEN - DAY)
    text = " ".join(str(pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range()).split())
    assert f"please call: {OWN} Number of Ada Adler" in text
    assert "Marktplatz 1" in text


def test_a_calendar_file_notes_what_it_is_given() -> None:
    (plain, noted) = (
        parse(calendar_file(ABOUT, "Anruf K7PM", CALLED, TUESDAY_TEN - DAY, note)).vevent
        for note in ("", f"☎️ {OWN}")
    )
    assert "description" not in plain.contents
    assert (noted.summary.value, noted.description.value) == ("Anruf K7PM", f"☎️ {OWN}")


def test_the_file_of_everything_held_says_that_it_is_a_talk_by_phone() -> None:
    writer = Writer(CATALOGUES, CALLED, "en", html=False)
    row = {
        "status": "booked",
        "code": "K7PM",
        "start_at": TUESDAY_TEN,
        "id": 12,
        "case_manager_id": "adler",
        "office_id": "hall",
        "wishes": '{"by_phone":true}',
    }
    held = {"persons": [], "chats": [], "appointments": [row], "outbox": []}
    text = DataExportText(writer, CALLED).text(held, TUESDAY_TEN)
    assert "\n☎️ By phone\n" in text


def test_a_forged_wish_to_call_is_not_heard_where_no_number_answers() -> None:
    chat = cleos_wishes().forges("wish_phone")
    assert chat.outcome.stale
    assert chat.session.draft.wishes == Wishes()
