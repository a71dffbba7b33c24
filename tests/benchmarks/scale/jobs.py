"""What is timed: whole jobs of the bot, each through `Database.run` as the bot itself does it."""

import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from random import Random

from typed_words import WORDS

from bot.chat.telegram_limits import LIMITS
from bot.conversation.port import Search
from bot.conversation.screens.times import DAYS_A_SCREEN
from bot.domain.city import City
from bot.domain.slots import Slot
from bot.domain.staffing import CHAT_ONLY
from bot.messages.payloads import Kind
from bot.services.transaction_port import TransactionPort
from bot.services.unit import Outbound, Unit
from bot.storage.engine.database import Database, Tx
from bot.storage.queues import claimed_messages, outbox
from bot.storage.queues.outbox_row import OutboxRow, Priority
from bot.storage.records import chats
from bot.storage.vault import Vault

from .city import Size, office_id

AT_ONCE = 64
VAULT = Vault(bytes(32))
DUE = 30


@dataclass(frozen=True, slots=True)
class Town:
    """A filled database with its city at one moment; `random` chooses who comes.

    `numbers` are those of the jobs so far; who comes goes to one office after another.
    """

    size: Size
    database: Database
    city: City
    now: int
    random: Random
    numbers: Iterator[int] = field(default_factory=count)

    @property
    def clients(self) -> range:
        """The ids of all clients with appointments."""
        return range(1, self.size.future // 3 + 1)


Timed = Callable[[Town], Awaitable[float]]
"""Does a job once on a town; the seconds it took."""


async def days_and_times(town: Town) -> float:
    """The days with room at one office, as a screen shows them, then the times of the first."""
    office = office_id(next(town.numbers) % town.size.offices)
    client = town.random.choice(town.clients)
    began = time.perf_counter()
    found = await town.database.run(_days_and_times, town.city, office, client, town.now)
    taken = time.perf_counter() - began
    assert found
    return taken


async def claim_due(town: Town) -> float:
    """A sweep when messages have become due, and the sender's claim of them."""
    term = await town.database.run(claimed_messages.begin_term)
    people = town.random.sample(town.clients, DUE)
    await town.database.run(_plan, people, town.now, town.numbers)
    began = time.perf_counter()
    await town.database.run(_sweep, town.now)
    claimed = await town.database.run(claimed_messages.claim, term, AT_ONCE)
    taken = time.perf_counter() - began
    assert len(claimed) == DUE
    await town.database.run(_settle, [each.id for each in claimed], town.now)
    return taken


def _days_and_times(tx: Tx, city: City, office: str, person_id: int, now: int) -> tuple[Slot, ...]:
    chat = chats.of(tx, person_id)
    assert chat is not None
    unit = Unit(tx, city, WORDS, CHAT_ONLY, now, VAULT, lambda signs: signs[0], LIMITS, Outbound())
    port = TransactionPort(unit, chat, "en")
    search = Search((office,))
    days = port.free_days(search, port.today, DAYS_A_SCREEN + 1)
    return port.free_times(search, days[0])


def _plan(tx: Tx, people: list[int], now: int, numbers: Iterator[int]) -> None:
    for person_id in people:
        key = f"due:{next(numbers)}"
        draft = OutboxRow(Kind.REMINDER, "{}", key, Priority.REMINDER, now, person_id=person_id)
        outbox.put(tx, draft, now - 1)


def _sweep(tx: Tx, now: int) -> None:
    outbox.promote_due(tx, now)
    outbox.expire(tx, now)


def _settle(tx: Tx, row_ids: list[int], now: int) -> None:
    for row_id in row_ids:
        outbox.settle(tx, row_id, "sent", now)
