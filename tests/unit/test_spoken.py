"""Who is known to speak what, of what is published for a person and for a team."""

from dataclasses import replace

import pytest
from town_in_memory import ADA, BELA, CITY, CLEO

from bot.domain import spoken
from bot.domain.city import City

HALL, LIBRARY = CITY.offices


def with_languages(hall: str, ada: str = "", bela: str = "") -> City:
    """The town with these languages, each a list of codes with spaces between."""
    people = {"adler": ada, "busch": bela}
    return replace(
        CITY,
        offices=(replace(HALL, languages=frozenset(hall.split())), LIBRARY),
        case_managers=tuple(
            replace(one, languages=frozenset(people.get(one.id, "").split()))
            for one in CITY.case_managers
        ),
    )


@pytest.mark.parametrize(
    ("city", "ada", "bela"),
    [
        (with_languages(""), "de", "de"),
        (with_languages("de ru ar"), "ar de ru", "ar de ru"),
        (with_languages("de ru ar", bela="ru"), "ar de", "ar de ru"),
        (with_languages("ru", ada="ru", bela="ru"), "de ru", "de ru"),
        (with_languages("", ada="ro"), "de ro", "de"),
    ],
)
def test_what_is_said_of_a_team_is_anybodys_unless_it_is_said_of_one_by_name(
    city: City, ada: str, bela: str
) -> None:
    people = (city.case_manager["adler"], city.case_manager["busch"])
    assert [" ".join(sorted(spoken.of_person(city, one))) for one in people] == [ada, bela]


def test_an_office_speaks_what_is_said_of_it_and_what_its_people_speak() -> None:
    city = with_languages("ar", bela="ru")
    hall, team = city.office["hall"], city.team("hall")
    assert spoken.of_office(city, hall, team) == {"ar", "de", "ru"}
    assert spoken.of_office(city, hall, team[:1]) == {"ar", "de"}
    assert spoken.of_office(city, LIBRARY, ()) == {"de"}


def test_the_language_of_the_doors_is_spoken_by_everybody_and_others_where_it_is_known() -> None:
    assert [spoken.speaks(CITY, one, "de") for one in (ADA, BELA, CLEO)] == [True] * 3
    assert [spoken.speaks(CITY, one, "en") for one in (ADA, BELA, CLEO)] == [False, True, False]


def test_who_asks_for_no_language_is_understood_by_everybody() -> None:
    assert spoken.speaks(CITY, CLEO, None)
