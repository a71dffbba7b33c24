"""What is sent to the bot besides presses: commands, words, places, and what nobody opens."""

from dataclasses import replace

import pytest
from beginnings import client, newcomer, stranger, with_one, without_bela
from beginnings_of_staff import ada, busy_ada, speaker
from chat_in_memory import ME, Chat
from meanwhile import untied
from riders import asked_which_part, lost, rider
from town_in_memory import BELA, CITY
from ways_to_a_time import TO_CONFIRM, TO_DAYS, asked_which

from bot.conversation import session as sessions
from bot.conversation.dialog import hides_a_secret
from bot.conversation.events import Commanded, Event, Pressed, SentSomethingElse, Started, Wrote
from bot.conversation.outcome import (
    AskForLocation,
    DeleteTheirMessage,
    SendDataExport,
    TakeKeyboardAway,
)
from bot.conversation.presses import Press
from bot.conversation.session import Draft, Session
from bot.domain.actors import Actor
from bot.domain.appointment import Status
from bot.domain.city import City

USE_BUTTONS = ("anything.use_buttons",)
WALK_IN_DAYS = "walk_in walk_in_language:en"


def test_a_command_begins_anew_where_somebody_stands_by_right() -> None:
    assert stranger().starts().screen == "language"
    assert newcomer().starts().screen == "notice"
    assert client().walks(TO_DAYS).starts().session.trail == ("menu",)
    assert ada().walks("today").starts().session.trail == ("staff_menu",)


@pytest.mark.parametrize(
    ("command", "trail", "told"),
    [
        ("help", ("menu",), ("anything.help",)),
        ("dance", ("menu",), ()),
        ("menu", ("menu",), ()),
        ("language", ("menu", "place", "language"), ()),
        ("privacy", ("menu", "place", "privacy"), ()),
        ("delete", ("menu", "place", "delete"), ()),
        ("export", ("menu", "place"), ("data_export.sent",)),
    ],
)
def test_a_command_leads_to_its_screen(
    command: str, trail: tuple[str, ...], told: tuple[str, ...]
) -> None:
    chat = client().walks("book").does(Commanded(command))
    assert (chat.session.trail, chat.told) == (trail, told)


@pytest.mark.parametrize(
    ("command", "trail", "told"),
    [
        ("help", ("language",), ("anything.help",)),
        ("menu", ("language",), ()),
        ("language", ("language",), ()),
        ("privacy", ("language", "privacy"), ()),
        ("delete", ("language", "delete"), ()),
        ("export", ("language",), ("data_export.sent",)),
    ],
)
def test_what_the_law_gives_everybody_needs_no_beginning(
    command: str, trail: tuple[str, ...], told: tuple[str, ...]
) -> None:
    chat = Chat().does(Commanded(command))
    assert (chat.session.trail, chat.told) == (trail, told)


def test_who_changes_the_language_in_front_of_an_offer_is_offered_what_holds_for_that_one() -> None:
    chat = without_bela().walks("book anywhere earliest")
    assert "spoken" in dict(chat.offers)
    chat.walks("settings language:de")
    assert (chat.screen, "spoken" in dict(chat.offers)) == ("confirm", False)


def test_a_second_appointment_can_be_for_somebody_of_the_family() -> None:
    chat = with_one().walks(TO_CONFIRM)
    assert "wishes.for_family" not in chat.page
    assert "wishes.for_family" in chat.walks("family").page
    assert "wishes.for_family" not in chat.walks("family").page
    assert chat.walks("family confirm").screen == "appointment"
    assert "wishes.for_family" in chat.page


def test_whom_a_first_appointment_is_for_nobody_asks_nor_when_one_is_moved() -> None:
    moving = with_one().walks("mine details change day time")
    assert [c.screen for c in (client().walks(TO_CONFIRM), moving)] == ["confirm", "confirm"]
    assert "family" not in {*dict(client().walks(TO_CONFIRM).offers), *dict(moving.offers)}


def test_a_copy_of_what_is_held_is_sent_as_a_file() -> None:
    assert Chat().does(Commanded("export")).orders == (SendDataExport(),)


@pytest.mark.parametrize(
    ("text", "screen", "told"),
    [
        ("99002", "offices", ()),
        ("Mühlenviertel", "offices", ()),
        ("Ringstraße", "which_place", ()),
        ("99001 oder 99002", "which_place", ()),
        ("12345", "offices", ()),
        ("Timbuktu", "unknown_place", ()),
    ],
)
def test_words_answer_the_question_where_somebody_lives(
    text: str, screen: str, told: tuple[str, ...]
) -> None:
    for chat in (client().walks("book"), asked_which(), client().walks("book anywhere")):
        chat.writes(text)
        assert (chat.screen, chat.told) == (screen, told)


@pytest.mark.parametrize("text", ["Elsterweg 3", "Bigtown", "Hafen"])
def test_a_street_a_neighbour_and_a_stop_lead_to_the_offices(text: str) -> None:
    for chat in (rider().walks("book"), rider().walks("book stop"), lost()):
        assert chat.writes(text).screen == "offices"
        assert (chat.session.draft.misses, chat.session.draft.ambiguous) == (0, ())


def test_a_place_that_is_gone_from_the_city_file_is_no_longer_offered() -> None:
    chat = asked_which_part()
    chat.town.city = replace(chat.town.city, stops=(), streets=())
    assert [action for action, _ in chat.offers][:1] == ["anywhere"]
    assert chat.forges("area", "s.halbweg").outcome.stale


def test_of_where_somebody_lives_nothing_stays_but_the_order_of_the_offices() -> None:
    near_the_library = client().walks("book").writes("99002")
    assert near_the_library.session.draft == Draft(order=("library", "hall"), place_known=True)
    far = client().walks("book").writes("12345")
    assert far.session.draft == Draft(order=("hall", "library"), outside=True)


def test_the_staff_find_an_appointment_of_theirs_by_its_code() -> None:
    chat = busy_ada().writes(" k7pm ")
    assert (chat.screen, chat.session.draft.looking_at) == ("visit", 1)
    assert chat.writes("B2CD").told == ("staff.no_such_code",)
    assert chat.writes("Hello").told == ("staff.type_a_code",)
    elsewhere = speaker(Actor.of(BELA), chat.town)
    assert elsewhere.writes("K7PM").told == ("staff.no_such_code",)


@pytest.mark.parametrize(("act", "said"), [("late_for", "late"), ("elsewhere", "elsewhere")])
def test_what_the_staff_were_told_on_the_phone_stands_with_the_appointment(
    act: str, said: str
) -> None:
    assert f"staff.{said}" in busy_ada().walks(f"today visit heard {act}").page


def test_who_writes_first_is_asked_for_a_language() -> None:
    chat = Chat().writes("Hello")
    assert (chat.screen, chat.told, chat.orders) == ("language", (), ())


def test_a_shared_place_sorts_the_offices_and_is_neither_kept_nor_left_in_the_chat() -> None:
    chat = client().walks("book").sends_place(47.9911, 11.0022)
    assert (chat.screen, chat.orders) == ("offices", (DeleteTheirMessage(),))
    assert chat.session.draft == Draft(order=("library", "hall"), place_known=True)
    assert "47.99" not in sessions.to_json(chat.session)


def test_a_place_far_away_is_outside() -> None:
    chat = client().sends_place(52.5, 13.4)
    assert (chat.screen, chat.session.draft.outside) == ("offices", True)


@pytest.mark.parametrize("path", ["", "decline"])
def test_a_place_of_who_has_not_agreed_is_not_used_and_does_not_stay(path: str) -> None:
    chat = newcomer().walks(path)
    screen = chat.screen
    chat.sends_place(48.0, 11.0)
    told = ("sent.location",)
    assert (chat.screen, chat.told, chat.orders) == (screen, told, (DeleteTheirMessage(),))
    assert chat.session.draft == Draft()


def test_a_place_of_who_books_for_somebody_else_is_not_used() -> None:
    chat = ada()
    chat.session = replace(chat.session, consent=CITY.notice_version)
    chat.walks(WALK_IN_DAYS).sends_place(48.0, 11.0)
    told, orders = ("staff.use_buttons",), (DeleteTheirMessage(),)
    assert (chat.screen, chat.told, chat.orders) == ("days", told, orders)


def test_a_place_sent_before_anything_else_does_not_stay_in_the_chat() -> None:
    chat = Chat().sends_place(48.0, 11.0)
    assert (chat.screen, chat.orders) == ("language", (DeleteTheirMessage(),))


def test_the_keyboard_for_the_place_goes_with_whatever_comes_next() -> None:
    chat = client().walks("book locate")
    assert (chat.session.keyboard, chat.orders) == (True, (AskForLocation(),))
    chat.walks("locate")
    assert (chat.session.keyboard, chat.orders) == (True, (AskForLocation(),))
    chat.sends_place(48.0, 11.0)
    assert chat.session.keyboard is False
    assert chat.orders == (DeleteTheirMessage(), TakeKeyboardAway())
    assert chat.walks("earliest").orders == ()


def test_the_second_of_two_taps_on_delete_shows_the_farewell_again() -> None:
    chat = with_one().walks("settings privacy delete")
    second = chat.button("delete_yes")
    chat.walks("delete_yes")
    assert chat.session.trail == ("farewell",)
    assert (chat.session.consent, chat.session.draft) == (None, Draft())
    assert chat.town.resident(ME).forgotten
    assert chat.town.appointments[1].status is Status.CANCELLED
    chat.session = Session(language="en")
    assert chat.forges("delete_yes", second.value).screen == "farewell"


def without_the_library() -> City:
    return replace(CITY, offices=CITY.offices[:1], case_managers=CITY.case_managers[:2])


@pytest.mark.parametrize(
    "path", ["book anywhere", "directory card:library", "book anywhere office"]
)
def test_choices_of_a_city_file_that_has_changed_are_let_go(path: str) -> None:
    chat = client().walks(path)
    chat.town.city = without_the_library()
    chat.writes("Hello")
    assert (chat.session.trail, chat.session.draft) == (("menu",), Draft())


@pytest.mark.parametrize("path", ["today", "away", WALK_IN_DAYS, f"{WALK_IN_DAYS} day time"])
def test_whose_chat_is_no_longer_the_staffs_stands_on_the_clients_menu(path: str) -> None:
    chat = ada().walks(path)
    untied(chat)
    chat.writes("Hello")
    assert (chat.session.trail, chat.session.draft) == (("menu",), Draft())


def test_a_screen_of_another_version_is_the_menu_and_one_behind_is_left_out() -> None:
    lost = Chat(session=Session("en", "1", ("menu", "hologram"))).writes("Hello")
    assert lost.session.trail == ("menu",)
    behind = Chat(session=Session("en", "1", ("menu", "hologram", "mine"))).writes("Hello")
    assert behind.session.trail == ("menu", "mine")


def test_an_album_is_kept_until_the_next_one() -> None:
    chat = client().does(SentSomethingElse("1")).does(Wrote("hello"))
    assert chat.session.album == "1"
    assert chat.does(SentSomethingElse()).session.album == ""
    assert Chat().does(SentSomethingElse("1")).session.album == "1"


@pytest.mark.parametrize(
    ("event", "hides"),
    [
        (Pressed(Press("back", 4, "")), True),
        (Pressed(Press("menu", 4, "")), True),
        (Pressed(Press("settings", 4, "")), True),
        (Pressed(Press("back", 3, "")), False),
        (Pressed(Press("coming", None, "5")), False),
        (Pressed(None), False),
        (Started(), True),
        (Commanded("menu"), True),
        (Commanded("export"), False),
        (Wrote("hello"), False),
    ],
)
def test_the_emergency_numbers_are_left_by_the_ways_that_stand_there(
    event: Event, hides: bool
) -> None:
    assert hides_a_secret(Session(trail=("menu", "emergency"), revision=4), event) is hides
    assert hides_a_secret(Session(trail=("menu", "privacy"), revision=4), event) is False
