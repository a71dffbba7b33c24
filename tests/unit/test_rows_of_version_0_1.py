"""What version 0.1 left in the outbox is read as what is written today."""

import json
from typing import Any

import pytest
from calendars import appointment
from payload_samples import TUESDAY_TEN

from bot.conversation import screen_codec
from bot.conversation.content import Button, Code, Day, Language, Line, Name, Screen, Time, say
from bot.domain.appointment import Wishes
from bot.messages import payloads
from bot.messages.notices import Notice, NoticeKind
from bot.messages.version_0_1 import EarlierDigest, EarlierNotice

ABOUT = appointment(TUESDAY_TEN, 1, person_id=0, wishes=Wishes(language_help=True))
KEPT: dict[str, Any] = {
    "id": 12,
    "code": "K7PM",
    "person_id": 0,
    "case_manager_id": "adler",
    "office_id": "hall",
    "start": TUESDAY_TEN,
    "end": TUESDAY_TEN + 1800,
    "status": "booked",
    "sequence": 1,
    "language": "ar",
    "wishes": {
        "language_help": True,
        "adults": 0,
        "children": 0,
        "step_free": False,
        "topic": None,
        "by_phone": False,
    },
    "answer": "none",
    "seen_at": None,
    "help_arranged": None,
}
ENTRY = (
    say("staff.entry", time=Time(TUESDAY_TEN), code=Code("K7PM"), language=Language("ar")),
    say("staff.with", name=Name("Ada Adler")),
)
WHEN = say("staff.when", day=Day(TUESDAY_TEN), time=Time(TUESDAY_TEN))
EARLIER = TUESDAY_TEN - 3600


def mail(kind: str, *title: Line, **more: Any) -> payloads.Payload:
    screen = screen_codec.to_json(Screen((title, (WHEN,))))
    told = {"kind": kind, "notice": screen, "about": KEPT, "first_talk": True, "number": 0}
    return payloads.decode("mail", json.dumps(told | more))


@pytest.mark.parametrize(
    ("named", "title", "kind"),
    [
        ("booked", "staff.booked", NoticeKind.BOOKED),
        ("changed", "staff.moved", NoticeKind.MOVED),
        ("cancelled", "staff.cancelled", NoticeKind.CANCELLED),
        ("cancelled", "staff.called_off", NoticeKind.CALLED_OFF),
        ("not_seen", "staff.passed_on", NoticeKind.NOT_SEEN),
        ("language_help", "staff.help_asked", NoticeKind.LANGUAGE_HELP),
        ("not_reached", "staff.not_reached", NoticeKind.NOT_REACHED),
    ],
)
def test_a_mail_of_then_is_a_notice_of_today(named: str, title: str, kind: NoticeKind) -> None:
    assert mail(named, say(title)) == Notice(kind, ABOUT, first_talk=True)


def test_when_a_talk_would_have_been_stood_only_in_the_words() -> None:
    was = say("staff.was", day=Day(EARLIER), time=Time(EARLIER))
    moved = Notice(NoticeKind.MOVED, ABOUT, was=EARLIER, first_talk=False)
    assert mail("changed", say("staff.moved"), was, first_talk=False) == moved


def test_whose_booking_nobody_saw_stood_only_in_the_words() -> None:
    title = say("staff.passed_on", name=Name("Ada Adler"))
    passed_on = Notice(NoticeKind.NOT_SEEN, ABOUT, whose="Ada Adler", first_talk=True)
    assert mail("not_seen", title) == passed_on


def test_words_that_are_no_message_tell_neither_when_nor_whose() -> None:
    assert mail("booked", Name("Neu")) == Notice(NoticeKind.BOOKED, ABOUT, first_talk=True)


def test_the_morning_mail_of_then_keeps_its_finished_lines() -> None:
    heading = (say("staff.office_today"),)
    screen = screen_codec.to_json(Screen((heading, ENTRY)))
    told = {"kind": "digest", "notice": screen, "about": None, "first_talk": False, "number": 1}
    assert payloads.decode("mail", json.dumps(told)) == EarlierDigest((heading, ENTRY))


def test_a_notice_for_a_chat_was_a_finished_screen_and_goes_out_as_one() -> None:
    screen = Screen(((say("staff.booked"),),), ((Button(say("staff.see"), "seen::12"),),))
    assert payloads.decode("notice", screen_codec.to_json(screen)) == EarlierNotice(screen)


def test_a_notice_of_today_is_not_taken_for_one_of_then() -> None:
    notice = Notice(NoticeKind.BOOKED, ABOUT)
    assert payloads.decode(*payloads.encode(notice)) == notice


@pytest.mark.parametrize("kind", ["holiday", ""])
def test_a_mail_about_something_else_is_a_value_error(kind: str) -> None:
    with pytest.raises(ValueError, match="NoticeKind"):
        mail(kind, say("staff.booked"))


def test_a_mail_without_a_title_is_a_value_error() -> None:
    told = {"kind": "booked", "notice": "[[],[]]", "about": KEPT, "first_talk": True}
    with pytest.raises(ValueError, match="mail"):
        payloads.decode("mail", json.dumps(told))


def test_what_is_missing_in_a_mail_of_then_is_a_value_error() -> None:
    with pytest.raises(ValueError, match="id"):
        mail("booked", say("staff.booked"), about={})
