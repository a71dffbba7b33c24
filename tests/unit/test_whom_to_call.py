"""One rule says whom a client can call, wherever that is asked, and whose number it is."""

from dataclasses import replace

import pytest
from beginnings import client, with_one
from chat_in_memory import Chat
from screen_words import word
from town_in_memory import ADA, BELA, CITY, CLEO

from bot.conversation import whom_to_call
from bot.conversation.content import Line
from bot.domain.city import City

OFFICES, FOR_ALL, OWN, THEIRS = "09900 12-30", "09900 99-0", "09900 12-31", "09900 12-99"
AT_THE_HALL = f"contact.number(phone=tel {OFFICES}, whose=contact.of_office(name='Rathaus'))"
AT_THE_LIBRARY = f"contact.number(phone=tel {THEIRS}, whose=contact.of_office(name='Bücherei'))"


def written(lines: tuple[Line, ...]) -> list[str]:
    return [word(line) for line in lines]


def called(chat: Chat) -> list[str]:
    return written(whom_to_call.number(chat.session.draft, chat.port))


def where_the_library_answers(chat: Chat) -> Chat:
    hall, library = chat.town.city.offices
    chat.town.city = replace(chat.town.city, offices=(hall, replace(library, phones=(THEIRS,))))
    return chat


@pytest.mark.parametrize(
    ("begin", "path", "number"),
    [
        (client, "book anywhere office:library", AT_THE_LIBRARY),
        (with_one, "book anywhere office:library", AT_THE_LIBRARY),
        (with_one, "", AT_THE_HALL),
        (with_one, "mine details", AT_THE_HALL),
        (with_one, "mine details change others anywhere office:library", AT_THE_HALL),
    ],
)
def test_it_answers_for_the_appointment_in_hand_else_the_choice_else_the_next_appointment(
    begin: type[Chat], path: str, number: str
) -> None:
    assert called(where_the_library_answers(begin()).walks(path)) == [number]


def test_where_the_choice_has_no_number_it_is_somebody_elses_and_says_so() -> None:
    assert called(client().walks("book anywhere office:library")) == [AT_THE_HALL]


def test_somebodys_is_the_one_for_all_else_that_of_the_nearest_who_has_one() -> None:
    assert CITY.operator is not None
    for_all = replace(CITY, operator=replace(CITY.operator, phone=FOR_ALL))
    assert written(whom_to_call.somebodys(for_all)) == [
        f"contact.number(phone=tel {FOR_ALL}, whose=contact.of_all)"
    ]
    assert written(whom_to_call.somebodys(CITY, ("library", "gone", "hall"))) == [AT_THE_HALL]
    assert whom_to_call.somebodys(_silent(CITY)) == ()


def test_of_a_person_elsewhere_the_office_is_named_too() -> None:
    people = (replace(ADA, phone=OWN, published=True), BELA, CLEO)
    city = replace(_silent(CITY), case_managers=people)
    assert written(whom_to_call.somebodys(city)) == [
        f"contact.number(phone=tel {OWN}, "
        "whose=contact.of_person_at(name='Ada Adler', office='Rathaus, Nordstadt'))"
    ]


def _silent(city: City) -> City:
    return replace(city, offices=tuple(replace(each, phones=()) for each in city.offices))
