"""Many reminders due in one minute, and somebody who presses a button meanwhile."""

import asyncio
import time
from pathlib import Path

import pytest
from figures import NOT_COUNTED, Sizes
from phone import Client
from simulated import calls, faults
from stage import MONDAY_MORNING, World, agree, open_world

from bot.conversation.session import Session, to_json
from bot.storage.engine.database import Tx
from bot.storage.records import chats
from bot.storage.vault import Vault

CITY = "tests/cities/smallville.toml"
RATE = 30
FIRST_CLIENT = 1_000_000
REMINDED = (
    "INSERT INTO appointments (id, code, person_id, case_manager_id, office_id, start_at, end_at,"
    " free_at, status, language, wishes, answer, booked_at) VALUES (:id, 'X' || :id, :id, 'adler',"
    " 'hall', :start, :start + 1800, :start + 2400, 'booked', 'en', '{}', 'none', 0)",
    "INSERT INTO outbox (person_id, kind, content, appointment_id, due_at, not_after, priority,"
    """ state, dedupe_key) VALUES (:id, 'reminder', '{"sequence": 0}', :id, :due, :start, 2,"""
    " 'planned', 'due:' || :id)",
)


def let_be_reminded(tx: Tx, vault: Vault, clients: range, due: int) -> None:
    """Each walk-in has an appointment of which they are reminded at the same moment."""
    for client in clients:
        person = chats.add(tx, vault, client, to_json(Session()), due).person
        for sql in REMINDED:
            facts = {"id": person.id, "start": due + 7200}
            tx.run(sql, **facts, **({"due": due} if ":due" in sql else {}))


async def clients_of(world: World, how_many: int, due: int) -> None:
    """People with phones and appointments; one request each would take longer than the test."""
    clients = range(FIRST_CLIENT, FIRST_CLIENT + how_many)
    for client in clients:
        world.simulator._world.join(client, "Client", "en").started = True
    assert world.process is not None
    resources = world.process.resources
    await resources.database.run(let_be_reminded, resources.vault, clients, due)


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


@pytest.mark.timeout(1800)
async def test_a_press_is_answered_within_a_second_while_thousands_are_reminded(
    tmp_path: Path, sizes: Sizes, row: list[str]
) -> None:
    due = MONDAY_MORNING.timestamp() + 3600
    async with open_world(tmp_path, CITY, rate_overall=RATE) as world:
        anna = await world.person(7)
        await agree(anna)
        await clients_of(world, sizes.reminders, int(due))
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
    row += [NOT_COUNTED, NOT_COUNTED, NOT_COUNTED, str(round(sizes.watched))]
    assert took < 1
    assert len(measured) > sizes.watched
    assert (len(made) / sizes.watched > 0.8 * RATE, refused) == (True, 0)
