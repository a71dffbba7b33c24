"""Names on a button: short, and still of one person only."""

from dataclasses import replace

import pytest
from town_in_memory import ADA, BELA, CITY

from bot.domain.contacts import OneOfATeam
from bot.domain.short_names import LONGEST, short_names, shortened


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Uta Bücking", "Uta Bücking"),
        ("Olga Seitenzahl", "Olga Seitenzahl"),
        ("Alexandru Dan Balan", "Dan Balan"),
        ("Karina Miranda da Costa", "Miranda da Costa"),
        ("Ioana Martoiu-Barjaktarovic", "Martoiu-Barjakt…"),
    ],
)
def test_of_a_long_name_the_last_words_stay(name: str, short: str) -> None:
    assert shortened(name) == short
    assert len(short) <= LONGEST


def test_who_would_be_called_alike_keep_their_whole_names() -> None:
    people = [
        replace(ADA, name="Alexandru Dan Balan"),
        replace(BELA, name="Constantin Dan Balan"),
        replace(BELA, id="third", name="Nelia-Ildy Iliescu"),
    ]
    names = short_names(replace(CITY, case_managers=tuple(people)), people)
    assert names == {
        "adler": "Alexandru Dan Balan",
        "busch": "Constantin Dan Balan",
        "third": "Iliescu",
    }


def test_who_is_not_named_is_one_of_an_office() -> None:
    people = [replace(ADA, agreed_to_be_named=False), replace(BELA, agreed_to_be_named=False)]
    names = short_names(replace(CITY, case_managers=tuple(people)), people)
    assert names == {"adler": OneOfATeam("hall", 1), "busch": OneOfATeam("hall", 2)}
