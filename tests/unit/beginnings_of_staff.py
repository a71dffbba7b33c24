"""People of the staff at the beginning of what they do."""

from dataclasses import replace

from chat_in_memory import ME, Chat
from meanwhile import no_number
from town_in_memory import ADA, BELA, MONDAY_NINE, NOBODY, Town, at

from bot.conversation.session import Session
from bot.domain.actors import OPERATOR, Actor, Role
from bot.domain.appointment import Answer, Status, Wishes
from bot.domain.delivery_failures import DeliveryFailures
from bot.domain.delivery_status import DeliveryStatus
from bot.domain.staffing import Reach, Staffing

FRONT_DESK = Actor(Role.FRONT_DESK, office_id="hall")
TODAY_TEN = "2026-11-23 10:00"


def speaker(actor: Actor, town: Town | None = None) -> Chat:
    """Somebody of the staff, on their menu."""
    chat = Chat(town or Town(), Session("de", None, ("staff_menu",)))
    chat.town.resident(ME).actor = actor
    return chat


def ada() -> Chat:
    """A case manager."""
    return speaker(Actor.of(ADA))


def busy_ada() -> Chat:
    """Ada with a talk this morning, number 1, whose client needs help with the language."""
    chat = ada()
    chat.town.book("adler", TODAY_TEN, wishes=Wishes(language_help=True, topic="housing"))
    return chat


def ada_expects_a_call() -> Chat:
    """Ada while her client, who has said they would call, should be on the phone."""
    chat = ada()
    about = chat.town.book("adler", TODAY_TEN, wishes=Wishes(by_phone=True))
    chat.town.keep(replace(about, answer=Answer.COMING))
    chat.town.now = at("2026-11-23 10:10")
    return chat


def ada_was_called() -> Chat:
    """The same once she has said that they did."""
    chat = ada_expects_a_call()
    chat.town.change(1, Status.CAME)
    return chat


def ada_was_not_called() -> Chat:
    """The same once she has said that they did not."""
    chat = ada_expects_a_call()
    chat.town.change(1, Status.MISSED)
    return chat


def ada_knows_no_number() -> Chat:
    """Ada before a talk by phone, when no number is left and our messages do not arrive."""
    chat = ada()
    about = chat.town.book("adler", TODAY_TEN, wishes=Wishes(by_phone=True))
    chat.town.deliveries[about.id] = DeliveryStatus(None, None, False, reached=False, failed=0)
    no_number(chat)
    return chat


def ada_and_a_late_client() -> Chat:
    """The same when the client has said that they are late."""
    chat = busy_ada()
    chat.town.keep(replace(chat.town.appointments[1], answer=Answer.LATE))
    return chat


def ada_afterwards() -> Chat:
    """The same while the talk is on."""
    chat = busy_ada()
    chat.town.now = at("2026-11-23 10:10")
    return chat


def came_to_ada() -> Chat:
    """The same once she has said that the client came."""
    chat = ada_afterwards()
    chat.town.change(1, Status.CAME)
    return chat


def ada_with_paper() -> Chat:
    """Ada with a talk this morning that she booked for somebody without Telegram."""
    chat = ada()
    about = chat.town.book("adler", TODAY_TEN, NOBODY, language="ar")
    chat.town.slips["c1"] = about.id
    return chat


def whole_diary() -> Chat:
    """Ada on a day on which her talks stand in every way a talk can stand."""
    chat = ada()
    town, told = chat.town, MONDAY_NINE - 60
    every_wish = Wishes(True, 1, 2, step_free=True, topic="housing", by_phone=True)
    town.keep(replace(town.book("adler", "2026-11-23 06:00"), status=Status.CAME, seen_at=told))
    town.keep(replace(town.book("adler", "2026-11-23 07:00"), status=Status.MISSED))
    seen = town.book("adler", TODAY_TEN, wishes=every_wish)
    town.keep(replace(seen, seen_at=told, answer=Answer.COMING, help_arranged=True))
    town.deliveries[seen.id] = DeliveryStatus(told, told, answered=True, reached=True, failed=0)
    lost = town.book("adler", "2026-11-23 11:00", wishes=Wishes(language_help=True))
    town.keep(replace(lost, help_arranged=False))
    town.deliveries[lost.id] = DeliveryStatus(None, None, answered=False, reached=False, failed=1)
    town.book("adler", "2026-11-23 12:00", NOBODY)
    town.change(town.book("adler", "2026-11-23 13:00").id, Status.CALLED_OFF)
    return chat


def ada_for_weeks() -> Chat:
    """Ada with talks up to the horizon, and with some of the last two weeks."""
    chat = ada()
    town = chat.town
    town.change(town.book("adler", "2026-11-09 08:00").id, Status.CAME)
    town.book("adler", "2026-11-19 08:00")
    town.change(town.book("adler", "2026-11-20 08:00").id, Status.CALLED_OFF)
    town.change(town.book("adler", "2026-11-20 09:00").id, Status.MISSED)
    town.book("adler", "2026-11-20 10:00")
    for day in ("2026-11-25", "2026-12-04", "2026-12-09", "2026-12-21"):
        town.book("adler", f"{day} 08:00")
    return chat


def busy_front_desk() -> Chat:
    """The front desk on the same day."""
    chat = whole_diary()
    chat.town.resident(ME).actor = FRONT_DESK
    return chat


def ada_away() -> Chat:
    """Ada with an absence, number 1, from Wednesday to Thursday."""
    chat = ada()
    staff = chat.port.staff()
    assert staff is not None
    staff.absent("adler", at("2026-11-25 00:00"), at("2026-11-27 00:00"))
    return chat


def deputy() -> Chat:
    """Bela, who stands in for Ada."""
    town = Town(staffing=Staffing({"adler": Reach(deputy="busch")}))
    return speaker(Actor.of(BELA), town)


def front_desk() -> Chat:
    """Who opens the door of the town hall."""
    return speaker(FRONT_DESK)


def operator() -> Chat:
    """Whoever runs the program."""
    return speaker(OPERATOR)


def worried_operator() -> Chat:
    """The same when much does not get through, and Ada has called off a talk."""
    chat = speaker(OPERATOR, called_off_by_ada().town)
    chat.town.failures = DeliveryFailures(
        waiting=3,
        waiting_seconds=659,
        set_aside=1,
        lost_to_clients=2,
        lost_to_staff={"office:hall": 4, "case_manager:adler": 5, "office:closed": 6},
        unaddressed={"busch": 7, "left": 8},
    )
    return chat


def called_off_by_ada() -> Chat:
    """Ada in front of a talk of hers that she has just called off."""
    return busy_ada().walks("today visit cannot cannot_yes")


def desk_with_a_talk() -> Chat:
    """The front desk with Ada's talk, whose colleague Bela could hold it at another time."""
    return speaker(FRONT_DESK, busy_ada().town)


def ada_who_has_asked() -> Chat:
    """Ada in front of a talk whose client has been asked about another time."""
    return busy_ada().walks("today visit ask_time ask_time_yes")


def ada_who_was_answered() -> Chat:
    """The same when the client keeps the time."""
    chat = busy_ada()
    chat.town.keep(replace(chat.town.appointments[1], answer=Answer.KEPT))
    return chat
