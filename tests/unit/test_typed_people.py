"""People and offices of the city that are named in any script, and who is not."""

from dataclasses import replace

import pytest
from seven_languages import LANGUAGES, LOCALES
from town_in_memory import CITY as SMALLVILLE

from bot.domain.city import City
from bot.understanding.heard import tables_of
from bot.understanding.people import people

TABLES = tables_of(LOCALES, LANGUAGES).intents
ALIASES = ("DRK", "Rotes Kreuz", "Красный Крест", "Червоний Хрест", "الصليب الأحمر", "Red Cross")


def _city(*, example: bool) -> City:
    """Smallville with people of many origins, and offices that have other names."""
    names = ("Olga Seitenmann", "Anna-Lena Büchner-Kowalczyk", "Peter Costa")
    staff = zip(SMALLVILLE.case_managers, names, strict=True)
    cross = replace(SMALLVILLE.offices[0], provider="Kreuzverband Smallville", aliases=ALIASES)
    return replace(
        SMALLVILLE,
        example=example,
        offices=(cross, replace(SMALLVILLE.offices[1], provider="Planbau", aliases=("Plan B",))),
        case_managers=tuple(
            replace(one, name=name, agreed_to_be_named=False) for one, name in staff
        ),
    )


CITY = _city(example=True)
OLGA, ANNA, PETER = CITY.case_managers
CROSS, PLAN = CITY.offices


@pytest.mark.parametrize(
    "text",
    [
        *("Frau Seitenmann", "seitenmann", "Termin bei Seitenman bitte", "Olga Seitenmann"),
        *("к Ольге Зайтенманн", "пані Зайтенманн", "до пані Ольги", "السيدة زايتنمان"),
        *("я хочу к Зайтенману", "Madame Olga"),
    ],
)
def test_a_person_is_known_by_surname_full_name_or_title_and_given_name(text: str) -> None:
    assert people(CITY, text, TABLES) == (OLGA,)


@pytest.mark.parametrize(
    "text", ["Kowalczyk", "Büchner", "Frau Buechner", "doamna Anna-Lena", "Бюхнер", "Ковальчик"]
)
def test_each_part_of_a_double_name_is_enough(text: str) -> None:
    assert people(CITY, text, TABLES) == (ANNA,)


def test_a_name_that_is_also_a_word_needs_a_title_or_the_given_name() -> None:
    texts = ("cât costa", "Herr Costa", "Peter Costa", "bei Peter")
    found = [people(CITY, text, TABLES) for text in texts]
    assert found == [(), (PETER,), (PETER,), ()]


def test_a_full_name_leaves_out_who_shares_a_part_of_it() -> None:
    twin = replace(OLGA, id="twin", name="Vera Seitenmann")
    city = replace(CITY, case_managers=(*CITY.case_managers, twin))
    assert people(city, "Frau Seitenmann", TABLES) == (OLGA, twin)
    assert people(city, "Vera Seitenmann", TABLES) == (twin,)


@pytest.mark.parametrize(
    "text",
    ["mein Name ist Olga Seitenmann", "меня зовут Ольга Зайтенманн", "", "?", "Olga", "Зима"],
)
def test_who_says_their_own_name_or_none_names_nobody(text: str) -> None:
    assert people(CITY, text, TABLES) == ()


def test_whom_clients_may_not_know_by_name_is_not_found() -> None:
    secret = _city(example=False)
    known = replace(secret.case_managers[0], published=True)
    open_city = replace(secret, case_managers=(known, *secret.case_managers[1:]))
    assert people(secret, "Frau Seitenmann", TABLES) == ()
    assert people(open_city, "Frau Seitenmann und Frau Kowalczyk", TABLES) == (known,)


@pytest.mark.parametrize(
    "text",
    [
        *("beim Roten Kreuz", "the red cross", "DRK", "красного креста", "у Червоному Хресті"),
        *("الصليب الأحمر", "Kreuzverband Smallville"),
    ],
)
def test_an_office_is_known_by_its_name_and_by_other_names(text: str) -> None:
    assert people(CITY, text, TABLES) == (CROSS,)


@pytest.mark.parametrize("text", ["plan b", "PLANB", "Planbau"])
def test_a_name_is_known_however_it_is_divided(text: str) -> None:
    assert people(CITY, text, TABLES) == (PLAN,)


def test_people_come_before_offices() -> None:
    assert people(CITY, "DRK, Frau Seitenmann", TABLES) == (OLGA, CROSS)


def test_who_says_their_own_name_names_no_office_that_sounds_like_it() -> None:
    town_hall = replace(CROSS, aliases=("Mairie",))
    city = replace(CITY, offices=(town_hall, PLAN))
    found = [people(city, text, TABLES) for text in ("la mairie", "my name is Maria Kowal")]
    assert found == [(town_hall,), ()]
