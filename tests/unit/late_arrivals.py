"""Who stands on a screen when what it shows has changed or gone."""

from dataclasses import replace

from beginnings import called_off, client, with_one
from beginnings_of_staff import busy_ada, deputy
from chat_in_memory import Chat
from meanwhile import (
    erased,
    left,
    new_notice,
    no_longer_deputy,
    no_number,
    nothing_free,
    office_calls_off,
)
from town_in_memory import CITY, at
from ways_to_a_time import TO_CONFIRM, TO_DAYS, TO_TIMES, too_late

from bot.domain.absence import DAYS_AHEAD, Absence

SEEN = "mine details"


def sees_new_notice() -> Chat:
    """Who agreed to an earlier notice."""
    chat = client()
    new_notice(chat)
    return chat.walks("book")


def called_off_later() -> Chat:
    """Who looks for another day with anybody of the office."""
    return called_off().presses_below("rebook_later", "1")


def finds_nothing_later() -> Chat:
    """The same when nobody can be booked."""
    chat = called_off()
    nothing_free(chat)
    return chat.presses_below("rebook_later", "1")


def finds_no_afternoon() -> Chat:
    """Who can come in the afternoon only, when Ada is away on every Monday there is."""
    chat = client().walks(f"{TO_DAYS} half:pm")
    start = at("2026-11-30 00:00")
    chat.town.absences[1] = Absence(1, "adler", start, start + DAYS_AHEAD * 86_400)
    return chat


def times_gone() -> Chat:
    """Whose day is full by now."""
    chat = client().walks(TO_TIMES)
    nothing_free(chat)
    return chat


def too_late_for_any() -> Chat:
    """Whose time is gone, and no other is free."""
    chat = too_late()
    nothing_free(chat)
    return chat


def city_without_ada() -> Chat:
    """Who reads the summary of a talk with somebody who has left the city file."""
    chat = client().walks(TO_CONFIRM)
    left("adler")(chat)
    return chat


def cleos_wishes() -> Chat:
    """Who has wishes for an office without a telephone, in a town without topics."""
    chat = client()
    chat.town.city = replace(CITY, topics=())
    return chat.walks("book anywhere office:library person:clark day time wish")


def number_left_at_confirm() -> Chat:
    """Who would call, when the number goes while they read the summary."""
    chat = client().walks(f"{TO_CONFIRM} wish wish_adults adults:2 wish_phone wish_done")
    no_number(chat)
    return chat


def nobody_to_call() -> Chat:
    """Who would rather talk by phone, when no number answers any more."""
    chat = client().walks("book anywhere way")
    no_number(chat)
    return chat


def office_left() -> Chat:
    """Whose appointment is in an office that the city file no longer knows."""
    chat = with_one()
    about = replace(chat.town.appointments[1], case_manager_id="left", office_id="closed")
    chat.town.keep(about)
    return chat.walks(SEEN)


def door_of_office_left() -> Chat:
    """The same at its door."""
    return office_left().walks("door")


def gone_at_appointment() -> Chat:
    """Whose appointment goes while they look at it."""
    return _gone(with_one().walks(SEEN))


def gone_at_door() -> Chat:
    """The same at the door."""
    return _gone(with_one().walks(f"{SEEN} door"))


def gone_at_cancel() -> Chat:
    """The same when they are asked whether they mean it."""
    return _gone(with_one().walks(f"{SEEN} cancel"))


def _gone(chat: Chat) -> Chat:
    office_calls_off(chat)
    return chat


def opened_called_off() -> Chat:
    """Ada with a talk on the screen that was called off."""
    return busy_ada().walks("today visit cannot cannot_yes")


def erased_at_visit() -> Chat:
    """Ada with a talk on the screen of which nothing is left."""
    return _erased(busy_ada().walks("today visit"))


def erased_at_cannot() -> Chat:
    """The same when she is asked whether she means it."""
    return _erased(busy_ada().walks("today visit cannot"))


def erased_at_ask_time() -> Chat:
    """The same when she reads about which times her client would be asked."""
    return _erased(busy_ada().walks("today visit ask_time"))


def _erased(chat: Chat) -> Chat:
    erased(chat)
    return chat


def deputy_no_longer_at_closing() -> Chat:
    """Bela, asked whether to close Ada's days, when he stands in for her no more."""
    chat = deputy().walks("away who:adler away_from:2026-11-25 close")
    no_longer_deputy(chat)
    return chat
