"""Presses that cannot be meant: forged values, and rights that are gone change nothing."""

from collections.abc import Callable

import pytest
from beginnings import client, newcomer, stranger, with_one
from beginnings_of_staff import ada, ada_with_paper, busy_ada, deputy, front_desk, operator
from chat_in_memory import ME, Chat
from meanwhile import no_longer_deputy, untied
from ways_to_a_time import TO_CONFIRM, TO_DAYS, TO_TIMES, TO_WISH, asked_which

from bot.conversation import dialog
from bot.conversation.events import Pressed
from bot.conversation.presses import Press

Begin = Callable[[], Chat]
AN_HOUR = "1795582800.1795586400"
LONG_STRETCH = "1795420800.1895420800"


@pytest.mark.parametrize(
    ("begin", "path", "action", "values"),
    [
        (stranger, "", "language", ("", "tlh")),
        (client, "directory", "card", ("", "nowhere")),
        (client, "directory card:hall", "pin", ("", "nowhere", "library")),
        (client, "book", "postal", ("", "12345")),
        (client, "book", "area", ("", "nowhere")),
        (asked_which, "", "district", ("", "nowhere")),
        (client, "book anywhere", "office", ("", "nowhere")),
        (client, "book anywhere", "earliest", ("nowhere",)),
        (client, "book anywhere office:hall", "person", ("", "nobody")),
        (client, "book anywhere", "speaking", ("tlh", "nowhere")),
        (client, TO_DAYS, "half", ("noon", "1")),
        (client, TO_CONFIRM, "spoken", ("", "adler", "nobody.5b5414")),
        (client, TO_DAYS, "later", ("", "2026-02-30", "tomorrow")),
        (client, TO_DAYS, "day", ("", "2026-02-30", "tomorrow")),
        (client, TO_TIMES, "time", ("", "adler", "nobody.5b5414", "adler.x")),
        (client, TO_CONFIRM, "confirm", ("", "adler", "nobody.5b5414")),
        (client, TO_CONFIRM, "other_times", ("", "nobody")),
        (client, f"{TO_WISH} wish_adults", "adults", ("", "6", "-1", "two")),
        (client, f"{TO_WISH} wish_children", "children", ("", "6", "99")),
        (ada, "walk_in", "walk_in_language", ("", "tlh")),
        (ada, "block", "block_day", ("", "2026-02-30")),
        (ada, "block", "further", ("", "2026-02-30")),
        (ada, "away", "away_from", ("", "2026-02-30")),
        (ada, "away", "present", ("", "x")),
        (ada, "block block_day", "close", ("", "1", "2.1", "1.4102444800", "a.b")),
        (ada, "block block_day close", "close_yes", ("", "1", "2.1")),
        (busy_ada, "today visit", "slip", ("", "1", "99", "x")),
    ],
)
def test_a_value_nobody_of_ours_wrote_changes_nothing(
    begin: Begin, path: str, action: str, values: tuple[str, ...]
) -> None:
    chat = begin().walks(path)
    before = chat.session
    for value in values:
        chat.forges(action, value)
        assert (chat.outcome.stale, chat.session, chat.told) == (True, before, ())


@pytest.mark.parametrize("action", ["today", "week", "visit", "seen", "help_yes", "help_no"])
@pytest.mark.parametrize("begin", [client, newcomer, with_one])
def test_for_a_client_there_is_nothing_behind_the_buttons_of_the_staff(
    begin: Begin, action: str
) -> None:
    chat = begin()
    before = chat.session
    chat.presses_below(action, "1")
    assert (chat.outcome.stale, chat.session, chat.told) == (True, before, ())


@pytest.mark.parametrize("action", ["walk_in", "block", "away"])
def test_who_runs_the_program_has_no_calendar(action: str) -> None:
    chat = operator().forges(action)
    assert (chat.outcome.stale, chat.screen) == (True, "staff_menu")


def test_the_front_desk_closes_no_single_hours() -> None:
    assert front_desk().forges("block").outcome.stale


@pytest.mark.parametrize(
    ("action", "value"),
    [("close", AN_HOUR), ("close_yes", AN_HOUR)],
)
def test_who_stands_in_no_longer_closes_nothing(action: str, value: str) -> None:
    chat = deputy().walks("away who:adler away_from:2026-11-25")
    if action == "close_yes":
        chat.walks("close")
    no_longer_deputy(chat)
    assert chat.forges(action, value).outcome.stale
    assert chat.town.absences == {}


def test_who_stands_in_no_longer_is_asked_for_no_last_day() -> None:
    chat = deputy().walks("away who:adler")
    no_longer_deputy(chat)
    assert chat.forges("away_from", "2026-11-25").outcome.stale


def test_a_stretch_longer_than_any_absence_is_not_closed() -> None:
    chat = ada().walks("block block_day").forges("close", LONG_STRETCH)
    chat.walks("close_yes")
    assert (chat.screen, chat.told, chat.town.absences) == ("staff_menu", ("staff.gone",), {})


def test_what_is_open_again_already_is_gone() -> None:
    chat = ada().walks("away").forges("present", "99")
    assert (chat.screen, chat.told) == ("away", ("staff.gone",))


def test_nobody_else_opens_the_appointment_of_another_office() -> None:
    chat = busy_ada()
    chat.town.book("clark", "2026-11-26 09:00")
    for action in ("visit", "seen", "help_yes"):
        chat.presses_below(action, "2")
        assert (chat.screen, chat.told) == ("staff_menu", ("staff.gone",))


def test_what_another_client_has_booked_does_not_exist() -> None:
    chat = with_one()
    chat.town.book("adler", "2026-11-30 08:00", ME + 1)
    for action in ("details", "cancel", "coming"):
        chat.presses_below(action, "2")
        assert (chat.screen, chat.told) == ("mine", ("refused.gone",))


def test_somebody_of_the_staff_whose_chat_is_untied_between_two_taps_books_nobody() -> None:
    chat = ada_with_paper().walks("today visit")
    press = Pressed(Press("slip", chat.session.revision, "1"))
    untied(chat)
    outcome = dialog.step(chat.session, press, chat.port)
    assert (outcome.session.trail, outcome.orders) == (("menu",), ())


@pytest.mark.parametrize("value", ["2027-05-01", "2026-11-24", "2020-01-01", "nonsense", ""])
def test_a_list_from_a_day_without_talks_is_that_of_the_week(value: str) -> None:
    chat = busy_ada().presses_below("week", value)
    assert chat.page == busy_ada().walks("week").page


def test_the_staff_clear_their_chat_and_keep_their_menu() -> None:
    chat = ada()
    chat.forges("settings").walks("privacy clear")
    assert chat.session.trail == ("staff_menu", "cleared")
    assert chat.town.resident(ME).cleared
