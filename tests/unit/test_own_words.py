"""What clients type in their own words is understood, shown, and never done."""

import pytest
from beginnings import client, newcomer, stranger, with_one, with_two
from beginnings_of_staff import ada
from chat_in_memory import ME, Chat
from hypothesis import given
from hypothesis import strategies as st
from riders import rider
from test_conversation_table import state
from typed_words import WORDS
from writers import (
    mumbles,
    mumbles_again,
    names_a_stop,
    same_person_again,
    wants_next_week,
    wants_sunday,
    wants_tuesday,
)

from bot.conversation.content import Phone, Say, say
from bot.conversation.outcome import DeleteTheirMessage
from bot.conversation.session import NOTHING_CHOSEN
from bot.conversation.steps.whereabouts import ASKED

HALF_WAY = "book postal:99001 office:hall person:adler"
SENTENCES = (
    *("I want to cancel my appointment", "yes", "confirm", "tomorrow at 10", "delete my data"),
    *("ich will absagen", "запишите меня", "je veux annuler", "Ada Adler", "99002", "next week"),
    *("call me", "qwrtz", "someone who speaks Arabic", "Market square", "українською будь ласка"),
)


def with_whom(chat: Chat) -> set[str]:
    """With whom a time can be pressed."""
    return {value.partition(".")[0] for action, value in chat.offers if action == "time"}


@pytest.mark.parametrize(
    ("text", "screen", "told"),
    [
        ("When is my appointment?", "appointment", ()),
        ("where do I have to go", "appointment", ()),
        ("I can't come", "cancel", ("typed.not_cancelled",)),
        ("please cancel my appointment", "cancel", ("typed.not_cancelled",)),
        ("I need another time", "appointment", ("typed.change",)),
        ("hello", "menu", ("typed.hello",)),
        ("thank you so much", "menu", ("typed.welcome",)),
        ("yes", "menu", ("typed.press",)),
        ("what is your phone number", "directory", ("contact.number",)),
        ("I want another language", "language", ()),
    ],
)
def test_who_has_an_appointment_is_shown_where_it_is_done(
    text: str, screen: str, told: tuple[str, ...]
) -> None:
    chat = with_one().writes(text)
    assert (chat.screen, chat.told) == (screen, told)


def test_who_will_be_late_is_shown_the_button_that_says_so() -> None:
    chat = with_one()
    chat.town.now = chat.town.appointments[1].start - 1800
    chat.writes("I will be late")
    assert (chat.screen, chat.told) == ("appointment", ("typed.late",))
    assert ("late", "1.0") in chat.offers


def test_who_has_several_appointments_says_which() -> None:
    chat = with_two().writes("I can't come")
    assert (chat.screen, chat.told) == ("mine", ("typed.which_one",))


def test_who_has_none_reads_that() -> None:
    chat = client().writes("when is my appointment")
    assert (chat.screen, "mine.none" in chat.page) == ("mine", True)


def test_what_has_begun_can_only_be_looked_at_and_spoken_of_by_phone() -> None:
    chat = with_one()
    chat.town.now = chat.town.appointments[1].start + 60
    chat.writes("cancel my appointment")
    assert (chat.screen, chat.told) == ("appointment", ("contact.number",))


def test_a_day_and_a_time_are_answered_by_free_times_next_to_it() -> None:
    assert wants_tuesday().page.startswith(
        "suggested.question\nsuggested.at(day=2026-11-24, time=10:00)\n\nsuggested.free\n"
    )


def test_a_span_is_answered_by_its_first_days_with_room_and_says_which_half_of_them() -> None:
    page = wants_next_week().page
    assert page.startswith(
        "suggested.question\nsuggested.between(first=2026-11-30, last=2026-12-06)\n"
        "suggested.only_afternoons\n\nsuggested.free"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("from Thursday on", "suggested.from(first=2026-11-26)"),
        ("before Friday", "suggested.until(last=2026-11-26)"),
        ("on Thursday morning", "suggested.morning(day=2026-11-26)"),
        ("on Thursday afternoon", "suggested.afternoon(day=2026-11-26)"),
        ("on Thursday", "suggested.day(day=2026-11-26)"),
    ],
)
def test_what_was_understood_is_said_again(text: str, said: str) -> None:
    assert client().writes(text).page.split("\n")[1] == said


def test_where_nothing_is_free_then_the_nearest_times_are_offered() -> None:
    page = wants_sunday().page
    assert ("suggested.none" in page, "time:" in page) == (True, True)


def test_a_time_beside_a_name_is_looked_for_with_that_person() -> None:
    chat = client().writes("tomorrow at 9 with Bela Busch")
    assert with_whom(chat) == {"busch"}


def test_the_staff_write_nothing_while_they_book_for_somebody() -> None:
    chat = ada().walks("walk_in walk_in_language:en").writes("tomorrow at 10")
    assert chat.told == ("staff.use_buttons",)


def test_a_title_before_a_name_says_nothing_of_the_time() -> None:
    assert with_whom(client().writes("tomorrow at 9 with Mrs Busch")) == {"busch"}


def test_a_time_beside_an_office_is_looked_for_there() -> None:
    chat = client().writes("next week in the Bücherei")
    assert with_whom(chat) == {"clark"}


def test_danger_is_answered_before_anything_else_and_in_both_languages() -> None:
    chat = with_one().writes("мой муж меня бьёт, отмените запись")
    assert (chat.screen, chat.orders) == ("emergency", (DeleteTheirMessage(),))
    assert chat.outcome.notice[:2] == (
        say("typed.taken_away"),
        Say("emergency.police", {"phone": Phone("110")}, "ru"),
    )


def test_who_writes_of_danger_first_of_all_reads_the_numbers() -> None:
    chat = Chat().writes("my husband beats me")
    assert (chat.screen, chat.told[1:]) == ("emergency", ("emergency.police",))
    assert chat.walks("back").screen == "language"


def test_before_the_notice_the_language_typed_is_the_one_asked_in() -> None:
    chat = stranger().writes("Добрый день, мне нужна помощь с письмом")
    assert chat.outcome.notice == (Say("language.choose", {}, "ru"),)


def test_on_the_notice_the_same_is_not_said_twice() -> None:
    chat = newcomer().writes("tomorrow at 10")
    assert (chat.screen, chat.told) == ("notice", ("anything.use_buttons",))
    assert chat.writes("tomorrow at 10").told == ("guessed.again", "contact.number")


def test_another_language_is_offered_and_not_switched_to() -> None:
    chat = client().writes("Скажите, пожалуйста, когда у меня встреча?")
    offer = chat.outcome.notice[-1]
    assert isinstance(offer, Say)
    assert (chat.session.language, offer.key, offer.language) == ("en", "typed.language", "ru")


def test_who_is_not_understood_in_another_language_can_press_it() -> None:
    chat = client().writes("ich weiß nicht was ich damit hier machen soll")
    assert ("language", "de") in chat.offers


def test_who_is_not_understood_twice_reads_something_else() -> None:
    first, second = mumbles().page, mumbles_again().page
    assert (first.split("\n")[0], second.split("\n")[0]) == (
        "guessed.not_understood",
        "guessed.again",
    )


def test_on_the_way_to_a_time_the_screen_stays_with_its_buttons() -> None:
    chat = client().walks(HALF_WAY)
    before = chat.offers
    chat.writes("qwrtz plmk")
    assert (chat.screen, chat.told, chat.offers) == (
        "days",
        ("guessed.not_understood", "contact.number"),
        before,
    )


def test_who_wants_to_book_goes_on_where_they_are() -> None:
    chat = client().walks(HALF_WAY).writes("I want an appointment")
    assert (chat.screen, chat.told) == ("days", ("typed.go_on",))


def test_who_wants_to_book_is_asked_where_they_live() -> None:
    assert client().writes("I want an appointment").screen == "place"


def test_who_has_not_agreed_is_asked_first() -> None:
    declined = newcomer().walks("decline")
    assert declined.writes("tomorrow at 10").screen == "notice"


def test_where_they_live_and_when_in_one_message_is_both_understood() -> None:
    chat = client().walks("book").writes("99001, tomorrow at 10")
    assert (chat.screen, chat.session.draft.order[0]) == ("suggested", "hall")


def test_a_stop_is_understood_anywhere() -> None:
    assert rider().writes("Marktplatz").screen == "offices"
    assert names_a_stop().offers[0] == ("area", "s.marktplatz")


def test_the_same_person_as_last_time_can_be_pressed() -> None:
    assert same_person_again().offers[0] == ("person", "adler")


@given(st.lists(st.one_of(st.sampled_from(SENTENCES), st.text(max_size=40)), max_size=4))
def test_typed_words_do_nothing_and_lose_no_choice(texts: list[str]) -> None:
    for chat in (client().walks(HALF_WAY), with_one()):
        chat.town.resident(ME)
        before = state(chat.town)
        for text in texts:
            chosen, answers = choices(chat), chat.screen in ASKED
            chat.writes(text)
            assert answers or chosen.items() <= choices(chat).items()
        assert state(chat.town) == before


def choices(chat: Chat) -> dict[str, object]:
    """What they have chosen so far, without what is only shown to them."""
    draft, shown = chat.session.draft, {"guesses", "wanted", "misses", "looking_at", "ambiguous"}
    names = [name for name in draft.__slots__ if name not in shown]
    return {n: found for n in names if (found := getattr(draft, n)) != getattr(NOTHING_CHOSEN, n)}


def test_the_tables_know_seven_languages() -> None:
    assert len(WORDS.days) == len(WORDS.intents.frequent) == 7
