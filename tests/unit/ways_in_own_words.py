"""The ways of clients who typed what they want, from what was offered to where it is done."""

from ways import Way
from writers import (
    asks_for_help,
    asks_to_be_called,
    asks_to_be_called_near_the_hall,
    has_enough,
    names_a_stop,
    names_ada,
    names_the_hall,
    reads_english,
    wants_english,
    wants_to_stop,
    wants_tuesday,
    wants_tuesday_instead,
)

SUGGESTED = (
    Way("time", "suggested", "confirm", wants_tuesday),
    Way("others", "suggested", "place", wants_tuesday),
    Way("change:1", "suggested", "suggested", wants_tuesday_instead),
    Way("change:2", "suggested", "suggested", has_enough),
)
GUESSED = (
    Way("language:en", "guessed", "menu", reads_english),
    Way("speaking:en", "guessed", "place", wants_english),
    Way("way:phone", "guessed", "place", asks_to_be_called),
    Way("way:phone", "guessed", "offices", asks_to_be_called_near_the_hall),
    Way("directory", "guessed", "directory", asks_to_be_called),
    Way("book", "guessed", "place", asks_for_help),
    Way("mine", "guessed", "mine", asks_for_help),
    Way("privacy", "guessed", "privacy", wants_to_stop),
    Way("person:adler", "guessed", "days", names_ada),
    Way("office:hall", "guessed", "people", names_the_hall),
    Way(
        "area:s.marktplatz",
        "guessed",
        "offices",
        names_a_stop,
        told=("place.near_stop", "offices.distance"),
    ),
)
WAYS_IN_OWN_WORDS = (*SUGGESTED, *GUESSED)
