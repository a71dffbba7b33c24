"""An office asks a client whether another time suits: what is kept, who is told, who may ask."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from town import Town, invented, open_town

from bot.app import LOCALES
from bot.delivery.channel import NewMessage
from bot.delivery.composing import MessageComposer
from bot.domain.actors import Actor, Role
from bot.domain.appointment import Answer, Appointment, Reason, Refused, Version
from bot.domain.appointment_view import AppointmentView
from bot.domain.lifecycle import Act
from bot.domain.open_matters import Matter
from bot.domain.slots import Slot
from bot.domain.staffing import CHAT_ONLY, Reach, Staffing
from bot.messages import payloads
from bot.messages.client_news import AskedNews
from bot.messages.notices import Notice
from bot.rendering import catalogues
from bot.rendering.chat_message import Renderer
from bot.services.staff_service import StaffService
from bot.storage.records import audit
from bot.storage.upkeep import staff_ties

TUESDAY = "2026-11-24"
NINE, TEN, ELEVEN = (f"{TUESDAY} {hour}" for hour in ("09:00", "10:00", "11:00"))
ANNA = Actor(Role.CASE_MANAGER, "anna", "mill")
BEN = Actor(Role.CASE_MANAGER, "ben", "mill")
CORA = Actor(Role.CASE_MANAGER, "cora", "quay")
MILL = Actor(Role.FRONT_DESK, office_id="mill")
GONE, TAKEN = Refused(Reason.GONE), Refused(Reason.TAKEN)
BEN_STANDS_IN = Staffing({"anna": Reach(deputy="ben")})
HOUR = 3600


@pytest.fixture
async def town(url: str) -> AsyncIterator[Town]:
    async with open_town(url, invented()) as made:
        yield made


async def asks(
    town: Town, actor: Actor, seen: Version, *others: Slot, staffing: Staffing = CHAT_ONLY
) -> AppointmentView | Refused:
    """Somebody asks the client of an appointment about these times."""
    return await town.does(
        lambda unit: StaffService(replace(unit, staffing=staffing), actor).ask_time(seen, others)
    )


async def sees(town: Town, actor: Actor, number: int) -> AppointmentView:
    """The appointment as they see it."""
    found = await town.does(lambda unit: StaffService(unit, actor).view(number))
    assert found is not None
    return found


async def keeps(town: Town, client: int, seen: Version) -> Appointment | Refused:
    """The client keeps the time."""
    return await town.database.run(lambda tx: town.bookings(tx, client).keep_time(seen))


async def questions(town: Town, client: int) -> list[tuple[str, ...]]:
    """What a client was asked: the times of each question, as they are kept."""
    rows = await town.rows(
        "SELECT content FROM outbox WHERE kind = 'time_asked' AND person_id = :id ORDER BY id",
        id=client,
    )
    found = [payloads.decode("time_asked", text) for (text,) in rows]
    return [
        tuple(slot.case_manager_id for slot in each.others)
        for each in found
        if isinstance(each, AskedNews)
    ]


async def test_while_nobody_has_answered_it_is_open_since_when_they_were_asked(
    town: Town,
) -> None:
    client = await town.client(1)
    booked = await town.book(client, town.slot("anna", NINE))
    cells = await town.cells(booked.id)
    town.now += HOUR
    asked = await asks(town, ANNA, booked.version, town.slot("anna", TEN))
    assert isinstance(asked, AppointmentView)
    assert (asked.about.answer, asked.asked_at) == (Answer.ASKED, town.now)
    assert asked.about.seen_at == town.now
    assert asked.matters == (Matter.TIME_ASKED,)
    assert (asked.about.version, asked.about.start) == (booked.version, booked.start)
    assert await town.cells(booked.id) == cells
    assert "10:00" in await town.free(await town.client(2), "anna", TUESDAY)
    assert await questions(town, client) == [("anna",)]


async def test_asked_again_before_an_answer_nothing_more_is_sent(town: Town) -> None:
    client = await town.client(1)
    booked = await town.book(client, town.slot("anna", NINE))
    await asks(town, ANNA, booked.version, town.slot("anna", TEN))
    again = await asks(town, MILL, booked.version, town.slot("anna", ELEVEN))
    assert isinstance(again, AppointmentView)
    assert await questions(town, client) == [("anna",)]


async def test_what_was_settled_is_open_anew_when_they_are_asked_again(town: Town) -> None:
    client = await town.client(1)
    booked = await town.book(client, town.slot("anna", NINE))
    await asks(town, ANNA, booked.version, town.slot("anna", TEN))
    await town.does(lambda unit: StaffService(unit, ANNA).do(Act.SETTLE, booked.version))
    assert (await sees(town, ANNA, booked.id)).matters == ()
    kept = await keeps(town, client, booked.version)
    assert isinstance(kept, Appointment)
    assert kept.answer is Answer.KEPT
    assert Act.ASK_TIME in (await sees(town, ANNA, booked.id)).acts
    await asks(town, ANNA, booked.version, town.slot("anna", ELEVEN))
    assert (await sees(town, ANNA, booked.id)).matters == (Matter.TIME_ASKED,)
    assert await questions(town, client) == [("anna",), ("anna",)]


async def test_a_move_answers_the_question(town: Town) -> None:
    client = await town.client(1)
    booked = await town.book(client, town.slot("anna", NINE))
    await asks(town, ANNA, booked.version, town.slot("anna", TEN))
    moved = await town.move(client, booked, town.slot("anna", TEN))
    assert (moved.id, moved.code, moved.answer) == (booked.id, booked.code, Answer.NONE)
    assert (await sees(town, ANNA, booked.id)).matters == ()
    assert await keeps(town, client, booked.version) == Refused(Reason.CHANGED)


async def test_who_was_not_asked_keeps_what_they_have_and_nobody_is_told(town: Town) -> None:
    client = await town.client(1)
    booked = await town.book(client, town.slot("anna", NINE))
    assert await keeps(town, client, booked.version) == booked
    done = await town.database.run(audit.of, booked.id)
    assert [deed.action for deed in done] == ["booked"]


async def test_whose_it_is_and_who_stands_in_ask_and_offer_their_own_times(town: Town) -> None:
    client = await town.client(1)
    booked = await town.book(client, town.slot("anna", NINE))
    seen, bens = booked.version, town.slot("ben", f"{TUESDAY} 10:20")
    assert await asks(town, BEN, seen, bens) == GONE
    assert await asks(town, CORA, seen, town.slot("cora", TEN)) == GONE
    assert await asks(town, ANNA, seen, bens) == TAKEN
    both = (town.slot("anna", TEN), bens)
    asked = await asks(town, BEN, seen, *both, staffing=BEN_STANDS_IN)
    assert isinstance(asked, AppointmentView)
    assert await questions(town, client) == [("anna", "ben")]


async def test_nobody_is_asked_about_a_time_they_could_not_take(town: Town) -> None:
    client, other = await town.client(1), await town.client(2)
    booked = await town.book(client, town.slot("anna", NINE))
    await town.book(other, town.slot("anna", TEN))
    seen = booked.version
    assert await asks(town, ANNA, seen, town.slot("anna", TEN)) == TAKEN
    assert await asks(town, ANNA, seen, town.slot("anna", NINE)) == TAKEN
    assert await asks(town, ANNA, seen) == GONE
    stale = replace(seen, sequence=1)
    assert await asks(town, ANNA, stale, town.slot("anna", ELEVEN)) == Refused(Reason.CHANGED)
    assert await questions(town, client) == []


async def test_up_to_three_different_days_are_suggested(town: Town) -> None:
    client = await town.client(1)
    booked = await town.book(client, town.slot("anna", NINE))
    found = await town.does(lambda unit: StaffService(unit, ANNA).other_times(booked.id))
    assert len({slot.start // 86_400 for slot in found}) == len(found) == 3
    assert await town.does(lambda unit: StaffService(unit, CORA).other_times(booked.id)) == ()


async def test_whom_no_message_reaches_is_not_asked(town: Town) -> None:
    client = await town.client(1)
    booked = await town.book(client, town.slot("anna", NINE))
    await town.database.run(
        lambda tx: tx.run("UPDATE chats SET reachable = 0 WHERE person_id = :id", id=client)
    )
    assert Act.ASK_TIME not in (await sees(town, ANNA, booked.id)).acts
    assert await asks(town, ANNA, booked.version, town.slot("anna", TEN)) == GONE


async def test_a_question_that_no_longer_waits_is_not_sent(town: Town) -> None:
    client = await town.client(1)
    booked = await town.book(client, town.slot("anna", NINE))
    await asks(town, ANNA, booked.version, town.slot("anna", TEN))
    await town.database.run(lambda tx: tx.run("DELETE FROM outbox WHERE kind <> 'time_asked'"))
    claimed = await town.claim()
    composer = MessageComposer(Renderer(catalogues.load(LOCALES, ["en"], ["de"]), town.city))
    (sent,) = await town.does(lambda unit: [composer.call(unit, each) for each in claimed])
    assert isinstance(sent, NewMessage)
    await town.move(client, booked, town.slot("anna", TEN))
    late = await town.does(lambda unit: [composer.call(unit, each) for each in claimed])
    assert late == [None]


async def notices(town: Town, kind: str) -> list[tuple[str | None, str | None]]:
    """Who is told so in chat, and whose appointment it says it is."""
    rows = await town.rows(
        "SELECT case_manager_id, content FROM outbox WHERE kind = 'notice' ORDER BY id"
    )
    found = [(whom, payloads.decode("notice", text)) for whom, text in rows]
    return [(w, n.whose) for w, n in found if isinstance(n, Notice) and n.kind == kind]


async def asked_by_ben(town: Town, client: int) -> Appointment:
    """Ben, who stands in for Anna, asks Anna's client about another time of hers, or his."""
    town.staffing = BEN_STANDS_IN
    booked = await town.book(client, town.slot("anna", NINE))
    others = (town.slot("anna", TEN), town.slot("ben", f"{TUESDAY} 10:20"))
    asked = await asks(town, BEN, booked.version, *others, staffing=BEN_STANDS_IN)
    assert isinstance(asked, AppointmentView)
    return asked.about


async def test_a_deputy_who_asked_is_told_that_the_time_is_kept(town: Town) -> None:
    client = await town.client(1)
    asked = await asked_by_ben(town, client)
    assert await keeps(town, client, asked.version) == replace(asked, answer=Answer.KEPT)
    assert await notices(town, "time_kept") == [("anna", None), ("ben", "Anna")]


async def test_a_deputy_who_asked_is_told_what_was_chosen(town: Town) -> None:
    client = await town.client(1)
    asked = await asked_by_ben(town, client)
    await town.move(client, asked, town.slot("anna", TEN))
    assert await notices(town, "time_chosen") == [("ben", "Anna")]
    assert await notices(town, "moved") == [("anna", None)]


async def test_a_deputy_whose_own_time_is_chosen_is_told_of_a_booking_alone(town: Town) -> None:
    client = await town.client(1)
    asked = await asked_by_ben(town, client)
    await town.move(client, asked, town.slot("ben", f"{TUESDAY} 10:20"))
    assert await notices(town, "time_chosen") == []
    assert await notices(town, "booked") == [("anna", None), ("ben", None)]


async def test_who_stands_in_no_longer_is_not_told_what_became_of_it(town: Town) -> None:
    client = await town.client(1)
    asked = await asked_by_ben(town, client)
    town.staffing = CHAT_ONLY
    await town.move(client, asked, town.slot("anna", TEN))
    assert await notices(town, "time_chosen") == []


async def test_a_move_that_answers_no_question_is_told_to_whose_it_is_alone(town: Town) -> None:
    client = await town.client(1)
    asked = await asked_by_ben(town, client)
    kept = await keeps(town, client, asked.version)
    assert isinstance(kept, Appointment)
    await town.move(client, kept, town.slot("anna", TEN))
    assert await notices(town, "time_chosen") == []


async def test_a_desk_that_asked_is_told_what_was_chosen(town: Town) -> None:
    client, desk = await town.client(1), await town.client(2)
    await town.does(lambda unit: staff_ties.tie(unit.tx, MILL, desk, unit.now))
    booked = await town.book(client, town.slot("anna", NINE))
    asked = await asks(town, MILL, booked.version, town.slot("anna", TEN))
    assert isinstance(asked, AppointmentView)
    await town.move(client, asked.about, town.slot("anna", TEN))
    assert await notices(town, "time_chosen") == [(None, "Anna")]
