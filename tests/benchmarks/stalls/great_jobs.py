"""What is timed on a database of millions of rows: each a whole transaction of the bot's own.

What is deleted by one round is somebody else's in the next.
"""

import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from random import Random

from typed_words import WORDS

from bot.chat import reading_updates
from bot.chat.telegram_limits import LIMITS
from bot.domain.city import City
from bot.domain.staffing import OfficeReach, Staffing
from bot.services import escalation, leaving, orphans
from bot.services.sweeps import Sweep
from bot.services.unit import Outbound, Unit
from bot.services.updates import UpdateHandler
from bot.storage.engine.database import Database, Tx
from bot.storage.queues import claimed_messages, gauges, outbox
from bot.storage.queues.stocktaking import Stocktaking
from bot.storage.records import key_values, persons
from bot.storage.upkeep import erasure, personal_data
from bot.storage.vault import Vault

from ..scale.city import Size
from ..scale.jobs import Town, claim_due, days_and_times

VAULT = Vault(bytes(32))
MILLISECOND = 0.001


@dataclass(frozen=True, slots=True)
class GreatTown:
    """A filled database with its city at a moment by day; strangers come with new numbers."""

    database: Database
    city: City
    size: Size
    now: int
    random: Random
    staffing: Staffing
    numbers: Iterator[int] = field(default_factory=lambda: count(10**6))
    stock: Stocktaking = field(default_factory=Stocktaking)

    def unit(self, tx: Tx, now: int) -> Unit:
        """The unit of work of a transaction."""
        return Unit(
            tx, self.city, WORDS, self.staffing, now, VAULT, self.random.choice, LIMITS, Outbound()
        )

    @property
    def somebody(self) -> int:
        """A client with three talks."""
        return self.random.randrange(1, self.size.future // 3)


Seconds = Awaitable[Sequence[float]]
Job = Callable[[GreatTown], Seconds]
"""Does something once; the seconds of each of its transactions."""


def staffing_of(city: City) -> Staffing:
    """Every office has a mailbox and asks who has not seen a booking."""
    mail = OfficeReach("desk@example.org", seen_within_hours=4)
    return Staffing({}, {office.id: mail for office in city.offices})


async def timed(town: GreatTown, *works: Callable[[Tx], object]) -> list[float]:
    """The seconds of each of some transactions."""
    found = []
    for work in works:
        began = time.perf_counter()
        await town.database.run(work)
        found.append(time.perf_counter() - began)
    return found


async def a_stranger_starts(town: GreatTown) -> Sequence[float]:
    """An update is handled, its answer taken along; then that is settled."""
    number, handler = next(town.numbers), UpdateHandler(reading_updates.read, 0)
    chat = {"id": number, "type": "private"}
    sender = {"id": number, "is_bot": False, "language_code": "en"}
    message = {"chat": chat, "message_id": 1, "from": sender, "text": "/start"}
    arrival = reading_updates.arrival(number, {"message": message})
    assert arrival is not None
    key, term = VAULT.lookup(number), await town.database.run(claimed_messages.begin_term)

    taken: list[int] = []

    def answered(tx: Tx) -> None:
        unit = town.unit(tx, town.now)
        unit.outbound.term = term
        assert handler.at_once(unit, key, arrival)
        assert unit.outbound.person_id is not None
        found = claimed_messages.taken_along(tx, term, unit.outbound.person_id)
        taken[:] = [claimed.id for claimed in found]

    def settled(tx: Tx) -> None:
        for row_id in taken:
            outbox.settle(tx, row_id, "sent", town.now)

    return await timed(town, answered, settled)


async def free_days_and_times(town: GreatTown) -> Sequence[float]:
    """The days with room at an office, and the times of the first."""
    return [await days_and_times(_of_scale(town))]


async def what_has_become_due(town: GreatTown) -> Sequence[float]:
    """A sweep and a claim of the messages that have become due."""
    return [await claim_due(_of_scale(town))]


async def export(town: GreatTown) -> Sequence[float]:
    """All that is kept of somebody."""
    person_id = town.somebody
    return await timed(town, lambda tx: personal_data.of(tx, person_id))


async def delete_everything(town: GreatTown) -> Sequence[float]:
    """Somebody with talks leaves, and is forgotten with the last message."""
    person_id, zone = town.somebody, town.city.rules.time_zone
    return await timed(
        town,
        lambda tx: erasure.leave(tx, person_id, town.now, zone),
        lambda tx: erasure.forget_if_served(tx, person_id, town.now),
    )


async def forget_a_stranger(town: GreatTown) -> Sequence[float]:
    """Somebody who has only come by."""
    person_id = (await town.database.run(persons.add, town.now)).id
    return await timed(town, lambda tx: erasure.forget(tx, person_id))


async def unseen_bookings(town: GreatTown) -> Sequence[float]:
    """All offices, as each minute."""
    *offices, _, _ = await _sweeps(town)
    return await _looked_at(town, offices)


async def open_language_help(town: GreatTown) -> Sequence[float]:
    """Who wants help within two days, as each minute."""
    *_, help_open, _ = await _sweeps(town)
    return await _looked_at(town, [help_open])


async def metrics(town: GreatTown) -> Sequence[float]:
    """What /metrics asks, and what /readyz tries."""
    took = await timed(town, lambda tx: gauges.queues(tx, town.now), town.stock.look)
    town.stock.take(await town.database.run(town.stock.look))
    return [sum(took)]


async def readiness(town: GreatTown) -> Sequence[float]:
    """What /readyz asks."""

    def tried(tx: Tx) -> None:
        key_values.put(tx, "health", str(town.now))
        gauges.queues(tx, town.now)

    return await timed(town, tried)


async def look_back(town: GreatTown) -> Sequence[float]:
    """What is asked at a start, before anybody is served."""

    def looked_back(tx: Tx) -> None:
        unit = town.unit(tx, town.now)
        leaving.forget_long_gone(unit)
        orphans.report(unit)

    return await timed(town, looked_back)


async def _sweeps(town: GreatTown) -> list[Sweep[int]]:
    return await town.database.run(lambda tx: [*escalation.sweeps(town.unit(tx, town.now))])


async def _looked_at(town: GreatTown, sweeps: Sequence[Sweep[int]]) -> list[float]:
    works = [lambda tx, sweep=sweep: sweep.due(town.unit(tx, town.now)) for sweep in sweeps]
    return await timed(town, *works)


def _of_scale(town: GreatTown) -> Town:
    return Town(town.size, town.database, town.city, town.now, town.random, town.numbers)
