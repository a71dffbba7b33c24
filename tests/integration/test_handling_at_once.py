"""An update is handled before it is acknowledged, unless something has to go first."""

import asyncio
import threading
from collections.abc import AsyncIterator
from typing import Any

import pytest
from town import VAULT, Town, invented, open_town

from bot.chat import reading_updates
from bot.conversation import session
from bot.services.incoming import Arrival
from bot.services.unit import Unit
from bot.services.updates import Queue, UpdateHandler

CHAT = 7
KEY = VAULT.lookup(CHAT)
HANDLER = UpdateHandler(reading_updates.read, 0)


@pytest.fixture
async def town(url: str) -> AsyncIterator[Town]:
    async with open_town(url, invented()) as made:
        yield made


def started(number: int, **more: Any) -> Arrival:
    """Somebody says /start."""
    place = {"chat": {"id": CHAT, "type": "private"}, "from": {"language_code": "en"}}
    message = {"message_id": number, **place, "text": "/start", **more}
    arrival = reading_updates.arrival(number, {"message": message})
    assert arrival is not None
    return arrival


async def at_once(town: Town, arrival: Arrival) -> bool:
    return await town.does(lambda unit: HANDLER.at_once(unit, KEY, arrival))


async def keep(town: Town, *arrivals: Arrival) -> None:
    await town.does(lambda unit: HANDLER.keep(unit, list(arrivals)))


async def from_the_inbox(town: Town) -> Queue:
    return await town.does(lambda unit: HANDLER.next_of(unit, KEY))


async def steps(town: Town) -> int:
    """How many steps the conversation has taken."""
    [(kept,)] = await town.rows("SELECT session FROM chats")
    return session.from_json(kept, "en", None).revision


async def answers(town: Town) -> int:
    [(count,)] = await town.rows("SELECT COUNT(*) FROM outbox")
    return int(count)


async def test_it_leaves_an_answer_and_nothing_in_the_inbox(town: Town) -> None:
    assert await at_once(town, started(1))
    assert await answers(town) == 1
    assert await town.rows("SELECT COUNT(*) FROM inbox") == [(0,)]


async def test_what_comes_again_is_handled_once(town: Town) -> None:
    assert [await at_once(town, started(1)) for _ in range(2)] == [True, False]
    await keep(town, started(1))
    assert [await from_the_inbox(town) for _ in range(2)] == [Queue.DONE, Queue.EMPTY]
    assert (await steps(town), await answers(town)) == (1, 1)


async def test_14_an_update_that_comes_again_while_it_is_being_handled_is_handled_once(
    fresh: str,
) -> None:
    """By another connection, as of another process: nobody sees yet that it will be done."""
    handled, kept = threading.Event(), threading.Event()

    def first(unit: Unit) -> bool:
        took = HANDLER.at_once(unit, KEY, started(1))
        handled.set()
        kept.wait(10)
        return took

    async def again(town: Town) -> tuple[bool, Queue]:
        await asyncio.to_thread(handled.wait, 10)
        took = await at_once(town, started(1))
        await keep(town, started(1))
        queue = await from_the_inbox(town)
        kept.set()
        return took, queue

    async with open_town(fresh, invented()) as town:
        took, came_again = await asyncio.gather(town.does(first), again(town))
        assert (took, came_again) == (True, (False, Queue.ELSEWHERE))
        assert [await from_the_inbox(town) for _ in range(2)] == [Queue.DONE, Queue.EMPTY]
        assert (await steps(town), await answers(town)) == (1, 1)


async def test_what_is_kept_already_is_not_overtaken(town: Town) -> None:
    await keep(town, started(1))
    assert not await at_once(town, started(1))
    assert not await at_once(town, started(2))
    await keep(town, started(2))
    queues = [await from_the_inbox(town) for _ in range(3)]
    assert queues == [Queue.MORE, Queue.DONE, Queue.EMPTY]
    assert await at_once(town, started(3))


async def test_what_was_set_aside_keeps_nobody_back(town: Town) -> None:
    await keep(town, started(1))
    await town.does(lambda unit: unit.tx.run("UPDATE inbox SET set_aside = 1"))
    assert await at_once(town, started(2))


async def test_what_fails_leaves_no_trace_and_can_be_kept(town: Town) -> None:
    async def fails() -> None:
        def work(unit: Any) -> None:
            HANDLER.at_once(unit, KEY, started(1))
            raise ZeroDivisionError

        await town.does(work)

    with pytest.raises(ZeroDivisionError):
        await fails()
    assert await answers(town) == 0
    await keep(town, started(1))
    assert await from_the_inbox(town) is Queue.DONE
    assert await answers(town) == 1
