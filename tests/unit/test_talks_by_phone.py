"""A talk by phone has words of its own, for its client and for whoever waits for the call."""

from dataclasses import replace
from pathlib import Path
from string import Formatter

import pypdfium2
import pytest
from babel.messages.catalog import Message
from beginnings import with_wishes
from calendars import appointment, events, parse
from late_arrivals import cleos_wishes
from payload_samples import TUESDAY_TEN
from seven_languages import LANGUAGES
from town_in_memory import ADA, CITY, at

from bot.conversation import phone_lines, slip_warnings, staff_facts, staff_lines
from bot.conversation.content import (
    Button,
    Code,
    Count,
    Day,
    Language,
    Line,
    Name,
    Phone,
    Say,
    Time,
    say,
)
from bot.conversation.events import SentKind, SentSomethingElse
from bot.conversation.history_lines import TOLD_BY_PHONE, history_line
from bot.conversation.staff_facts import wishes as wished
from bot.conversation.way_of_talking import BY_PHONE
from bot.conversation.wish_lines import wish_lines
from bot.domain.actors import CLIENT
from bot.domain.appointment import Status, Wishes
from bot.domain.city import City, StepFree
from bot.domain.contacts import Contact, Whose
from bot.messages import client_news, confirmations, digests, notices, reminders
from bot.messages.client_news import CalledOffNews, HandedOverNews, HelpNews, PossibleAgainNews
from bot.messages.digests import Digest, DigestEntry
from bot.messages.notices import Notice, NoticeKind
from bot.rendering import catalogues
from bot.rendering.calendar_file import calendar_file
from bot.rendering.catalogues import key_of
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
        phone_lines.number(NUMBER),
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
    title = say("phone_talk.called_off", **WHEN)
    assert screen.paragraphs == ((title,), (say("called_off.none"),), CALL_US)
    assert client_news.screen(CalledOffNews(ABOUT), SILENT).paragraphs[0] == (
        say("called_off.title", **WHEN),
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
        (CALLED, True, "phone_talk.help_arranged", ()),
        (SILENT, True, "help.arranged", ()),
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
            staff_facts.calls(CITY, NUMBER),
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
            staff_facts.calls(CITY, NUMBER),
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
        f"Gespräch am Telefon. Sie rufen an: {OWN} Nummer von Ada Adler",
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
    assert f"\n☎️ Phone appointment\n☎️ {OWN} – number of Ada Adler\n" in text
    assert "Marktplatz" not in text


def test_a_forged_wish_to_call_is_not_heard_where_no_number_answers() -> None:
    chat = cleos_wishes().forges("wish_phone")
    assert chat.outcome.stale
    assert chat.session.draft.wishes == Wishes()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_said_of_a_visit_and_of_a_call_names_the_same(language: str) -> None:
    messages = {key_of(each): each for each in catalogues.read(Path("locales"), language)}
    differing = {
        visit: (fields(messages[visit]), fields(messages[call]))
        for visit, call in BY_PHONE.items()
        if fields(messages[visit]) != fields(messages[call])
    }
    assert differing == {}


def fields(message: Message) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(str(message.string)) if name}


def test_what_stays_of_a_call_in_the_chat_is_the_number_and_no_address() -> None:
    kept = confirmations.screen(ABOUT, CALLED)
    assert kept.paragraphs[0][0] == say("phone_talk.kept", code=Code("K7PM"))
    assert kept.paragraphs[0][-1] == say("card.phone", phone=Phone(OWN))
    nobody = confirmations.screen(replace(ABOUT, office_id="left"), SILENT)
    assert nobody.paragraphs[0][0] == say("kept.title", code=Code("K7PM"))


def test_whose_call_somebody_else_takes_reads_the_number_to_call_and_no_way_there() -> None:
    screen = client_news.screen(HandedOverNews(ABOUT), CALLED)
    title = say("phone_talk.handed_over", name=Name("Ada Adler"), **WHEN)
    assert screen.paragraphs == ((title, phone_lines.number(NUMBER)),)


def test_a_letter_is_read_together_there_or_talked_about_on_the_phone() -> None:
    chat = with_wishes().does(SentSomethingElse(what=SentKind.FILE))
    assert chat.told == ("phone_talk.sent_file",)


def test_who_calls_may_be_late_to_call() -> None:
    chat = with_wishes()
    chat.town.now = at("2026-11-25 07:50")
    assert "phone_talk.late -> late" in chat.walks("mine details").page
    assert chat.writes("I will be late").outcome.notice == (
        say("typed.late", button=say("phone_talk.late")),
    )
    chat.walks("late")
    assert "phone_talk.late_known" in chat.page


def test_the_menu_and_the_list_tell_a_call_from_a_visit() -> None:
    chat = with_wishes()
    assert "phone_talk.next(" in chat.page
    assert "phone_talk.item(" in chat.walks("mine").page


@pytest.mark.parametrize(
    ("arranged", "visit", "call"),
    [
        (None, ("wishes.language_help",), None),
        (True, ("wishes.help_coming",), None),
        (False, ("wishes.help_missing",), ("phone_talk.no_help",)),
    ],
)
def test_a_wish_for_somebody_to_translate_is_followed_by_what_comes_of_it(
    arranged: bool | None, visit: tuple[str, ...], call: tuple[str, ...] | None
) -> None:
    wishes = Wishes(language_help=True)
    told = wish_lines(wishes, help_arranged=arranged)
    assert told == tuple(map(say, visit))
    assert wish_lines(wishes, calls=True, help_arranged=arranged) == tuple(map(say, call or visit))


def test_a_slip_warns_of_steps_of_a_language_and_that_nobody_translates() -> None:
    library = replace(CITY.offices[1], step_free=StepFree.NO)
    city = replace(CITY, offices=(CITY.offices[0], library))
    about = appointment(TUESDAY_TEN, 2, wishes=Wishes(step_free=True))
    there = replace(about, case_manager_id="clark", office_id="library")
    assert slip_warnings.warnings(city, there) == (
        say("step_free.none"),
        say("wishes.language_unknown", language=Language("ar")),
    )
    asked = replace(there, wishes=Wishes(language_help=True), help_arranged=False)
    assert slip_warnings.warnings(city, asked) == (say("wishes.help_missing"),)
    left = replace(there, case_manager_id="left", office_id="left")
    assert slip_warnings.warnings(city, left) == ()


def test_the_staff_read_every_wish_but_the_topic_in_words_of_their_own() -> None:
    everything = Wishes(True, 1, 2, step_free=True, topic="housing", for_family=True)
    assert [each.key for each in wished(everything) if isinstance(each, Say)] == [
        "staff.wishes_help",
        "staff.wishes_adults",
        "staff.wishes_children",
        "staff.wishes_step_free",
        "staff.wishes_for_family",
    ]
