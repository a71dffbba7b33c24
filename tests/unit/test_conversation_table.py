"""The transition table holds: every button leads where its row says, and nowhere else."""

from copy import copy
from dataclasses import replace
from typing import Any

import pytest
from beginnings import client, with_one
from beginnings_of_staff import ada
from chat_in_memory import Chat
from every_way import WAYS, on_every_screen
from town_in_memory import Town
from ways import STAYING, Way

from bot.conversation import dialog
from bot.conversation.events import Pressed, Wrote
from bot.conversation.presses import Press
from bot.conversation.table import BY_ACTION, EVERYWHERE, NEWS, REMINDER, TRANSITIONS
from bot.conversation.views import VIEWS

STAFF_NOTICE = ("staff notice",)
ONE_BACK = ("back", "language")
"""Steps that may lead to the screen before."""
PLACED = [row.action for row in TRANSITIONS if row.at != EVERYWHERE]
ANYWHERE = [row.action for row in TRANSITIONS if row.at == EVERYWHERE]
VALUES = ("", "1", "hall", "adler", "2026-11-25")


def state(town: Town) -> dict[str, Any]:
    """All that can change in a town, as it is now."""
    residents = {id: replace(each) for id, each in town.residents.items()}
    kept = (town.appointments, town.holds, town.absences, town.slips, town.invitations)
    return {"residents": residents, "kept": tuple(map(copy, kept))}


def changes_nothing(chat: Chat, press: Press) -> bool:
    """Whether the press leaves session and town as they are and shows the screen again."""
    before = state(chat.town)
    outcome = dialog.step(chat.session, Pressed(press), chat.port)
    same = (outcome.session, outcome.notice, outcome.orders) == (chat.session, (), ())
    return outcome.stale and same and state(chat.town) == before


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_a_button_leads_where_its_way_leads(way: Way) -> None:
    chat = way.stands()
    assert way.at in (chat.screen, *STAYING)
    before = chat.session
    after = way.goes(chat)
    assert (after.screen, after.told, after.orders) == (way.to, way.told, way.sends)
    assert after.kept == way.keeps
    assert (after.outcome.stale, after.session.revision) == (False, before.revision + 1)


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_no_button_leads_where_its_row_does_not_say(way: Way) -> None:
    before = way.stands().session
    one_back = before.trail[-2:-1] if way.action in ONE_BACK else ()
    stays = () if way.at in STAYING else (before.screen,)
    assert way.to in {*BY_ACTION[way.action].leads_to, *one_back, *stays}


@pytest.mark.parametrize("action", BY_ACTION)
def test_there_is_a_way_from_every_screen_of_a_row_and_to_every_screen_it_leads_to(
    action: str,
) -> None:
    row, ways = BY_ACTION[action], [way for way in WAYS if way.action == action]
    expected = {*row.at, *(STAFF_NOTICE if row.below else ())}
    assert {way.at for way in ways} == expected or row.at == EVERYWHERE
    assert {*row.leads_to} - {way.to for way in ways} == set()
    assert ways != []


def test_some_way_reaches_every_screen() -> None:
    assert {*on_every_screen()} == {*VIEWS}


@pytest.mark.parametrize("action", PLACED)
def test_a_button_is_good_on_no_screen_but_those_of_its_row(action: str) -> None:
    elsewhere = [s for s in on_every_screen() if s not in BY_ACTION[action].at]
    assert [s for s in elsewhere if not _is_late_everywhere(action, s)] == []


def _is_late_everywhere(action: str, screen: str) -> bool:
    chat = on_every_screen()[screen]
    presses = [Press(action, chat.session.revision, value) for value in VALUES]
    return all(changes_nothing(chat, press) for press in presses)


@pytest.mark.parametrize("screen", VIEWS)
@pytest.mark.parametrize("action", ANYWHERE)
def test_what_may_be_pressed_everywhere_is_good_on_every_screen(action: str, screen: str) -> None:
    chat = on_every_screen()[screen]
    press = Press(action, chat.session.revision, "")
    outcome = dialog.step(chat.session, Pressed(press), chat.port)
    row = BY_ACTION[action]
    assert not outcome.stale
    assert outcome.session.screen in (row.leads_to or (*chat.session.trail[-2:-1], screen))


@pytest.mark.parametrize("screen", VIEWS)
def test_every_button_in_front_of_somebody_stands_where_the_table_says(screen: str) -> None:
    chat = on_every_screen()[screen]
    presses = list(chat.buttons())
    assert {press.revision for press in presses} <= {chat.session.revision}
    strays = [p for p in presses if (at := BY_ACTION[p.action].at) and screen not in at]
    assert strays == []


@pytest.mark.parametrize("action", [row.action for row in TRANSITIONS if not row.lasting])
def test_a_button_of_a_screen_is_good_on_no_message_that_stays(action: str) -> None:
    for chat in (with_one(), ada()):
        assert changes_nothing(chat, Press(action, None, "1"))


@pytest.mark.parametrize("screen", VIEWS)
def test_a_press_from_an_old_screen_changes_nothing(screen: str) -> None:
    chat = on_every_screen()[screen]
    for press in [*chat.buttons()]:
        assert changes_nothing(chat, Press(press.action, chat.session.revision + 1, press.value))


def test_only_messages_that_stay_are_named_beside_the_screens() -> None:
    named = {screen for row in TRANSITIONS for screen in (*row.at, *row.leads_to)}
    assert named - {*VIEWS} == {*REMINDER, *NEWS}
    assert {*STAYING} == {*REMINDER, *NEWS, *STAFF_NOTICE}


@pytest.mark.parametrize("press", [None, Press("hologram", 0, ""), Press("book", 0, "")])
def test_who_presses_before_they_have_begun_is_asked_for_a_language(press: Press | None) -> None:
    chat = Chat().does(Pressed(press))
    assert (chat.screen, chat.outcome.stale) == ("language", True)


def test_data_that_was_never_ours_changes_nothing() -> None:
    chat = client()
    before = chat.session
    chat.does(Pressed(None))
    assert (chat.session, chat.outcome.stale) == (before, True)


def test_a_press_on_a_screen_takes_it_over_and_one_under_a_staff_notice_leaves_it() -> None:
    def taken(action: str, revision: int | None) -> bool:
        return dialog.takes_over(Pressed(Press(action, revision, "1")))

    assert [taken("visit", 3), taken("visit", None)] == [True, False]
    assert [taken("details", None), taken("rebook", None), taken("hologram", None)] == [True] * 3
    assert dialog.takes_over(Pressed(None))
    assert not dialog.takes_over(Wrote("Hello"))
