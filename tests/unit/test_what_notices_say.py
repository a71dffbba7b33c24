"""What one of the staff is told about an appointment, and what they can do under it."""

import json
from dataclasses import replace

import pytest
from calendars import appointment
from payload_samples import TUESDAY_TEN

from bot.city.load import load
from bot.conversation.content import Button, Code, Count, Day, Language, Name, Time, say
from bot.conversation.presses import decode
from bot.conversation.table import BY_ACTION
from bot.domain.appointment import Wishes
from bot.domain.open_matters import Matter
from bot.messages import digests, notices, payloads
from bot.messages.digests import Digest, DigestEntry
from bot.messages.notices import TITLES, Notice, NoticeKind

CITY = load("tests/cities/smallville.toml", live=True)
ABOUT = appointment(
    TUESDAY_TEN, wishes=Wishes(True, adults=1, children=2, step_free=True, topic="housing")
)
FACTS = (
    say("staff.when", day=Day(TUESDAY_TEN), time=Time(TUESDAY_TEN)),
    say("staff.who", code=Code("K7PM"), language=Language("ar")),
    say("staff.wish_language_help"),
    say("staff.wish_adults", n=Count(1)),
    say("staff.wish_children", n=Count(2)),
    say("staff.wish_step_free"),
)
SEE = (Button(say("staff.see"), "seen::12.0"), Button(say("staff.open"), "visit::12"))
LISTS = (Button(say("staff.today"), "today::"), Button(say("staff.week"), "week::"))
HELP_YES = (Button(say("staff.help_yes"), "help_yes::12.0"),)
HELP_NO = (Button(say("staff.help_no"), "help_no::12.0"),)


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        (NoticeKind.BOOKED, "staff.booked"),
        (NoticeKind.MOVED, "staff.moved"),
        (NoticeKind.CANCELLED, "staff.cancelled"),
        (NoticeKind.CALLED_OFF, "staff.called_off"),
        (NoticeKind.COMING, "staff.is_coming"),
        (NoticeKind.NOT_SEEN, "staff.passed_on"),
        (NoticeKind.LANGUAGE_HELP, "staff.help_asked"),
        (NoticeKind.NOT_REACHED, "staff.not_reached_short"),
    ],
)
def test_a_notice_says_what_it_is_about_and_then_the_facts(kind: NoticeKind, title: str) -> None:
    assert notices.screen(Notice(kind, ABOUT), CITY).paragraphs == ((say(title),), FACTS)


def test_a_notice_for_others_says_whose_it_is() -> None:
    told = notices.screen(Notice(NoticeKind.NOT_SEEN, ABOUT, whose="Ada"), CITY).paragraphs
    assert told[0] == (say("staff.passed_on", name=Name("Ada")),)
    told = notices.screen(Notice(NoticeKind.CANCELLED, ABOUT, whose="left"), CITY).paragraphs
    assert told[0] == (say("staff.cancelled"), say("staff.with", name=Name("left")))


def test_every_kind_of_notice_has_a_title() -> None:
    assert {*TITLES} == {*NoticeKind}


@pytest.mark.parametrize(
    ("kind", "rows"),
    [
        (NoticeKind.BOOKED, (SEE, LISTS)),
        (NoticeKind.MOVED, (SEE, LISTS)),
        (NoticeKind.CANCELLED, (LISTS,)),
        (NoticeKind.CALLED_OFF, (LISTS,)),
        (NoticeKind.COMING, (LISTS,)),
        (NoticeKind.NOT_SEEN, (SEE,)),
        (NoticeKind.LANGUAGE_HELP, (HELP_YES, HELP_NO)),
        (NoticeKind.NOT_REACHED, (SEE,)),
    ],
)
def test_a_notice_offers_what_can_be_done_about_it(
    kind: NoticeKind, rows: tuple[tuple[Button, ...], ...]
) -> None:
    assert notices.screen(Notice(kind, ABOUT), CITY).rows == rows


@pytest.mark.parametrize("kind", NoticeKind)
def test_what_stands_under_a_notice_is_good_for_as_long_as_it_stands_there(
    kind: NoticeKind,
) -> None:
    for row in notices.screen(Notice(kind, ABOUT), CITY).rows:
        for button in row:
            press = decode(button.data)
            assert press is not None
            assert press.revision is None
            assert BY_ACTION[press.action].lasting
            assert BY_ACTION[press.action].below


def test_a_talk_that_was_moved_is_told_with_the_time_it_had() -> None:
    moved = Notice(NoticeKind.MOVED, ABOUT, was=TUESDAY_TEN - 3600)
    was = say("staff.was", day=Day(TUESDAY_TEN - 3600), time=Time(TUESDAY_TEN - 3600))
    assert notices.paragraphs(moved, CITY) == ((say("staff.moved"), was), FACTS)


def test_a_stand_in_is_told_whose_booking_it_is() -> None:
    passed_on = Notice(NoticeKind.NOT_SEEN, ABOUT, whose="Ada Adler")
    title = say("staff.passed_on", name=Name("Ada Adler"))
    assert notices.paragraphs(passed_on, CITY) == ((title,), FACTS)


@pytest.mark.parametrize("kind", NoticeKind)
def test_a_notice_holds_neither_the_number_of_a_client_nor_the_topic(kind: NoticeKind) -> None:
    kept = notices.frozen(ABOUT)
    assert kept == replace(
        ABOUT,
        person_id=0,
        wishes=Wishes(True, adults=1, children=2, step_free=True, topic=None),
    )
    written = payloads.encode(Notice(kind, kept))[1]
    assert json.loads(written)["about"]["person_id"] == 0
    assert "housing" not in written


@pytest.mark.parametrize("kind", NoticeKind)
def test_even_of_an_appointment_with_a_topic_no_notice_says_it(kind: NoticeKind) -> None:
    assert "housing" not in repr(notices.screen(Notice(kind, ABOUT), CITY))


def test_the_mornings_list_is_a_paragraph_for_each_talk_and_leads_to_the_list_as_it_is_later() -> (
    None
):
    plain = replace(ABOUT, code="B2CD", start=TUESDAY_TEN + 3600, wishes=Wishes(topic="housing"))
    digest = Digest((DigestEntry(ABOUT, "Ada Adler"), DigestEntry(plain)), of_office=True)
    first = (
        say("staff.entry", time=Time(TUESDAY_TEN), code=Code("K7PM"), language=Language("ar")),
        say("staff.with", name=Name("Ada Adler")),
        *FACTS[2:],
    )
    second = (
        say(
            "staff.entry",
            time=Time(TUESDAY_TEN + 3600),
            code=Code("B2CD"),
            language=Language("ar"),
        ),
    )
    screen = digests.screen(digest, CITY)
    assert screen.paragraphs == ((say("staff.digest"),), first, second)
    assert screen.rows == ((Button(say("staff.today"), "today::"),),)


def test_under_the_mornings_list_stands_what_is_left_to_do_and_a_way_to_it() -> None:
    left = DigestEntry(ABOUT, "Ada Adler", (Matter.NOT_SEEN, Matter.HELP_OPEN))
    screen = digests.screen(Digest((), left_to_do=(left,)), CITY)
    assert screen.paragraphs == (
        (say("staff.digest_none"),),
        (say("staff.matters_title"),),
        (
            say("staff.day", day=Day(TUESDAY_TEN)),
            say("staff.entry", time=Time(TUESDAY_TEN), code=Code("K7PM"), language=Language("ar")),
            say("staff.with", name=Name("Ada Adler")),
            *FACTS[2:],
            say("matter.not_seen"),
            say("matter.help_open"),
        ),
    )
    assert [button.data for (button,) in screen.rows] == ["today::", "matters::"]


def test_the_mornings_list_is_headed_by_whose_day_it_is_and_begins_with_its_first_talk() -> None:
    entries = (DigestEntry(ABOUT),)
    assert digests.heading(Digest(())) == say("staff.today_none")
    assert digests.heading(Digest(entries)) == say("staff.today_title")
    assert digests.heading(Digest(entries, of_office=True)) == say("staff.office_today")
    assert [Digest(entries).begins, Digest(()).begins] == [TUESDAY_TEN, None]
