"""Each rule of retention by itself, each row by itself: what cannot go keeps nothing else."""

from collections.abc import AsyncIterator

import pytest
from town import BERLIN, MONDAY_MORNING, TEAM, VAULT, Town, invented, open_town, telegram

from bot.conversation.session import Session, from_json, to_json
from bot.storage.engine.database import Tx
from bot.storage.engine.each_by_itself import each_by_itself
from bot.storage.queues import inbox
from bot.storage.records import chats, persons
from bot.storage.upkeep import housekeeping

DAY = 86_400
LONG_AGO = MONDAY_MORNING - 40 * DAY
TIMES = "2026-11-24 09:00", "2026-11-24 10:00", "2026-11-24 11:00"


@pytest.fixture
async def town(url: str) -> AsyncIterator[Town]:
    async with open_town(url, invented(*TEAM)) as made:
        yield made


async def over(town: Town) -> list[int]:
    """Three appointments of three clients, all long over; their ids."""
    clients = [await town.client(chat) for chat in (1, 2, 3)]
    booked = [
        await town.book(client, town.slot(TEAM[0].id, time))
        for client, time in zip(clients, TIMES, strict=True)
    ]
    await town.database.run(
        lambda tx: tx.run("UPDATE appointments SET end_at = :then", then=LONG_AGO)
    )
    return [each.id for each in booked]


async def tidied(town: Town, moment: int = MONDAY_MORNING) -> list[str]:
    found = await town.database.run(housekeeping.tidy, moment, BERLIN)
    return [each.item for each in found]


async def ids(town: Town, table: str) -> list[int]:
    return [row[0] for row in await town.rows(f"SELECT id FROM {table} ORDER BY id")]


async def test_where_nothing_fails_nothing_is_told(town: Town) -> None:
    await over(town)
    assert await tidied(town) == []
    assert await ids(town, "appointments") == []


async def test_an_appointment_at_a_moment_no_calendar_knows_goes_with_the_others(
    town: Town,
) -> None:
    _, odd, _ = await over(town)
    never = "UPDATE appointments SET start_at = :never WHERE id = :id"
    await town.database.run(lambda tx: tx.run(never, never=2**60, id=odd))
    assert await tidied(town) == []
    assert await ids(town, "appointments") == []


async def test_one_that_something_refers_to_keeps_none_of_the_others(town: Town) -> None:
    first, _, third = await over(town)
    await town.database.run(
        lambda tx: tx.run(
            "UPDATE appointments SET moves_id = :first, end_at = :far WHERE id = :third",
            first=first,
            far=MONDAY_MORNING + 40 * DAY,
            third=third,
        )
    )
    assert await tidied(town) == [f"appointment {first}"]
    assert await ids(town, "appointments") == [first, third]


async def test_a_rule_that_fails_leaves_the_rules_behind_it_to_be_followed(town: Town) -> None:
    """Nothing can be put into the table of counts."""
    await over(town)
    await town.database.run(inbox.done, telegram(1), LONG_AGO)
    await town.database.run(lambda tx: tx.run("DROP TABLE talk_counts"))
    assert await tidied(town) == ["appointment 1", "appointment 2", "appointment 3"]
    assert len(await ids(town, "appointments")) == 3
    assert await town.rows("SELECT update_id FROM handled") == []


async def midway(town: Town, chat_id: int, text: str) -> int:
    """Somebody whose session is this text, last seen long ago, who has agreed."""

    def come(tx: Tx) -> int:
        chat = chats.add(tx, VAULT, chat_id, text, MONDAY_MORNING - 3 * DAY)
        persons.agree(tx, chat.person.id, "1", MONDAY_MORNING)
        tx.run("UPDATE chats SET midway = 1 WHERE person_id = :id", id=chat.person.id)
        return chat.person.id

    return await town.database.run(come)


ON_THE_WAY = Session(trail=("menu", "place"), revision=5).choosing(order=("mill",))


@pytest.mark.parametrize("unreadable", ["", "7", "no JSON", '{"trail":["menu"]}', "[]"])
async def test_a_session_nobody_can_read_is_forgotten_whole_and_the_others_rest(
    town: Town, unreadable: str
) -> None:
    kept = to_json(ON_THE_WAY)
    first, bad, last = [
        await midway(town, number, text) for number, text in enumerate((kept, unreadable, kept), 1)
    ]
    assert await tidied(town) == [f"session of {bad}"]
    rows = await town.rows("SELECT person_id, session, midway FROM chats ORDER BY person_id")
    found = {id: (from_json(text, None, None), flag) for id, text, flag in rows}
    rested = Session(trail=("menu",), revision=5)
    assert found == {first: (rested, 0), bad: (Session(), 0), last: (rested, 0)}
    assert await tidied(town) == []


async def test_a_session_that_holds_nothing_is_not_looked_at(town: Town) -> None:
    person = await midway(town, 1, "never read")
    await town.database.run(lambda tx: tx.run("UPDATE chats SET midway = 0"))
    assert await tidied(town) == []
    assert await town.rows("SELECT session FROM chats WHERE person_id = :id", id=person) == [
        ("never read",)
    ]


async def test_what_fails_leaves_no_trace_and_stops_nothing_behind_it(town: Town) -> None:
    def work(tx: Tx) -> list[str]:
        def write(number: int) -> None:
            persons.add(tx, town.now)
            if number == 2:
                tx.run("INSERT INTO persons (id) VALUES (1)")

        return [each.item for each in each_by_itself(tx, "person", [1, 2, 3], write)]

    assert await town.database.run(work) == ["person 2"]
    assert len(await ids(town, "persons")) == 2
