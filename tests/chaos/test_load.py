"""Many at once: an outage of the API with updates waiting, and reminders due in one minute."""

import asyncio
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from figures import Sizes
from phone import Client
from stage import MONDAY_MORNING, World, agree, open_world

from bot.chat import polling
from bot.conversation.session import Session, to_json
from bot.courier import retries
from bot.patience import Patience
from bot.storage import persons
from bot.storage.database import Tx
from bot.storage.vault import Vault

CITY = "tests/cities/smallville.toml"
RATE = 30
FIRST_GUEST = 1_000_000
TALKERS = 50
SOON = Patience(
    polls=polling.Pauses(first=0.1, longest=0.3), courier=retries.Pauses(first=0.1, longest=0.3)
)
REMINDED = (
    "INSERT INTO appointments (id, code, person_id, case_manager_id, office_id, start_at, end_at,"
    " free_at, status, language, wishes, answer, booked_at) VALUES (:id, 'X' || :id, :id, 'adler',"
    " 'hall', :start, :start + 1800, :start + 2400, 'booked', 'en', '{}', 'none', 0)",
    "INSERT INTO outbox (person_id, kind, content, appointment_id, due_at, not_after, priority,"
    """ state, dedupe_key) VALUES (:id, 'reminder', '{"sequence": 0}', :id, :due, :start, 2,"""
    " 'planned', 'due:' || :id)",
)


async def faults(world: World, **wanted: Any) -> None:
    async with world.session.put(f"{world.simulator.url}/faults", json=wanted) as answer:
        answer.raise_for_status()


async def at_rest(world: World) -> None:
    """However long it takes."""
    rest = (
        "SELECT (SELECT COUNT(*) FROM inbox) + (SELECT COUNT(*) FROM outbox WHERE state <> 'sent')"
    )
    # Nothing tells of a row that is gone.
    while await world.pending() or await world.sql(rest) != [(0,)]:  # noqa: ASYNC110
        await asyncio.sleep(0.1)


def text_of(number: int, chat_id: int, moment: int) -> dict[str, Any]:
    """A person of that chat writes."""
    person = {"id": chat_id, "is_bot": False, "first_name": "P", "language_code": "en"}
    chat = {"id": chat_id, "type": "private", "first_name": "P"}
    sent = {"message_id": 1000 + number, "date": moment, "chat": chat, "from": person}
    return {"message": {**sent, "text": f"text {number}"}}


async def writes_much(world: World, people: list[Client], texts: int) -> dict[int, list[int]]:
    """So many texts over all chats while nobody listens; the numbers of each chat's updates."""
    sent = defaultdict(list)
    for number in range(texts):
        chat_id = people[number % len(people)].id
        update = text_of(number, chat_id, int(world.clock.exact()))
        async with world.session.post(f"{world.simulator.url}/updates", json=update) as answer:
            sent[chat_id].append(int((await answer.json())["update_id"]))
    return sent


@pytest.mark.timeout(900)
async def test_after_an_outage_every_update_that_waited_is_handled_once_and_in_order(
    tmp_path: Path, sizes: Sizes, row: list[str]
) -> None:
    began = time.monotonic()
    async with open_world(tmp_path, CITY, patience=SOON) as world:
        people = [await world.person(id) for id in range(1, TALKERS + 1)]
        await asyncio.gather(*(person.says("/start") for person in people))
        await world.taken()
        before = await world.sql("SELECT COUNT(*) FROM handled")
        await faults(world, script=[{"method": "*", "times": 10**9, "status": 502}])
        sent = await writes_much(world, people, sizes.updates)
        await asyncio.sleep(0.5)
        assert await world.pending() >= sizes.updates - 1
        await faults(world)
        await at_rest(world)
        # SQLite numbers the rows of this table as they come.
        rows = await world.sql("SELECT update_id FROM handled ORDER BY rowid")
        handled = [number for (number,) in rows[len(people) :]]
        chat_of = {number: chat_id for chat_id, numbers in sent.items() for number in numbers}
        order = defaultdict(list)
        for number in handled:
            order[chat_of[int(str(number))]].append(number)
        lost = sizes.updates - len(handled)
        row += ["SQLite", "1", "0", f"502 to all, {sizes.updates} waiting"]
        row += [str(len(handled)), str(await sends(world)), str(lost), "0", "0"]
        row += [str(round(time.monotonic() - began))]
        assert before == [(len(people),)]
        assert (lost, dict(order)) == (0, dict(sent))
        await people[0].looks()
        assert people[0].labels != []


async def sends(world: World, after: int = 0) -> int:
    """How many messages were sent or edited."""
    return sum(call["ok"] for call in await calls(world, after))


async def calls(world: World, after: int = 0) -> list[dict[str, Any]]:
    url = f"{world.simulator.url}/record?after={after}"
    async with world.session.get(url) as answer:
        made = (await answer.json())["calls"]
    return [call for call in made if call["method"].startswith(("send", "edit"))]


def let_be_reminded(tx: Tx, vault: Vault, guests: range, due: int) -> None:
    """Each guest has an appointment of which they are reminded at the same moment."""
    for guest in guests:
        person = persons.add(tx, vault, guest, to_json(Session()), due)
        for sql in REMINDED:
            facts = {"id": person.id, "start": due + 7200}
            tx.run(sql, **facts, **({"due": due} if ":due" in sql else {}))


async def guests_of(world: World, how_many: int, due: int) -> None:
    """People with phones and appointments; one request each would take longer than the test."""
    guests = range(FIRST_GUEST, FIRST_GUEST + how_many)
    for guest in guests:
        world.simulator._world.join(guest, "Guest", "en").started = True
    assert world.lotse is not None
    house = world.lotse.house
    await house.database.run(let_be_reminded, house.vault, guests, due)


async def waits(person: Client, seconds: float) -> list[float]:
    """How long each of many presses takes to be answered on the screen."""
    clock, measured = time.monotonic, list[float]()
    until = clock() + seconds
    while clock() < until:
        for label in ("Emergency numbers", "Main menu"):
            version = await person.presses(label)
            began = clock()
            await super(Client, person)._reaction(version, 5.0)
            measured.append(clock() - began)
            await asyncio.sleep(0.15)
    return measured


@pytest.mark.timeout(900)
async def test_a_press_is_answered_within_a_second_while_thousands_are_reminded(
    tmp_path: Path, sizes: Sizes, row: list[str]
) -> None:
    due = MONDAY_MORNING.timestamp() + 3600
    async with open_world(tmp_path, CITY, rate_overall=RATE) as world:
        anna = await world.person(7)
        await agree(anna)
        await guests_of(world, sizes.reminders, int(due))
        anna.at_rest = None
        await faults(world, flood_control=True)
        await asyncio.sleep(1)
        last = (await calls(world))[-1]["n"]
        world.clock.ahead += 3600
        measured = await waits(anna, sizes.watched)
        made = await calls(world, last)
    took, refused = max(measured), sum(call["error_code"] == 429 for call in made)
    faults_seen = f"{sizes.reminders} due at once, slowest answer {took:.2f} s"
    row += ["SQLite", "1", "0", faults_seen, str(len(measured)), str(len(made))]
    row += ["0", "0", "0", str(round(sizes.watched))]
    assert took < 1
    assert len(measured) > sizes.watched
    assert (len(made) / sizes.watched > 0.8 * RATE, refused) == (True, 0)
