"""The sender: makes the calls of the rows it has claimed, and settles what came of them.

A row counts as sent in the same transaction that keeps its message id. Where nobody can know
whether a call arrived (the process ended in between, or no answer came), it is made again.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from bot.delivery.caller import Caller
from bot.delivery.capacity import Capacity
from bot.delivery.channel import Channel, Unfound
from bot.delivery.claims import Chain, Claims
from bot.delivery.composing import MessageComposer
from bot.delivery.recording import Made, report, settle
from bot.delivery.retries import PAUSES, RetryPauses
from bot.delivery.send_rates import SendRates
from bot.observability.counters import Counters
from bot.observability.logs import fields
from bot.services.unit import OpenUnit, Unit
from bot.storage.engine.database import Database, DatabaseUnavailable, Tx
from bot.storage.queues import outbox
from bot.storage.vault import Vault

log = logging.getLogger(__name__)

T = TypeVar("T")

AT_ONCE = 128
SWEEP_SECONDS = 1.0


class ChatSender:
    """Delivers what is due. `now` is the app's clock in UTC epoch seconds."""

    def __init__(
        self,
        database: Database,
        vault: Vault,
        open_unit: OpenUnit,
        composer: MessageComposer,
        channel: Channel,
        limits: SendRates,
        now: Callable[[], int],
        clock_is_right: Callable[[], bool],
        counters: Counters,
        pauses: RetryPauses = PAUSES,
    ) -> None:
        self._database = database
        self._limits = limits
        self._now = now
        self._clock_is_right = clock_is_right
        self._counters = counters
        self._pauses = pauses
        self._woken = asyncio.Event()
        self._places = Capacity(AT_ONCE, self._left)
        self._claims = Claims(database, open_unit, composer, limits, self._places, now)
        self._caller = Caller(vault, channel, limits, self._places, counters, pauses)
        self._behind: dict[int, deque[Chain]] = {}
        self._deliveries: asyncio.TaskGroup | None = None

    def wake(self) -> None:
        """Something was written to the outbox."""
        self._claims.more = True
        self._woken.set()

    async def sweep(self) -> None:
        """Let what has become due wait for delivery, and close what it is too late for.

        By a clock that is wrong nothing becomes due or late.
        """
        now = self._now() if self._clock_is_right() else None
        await self._database.run(_sweep, self._claims.term, now)
        self._counters.sender_looked()
        self._limits.forget_rested()
        self.wake()

    async def run(self) -> None:
        """Deliver until cancelled; calls that are being made then are still waited for."""
        await self._claims.begin()
        async with asyncio.TaskGroup() as group:
            self._deliveries = group
            try:
                await self._hand_out()
            except asyncio.CancelledError:
                await self._places.last_calls()
                raise
            finally:
                self._deliveries = None
                self._claims.end()

    async def along(self, work: Callable[[Unit], T]) -> tuple[T, bool]:
        """Run `work` in a unit, and deliver at once what it answers, if we can.

        What it returns, and whether something is left to be sent. Raises as `Database.run` does.
        """
        done, chain, left = await self._claims.along(work)
        self._start(chain)
        return done, left

    async def _hand_out(self) -> None:
        async with asyncio.TaskGroup() as group:
            group.create_task(self._sweep_often())
            while True:
                await self._woken.wait()
                self._woken.clear()
                while chains := await self._claims.due():
                    for chain in chains:
                        self._start(chain)
                    if not self._claims.more:
                        break

    def _left(self) -> None:
        """A place is free; whoever it was for may have had more to come."""
        if self._claims.more:
            self._woken.set()

    async def _sweep_often(self) -> None:
        while True:
            try:
                await self.sweep()
            except DatabaseUnavailable as problem:
                told = fields(problem=str(problem))
                log.error("database unavailable, messages wait", extra=told)
            await asyncio.sleep(SWEEP_SECONDS)

    def _start(self, chain: Chain) -> None:
        """Deliver a chain; behind what is under way for the same recipient."""
        if not chain:
            return
        person_id = chain[0].claimed.person_id
        if self._deliveries is None:  # we have ceased to send; who sends next finds it
            self._places.leave(_rows(chain))
        elif person_id in self._behind:
            self._behind[person_id].append(chain)
        else:
            self._behind[person_id] = deque([chain])
            self._deliveries.create_task(self._deliver_all(person_id))

    async def _deliver_all(self, person_id: int) -> None:
        waiting = self._behind[person_id]
        try:
            while waiting:
                chain = waiting.popleft()
                if following := await self._deliver(chain):
                    waiting.appendleft(following)
        finally:
            del self._behind[person_id]

    async def _deliver(self, chain: Chain) -> Chain:
        """Call until all is settled; the next answer to the same person, if it is ours by then."""
        rest, following, arrived = chain, Chain(), self._caller.arrived
        try:
            while rest:
                rest, following, arrived = await self._make(rest, arrived)
            return following
        finally:
            self._places.leave(_rows(chain))

    async def _make(self, chain: Chain, arrived: int) -> tuple[Chain, Chain, int]:
        """Make the calls and settle them.

        The one that must be repeated, what follows, and how many calls had arrived by then.
        """
        await self._caller.await_rate(chain[0])
        with self._places.call():
            made = await self._caller.make(chain, arrived)
            following = await self._settled(made, chain[len(made) :])
        arrived = self._caller.arrived
        attempt, found = made[-1]
        pause = self._caller.pause(attempt, found)
        if pause is None:
            return [], following, arrived
        await self._caller.rest(pause)
        again = await self._claims.again(attempt.claimed.id)
        anew = again and replace(again, failures=attempt.failures + 1)
        return [anew] if anew else [], following, arrived

    async def _settled(self, made: list[Made], rest: Chain) -> Chain:
        """Keep what came of the calls, and let wait again what was not called; what follows."""
        term = self._claims.term

        def settle_all(unit: Unit) -> None:
            for each in made:
                self._settle(unit, each)
            for attempt in rest:
                outbox.put_back(unit.tx, attempt.claimed.id, term, counted=False)
                unit.outbound.left = True

        following, left = await self._claims.settling(settle_all, made[0][0].claimed.person_id)
        for attempt, found in made:
            report(attempt, found)
        if left:
            self.wake()
        return following

    def _settle(self, unit: Unit, made: Made) -> None:
        attempt, found = made
        if isinstance(found, Unfound):
            due_at = unit.now + self._pauses.until_search(attempt.claimed.attempts)
            outbox.put_off(unit.tx, attempt.claimed.id, self._claims.term, due_at)
        settle(unit, attempt, found)


def _rows(chain: Chain) -> list[int]:
    return [attempt.claimed.id for attempt in chain]


def _sweep(tx: Tx, term: int, now: int | None) -> None:
    outbox.release_abandoned(tx, term)
    if now is not None:
        outbox.promote_due(tx, now)
        outbox.expire(tx, now)
