"""Who comes by a link that says where from and where to."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from beginnings import client, sent_to_ada, sent_to_the_hall, with_one
from beginnings_of_staff import ada
from chat_in_memory import ME, Chat
from town_in_memory import CITY, Town, at

from bot.conversation.session import from_json, rested, to_json
from bot.domain.absence import Absence
from bot.domain.referral import NOTHING_NAMED, Referral


def counted(town: Town) -> dict[tuple[str, str], int]:
    return {(source, what.value): number for (source, what), number in town.referred.items()}


def test_a_new_chat_is_counted_once_and_asked_what_every_other_is() -> None:
    chat = Chat().starts("r_school")
    assert chat.session.trail == ("language",)
    chat.starts("r_school").walks("language:en").starts("r_school")
    assert counted(chat.town) == {("school", "started"): 1}


def test_who_was_here_before_counts_as_no_new_chat() -> None:
    assert counted(client().starts("r_school").town) == {}


def test_a_source_the_city_does_not_name_is_counted_among_the_others_and_kept_nowhere() -> None:
    chat = Chat().starts("r_someones-name")
    assert counted(chat.town) == {("other", "started"): 1}
    assert "someones" not in to_json(chat.session)


def test_a_link_without_a_source_is_not_counted() -> None:
    assert counted(Chat().starts("o_hall").town) == {}


def test_an_office_is_proposed_after_language_and_notice_and_nothing_is_booked_or_held() -> None:
    chat = Chat().starts("o_hall").walks("language:en agree book")
    assert (chat.screen, chat.session.draft.office_id) == ("people", "hall")
    assert chat.told == ("referral.office",)
    assert (chat.town.appointments, chat.town.holds) == ({}, {})


def test_a_persons_days_come_at_once_and_her_office_lies_behind_them() -> None:
    chat = sent_to_ada().walks("book")
    assert (chat.screen, chat.session.draft.case_manager_id) == ("days", "adler")
    assert chat.told == ("referral.person",)
    chat.walks("back person:busch")
    assert (chat.screen, chat.session.draft.case_manager_id) == ("days", "busch")


@pytest.mark.parametrize("begin", [sent_to_the_hall, sent_to_ada])
def test_another_office_can_always_be_chosen(begin: Callable[[], Chat]) -> None:
    chat = begin().walks("book others anywhere office:library")
    assert (chat.screen, chat.session.draft.office_id) == ("people", "library")
    assert [offer for offer in chat.offers if offer[0] == "others"] == []


def test_it_is_remembered_through_menus_and_days_until_booked() -> None:
    chat = sent_to_the_hall().walks("book menu directory menu")
    chat.session = rested(from_json(to_json(chat.session), "en", CITY.notice_version))
    chat.walks("book earliest:hall confirm menu")
    assert chat.session.referral == NOTHING_NAMED
    assert counted(chat.town) == {("school", "booked"): 1}
    assert chat.walks("book").screen == "place"


def test_the_same_confirm_twice_is_counted_once() -> None:
    chat = sent_to_the_hall().walks("book earliest:hall")
    confirm = chat.button("confirm")
    before = chat.session
    chat.walks("confirm")
    chat.session = replace(before, referral=chat.session.referral)
    chat.forges("confirm", confirm.value)
    assert counted(chat.town) == {("school", "booked"): 1}


def test_an_appointment_that_is_moved_is_no_booking() -> None:
    chat = with_one().starts("r_school").walks("mine details change day time confirm")
    assert counted(chat.town) == {}
    assert chat.session.referral == Referral("school")


def test_a_booking_counts_for_who_sent_them_wherever_it_is() -> None:
    chat = client().starts("r_school").walks("book anywhere office:library earliest confirm")
    assert counted(chat.town) == {("school", "booked"): 1}


@pytest.mark.parametrize("argument", ["o_gone", "p_gone", "o_gone-p_gone"])
def test_who_or_what_is_no_longer_there_is_passed_over(argument: str) -> None:
    chat = client().starts(argument).walks("book")
    assert (chat.screen, chat.told) == ("place", ())
    assert chat.session.referral == NOTHING_NAMED


def test_what_the_city_file_no_longer_names_when_they_book_is_passed_over() -> None:
    chat = client().starts("o_library-p_clark")
    city = chat.town.city
    chat.town.city = replace(city, offices=city.offices[:1], case_managers=city.case_managers[:2])
    assert chat.walks("book").screen == "place"


def test_where_the_person_cannot_be_booked_her_office_is_proposed() -> None:
    chat = client().starts("p_adler")
    people = chat.town.city.case_managers
    unsure = (replace(people[0], hours_confirmed=False), *people[1:])
    chat.town.city = replace(chat.town.city, case_managers=unsure)
    chat.walks("book")
    assert (chat.screen, chat.told) == ("people", ("referral.office",))
    assert chat.session.draft.case_manager_id is None


def test_where_the_person_has_no_time_there_are_ways_on() -> None:
    chat = sent_to_ada()
    chat.town.absences[1] = Absence(1, "adler", 0, at("2027-06-01 00:00"))
    chat.walks("book")
    assert chat.screen == "days"
    assert {action for action, _ in chat.offers} >= {"wait", "others", "back", "menu"}


def test_one_of_the_staff_is_neither_counted_nor_led_anywhere() -> None:
    chat = ada().starts("r_school-o_hall")
    assert (chat.screen, chat.session.referral, counted(chat.town)) == (
        *("staff_menu", NOTHING_NAMED),
        {},
    )


def test_who_deletes_everything_leaves_nothing_of_it() -> None:
    chat = sent_to_the_hall().walks("settings privacy delete delete_yes")
    assert "referral" not in to_json(chat.session)
    assert chat.town.resident(ME).forgotten
