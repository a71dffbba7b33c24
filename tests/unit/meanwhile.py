"""What may happen while somebody stands in front of a screen."""

from collections.abc import Callable
from dataclasses import replace

from chat_in_memory import ME, Chat
from town_in_memory import ADA, CITY, at

from bot.conversation.slot_values import to_slot
from bot.domain import slots
from bot.domain.absence import DAYS_AHEAD, Absence
from bot.domain.actors import Actor
from bot.domain.appointment import Reason, Status
from bot.domain.city import CaseManager
from bot.domain.staffing import CHAT_ONLY

Meanwhile = Callable[[Chat], object]


def now_tied(chat: Chat) -> None:
    """The chat becomes Ada's."""
    chat.town.resident(chat.person_id).actor = Actor.of(ADA)


def untied(chat: Chat) -> None:
    """The chat is no longer one of the staff's."""
    chat.town.resident(chat.person_id).actor = None


def no_longer_deputy(chat: Chat) -> None:
    """Nobody stands in for anybody any more."""
    chat.town.staffing = CHAT_ONLY


def paused(chat: Chat) -> None:
    """Too many cancellations."""
    chat.town.resident(chat.person_id).barred = Reason.PAUSED


def blocked(chat: Chat) -> None:
    """The office has blocked them."""
    chat.town.resident(chat.person_id).barred = Reason.BLOCKED


def changed_often(chat: Chat) -> None:
    """Too many changes in a day."""
    chat.town.resident(chat.person_id).barred = Reason.CHANGED_OFTEN


def new_notice(chat: Chat) -> None:
    """The notice they agreed to is no longer the one that holds."""
    chat.town.city = replace(chat.town.city, notice_version="2")


def office_calls_off(chat: Chat) -> None:
    """Appointment 1 is not to be."""
    chat.town.change(1, Status.CALLED_OFF)


def moved(chat: Chat) -> None:
    """Appointment 1 gets another time: on the phone, in another chat of its client's."""
    about, slot = chat.town.appointments[1], slots.slot_at(ADA, at("2026-11-30 13:00"))
    chat.town.move(about, slot, about.wishes)


def begun(chat: Chat) -> None:
    """Ada's talk on Wednesday at eight has begun."""
    chat.town.now = at("2026-11-25 08:08")


def talk_at_ten_begins(chat: Chat) -> None:
    """This morning's talk has begun."""
    chat.town.now = at("2026-11-23 10:01")


def first_of_the_offered_goes(chat: Chat) -> None:
    """Somebody books the first of the times that a client is about to be asked about."""
    wanted = to_slot(chat.session.draft.offered[0])
    assert wanted is not None
    case_manager_id, start = wanted
    chat.town.snatched.append(slots.slot_at(CITY.case_manager[case_manager_id], start))


def erased(chat: Chat) -> None:
    """Of appointment 1 nothing is left."""
    del chat.town.appointments[1]


def two_booked(chat: Chat) -> None:
    """In another of their chats two appointments were made."""
    chat.town.book("adler", "2026-11-30 08:00", ME)
    chat.town.book("adler", "2026-11-30 09:20", ME)


def snatched(person: CaseManager, moment: str) -> Meanwhile:
    """Somebody else is quicker."""

    def happens(chat: Chat) -> None:
        chat.town.holds.clear()
        chat.town.snatched.append(slots.slot_at(person, at(moment)))

    return happens


def nothing_free(chat: Chat) -> None:
    """Nobody can be booked any more."""
    chat.town.unheard = frozenset(CITY.case_manager)


def all_taken(chat: Chat) -> None:
    """Whoever can be booked has no time left within a year."""
    start = at("2026-11-23 00:00")
    for number, person in enumerate(CITY.case_managers, 1):
        chat.town.absences[number] = Absence(number, person.id, start, start + DAYS_AHEAD * 86_400)


def no_number(chat: Chat) -> None:
    """No telephone answers any more, not even the operator's."""
    silent = tuple(replace(office, phones=()) for office in chat.town.city.offices)
    chat.town.city = replace(chat.town.city, offices=silent)


def numbers_answer(chat: Chat) -> None:
    """The city file names numbers again."""
    chat.town.city = CITY


def left(case_manager_id: str) -> Meanwhile:
    """Somebody is no longer in the city file."""

    def happens(chat: Chat) -> None:
        stay = [each for each in chat.town.city.case_managers if each.id != case_manager_id]
        chat.town.city = replace(chat.town.city, case_managers=tuple(stay))

    return happens
