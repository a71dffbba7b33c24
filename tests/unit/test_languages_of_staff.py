"""The staff read in languages that have words for them, and pick no other."""

from dataclasses import replace

import pytest
from beginnings_of_staff import ada, speaker
from chat_in_memory import Chat
from town_in_memory import ADA, CITY, Town, at

from bot.conversation import staff_facts
from bot.conversation.content import Day, Language, Line, Name, Say, Time, say
from bot.conversation.events import Commanded
from bot.domain.actors import Actor
from bot.domain.appointment import Wishes

TOKEN = "an-invitation-of-somebody"


def where_two_are_read() -> Chat:
    """Ada where the staff read German or English."""
    return speaker(Actor.of(ADA), Town(city=replace(CITY, staff_languages=("de", "en"))))


def test_where_the_staff_have_one_language_there_is_none_to_pick() -> None:
    chat = ada().walks("today").does(Commanded("language"))
    assert chat.screen == "today"
    assert chat.outcome.notice == (say("staff.one_language", language=Language("de")),)


def test_of_several_languages_theirs_alone_are_offered() -> None:
    chat = where_two_are_read().does(Commanded("language"))
    assert chat.page == (
        "staff.choose_language\n\n"
        "[in de -> language:de] [in en -> language:en]\n"
        "[staff.privacy -> privacy]\n"
        "[staff.back -> back] [staff.menu -> menu]"
    )
    chat.walks("language:en")
    assert (chat.screen, chat.session.language) == ("staff_menu", "en")


def test_a_language_without_words_for_them_cannot_be_picked() -> None:
    chat = where_two_are_read().does(Commanded("language"))
    before = chat.session
    chat.forges("language", "ar")
    assert (chat.outcome.stale, chat.session) == (True, before)


@pytest.mark.parametrize("language", ["ar", None])
def test_a_chat_that_becomes_the_staffs_or_was_theirs_before_goes_on_in_one_of_theirs(
    language: str | None,
) -> None:
    chat = ada()
    chat.session = replace(chat.session, language=language)
    assert chat.walks("today").session.language == "de"
    chat = Chat()
    chat.town.invitations[TOKEN] = Actor.of(ADA)
    chat.session = replace(chat.session, language=language)
    assert chat.starts(TOKEN).session.language == "de"


def test_help_is_said_in_words_of_theirs() -> None:
    chat = ada().does(Commanded("help"))
    assert (chat.screen, chat.told) == ("staff_menu", ("staff.type_a_code",))


@pytest.mark.parametrize(
    ("start", "end", "key", "named"),
    [
        ("2026-11-25 00:00", "2026-11-26 00:00", "day", ()),
        ("2026-11-25 00:00", "2026-11-27 00:00", "days", ("last_day",)),
        ("2026-11-25 09:00", "2026-11-25 10:00", "hours", ("time", "until")),
    ],
)
def test_a_closed_time_is_said_by_its_days_or_its_hours(
    start: str, end: str, key: str, named: tuple[str, ...]
) -> None:
    said = staff_facts.stretch(at(start), at(end), CITY.rules.time_zone)
    assert isinstance(said, Say)
    assert (said.key, {*said.values}) == (f"staff.stretch_{key}", {"day", *named})


def test_what_ends_at_midnight_ends_at_24_and_not_on_the_next_day() -> None:
    start, end = at("2026-11-25 12:00"), at("2026-11-27 00:00")
    told: dict[str, Line] = {"day": Day(start), "time": Time(start), "last_day": Day(end - 1)}
    said = staff_facts.stretch(start, end, CITY.rules.time_zone)
    assert said == say("staff.stretch_from_to", **told, until=Name("24:00"))


def test_that_it_is_for_somebody_else_is_a_fact_too() -> None:
    assert staff_facts.wishes(Wishes(for_family=True)) == (say("staff.wishes_for_family"),)
