"""Clients of a town that knows its stops and streets."""

from dataclasses import replace

from beginnings import client
from chat_in_memory import Chat
from town_in_memory import CITY

from bot.domain.city import City
from bot.domain.geography import Credit, Position, Stop, Street

MARKET = Stop("marktplatz", "Marktplatz", Position(48.0085, 11.0025, exact=True))
HALFWAY = Stop("halbweg", "Halbweg", Position(47.999, 11.001, exact=True))
SHORE = Stop("seeufer", "Seeufer/Klinik", Position(47.991, 11.0, exact=True), ("Hafen",))
LONG_NORTH = Street("99001-lange_gasse", "Lange Gasse", "99001", Position(48.01, 11.0))
LONG_SOUTH = Street("99002-lange_gasse", "Lange Gasse", "99002", Position(47.99, 11.0))
LANE = Street("99002-elsterweg", "Elsterweg", "99002", Position(47.991, 11.0, exact=True))


def with_stops(city: City) -> City:
    """The city with stops, streets, a neighbour, and whose data that is."""
    return replace(
        city,
        stops=(MARKET, HALFWAY, SHORE),
        streets=(LONG_NORTH, LONG_SOUTH, LANE),
        neighbours=("Bigtown",),
        credits=(Credit("Stops", "Surveyors", "CC0"),),
    )


def rider() -> Chat:
    """Who takes the bus."""
    chat = client()
    chat.town.city = with_stops(CITY)
    return chat


def gets_off() -> Chat:
    """Who has typed a stop."""
    return rider().walks("book stop").writes("Marktplatz")


def halfway() -> Chat:
    """Who gets off between two offices."""
    return rider().walks("book").writes("Halbweg")


def misheard() -> Chat:
    """Who has typed something like a stop."""
    return rider().walks("book stop").writes("Halwegh")


def lost() -> Chat:
    """Who has typed what nobody knows."""
    return rider().walks("book").writes("Timbuktu")


def lost_again() -> Chat:
    """Likewise, twice."""
    return lost().writes("Ouagadougou")


def asked_which_part() -> Chat:
    """Who has typed a street with two postal codes, and a stop."""
    return rider().walks("book").writes("Lange Gasse, Halbweg")


def asked_which_code() -> Chat:
    """Who has typed two postal codes."""
    return client().walks("book").writes("99001 oder 99002")
