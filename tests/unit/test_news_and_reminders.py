"""What clients are told through no act of their own, and what whoever runs the program is."""

from dataclasses import replace

import pytest
from calendars import appointment
from payload_samples import TUESDAY_TEN

from bot.city.load import load
from bot.conversation import slot_values
from bot.conversation.content import (
    Button,
    CityText,
    Code,
    Day,
    Line,
    Name,
    Phone,
    ShortDay,
    Time,
    Value,
    say,
)
from bot.conversation.presses import decode
from bot.conversation.table import BY_ACTION
from bot.domain import slots
from bot.domain.appointment import Answer, Appointment, Status
from bot.messages import client_news, confirmations, operator_news, reminders
from bot.messages.client_news import (
    AskedNews,
    CalledOffNews,
    HandedOverNews,
    HelpNews,
    PossibleAgainNews,
)
from bot.messages.operator_news import (
    OperatorNews,
    Orphaned,
    Unattended,
    Undelivered,
    UpdatesKept,
    WebhookFault,
)
from bot.messages.reminders import Reminder

CITY = load("tests/cities/smallville.toml", live=True)
ADA, BELA = CITY.case_managers
HOUR, DAY = 3600, 86_400
ABOUT = appointment(TUESDAY_TEN, 2)
ASKED = replace(ABOUT, answer=Answer.ASKED)
NOBODYS = replace(ABOUT, case_manager_id="left", office_id="closed")
OF_THE_OFFICE = say("contact.of_office", name=Name("Rathaus"))
NUMBER = say("contact.number", phone=Phone("09900 12-30"), whose=OF_THE_OFFICE)
PHONES = (say("called_off.call"), NUMBER)
ASK_FIRST = (say("appointment.call_first"), NUMBER)
WHEN: dict[str, Line] = {"day": Day(TUESDAY_TEN), "time": Time(TUESDAY_TEN), "code": Code("K7PM")}
DETAILS = (Button(say("reminder.details"), "details::12"),)
OTHER_TIMES = (Button(say("confirm.other_times"), "rebook_later::12"),)


CALLED_OFF = say(
    "called_off.title", day=Day(TUESDAY_TEN), time=Time(TUESDAY_TEN), code=Code("K7PM")
)


def title(name: str | Value, key: str = "called_off.title") -> Line:
    day, time = Day(TUESDAY_TEN), Time(TUESDAY_TEN)
    who = Name(name) if isinstance(name, str) else name
    return say(key, name=who, day=day, time=time, code=Code("K7PM"))


def offer(case_manager_id: str, start: int, label: Line) -> tuple[Button, ...]:
    slot = slots.slot_at(CITY.case_manager[case_manager_id], start)
    return (Button(label, f"rebook::12.{slot_values.of_slot(slot)}"),)


def test_what_a_client_keeps_names_no_place_that_the_city_no_longer_has() -> None:
    screen = confirmations.screen(NOBODYS, CITY)
    day, time = Day(TUESDAY_TEN), Time(TUESDAY_TEN)
    assert screen.paragraphs == (
        (
            say("kept.title", code=Code("K7PM")),
            say("appointment.day", day=day),
            say("appointment.time", time=time),
        ),
    )


def test_whose_talk_is_called_off_is_offered_other_times_and_the_telephone() -> None:
    later = TUESDAY_TEN + DAY
    news = CalledOffNews(ABOUT, (slots.slot_at(ADA, later), slots.slot_at(BELA, later + HOUR)))
    screen = client_news.screen(news, CITY)
    assert screen.paragraphs == ((CALLED_OFF,), (say("called_off.choose"),), PHONES)
    same = say("called_off.slot", day=ShortDay(later), time=Time(later), name=Name("Ada Adler"))
    other = say(
        "called_off.slot",
        day=ShortDay(later + HOUR),
        time=Time(later + HOUR),
        name=Name("Bela Busch"),
    )
    assert screen.rows == (
        offer("adler", later, same),
        offer("busch", later + HOUR, other),
        OTHER_TIMES,
    )


def test_two_times_at_once_are_told_apart_by_who_it_is() -> None:
    later = TUESDAY_TEN + DAY
    others = (slots.slot_at(ADA, later), slots.slot_at(BELA, later))
    rows = client_news.screen(CalledOffNews(ABOUT, others), CITY).rows
    assert [row[0].label for row in rows[:2]] == [
        say("called_off.slot", day=ShortDay(later), time=Time(later), name=Name(name))
        for name in ("Ada Adler", "Bela Busch")
    ]


def test_a_time_with_somebody_who_has_left_the_city_file_is_not_offered() -> None:
    gone = slots.slot_at(replace(ADA, id="left"), TUESDAY_TEN + DAY)
    assert client_news.screen(CalledOffNews(ABOUT, (gone,)), CITY).rows == (OTHER_TIMES,)


def test_where_no_time_is_free_the_days_of_the_office_and_the_telephone_are_left() -> None:
    screen = client_news.screen(CalledOffNews(ABOUT), CITY)
    assert screen.paragraphs == ((CALLED_OFF,), (say("called_off.none"),), PHONES)
    assert screen.rows == (OTHER_TIMES,)


def test_whose_talk_is_possible_after_all_may_keep_it_or_look_at_other_times() -> None:
    screen = client_news.screen(PossibleAgainNews(ABOUT), CITY)
    told, question = title("Ada Adler", "possible_again.title"), say("possible_again.question")
    assert screen.paragraphs == ((told,), (question,), PHONES)
    keep = offer("adler", TUESDAY_TEN, say("possible_again.keep"))
    assert screen.rows == (keep, OTHER_TIMES)


def test_with_somebody_who_has_left_the_city_file_it_cannot_be_kept() -> None:
    gone = replace(ABOUT, case_manager_id="left")
    assert client_news.screen(PossibleAgainNews(gone), CITY).rows == (OTHER_TIMES,)


@pytest.mark.parametrize(
    ("about", "name", "phones"),
    [
        (replace(ABOUT, case_manager_id="left"), "Rathaus", PHONES),
        (NOBODYS, CityText("organisation"), ()),
    ],
)
def test_of_whom_the_city_file_no_longer_names_the_office_is_told(
    about: Appointment, name: str | Value, phones: tuple[Line, ...]
) -> None:
    screen = client_news.screen(PossibleAgainNews(about), CITY)
    told, question = title(name, "possible_again.title"), say("possible_again.question")
    assert screen.paragraphs == ((told,), (question,), phones)


def test_an_office_without_a_telephone_asks_nobody_to_call() -> None:
    silent = replace(CITY, offices=(replace(CITY.offices[0], phones=()),))
    assert client_news.screen(CalledOffNews(ABOUT), silent).paragraphs[-1] == ()


@pytest.mark.parametrize(
    ("arranged", "key", "phones"),
    [(True, "help.arranged", ()), (False, "help.not_arranged", PHONES)],
)
def test_whether_somebody_helps_with_the_language_is_told_and_whom_to_call_if_not(
    arranged: bool, key: str, phones: tuple[Line, ...]
) -> None:
    screen = client_news.screen(HelpNews(ABOUT, arranged), CITY)
    told = say(key, day=Day(TUESDAY_TEN), time=Time(TUESDAY_TEN), code=Code("K7PM"))
    assert screen.paragraphs == ((told,), phones)
    assert screen.rows == (DETAILS,)


@pytest.mark.parametrize(
    ("now", "when"),
    [
        (TUESDAY_TEN - 2 * HOUR, say("reminder.today", **WHEN)),
        (TUESDAY_TEN - DAY, say("reminder.tomorrow", **WHEN)),
        (
            TUESDAY_TEN - 3 * DAY,
            say(
                "reminder.on_day",
                day=Day(TUESDAY_TEN),
                time=Time(TUESDAY_TEN),
                code=Code("K7PM"),
            ),
        ),
    ],
)
def test_a_reminder_says_when_and_nothing_of_whom_or_where(now: int, when: Line) -> None:
    screen = reminders.screen(ABOUT, CITY, now, with_details=False)
    assert screen.paragraphs == ((when,),)
    assert screen.rows == (
        (Button(say("reminder.coming"), "coming::12.2"),),
        (Button(say("reminder.cannot"), "cancel::12"),),
        DETAILS,
    )


def test_a_reminder_names_the_person_and_the_office_for_who_wants_that() -> None:
    (lines,) = reminders.screen(ABOUT, CITY, TUESDAY_TEN - DAY, with_details=True).paragraphs
    assert lines[1:] == (
        say("appointment.person", name=Name("Ada Adler")),
        say("appointment.office", office=Name("Rathaus, Nordstadt")),
        say("card.address", address=Name("Marktplatz 1, 99001 Smallville")),
    )


@pytest.mark.parametrize(
    "about",
    [NOBODYS, replace(ABOUT, case_manager_id="left"), replace(ABOUT, office_id="closed")],
)
def test_a_reminder_of_a_talk_with_whom_the_city_file_no_longer_names_says_whom_to_call(
    about: Appointment,
) -> None:
    when, asked = reminders.screen(about, CITY, TUESDAY_TEN - DAY, with_details=False).paragraphs
    assert when == (say("reminder.tomorrow", **WHEN),)
    assert asked == ASK_FIRST


def test_where_no_office_has_a_telephone_nobody_is_asked_to_call() -> None:
    silent = replace(CITY, offices=tuple(replace(each, phones=()) for each in CITY.offices))
    paragraphs = reminders.screen(NOBODYS, silent, TUESDAY_TEN - DAY, with_details=True).paragraphs
    assert len(paragraphs) == 1


def test_who_is_handed_over_reads_that_the_time_stays_with_whom_and_where() -> None:
    screen = client_news.screen(HandedOverNews(ABOUT), CITY)
    where = (
        say("appointment.office", office=Name("Rathaus, Nordstadt")),
        say("card.address", address=Name("Marktplatz 1, 99001 Smallville")),
    )
    assert screen.paragraphs == ((title("Ada Adler", "handed_over.title"),), where, PHONES)
    assert screen.rows == (DETAILS,)


def test_operators_read_whom_the_city_file_left_behind_and_what_tells_more() -> None:
    screen = operator_news.screen(Orphaned(("left", "closed")), CITY)
    names, command = Name("left, closed"), Code("python -m bot check")
    assert screen.paragraphs == ((say("operator.orphaned", names=names, command=command),),)


@pytest.mark.parametrize(
    ("about", "now", "holds"),
    [
        (ABOUT, TUESDAY_TEN - 1, True),
        (ABOUT, TUESDAY_TEN, False),
        (replace(ABOUT, sequence=3), TUESDAY_TEN - 1, False),
        (replace(ABOUT, status=Status.CANCELLED), TUESDAY_TEN - 1, False),
        (None, TUESDAY_TEN - 1, False),
    ],
)
def test_a_reminder_holds_until_the_talk_begins_or_is_no_longer_as_it_was(
    about: Appointment | None, now: int, holds: bool
) -> None:
    assert reminders.still_holds(Reminder(2), about, now) == holds


def test_what_stands_under_a_clients_message_is_good_for_as_long_as_it_stands_there() -> None:
    others = (slots.slot_at(ADA, TUESDAY_TEN + DAY),)
    screens = (
        client_news.screen(CalledOffNews(ABOUT, others), CITY),
        client_news.screen(HelpNews(ABOUT, arranged=True), CITY),
        reminders.screen(ABOUT, CITY, TUESDAY_TEN - DAY, with_details=True),
    )
    presses = [decode(b.data) for screen in screens for row in screen.rows for b in row]
    assert [p is not None and BY_ACTION[p.action].lasting for p in presses] == [True] * 6
    assert {p.revision for p in presses if p is not None} == {None}


@pytest.mark.parametrize(
    ("news", "line"),
    [
        (Undelivered("office:hall"), say("operator.told", name=Name("Rathaus"))),
        (Undelivered("case_manager:busch"), say("operator.told", name=Name("Bela Busch"))),
        (Undelivered("office:closed"), say("operator.told", name=Name("closed"))),
        (Unattended("adler"), say("operator.unseen", name=Name("Ada Adler"))),
        (Unattended("left"), say("operator.unseen", name=Name("left"))),
        (UpdatesKept(WebhookFault.TAKEN), say("operator.webhook_taken")),
        (UpdatesKept(WebhookFault.FAILING), say("operator.webhook_failing")),
    ],
)
def test_whoever_runs_the_program_is_told_whose_mailbox_it_is_and_can_press_nothing(
    news: OperatorNews, line: Line
) -> None:
    screen = operator_news.screen(news, CITY)
    assert (screen.paragraphs, screen.rows) == (((line,),), ())


def test_who_is_asked_about_another_time_reads_that_theirs_stands_until_they_choose() -> None:
    later = TUESDAY_TEN + DAY
    others = (slots.slot_at(ADA, later), slots.slot_at(BELA, later + HOUR))
    screen = client_news.screen(AskedNews(ABOUT, others), CITY)
    assert screen.paragraphs == (
        (say("time_asked.title", name=Name("Ada Adler"), code=Code("K7PM")),),
        (say("time_asked.until_then", day=Day(TUESDAY_TEN), time=Time(TUESDAY_TEN)),),
    )
    same = say("alternatives.slot", day=ShortDay(later), time=Time(later))
    other = say(
        "called_off.slot",
        day=ShortDay(later + HOUR),
        time=Time(later + HOUR),
        name=Name("Bela Busch"),
    )
    keep = say("time_asked.keep", day=ShortDay(TUESDAY_TEN), time=Time(TUESDAY_TEN))
    assert screen.rows == (
        (Button(same, f"asked_time::12.2.{slot_values.of_slot(others[0])}"),),
        (Button(other, f"asked_time::12.2.{slot_values.of_slot(others[1])}"),),
        (Button(keep, "keep_time::12.2"),),
    )


def test_who_is_asked_is_offered_nothing_with_who_has_left_the_city_file() -> None:
    gone = slots.slot_at(replace(ADA, id="left"), TUESDAY_TEN + DAY)
    rows = client_news.screen(AskedNews(ABOUT, (gone,)), CITY).rows
    assert [row[0].data for row in rows] == ["keep_time::12.2"]


@pytest.mark.parametrize(
    ("about", "now", "asks"),
    [
        (ASKED, TUESDAY_TEN - 1, True),
        (ASKED, TUESDAY_TEN, False),
        (replace(ASKED, sequence=3), TUESDAY_TEN - 1, False),
        (replace(ASKED, status=Status.CANCELLED), TUESDAY_TEN - 1, False),
        (replace(ASKED, answer=Answer.COMING), TUESDAY_TEN - 1, False),
    ],
)
def test_a_question_is_put_only_while_it_waits_for_an_answer(
    about: Appointment, now: int, asks: bool
) -> None:
    assert client_news.still_asks(AskedNews(ABOUT, ()), about, now) == asks
