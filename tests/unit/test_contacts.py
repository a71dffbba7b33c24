"""Which number a client is given, whose it is, and what of a talk by phone follows from it."""

from dataclasses import replace

import pytest
from town_in_memory import ADA, BELA, CITY, CLEO, Town

from bot.conversation import phone_lines, staff_facts
from bot.conversation.content import Line, Name, Phone, say
from bot.domain.appointment import Wishes
from bot.domain.city import CaseManager, City
from bot.domain.contacts import (
    Contact,
    OneOfATeam,
    Whose,
    can_be_called,
    contact,
    fitting,
    of_office,
    public_name,
    to_call,
)

OWN, OFFICES, FOR_ALL = "09900 12-31", "09900 12-30", "09900 99-0"
OF_OFFICE = Contact(OFFICES, Whose.OFFICE, "Rathaus")
OF_ALL = Contact(FOR_ALL, Whose.ALL)
OF_PERSON = Contact(OWN, Whose.PERSON, "Ada Adler")
BY_PHONE = Wishes(by_phone=True)


def with_people(*people: CaseManager) -> City:
    return replace(CITY, case_managers=people)


def answered_for_all(city: City) -> City:
    assert city.operator is not None
    return replace(city, operator=replace(city.operator, phone=FOR_ALL))


def test_who_their_employer_publishes_is_named_without_agreeing() -> None:
    published = replace(ADA, agreed_to_be_named=False, published=True)
    silent = replace(BELA, agreed_to_be_named=False)
    city = with_people(published, silent)
    assert [public_name(city, one) for one in (published, silent)] == [
        "Ada Adler",
        OneOfATeam("hall"),
    ]


def test_the_number_is_the_persons_own_else_the_offices_else_the_one_for_all() -> None:
    ada = replace(ADA, phone=OWN)
    city = with_people(ada, BELA, CLEO)
    assert contact(city, "adler", "hall") == Contact(OWN, Whose.PERSON, "Ada Adler")
    assert contact(city, "busch", "hall") == OF_OFFICE
    assert contact(city, "clark", "library") is None
    assert contact(answered_for_all(city), "clark", "library") == OF_ALL
    assert contact(replace(city, operator=None), "clark", "library") is None


def test_who_left_the_city_file_is_answered_for_by_the_office_or_for_all() -> None:
    assert contact(CITY, "left", "hall") == OF_OFFICE
    assert contact(CITY, "left", "closed") is None
    assert contact(answered_for_all(CITY), "left", "closed") == OF_ALL


def test_a_number_of_somebody_who_is_not_named_is_that_of_the_team() -> None:
    ada = replace(ADA, phone=OWN, agreed_to_be_named=False)
    assert contact(with_people(ada), "adler", "hall") == Contact(
        OWN, Whose.PERSON, OneOfATeam("hall")
    )


def test_a_card_lists_the_offices_numbers_and_those_of_published_people_once() -> None:
    ada = replace(ADA, phone=OWN, published=True)
    bela = replace(BELA, phone="09900 12-32")
    doubled = replace(BELA, phone=OFFICES, published=True)
    hall, library = CITY.offices
    own = Contact(OWN, Whose.PERSON, "Ada Adler")
    assert of_office(with_people(ada, bela), hall) == (OF_OFFICE, own)
    assert of_office(with_people(ada, doubled), hall) == (OF_OFFICE, own)
    assert of_office(with_people(ada), replace(hall, phones=())) == (own,)
    assert of_office(CITY, library) == ()
    assert of_office(answered_for_all(CITY), library) == (OF_ALL,)


@pytest.mark.parametrize(
    ("given", "whose", "on_card"),
    [
        (
            Contact(OWN, Whose.PERSON, "Ada Adler"),
            say("contact.of_person", name=Name("Ada Adler")),
            say("card.phone_of", phone=Phone(OWN), name=Name("Ada Adler")),
        ),
        (
            OF_OFFICE,
            say("contact.of_office", name=Name("Rathaus")),
            say("card.phone", phone=Phone(OFFICES)),
        ),
        (
            OF_ALL,
            say("contact.of_all"),
            say("contact.number", phone=Phone(FOR_ALL), whose=say("contact.of_all")),
        ),
    ],
)
def test_a_line_says_whose_number_it_is(given: Contact, whose: Line, on_card: Line) -> None:
    city, person, library = CITY, replace(ADA, published=True, phone=OWN), CITY.offices[1]
    match given.whose:
        case Whose.PERSON:
            city = with_people(replace(person, office_id="library"))
        case Whose.OFFICE:
            library = CITY.offices[0]
        case Whose.ALL:
            city = answered_for_all(CITY)
    assert phone_lines.on_card(city, library) == (on_card,)
    assert phone_lines.number(given) == say("contact.number", phone=Phone(given.phone), whose=whose)


def test_the_staff_read_whose_number_it_is_in_words_of_their_own() -> None:
    assert [staff_facts.calls(CITY, each) for each in (OF_PERSON, OF_OFFICE, OF_ALL)] == [
        say("staff.calls", phone=Phone(each.phone), whose=whose)
        for each, whose in (
            (OF_PERSON, say("staff.phone_of_person", name=Name(str(OF_PERSON.name)))),
            (OF_OFFICE, say("staff.phone_of_office", name=Name(str(OF_OFFICE.name)))),
            (OF_ALL, say("staff.phone_of_all")),
        )
    ]


def test_of_who_is_not_named_the_staff_read_at_which_office_the_number_is() -> None:
    given = Contact(OWN, Whose.PERSON, OneOfATeam("hall", 2))
    assert staff_facts.calls(CITY, given) == say(
        "staff.calls",
        phone=Phone(OWN),
        whose=say("staff.phone_of_office", name=Name("Rathaus")),
    )


def test_an_office_nobody_can_call_says_so() -> None:
    assert phone_lines.on_card(CITY, CITY.offices[1]) == (say("card.no_phone"),)


def test_only_a_talk_by_phone_has_a_number_to_call_and_only_where_one_answers() -> None:
    town = Town()
    visit = town.book("adler", "2026-11-25 08:00")
    calls = replace(visit, wishes=BY_PHONE)
    nobody = replace(calls, case_manager_id="clark", office_id="library")
    assert [to_call(CITY, each) for each in (visit, calls, nobody)] == [None, OF_OFFICE, None]
    assert [staff_facts.way_of_talking(CITY, each) for each in (visit, calls, nobody)] == [
        (),
        (staff_facts.calls(CITY, OF_OFFICE),),
        (say("staff.no_number"),),
    ]
    assert phone_lines.to_be_noted(CITY, visit) == phone_lines.to_be_noted(CITY, nobody) == ()
    assert phone_lines.to_be_noted(CITY, calls) == (
        phone_lines.number(OF_OFFICE),
        phone_lines.what_to_say(CITY, calls),
    )


def test_a_talk_by_phone_is_kept_only_where_a_number_answers_and_nobody_comes_along() -> None:
    everything = Wishes(True, 2, 3, step_free=True, topic="housing", by_phone=True)
    assert [can_be_called(CITY, person) for person in (ADA, CLEO)] == [True, False]
    assert fitting(CITY, everything, ADA) == Wishes(True, topic="housing", by_phone=True)
    assert fitting(CITY, everything, CLEO) == replace(everything, by_phone=False)
    visit = replace(everything, by_phone=False)
    assert fitting(CITY, visit, ADA) == visit
