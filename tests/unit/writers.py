"""Clients who write in their own words, and what stands before them then."""

from beginnings import client, with_one, with_two
from chat_in_memory import ME, Chat
from riders import rider
from town_in_memory import ADA


def wants_tuesday() -> Chat:
    """Asks for a day and a time."""
    return client().writes("tomorrow at 10")


def wants_tuesday_instead() -> Chat:
    """The same, with an appointment already."""
    return with_one().writes("tomorrow at 10")


def has_enough() -> Chat:
    """The same, with as many as anybody may have."""
    return with_two().writes("tomorrow at 10")


def wants_next_week() -> Chat:
    """Asks for any day of a week, in the afternoon."""
    return client().writes("next week in the afternoon")


def wants_sunday() -> Chat:
    """Asks for a day on which nobody works."""
    return client().writes("on Sunday at 9")


def wants_english() -> Chat:
    """Asks for somebody who speaks a language."""
    return client().writes("someone who speaks English please")


def reads_english() -> Chat:
    """Asks for a language to read, and may mean to speak."""
    return client().writes("I want another language: English")


def names_ada() -> Chat:
    """Asks for a case manager."""
    return client().writes("Ada Adler please")


def names_the_hall() -> Chat:
    """Asks for an office."""
    return client().writes("Rathaus")


def names_a_stop() -> Chat:
    """Says on the way to a time that they get off elsewhere."""
    return rider().walks("book postal:99002 office:hall").writes("Marktplatz")


def asks_to_be_called() -> Chat:
    """Would rather talk by phone."""
    return client().writes("please call me")


def asks_for_help() -> Chat:
    """Does not know what to do."""
    return client().writes("help me please")


def wants_to_stop() -> Chat:
    """Wants to be left alone."""
    return client().writes("delete my data")


def mumbles() -> Chat:
    """Is not understood."""
    return client().writes("qwrtz plmk")


def mumbles_again() -> Chat:
    """Is not understood twice in a row."""
    return mumbles().writes("qwrtz plmk")


def asks_to_be_called_near_the_hall() -> Chat:
    """The same, once it is known where they live."""
    return client().walks("book postal:99001").writes("please call me")


def same_person_again() -> Chat:
    """Asks for whom they spoke to last."""
    chat = client()
    chat.town.resident(ME).last_case_manager = ADA.id
    return chat.writes("the same person as last time please")


def asks_in_russian() -> Chat:
    """Is not understood in a language they have not chosen."""
    return client().writes("что тут вообще происходит, скажите")
