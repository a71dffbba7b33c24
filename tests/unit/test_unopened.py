"""What nobody opens: a kind answer by what it was, and nothing that was chosen is lost."""

from dataclasses import replace

import pytest
from beginnings import client, newcomer, stranger, with_one, with_wishes
from beginnings_of_staff import ada
from chat_in_memory import Chat
from meanwhile import no_number
from screen_words import written
from ways_to_a_time import TO_CONFIRM

from bot.conversation.events import Event, Reacted, SentKind, SentSomethingElse, Wrote
from bot.conversation.outcome import Ask, DeleteTheirMessage
from bot.domain.appointment import Answer

NUMBERS = ("called_off.call", "contact.number")
QUESTION = (
    "sent.{}(day=2026-11-25, time=08:00){}\n\n"
    "[reminder.coming -> coming:1.0]\n[reminder.cannot -> cancel:1]"
)
STICKER, THUMB = SentSomethingElse(what=SentKind.STICKER), Wrote("👍🏽")


def reminded() -> Chat:
    """A client who was reminded of appointment 1, on the summary of another one."""
    chat = with_one().walks(TO_CONFIRM)
    chat.town.reminded.add(1)
    return chat


def asked(chat: Chat) -> str:
    """The message of its own that was sent."""
    (order,) = chat.orders
    assert isinstance(order, Ask)
    return written(order.question)


@pytest.mark.parametrize(
    ("what", "told"),
    [
        (SentKind.VOICE, ("sent.voice", *NUMBERS)),
        (SentKind.FILE, ("sent.file",)),
        (SentKind.CONTACT, ("sent.contact",)),
        (SentKind.STICKER, ("sent.sticker",)),
        (SentKind.OTHER, ("anything.not_opened",)),
    ],
)
def test_each_kind_has_an_answer_of_its_own_and_the_screen_stays(
    what: SentKind, told: tuple[str, ...]
) -> None:
    chat = client().walks(TO_CONFIRM)
    before = chat.session
    chat.does(SentSomethingElse(what=what))
    assert chat.told == told
    assert chat.session == replace(before, revision=before.revision + 1, said=told[0])


def test_the_same_is_never_said_twice_in_a_row() -> None:
    chat, said = client(), []
    for event in (THUMB, STICKER, THUMB, SentSomethingElse(what=SentKind.FILE), THUMB):
        said.append(chat.does(event).told)
    assert said == [
        ("sent.sticker",),
        ("sent.again", *NUMBERS),
        ("sent.sticker",),
        ("sent.file",),
        ("sent.sticker",),
    ]
    assert chat.writes("qwrtz").session.said == ""


def test_where_nobody_can_be_called_no_number_is_promised() -> None:
    chat = client()
    no_number(chat)
    assert chat.does(SentSomethingElse(what=SentKind.VOICE)).told == ("sent.voice",)


def test_who_has_an_appointment_is_given_the_number_that_answers_for_it() -> None:
    assert with_one().does(SentSomethingElse(what=SentKind.VOICE)).told == ("sent.voice", *NUMBERS)


def test_a_contact_does_not_stay_in_the_chat() -> None:
    assert client().does(SentSomethingElse(what=SentKind.CONTACT)).orders == (DeleteTheirMessage(),)


@pytest.mark.parametrize("begin", [stranger, newcomer, Chat])
def test_who_has_not_agreed_yet_is_answered_as_well(begin: type[Chat]) -> None:
    chat = begin()
    screen = chat.screen or "language"
    assert chat.does(STICKER).screen == screen


def test_the_staff_are_told_that_it_cannot_be_opened() -> None:
    assert ada().does(STICKER).told == ("staff.not_opened",)
    assert ada().does(THUMB).told == ("staff.type_a_code",)


@pytest.mark.parametrize("event", [STICKER, THUMB, Reacted()])
def test_a_thumbs_up_after_a_reminder_brings_its_two_buttons_again(event: Event) -> None:
    chat = reminded()
    before = chat.session
    chat.does(event)
    assert asked(chat) == QUESTION.format("no_answer", "")
    assert chat.outcome.silent
    assert chat.session == replace(before, said="sent.no_answer")
    assert chat.town.appointments[1].answer is Answer.NONE


def test_who_calls_is_asked_whether_they_will_call() -> None:
    chat = with_wishes()
    chat.town.reminded.add(1)
    assert "phone_talk.will_call" in asked(chat.does(THUMB))


def test_another_thumbs_up_is_answered_in_other_words_and_with_whom_to_call() -> None:
    chat = reminded().does(THUMB)
    assert asked(chat.does(STICKER)) == QUESTION.format(
        "still_no_answer",
        "\ncalled_off.call"
        "\ncontact.number(phone=tel 09900 12-30, whose=contact.of_office(name='Rathaus'))",
    )
    assert asked(chat.does(THUMB)) == QUESTION.format("no_answer", "")


def test_a_second_reaction_asks_no_second_time() -> None:
    chat = reminded().does(Reacted())
    assert chat.does(Reacted()).orders == ()
    assert chat.does(Reacted()).session.said == "sent.no_answer"


@pytest.mark.parametrize("begin", [client, with_one, newcomer, Chat])
def test_a_reaction_to_anything_else_disturbs_nothing(begin: type[Chat]) -> None:
    chat = begin()
    before = chat.session
    chat.does(Reacted())
    assert (chat.session, chat.orders, chat.outcome.silent) == (before, (), True)


def test_the_buttons_of_the_question_do_what_those_of_the_reminder_do() -> None:
    chat = reminded().does(THUMB)
    chat.presses_below("coming", "1.0")
    assert (chat.screen, chat.town.appointments[1].answer) == ("appointment", Answer.COMING)
    assert chat.does(THUMB).told == ("sent.sticker",)
