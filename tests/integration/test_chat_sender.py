"""The sender with more trouble than places: what fails rests, what can go goes."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import replace

import pytest
from forgetful import Forgetful
from town import TEAM, VAULT, Town, invented, open_town
from typed_words import WORDS

from bot.app import LOCALES
from bot.chat.telegram_limits import LIMITS
from bot.conversation import screen_codec
from bot.conversation.content import Code, Screen, say
from bot.delivery.channel import (
    Call,
    Channel,
    Later,
    NewMessage,
    Rejected,
    Result,
    Sent,
    Unreachable,
    Unsure,
)
from bot.delivery.chat_sender import AT_ONCE, SWEEP_SECONDS, ChatSender
from bot.delivery.composing import MessageComposer
from bot.delivery.send_rates import SendRates
from bot.messages.payloads import Kind, Text
from bot.observability.counters import Counters
from bot.rendering import catalogues
from bot.rendering.chat_message import Renderer
from bot.services import outbound, outgoing
from bot.services.unit import Outbound, Unit
from bot.storage.engine.database import DatabaseUnavailable, Tx
from bot.storage.queues import claimed_messages, outbox
from bot.storage.queues.outbox_row import OutboxRow, Priority
from bot.storage.records import persons

HEALTHY, FIRST = 9_999, 9_998
SORRY = screen_codec.to_json(Screen(((say("anything.went_wrong", command=Code("/start")),),)))


class Troubled:
    """A channel on which only one chat can be reached."""

    def __init__(self) -> None:
        self.delivered = asyncio.Event()

    async def send(self, chat_id: int, call: Call) -> Result:
        if chat_id != HEALTHY:
            return Unsure("NetworkError")
        self.delivered.set()
        return Sent(1)


@pytest.fixture
async def town(tmp_path: object) -> AsyncIterator[Town]:
    async with open_town(f"sqlite:///{tmp_path}/town.db", invented(*TEAM)) as made:
        yield made


def message(person_id: int, now: int, priority: Priority = Priority.NOTICE) -> OutboxRow:
    return OutboxRow(Kind.TEXT, SORRY, f"to:{person_id}:{priority}", priority, now, person_id)


class Slow:
    """A channel that has taken a call and not answered yet."""

    def __init__(self) -> None:
        self.taken = asyncio.Event()
        self.calls = 0

    async def send(self, chat_id: int, call: Call) -> Result:
        self.calls += 1
        self.taken.set()
        await asyncio.sleep(0.2)
        return Sent(1)


class Listed:
    """A channel that writes down to whom it delivers, and answers while it is `free`."""

    def __init__(self) -> None:
        self.to: list[int] = []
        self.free = asyncio.Event()
        self.free.set()
        self._more = asyncio.Event()

    async def send(self, chat_id: int, call: Call) -> Result:
        self.to.append(chat_id)
        self._more.set()
        await self.free.wait()
        return Sent(len(self.to))

    async def delivers(self, count: int) -> list[int]:
        """To whom it has delivered, when it is so many."""
        while len(self.to) < count:
            self._more.clear()
            await self._more.wait()
        return self.to


def chat_sender(town: Town, channel: Channel, overall_rate: float = 0) -> ChatSender:
    composer = MessageComposer(Renderer(catalogues.load(LOCALES, ["en"], ["de"]), town.city))

    def open_unit(tx: Tx, now: int) -> Unit:
        return Unit(
            tx, town.city, WORDS, town.staffing, now, VAULT, town.choose, LIMITS, Outbound()
        )

    limits = SendRates(overall_rate, 0, 5, time.monotonic)
    return ChatSender(
        town.database,
        VAULT,
        open_unit,
        composer,
        channel,
        limits,
        lambda: town.now,
        lambda: True,
        Counters(time.monotonic),
    )


async def test_more_failing_chats_than_places_hold_up_nobody_else(town: Town) -> None:
    for chat_id in range(1, AT_ONCE + 10):
        person_id = await town.client(chat_id)
        await town.database.run(outbox.put, message(person_id, town.now), town.now)
    healthy = await town.client(HEALTHY)
    await town.database.run(outbox.put, message(healthy, town.now), town.now)
    channel = Troubled()
    async with asyncio.timeout(5), asyncio.TaskGroup() as group:
        running = group.create_task(chat_sender(town, channel).run())
        await channel.delivered.wait()
        running.cancel()


async def test_a_reminder_that_falls_due_does_not_hold_up_its_readers_answer(town: Town) -> None:
    hers, his = await town.client(1), await town.client(2)
    for draft in (
        OutboxRow(Kind.REMINDER, "{}", "hers", Priority.REMINDER, town.now + 60, hers),
        message(his, town.now),
        message(hers, town.now, Priority.ANSWER),
    ):
        await town.database.run(outbox.put, draft, town.now)
    await town.database.run(outbox.promote_due, town.now + 60)
    (first,) = await town.claim(1)
    assert first.person_id == hers
    assert await town.database.run(persons.by_id, first.person_id) is not None


async def test_a_call_that_is_being_made_at_an_orderly_end_is_not_made_again(town: Town) -> None:
    for chat_id in range(AT_ONCE + 1):
        person_id = await town.client(chat_id + 1)
        await town.database.run(outbox.put, message(person_id, town.now), town.now)
    channel = Slow()
    async with asyncio.timeout(5), asyncio.TaskGroup() as group:
        running = group.create_task(chat_sender(town, channel).run())
        await channel.taken.wait()
        running.cancel()
    assert channel.calls == AT_ONCE
    assert await town.rows("SELECT state FROM outbox") == [("waiting",)]


async def test_what_was_claimed_while_the_answer_was_lost_is_delivered_all_the_same(
    town: Town,
) -> None:
    person_id = await town.client(HEALTHY)
    await town.database.run(outbox.put, message(person_id, town.now), town.now)
    forgetful = Forgetful(town.database, lambda value: isinstance(value, tuple) and bool(value[0]))
    channel = Troubled()
    async with asyncio.timeout(5), asyncio.TaskGroup() as group:
        running = group.create_task(chat_sender(replace(town, database=forgetful), channel).run())
        await channel.delivered.wait()
        running.cancel()
    assert forgetful.loses == 0
    assert await town.rows("SELECT state FROM outbox") == []


@asynccontextmanager
async def sending(
    town: Town, channel: Listed, overall_rate: float = 0
) -> AsyncIterator[ChatSender]:
    """A sender that has delivered what there was, so that nobody waits."""
    sender = chat_sender(town, channel, overall_rate)
    first = await town.client(FIRST)
    await town.does(answers(first, "first"))
    async with asyncio.timeout(10), asyncio.TaskGroup() as group:
        running = group.create_task(sender.run())
        assert await channel.delivers(1) == [FIRST]
        channel.to.clear()
        yield sender
        running.cancel()


def answers(person_id: int, *keys: str) -> Callable[[Unit], None]:
    """Writes so many answers to one person."""

    def written(unit: Unit) -> None:
        outbound.take_along(unit, VAULT.lookup(HEALTHY))(person_id)
        for key in keys:
            outgoing.answer(unit, person_id, key, Text(screen_codec.from_json(SORRY)))

    return written


async def standing(town: Town) -> list[tuple[str]]:
    """Where the answers stand that are still kept."""
    return await town.rows("SELECT state FROM outbox WHERE dedupe_key <> 'first'")


async def test_an_answer_is_on_its_way_as_soon_as_it_is_written(town: Town) -> None:
    amal, channel = await town.client(HEALTHY), Listed()
    async with sending(town, channel) as sender:
        channel.free.clear()
        await sender.along(answers(amal, "a"))
        assert await standing(town) == [("sending",)]
        channel.free.set()
        assert await channel.delivers(1) == [HEALTHY]
    assert await standing(town) == []


async def test_the_answers_of_one_chat_follow_one_another_each_once(town: Town) -> None:
    amal, channel = await town.client(HEALTHY), Listed()
    async with sending(town, channel) as sender:
        await sender.along(answers(amal, "a", "b", "c"))
        assert await channel.delivers(3) == [HEALTHY] * 3
    assert await standing(town) == []


async def test_nobody_is_overtaken_while_the_limit_over_all_chats_holds_others_up(
    town: Town,
) -> None:
    people = [await town.client(chat) for chat in (1, 2, 3, HEALTHY)]
    channel = Listed()
    async with sending(town, channel, overall_rate=5) as sender:
        for number, person in enumerate(people[:3]):
            await town.does(answers(person, f"earlier {number}"))
        sender.wake()
        assert await channel.delivers(1) == [1]
        await sender.along(answers(people[3], "later"))
        assert await channel.delivers(4) == [1, 2, 3, HEALTHY]


@pytest.mark.parametrize("lost", [1, 2])
async def test_an_answer_claimed_while_the_database_answers_no_more_arrives_once(
    town: Town, lost: int
) -> None:
    """The first time when it is written, the second when what was called is settled."""
    amal, channel = await town.client(HEALTHY), Listed()
    forgetful = Forgetful(
        town.database, lambda value: isinstance(value, tuple), after=lost - 1, loses=0
    )
    async with sending(replace(town, database=forgetful), channel) as sender:
        forgetful.loses = 1
        with suppress(DatabaseUnavailable):
            await sender.along(answers(amal, "a", "b"))
        await channel.delivers(2)
        await asyncio.sleep(SWEEP_SECONDS * 1.5)
    assert (forgetful.loses, channel.to) == (0, [HEALTHY, HEALTHY])
    assert await standing(town) == []


async def test_who_does_not_send_any_more_claims_nothing(town: Town) -> None:
    amal, channel = await town.client(HEALTHY), Listed()
    async with sending(town, channel) as sender:
        pass
    await sender.along(answers(amal, "a"))
    assert await standing(town) == [("waiting",)]
    assert channel.to == []


class Failing(Listed):
    """A channel whose call by these numbers, counted from 0, ends in something else."""

    def __init__(self, **ends: Result) -> None:
        super().__init__()
        self._ends = {int(name.removeprefix("call_")): end for name, end in ends.items()}
        self.said: list[str] = []

    async def send(self, chat_id: int, call: Call) -> Result:
        result = await super().send(chat_id, call)
        if chat_id == HEALTHY:
            assert isinstance(call, NewMessage)
            self.said.append(call.message.text)
            return self._ends.get(len(self.said) - 1, result)
        return result


def texts(person_id: int, *told: str) -> Callable[[Unit], None]:
    """Writes answers that say these things."""

    def written(unit: Unit) -> None:
        outbound.take_along(unit, VAULT.lookup(HEALTHY))(person_id)
        for each in told:
            outgoing.answer(unit, person_id, each, Text(Screen(((Code(each),),))))

    return written


async def test_what_must_be_said_again_is_and_the_rest_comes_behind_it(town: Town) -> None:
    amal, channel = await town.client(HEALTHY), Failing(call_1=Later(0.1), call_2=Unsure("x"))
    async with sending(town, channel) as sender:
        await sender.along(texts(amal, "a", "b", "c"))
        await channel.delivers(5)
        assert channel.said == ["a", "b", "b", "b", "c"]
    assert await standing(town) == []


async def test_while_one_must_wait_what_is_behind_it_can_still_be_taken_back(town: Town) -> None:
    amal, channel = await town.client(HEALTHY), Failing(call_0=Later(0.2))
    async with sending(town, channel) as sender:
        await sender.along(texts(amal, "a", "b"))
        await channel.delivers(1)
        await asyncio.sleep(0.05)
        assert await standing(town) == [("sending",), ("waiting",)]


async def test_nothing_more_is_said_to_who_cannot_be_reached(town: Town) -> None:
    amal, channel = await town.client(HEALTHY), Failing(call_0=Unreachable())
    async with sending(town, channel) as sender:
        await sender.along(texts(amal, "a", "b"))
        await channel.delivers(1)
        await asyncio.sleep(0.05)
    assert channel.said == ["a"]
    assert await standing(town) == [("failed",), ("failed",)]


async def test_what_is_refused_keeps_nothing_back(town: Town) -> None:
    amal, channel = await town.client(HEALTHY), Failing(call_0=Rejected("too long"))
    async with sending(town, channel) as sender:
        await sender.along(texts(amal, "a", "b"))
        await channel.delivers(2)
    assert channel.said == ["a", "b"]
    assert await standing(town) == [("failed",)]


async def test_what_is_answered_while_another_answer_is_under_way_follows_it(town: Town) -> None:
    amal, channel = await town.client(HEALTHY), Failing()
    async with sending(town, channel) as sender:
        channel.free.clear()
        await sender.along(texts(amal, "a", "b"))
        await sender.along(texts(amal, "c"))
        assert await standing(town) == [("sending",), ("sending",), ("waiting",)]
        channel.free.set()
        sender.wake()
        await channel.delivers(3)
        assert channel.said == ["a", "b", "c"]
    assert await standing(town) == []


async def test_a_sender_that_no_longer_leads_takes_nothing_along(town: Town) -> None:
    amal, channel = await town.client(HEALTHY), Listed()
    async with sending(town, channel) as sender:
        await town.database.run(claimed_messages.begin_term)
        await sender.along(answers(amal, "a"))
        assert await standing(town) == [("waiting",)]
    assert channel.to == []
