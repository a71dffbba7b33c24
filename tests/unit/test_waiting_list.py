"""Edge case 22: where nothing is free nobody is left with nothing to do."""

from datetime import date

from beginnings import client, finds_nothing, waits, with_one
from beginnings_of_staff import front_desk
from chat_in_memory import Chat
from meanwhile import all_taken, left, no_number, two_booked
from town_in_memory import CITY, at

from bot.conversation.content import Button, Screen, say
from bot.domain.waiting_for import WaitingFor, begun, where
from bot.messages.free_time import FreeTimeNews, screen

TODAY, HORIZON_ENDS = "2026-11-23", at("2027-01-23 00:00") - 1
AT_THE_HALL = "book anywhere office:hall"


def when_nothing_is_free(chat: Chat, path: str) -> Chat:
    """Somebody presses `path`, and then everything is taken."""
    chat.walks(path)
    all_taken(chat)
    return chat


def waiting_for(chat: Chat) -> str | None:
    """What the waiting list says this chat waits for."""
    found = chat.port.waiting()
    return None if found is None else found.target


def test_22_where_nothing_is_free_there_are_numbers_other_offices_and_the_waiting_list() -> None:
    chat = when_nothing_is_free(client(), "book anywhere").walks("earliest")
    assert chat.page.startswith(
        "days.none(name=book.anybody)\n\nnothing_free.call\n"
        "contact.number(phone=tel 09900 12-30, whose=contact.of_office(name='Rathaus'))\n\n"
        "[waiting.ask -> wait]\n[days.others -> others]\n"
    )


def test_22_who_wanted_one_office_or_one_person_waits_for_those() -> None:
    office = when_nothing_is_free(client(), AT_THE_HALL).walks("earliest")
    person = when_nothing_is_free(client(), AT_THE_HALL).walks("person:adler")
    assert (office.offers[0], person.offers[0]) == (("wait", "hall"), ("wait", "adler"))
    assert [waiting_for(each.walks("wait")) for each in (office, person)] == ["hall", "adler"]


def test_22_without_a_number_the_waiting_list_is_there_all_the_same() -> None:
    chat = when_nothing_is_free(client(), "book anywhere")
    no_number(chat)
    chat.walks("earliest")
    assert chat.page.startswith("days.none(name=book.anybody)\n\n[waiting.ask -> wait]\n")
    library = when_nothing_is_free(client(), "book anywhere office:library").walks("person:clark")
    assert "nothing_free.call\ncontact.number(phone=tel 09900 12-30" in library.page


def test_22_the_menu_says_that_they_wait_and_until_when_and_how_to_stop() -> None:
    chat = when_nothing_is_free(client(), "book anywhere").walks("earliest wait")
    assert (chat.screen, chat.told) == ("menu", ("waiting.noted",))
    assert "waiting.on(day=2027-01-22)" in chat.page
    chat.walks("stop_waiting")
    assert (chat.screen, chat.told, waiting_for(chat)) == ("menu", ("waiting.stopped",), None)
    assert "waiting.on" not in chat.page


def test_22_who_waits_there_already_is_not_asked_again_but_may_wait_elsewhere() -> None:
    chat = when_nothing_is_free(waits(), "book anywhere").walks("earliest")
    assert "wait" not in dict(chat.offers)
    chat.walks("others office:hall")
    assert waiting_for(chat) == ""


def test_22_who_moves_an_appointment_and_who_books_for_others_does_not_wait() -> None:
    moving = when_nothing_is_free(with_one(), "mine details").walks("change")
    assert ("wait" in dict(moving.offers), "nothing_free.call" in moving.page) == (False, True)
    desk = when_nothing_is_free(front_desk(), "walk_in walk_in_language:en").walks("person:adler")
    assert ("wait" in dict(desk.offers), "nothing_free.call" in desk.page) == (False, False)


def test_22_what_is_free_in_part_only_is_no_reason_to_wait() -> None:
    chat = when_nothing_is_free(client(), "book anywhere speaking:en").walks("earliest")
    assert "wait" not in dict(chat.offers)


def test_22_who_books_waits_no_more() -> None:
    chat = waits().walks(f"{AT_THE_HALL} person:adler day time confirm")
    assert waiting_for(chat) is None


def test_22_who_is_told_looks_where_they_waited() -> None:
    assert client().presses_below("look_free", "adler").screen == "days"
    assert client().presses_below("look_free", "hall").screen == "people"
    assert client().presses_below("look_free").screen == "offices"
    gone = client()
    left("adler")(gone)
    assert gone.presses_below("look_free", "adler").screen == "offices"


def test_22_who_has_enough_by_then_sees_those() -> None:
    chat = client()
    two_booked(chat)
    assert (chat.presses_below("look_free").screen, chat.told) == ("mine", ("refused.too_many",))


def test_22_nobody_waits_for_whom_there_is_not() -> None:
    chat = finds_nothing().walks("book anywhere earliest").forges("wait", "nobody")
    assert (chat.outcome.stale, waiting_for(chat)) == (True, None)


def test_waiting_ends_with_the_last_day_that_could_be_booked() -> None:
    assert begun(CITY, "hall", date.fromisoformat(TODAY)) == WaitingFor("hall", HORIZON_ENDS)


def test_of_whoever_is_gone_everybody_will_do() -> None:
    assert where(CITY, "adler") == (("hall",), "adler")
    assert where(CITY, "library") == (("library",), None)
    assert where(CITY, "") == where(CITY, "left") == (("hall", "library"), None)


def test_22_the_message_says_nothing_of_whom_or_where_and_leads_there() -> None:
    said = ((say("free_time.title"),), (say("free_time.first_come"),))
    look = Button(say("free_time.look"), "look_free::adler")
    assert screen(FreeTimeNews("adler")) == Screen(said, ((look,),))
