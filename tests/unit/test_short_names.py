"""Names on a button: short, and still of one person only."""

from dataclasses import replace

import pytest
from town_in_memory import ADA, BELA, CITY

from bot.domain.short_names import LONGEST, short_names, shortened


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Uta Bücking", "Uta Bücking"),
        ("Olga Seitenzahl", "Olga Seitenzahl"),
        ("Alexandru Dan Balan", "Dan Balan"),
        ("Karina Miranda da Costa", "Miranda da Costa"),
        ("Team Herne-Mitte 4", "Herne-Mitte 4"),
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
