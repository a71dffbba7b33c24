"""People at the beginning of what they do."""

from dataclasses import replace

from chat_in_memory import ME, Chat
from meanwhile import no_number, nothing_free
from town_in_memory import CITY, at

from bot.conversation.session import Session
from bot.domain.absence import Absence
from bot.domain.appointment import Answer, Status, Wishes

WEDNESDAY_EIGHT = "2026-11-25 08:00"
"""When Ada's appointment of a client who has one begins."""


def stranger() -> Chat:
    """Who has just found the bot."""
    return Chat().starts()


def newcomer() -> Chat:
    """Who reads the notice."""
    return stranger().walks("language:en")


def client() -> Chat:
    """Who agreed once and has nothing booked, on the menu."""
    return Chat(session=Session("en", CITY.notice_version, ("menu",)))


def with_one() -> Chat:
    """A client with Ada's appointment on Wednesday at eight, its number 1."""
    chat = client()
    chat.town.book("adler", WEDNESDAY_EIGHT, ME, Wishes(adults=1))
    return chat


def while_it_is_on() -> Chat:
    """The same eight minutes after it has begun."""
    chat = with_one()
    chat.town.now = at("2026-11-25 08:08")
    return chat


def with_two() -> Chat:
    """A client who has as many appointments as anybody may have."""
    chat = with_one()
    chat.town.book("busch", "2026-12-01 09:00", ME)
    return chat


def with_wishes() -> Chat:
    """A client who will phone at the time of appointment 1, and needs every help."""
    chat = client()
    wishes = Wishes(True, adults=2, children=3, step_free=True, topic="housing", by_phone=True)
    chat.town.book("adler", WEDNESDAY_EIGHT, ME, wishes)
    return chat


def needs_no_steps() -> Chat:
    """A client who needs a way in without steps, with an appointment where none is known."""
    chat = client()
    chat.town.book("clark", "2026-11-26 09:00", ME, Wishes(step_free=True))
    return chat


def waits() -> Chat:
    """A client who waits for anybody anywhere."""
    chat = client()
    chat.port.wait("")
    return chat


def nobody_answers() -> Chat:
    """The same when no number is left to be called."""
    chat = with_wishes()
    no_number(chat)
    return chat


def ada_answers() -> Chat:
    """A client whose contact person has a number of her own."""
    chat = with_one()
    people = chat.town.city.case_managers
    called = (replace(people[0], phone="09900 12-31"), *people[1:])
    chat.town.city = replace(chat.town.city, case_managers=called)
    return chat


def in_an_example() -> Chat:
    """A client with an appointment in a town where nothing is really booked."""
    chat = with_one()
    chat.town.city = replace(chat.town.city, example=True, operator=None)
    return chat


def wants_details() -> Chat:
    """A client whose reminders name person and office."""
    chat = client()
    chat.port.show_details(True)
    return chat


def sent_to_the_hall() -> Chat:
    """A client whom a link sent to the town hall, from the school."""
    return client().starts("o_hall-r_school")


def sent_to_ada() -> Chat:
    """A client whom a link sent to Ada."""
    return client().starts("p_adler")


def from_afar() -> Chat:
    """Who has typed a postal code of another town."""
    return client().walks("book").writes("12345")


def shares_place() -> Chat:
    """Who has shared where they are, near the town hall."""
    return client().walks("book").sends_place(48.0, 11.0)


def knows_ada() -> Chat:
    """Who has booked with Ada before."""
    chat = client()
    chat.town.resident(ME).last_case_manager = "adler"
    return chat


def finds_nothing() -> Chat:
    """A client when nobody can be booked."""
    chat = client()
    nothing_free(chat)
    return chat


def reads_arabic() -> Chat:
    """A client who reads another script, in a town that says how the Mühlenviertel is said."""
    chat = client()
    mill = replace(chat.town.city.area["mill"], spoken={"ar": "موله"})
    chat.town.city = replace(chat.town.city, areas=(mill,), languages=("de", "ar"))
    chat.session = replace(chat.session, language="ar")
    return chat


def without_bela() -> Chat:
    """A client who reads English, while Bela, who speaks it, is away tomorrow."""
    chat = client()
    tomorrow = at("2026-11-24 00:00")
    chat.town.absences[1] = Absence(1, "busch", tomorrow, tomorrow + 86_400)
    return chat


def moves_without_bela() -> Chat:
    """The same, who moves an appointment."""
    chat = with_one()
    chat.town.absences = without_bela().town.absences
    return chat


def asked() -> Chat:
    """A client whom the office has asked whether another time suits; number 1 stands."""
    chat = with_one()
    chat.town.keep(replace(chat.town.appointments[1], answer=Answer.ASKED))
    return chat


def called_off() -> Chat:
    """A client whose only appointment, number 1, the office has called off."""
    chat = with_one()
    chat.town.change(1, Status.CALLED_OFF)
    return chat
