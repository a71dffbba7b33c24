"""The Bot API is away for ten minutes: what waited is handled once and in order."""

import asyncio
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from figures import NOT_COUNTED, Sizes
from on_server import world_on
from phone import Client
from simulated import faults, sends
from stage import World, open_world

from bot.chat import polling
from bot.delivery import retries
from bot.runtime.timeouts import ApiTimeouts
from bot.storage.engine.opening import SQLITE

CITY = "tests/cities/smallville.toml"
TALKERS = 50
OUTAGE_SECONDS = 600
NAMES = {True: "SQLite", False: "PostgreSQL"}
# SQLite numbers the rows of a table as they come, PostgreSQL the transactions that write them.
AGE = {True: "rowid", False: "CAST(CAST(xmin AS TEXT) AS BIGINT)"}
SOON = ApiTimeouts(
    polls=polling.PollPauses(first=0.1, longest=0.3),
    chat_sender=retries.RetryPauses(first=0.1, longest=0.3),
)


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


@pytest.mark.timeout(1800)
async def test_after_an_outage_every_update_that_waited_is_handled_once_and_in_order(
    url: str, tmp_path: Path, sizes: Sizes, row: list[str]
) -> None:
    began = time.monotonic()
    embedded = url.startswith(SQLITE)
    texts = sizes.on(url).updates
    kind = World if embedded else world_on(url)
    async with open_world(tmp_path, CITY, kind, SOON) as world:
        people = [await world.person(id) for id in range(1, TALKERS + 1)]
        await asyncio.gather(*(person.says("/start") for person in people))
        await world.taken()
        before = await handled(world, embedded)
        await faults(world, script=[{"method": "*", "times": 10**9, "status": 502}])
        sent = await writes_much(world, people, texts)
        world.clock.ahead += OUTAGE_SECONDS
        await asyncio.sleep(0.5)
        assert await world.pending() >= texts - 1
        await faults(world)
        await at_rest(world)
        after = (await handled(world, embedded))[len(before) :]
        lost = texts - len(after)
        row += [NAMES[embedded], "1", "0", f"502 to all for 10 min (clock moved), {texts} waiting"]
        row += [str(len(after)), str(await sends(world)), str(lost), "0", NOT_COUNTED]
        row += [str(round(time.monotonic() - began))]
        assert len(before) == len(people)
        assert (lost, by_chat(after, sent)) == (0, dict(sent))
        await people[0].looks()
        assert people[0].labels != []


async def handled(world: World, embedded: bool) -> list[int]:
    """The numbers of the updates that were handled, in order: that of the turns of each chat."""
    rows = await world.sql(f"SELECT update_id FROM handled ORDER BY {AGE[embedded]}")
    return [int(str(number)) for (number,) in rows]


def by_chat(handled: list[int], sent: dict[int, list[int]]) -> dict[int, list[int]]:
    """The numbers of each chat's updates, in the order given."""
    chat_of = {number: chat_id for chat_id, numbers in sent.items() for number in numbers}
    order = defaultdict(list)
    for number in handled:
        order[chat_of[number]].append(number)
    return dict(order)
