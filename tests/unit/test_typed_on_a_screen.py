"""What is typed is answered by what stands on the screen, and by what the client may do."""

import pytest
from beginnings import client, newcomer, nobody_answers, with_one, with_two
from chat_in_memory import Chat
from town_in_memory import at
from ways_to_a_time import TO_CONFIRM, TO_WISH

from bot.conversation import session as sessions
from bot.conversation.content import Say
from bot.conversation.outcome import Ask

ADAS_DAYS = "book postal:99001 office:hall person:adler"
A_LATER_DAY = f"{ADAS_DAYS} day:2026-12-02"


def understood(chat: Chat) -> list[str]:
    """What the client is asked whether they meant it."""
    lines = chat.page.split("\n\n")[0].split("\n")
    assert lines[0] == "suggested.question"
    return lines[1:]


@pytest.mark.parametrize(
    ("path", "text", "meant"),
    [
        (A_LATER_DAY, "10", "suggested.at(day=2026-12-02, time=10:00)"),
        (A_LATER_DAY, "10:30", "suggested.at(day=2026-12-02, time=10:30)"),
        (A_LATER_DAY, "in the afternoon", "suggested.afternoon(day=2026-12-02)"),
        (f"{A_LATER_DAY} time", "10", "suggested.at(day=2026-12-02, time=10:00)"),
        (A_LATER_DAY, "tomorrow at 10", "suggested.at(day=2026-11-24, time=10:00)"),
    ],
)
def test_a_time_alone_is_meant_on_the_day_that_stands_there(
    path: str, text: str, meant: str
) -> None:
    assert understood(client().walks(path).writes(text)) == [meant]


@pytest.mark.parametrize(
    ("first", "then", "meant", "with_whom"),
    [
        ("Thursday", "at 10", "suggested.at(day=2026-11-26, time=10:00)", {"clark"}),
        ("Bela Busch tomorrow", "at 10", "suggested.at(day=2026-11-24, time=10:00)", {"busch"}),
        ("Bela Busch tomorrow", "on Thursday", "suggested.day(day=2026-11-26)", {"busch"}),
        (
            "Bela Busch tomorrow",
            "Ada Adler at 9",
            "suggested.at(day=2026-11-24, time=09:00)",
            {"adler"},
        ),
    ],
)
def test_who_says_more_is_understood_by_what_they_said_before(
    first: str, then: str, meant: str, with_whom: set[str]
) -> None:
    chat = client().writes(first).writes(then)
    people = {value.partition(".")[0] for action, value in chat.offers if action == "time"}
    assert (understood(chat), people) == ([meant], with_whom)


@pytest.mark.parametrize("path", [TO_WISH, f"{TO_WISH} wish_topic", f"{TO_WISH} wish_adults"])
def test_among_the_wishes_the_screen_stays_with_its_buttons(path: str) -> None:
    chat = client().walks(path)
    before = chat.offers
    chat.writes("qwrtz")
    assert (chat.told, chat.offers) == (("guessed.not_understood", "contact.number"), before)


@pytest.mark.parametrize("text", ["K7PM", " k7pm ", "my code is K7PM"])
def test_the_code_of_an_appointment_opens_it(text: str) -> None:
    chat = with_two().writes(text)
    assert (chat.screen, chat.session.draft.looking_at) == ("appointment", 1)


def test_the_code_says_which_one_is_to_be_cancelled() -> None:
    chat = with_two().writes("please cancel B2CD")
    assert (chat.screen, chat.session.draft.looking_at) == ("cancel", 2)


def test_who_has_said_already_that_they_are_late_is_not_asked_to_press_it() -> None:
    chat = with_one()
    chat.town.now = at("2026-11-25 07:30")
    chat.walks("mine details late").writes("I will be late")
    assert (chat.screen, chat.told) == ("appointment", ())


def test_who_has_no_appointment_and_asks_where_it_is_sees_all_offices() -> None:
    assert client().writes("where is the office").screen == "directory"


@pytest.mark.parametrize("text", ["yes", "I will come", "no", "ok"])
def test_a_typed_answer_to_a_reminder_brings_its_buttons_again(text: str) -> None:
    chat = with_one()
    chat.town.reminded.add(1)
    chat.writes(text)
    assert [type(order) for order in chat.orders] == [Ask]


@pytest.mark.parametrize("path", [TO_CONFIRM, "mine details cancel"])
def test_a_yes_to_what_stands_there_is_none_to_the_reminder(path: str) -> None:
    chat = with_one().walks(path)
    chat.town.reminded.add(1)
    chat.writes("yes")
    assert (chat.orders, chat.told) == ((), ("typed.press",))


def test_in_the_settings_everything_is_understood() -> None:
    chat = with_one().walks("settings")
    assert chat.writes("cancel my appointment").screen == "cancel"


def test_a_language_typed_in_the_settings_can_be_read_whoever_may_book() -> None:
    chat = newcomer().walks("decline settings").writes("Deutsch")
    assert chat.offers[0] == ("language", "de")
    assert ("speaking", "de") not in chat.offers


@pytest.mark.parametrize(
    ("text", "first"),
    [("yes", "typed.press"), ("hello", "typed.hello"), ("cancel", "typed.not_cancelled")],
)
def test_the_same_is_never_answered_twice_in_a_row(text: str, first: str) -> None:
    chat = with_one()
    said = [chat.writes(text).told for _ in range(3)]
    assert said == [(first,), ("typed.go_on", "contact.number"), (first,)]


def test_who_goes_on_wanting_to_book_is_not_told_the_same() -> None:
    chat = client().walks(ADAS_DAYS)
    said = [chat.writes("I want an appointment").told for _ in range(2)]
    assert said == [("typed.go_on",), ("typed.press", "contact.number")]


def test_another_language_is_offered_once() -> None:
    chat = client()
    texts = ("Ich möchte bitte einen Termin", "ich weiß nicht was ich hier tun soll")
    offers = [
        [line for line in chat.writes(text).outcome.notice if is_an_offer(line)] for text in texts
    ]
    assert [len(each) for each in offers] == [1, 0]
    assert ("language", "de") in chat.offers
    kept = sessions.from_json(sessions.to_json(chat.session), "en", chat.session.consent)
    assert kept.proposed == ("de",)


def is_an_offer(line: object) -> bool:
    """Whether another language is offered by this."""
    return isinstance(line, Say) and line.key == "typed.language"


def test_an_offered_language_the_city_no_longer_has_is_none() -> None:
    chat = client().writes("Deutsch bitte, andere Sprache")
    chat.session = chat.session.choosing(guesses=("language:xx", "speaking:xx", "language:de"))
    assert [value for action, value in chat.offers if action in ("language", "speaking")] == ["de"]


@pytest.mark.parametrize("text", ["I can't come, I am at 99002", "please cancel, 99002"])
def test_a_place_beside_it_does_not_hide_that_somebody_cannot_come(text: str) -> None:
    assert with_one().walks("book").writes(text).screen == "cancel"


def test_thanks_and_until_then_is_a_farewell() -> None:
    text = "thank you, see you Thursday"
    assert with_one().writes(text).told == ("typed.welcome",)
    assert with_one().walks(ADAS_DAYS).writes(text).screen == "suggested"
    assert client().writes(text).screen == "suggested"
    assert with_one().writes("thanks, tomorrow at 10").screen == "suggested"


@pytest.mark.parametrize("text", ["move my appointment to Friday morning", "Bela Busch next week"])
def test_what_was_typed_is_kept_between_two_turns(text: str) -> None:
    session = with_one().writes(text).session
    kept = sessions.from_json(sessions.to_json(session), session.language, session.consent)
    assert kept == session


def test_what_an_older_version_kept_is_read() -> None:
    text = (
        '{"trail":["menu","suggested"],"draft":{"wanted":{"days":["2026-11-24"],"gone":1}},'
        '"revision":3,"keyboard":false}'
    )
    wanted = sessions.from_json(text, "en", "1").draft.wanted
    assert (wanted.days, wanted.moves) == (("2026-11-24",), False)


def test_where_nobody_answers_for_the_appointment_no_number_is_given() -> None:
    assert "contact.number" not in nobody_answers().writes("qwrtz").page
