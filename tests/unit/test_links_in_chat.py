"""What a link carries into a chat: an invitation of one of the staff, or the claim of a slip."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from beginnings import client, newcomer
from beginnings_of_staff import FRONT_DESK, ada, ada_with_paper, speaker
from chat_in_memory import ME, Chat
from town_in_memory import ADA, CITY, NOBODY, Town

from bot.domain.actors import OPERATOR, Actor

ANOTHER = 8
TOKEN, SLIP = "an-invitation-of-somebody", "c-a-slip-of-paper-nr-1"
NOT_USABLE = ("link.not_usable",)


@pytest.mark.parametrize(
    ("actor", "told"),
    [
        (Actor.of(ADA), "staff.tied"),
        (FRONT_DESK, "front_desk.tied"),
        (OPERATOR, "operator.tied"),
    ],
)
def test_an_invitation_opens_the_menu_of_the_staff_in_the_citys_language(
    actor: Actor, told: str
) -> None:
    chat = client()
    chat.town.invitations[TOKEN] = actor
    chat.walks("book").starts(TOKEN)
    assert (chat.session.trail, chat.told) == (("staff_menu",), (told,))
    assert chat.session.language == CITY.languages[0]
    assert chat.town.resident(ME).actor == actor


def test_an_invitation_is_good_once() -> None:
    chat = client()
    chat.town.invitations[TOKEN] = Actor.of(ADA)
    chat.starts(TOKEN)
    another = Chat(chat.town, person_id=ANOTHER).starts(TOKEN)
    assert (another.session.trail, another.told) == (("language", "directory"), NOT_USABLE)


@pytest.mark.parametrize("argument", ["", "poster", "c99"])
def test_a_word_on_a_poster_is_an_ordinary_beginning(argument: str) -> None:
    assert Chat().starts(argument).screen == "language"
    assert client().walks("book").starts(argument).session.trail == ("menu",)


@pytest.mark.parametrize("argument", [TOKEN, SLIP, "c-of-nothing-there-ever-was"])
def test_16_a_link_that_opens_nothing_any_more_gets_one_sentence_and_the_phone_numbers(
    argument: str,
) -> None:
    stranger, known = Chat().starts(argument), client().walks("book").starts(argument)
    assert (stranger.session.trail, stranger.told) == (("language", "directory"), NOT_USABLE)
    assert (known.session.trail, known.told) == (("menu", "directory"), NOT_USABLE)
    one_of_staff = ada().starts(argument)
    assert one_of_staff.screen == "staff_menu"
    assert one_of_staff.told == ("staff.link_not_usable",)


def test_16_who_has_claimed_a_slip_is_led_to_the_appointment_again() -> None:
    chat = Chat(on_paper(), person_id=ANOTHER).starts(SLIP).walks("back").starts(SLIP)
    assert (chat.screen, chat.session.draft.looking_at) == ("appointment", 1)


def on_paper() -> Town:
    """Where an Arabic speaker has a slip of paper for Ada's talk."""
    town = ada_with_paper().town
    town.slips[SLIP] = town.slips.pop("c1")
    return town


def test_the_slip_brings_its_appointment_into_the_chat_in_its_own_language() -> None:
    chat = Chat(on_paper(), person_id=ANOTHER).starts(SLIP)
    assert (chat.screen, chat.told) == ("appointment", ("claim.tied",))
    assert (chat.session.language, chat.session.draft.looking_at) == ("ar", 1)
    assert chat.kept == "booked"
    assert chat.town.appointments[1].person_id == ANOTHER
    assert chat.walks("back").screen == "mine"


@pytest.mark.parametrize("begin", [client, newcomer])
def test_who_has_chosen_a_language_keeps_it(begin: Callable[[], Chat]) -> None:
    chat = begin()
    chat.town, chat.person_id = on_paper(), ANOTHER
    assert chat.starts(SLIP).session.language == "en"
    assert chat.screen == "appointment"


def test_a_slip_is_good_once() -> None:
    town = on_paper()
    Chat(town, person_id=ANOTHER).starts(SLIP)
    second = Chat(town, person_id=ANOTHER + 1).starts(SLIP)
    assert (second.screen, second.told) == ("directory", NOT_USABLE)
    assert town.appointments[1].person_id == ANOTHER


def test_a_slip_opened_by_the_staff_stays_the_clients() -> None:
    chat = speaker(Actor.of(ADA), on_paper()).starts(SLIP)
    assert chat.screen == "staff_menu"
    assert chat.town.appointments[1].person_id == NOBODY


def test_who_books_for_somebody_who_is_there_gets_the_slip_once_it_is_theirs_no_more() -> None:
    chat = ada().walks("walk_in walk_in_language:en day time confirm")
    assert [offer for offer in chat.offers if offer[0] == "slip"] == [("slip", "1")]
    taken = replace(chat.town.appointments[1], person_id=ANOTHER)
    chat.town.keep(taken)
    chat.town.slips.clear()
    assert [offer for offer in chat.offers if offer[0] == "slip"] == []
