"""Edge case 30: nobody who needs a way in without steps finds out about them at the door."""

from dataclasses import replace

import pytest
from beginnings import client, needs_no_steps
from chat_in_memory import Chat
from town_in_memory import CITY, at

from bot.domain.absence import Absence
from bot.domain.city import StepFree

AT_THE_LIBRARY = "book anywhere office:library person:clark day time"
WISHED = f"{AT_THE_LIBRARY} wish wish_step wish_done"
TO_THE_HALL = ("way_in", "hall")


def says(chat: Chat) -> set[str]:
    """The lines about the way in on the screen in front of them."""
    return {line for line in chat.page.splitlines() if line.startswith("step_free.")}


def of_library(chat: Chat, **facts: object) -> Chat:
    """The same in a town that knows this of its library."""
    hall, library = chat.town.city.offices
    offices = (hall, replace(library, **facts))  # type: ignore[arg-type]
    chat.town.city = replace(chat.town.city, offices=offices)
    return chat


def test_30_who_needs_a_way_in_without_steps_reads_before_confirming_that_none_is_known() -> None:
    chat = client().walks(WISHED)
    assert says(chat) == {"step_free.unknown", "step_free.elsewhere"}
    assert TO_THE_HALL in chat.offers


def test_30_and_where_there_are_steps_that_there_are() -> None:
    chat = of_library(client(), step_free=StepFree.NO).walks(WISHED)
    assert says(chat) == {"step_free.none", "step_free.elsewhere"}


def test_30_the_number_to_ask_stands_below() -> None:
    chat = of_library(client(), phones=("09900 12-99",)).walks(WISHED)
    assert (
        "step_free.unknown\nstep_free.call\n"
        "contact.number(phone=tel 09900 12-99, whose=contact.of_office(name='Bücherei'))\n"
        "step_free.elsewhere"
    ) in chat.page


def test_30_where_no_office_is_known_to_have_one_none_is_offered() -> None:
    chat = client()
    offices = tuple(replace(each, step_free=StepFree.UNKNOWN) for each in CITY.offices)
    chat.town.city = replace(CITY, offices=offices)
    chat.walks(WISHED)
    assert says(chat) == {"step_free.unknown"}
    assert TO_THE_HALL not in chat.offers


@pytest.mark.parametrize(
    "path", [AT_THE_LIBRARY, WISHED.replace("library person:clark", "hall person:adler")]
)
def test_30_nothing_is_said_to_who_needs_none_or_where_there_is_one(path: str) -> None:
    chat = client().walks(path)
    assert (chat.screen, says(chat)) == ("confirm", set())


def test_30_nothing_of_the_door_is_said_of_a_talk_by_phone() -> None:
    chat = (
        of_library(client(), phones=("09900 12-99",))
        .walks(WISHED)
        .walks("wish wish_phone wish_done")
    )
    assert says(chat) == set()


def test_30_the_press_leads_to_an_office_that_has_one_and_keeps_the_wish() -> None:
    chat = client().walks(f"{WISHED} way_in:hall")
    assert chat.screen == "people"
    chat.walks("person:adler day time")
    assert (chat.screen, says(chat)) == ("confirm", set())
    assert "wishes.step_free" in chat.page


def test_30_the_appointment_says_so_too_and_can_be_moved_to_where_there_is_one() -> None:
    chat = client().walks(f"{WISHED} confirm")
    assert (chat.screen, chat.told) == ("appointment", ("booked.done",))
    assert says(chat) == {"step_free.unknown", "step_free.elsewhere"}
    chat.walks("way_in:hall person:adler day:2026-11-25 time confirm")
    (moved,) = chat.town.coming(chat.person_id)
    assert (moved.office_id, moved.wishes.step_free, says(chat)) == ("hall", True, set())


def test_30_who_wishes_for_it_later_reads_it_at_once() -> None:
    chat = client().walks(f"{AT_THE_LIBRARY} confirm wishes wish_step wish_done")
    assert chat.told == ("wish.kept",)
    assert says(chat) == {"step_free.unknown", "step_free.elsewhere"}


def test_30_once_it_has_begun_no_other_office_is_offered() -> None:
    chat = needs_no_steps()
    chat.town.now = at("2026-11-26 09:05")
    chat.walks("mine details")
    assert says(chat) == {"step_free.unknown"}
    assert TO_THE_HALL not in chat.offers


def hall_is_full(until: str) -> Chat:
    """A client with a wish, when nobody is free at the town hall before a day."""
    chat = needs_no_steps()
    start = at("2026-11-23 00:00")
    for number, person in enumerate(("adler", "busch"), 1):
        chat.town.absences[number] = Absence(number, person, start, at(until))
    return chat


def test_30_the_earliest_time_is_looked_for_where_there_is_a_way_in_without_steps() -> None:
    chat = hall_is_full("2026-12-04 00:00").walks("mine details change others anywhere earliest")
    assert chat.told == ("step_free.only",)
    assert (chat.screen, says(chat) - {"step_free.only"}) == ("confirm", set())
    assert "'Rathaus, Nordstadt'" in chat.page


def test_30_who_needs_none_gets_the_earliest_of_all() -> None:
    chat = hall_is_full("2026-12-04 00:00")
    chat.town.appointments.clear()
    chat.walks("book anywhere earliest")
    assert (chat.told, "'Bücherei, Südstadt'" in chat.page) == ((), True)


def test_30_where_nothing_is_free_there_the_earliest_of_all_is_held_and_says_so() -> None:
    chat = hall_is_full("2027-12-04 00:00").walks("mine details change others anywhere earliest")
    assert chat.told == ()
    assert says(chat) == {"step_free.unknown", "step_free.elsewhere"}


def test_30_an_office_there_is_not_leads_nowhere() -> None:
    chat = client().walks(WISHED).forges("way_in", "nowhere")
    assert (chat.outcome.stale, chat.screen) == (True, "confirm")
