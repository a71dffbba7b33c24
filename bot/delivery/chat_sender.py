"""The sender: claims rows, makes their calls, and settles what came of it.

A row counts as sent in the same transaction that keeps its message id. Where nobody can know
whether a call arrived (the process ended in between, or no answer came), it is made again.
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace

from bot.delivery.capacity import Capacity
from bot.delivery.channel import CHANGING, Channel, Rejected, Result, Sent, Unreachable, counted_as
from bot.delivery.composing import MessageComposer
from bot.delivery.recording import Attempt, report, settle
from bot.delivery.retries import PAUSES, Finding, RetryPauses, judged
from bot.delivery.send_rates import SendRates
from bot.delivery.until_done import until_done
from bot.observability.counters import Counters
from bot.observability.logs import fields
from bot.services.unit import OpenUnit, Unit
from bot.storage.engine.database import Database, DatabaseUnavailable, Tx
from bot.storage.queues import claimed_messages, outbox
from bot.storage.queues.claimed_messages import ClaimedMessage
from bot.storage.vault import Vault

log = logging.getLogger(__name__)

AT_ONCE = 64
SWEEP_SECONDS = 1.0
UNLIMITED = (*CHANGING, Rejected, Unreachable)


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
        counters: Counters,
        pauses: RetryPauses = PAUSES,
    ) -> None:
        self._database = database
        self._vault = vault
        self._open_unit = open_unit
        self._composer = composer
        self._channel = channel
        self._limits = limits
        self._now = now
        self._counters = counters
        self._pauses = pauses
        self._term = 0
        self._arrived = 0
        self._woken = asyncio.Event()
        self._places = Capacity(AT_ONCE, self.wake)
        self._in_doubt = False

    def wake(self) -> None:
        """Something was written to the outbox."""
        self._woken.set()

    async def sweep(self) -> None:
        """Let what has become due wait for delivery, and close what it is too late for."""
        await self._database.run(_sweep, self._term, self._now())
        self._counters.sender_looked()
        self._limits.forget_rested()
        self.wake()

    async def run(self) -> None:
        """Deliver until cancelled; calls that are being made then are still waited for."""
        self._term = await until_done(self._database, claimed_messages.begin_term)
        async with asyncio.TaskGroup() as group:
            try:
                await self._hand_out(group)
            except asyncio.CancelledError:
                await self._places.last_calls()
                raise

    async def _hand_out(self, deliveries: asyncio.TaskGroup) -> None:
        async with asyncio.TaskGroup() as group:
            group.create_task(self._sweep_often())
            while True:
                await self._woken.wait()
                self._woken.clear()
                while attempts := await self._claim():
                    for attempt in attempts:
                        deliveries.create_task(self._deliver(attempt))

    async def _sweep_often(self) -> None:
        while True:
            try:
                await self.sweep()
            except DatabaseUnavailable as problem:
                told = fields(problem=str(problem))
                log.error("database unavailable, messages wait", extra=told)
            await asyncio.sleep(SWEEP_SECONDS)

    async def _claim(self) -> list[Attempt]:
        if self._places.free <= 0:
            return []
        if pause := self._limits.overall_wait():
            await asyncio.sleep(pause)
        try:
            await self._settle_doubt()
            limit = max(1, self._limits.allowance(self._places.free))
            attempts = await self._database.run(self._claim_in, limit, self._now())
        except DatabaseUnavailable:
            self._in_doubt = True
            return []
        self._places.take([attempt.claimed.id for attempt in attempts])
        for _ in attempts:
            self._limits.take_overall()
        return attempts

    def _settle(self, tx: Tx, attempt: Attempt, found: Finding, now: int) -> None:
        settle(self._open_unit(tx, now), attempt, found)

    async def _settle_doubt(self) -> None:
        """A claim whose answer was lost may have taken rows that nobody delivers."""
        if self._in_doubt:
            in_hand = frozenset(self._places.in_hand)
            await self._database.run(outbox.release_all_but, self._term, in_hand)
            self._in_doubt = False

    def _claim_in(self, tx: Tx, limit: int, now: int) -> list[Attempt]:
        found = claimed_messages.claim(tx, self._term, limit)
        unit = self._open_unit(tx, now)
        return [self._prepared(unit, claimed) for claimed in found]

    def _prepared(self, unit: Unit, claimed: ClaimedMessage) -> Attempt:
        if claimed.not_after is not None and claimed.not_after < unit.now:
            return Attempt(claimed, None)
        if claimed.chat_sealed is None or not claimed.reachable:
            return Attempt(claimed, Unreachable())
        try:
            return Attempt(claimed, self._composer.call(unit, claimed))
        except Exception as error:
            return Attempt(claimed, Rejected(type(error).__name__))

    async def _deliver(self, attempt: Attempt) -> None:
        try:
            current: Attempt | None = replace(attempt, arrived=self._arrived)
            while current is not None:
                current = await self._attempt(current)
        finally:
            self._places.leave(attempt.claimed.id)

    async def _attempt(self, attempt: Attempt) -> Attempt | None:
        """Make the call and settle its result; the same attempt anew if it must be repeated."""
        await self._await_rate(attempt)
        with self._places.call():
            found = await self._call(attempt)
        arrived = self._arrived
        pause = self._pauses.after(found, attempt.failures)
        if pause is None:
            return None
        await self._places.rest(pause)
        await self._queue_again()
        row_id, now = attempt.claimed.id, self._now()
        again = await until_done(self._database, self._again, row_id, now)
        return again and replace(again, failures=attempt.failures + 1, arrived=arrived)

    async def _call(self, attempt: Attempt) -> Finding:
        result = await self._send(attempt)
        self._counters.sends[counted_as(result)] += 1
        others_arrive = self._arrived > attempt.arrived
        self._arrived += isinstance(result, Sent)
        found = judged(result, attempt.claimed.attempts, others_arrive=others_arrive)
        await until_done(self._database, self._settle, attempt, found, self._now())
        report(attempt, found)
        return found

    async def _await_rate(self, attempt: Attempt) -> None:
        """What adds to a chat waits until the chat may have more; an edit adds nothing."""
        call, person_id = attempt.call, attempt.claimed.person_id
        if call is None or isinstance(call, UNLIMITED):
            return
        if wait := self._limits.chat_wait(person_id):
            await self._places.rest(wait)
        self._limits.take_chat(person_id)

    async def _queue_again(self) -> None:
        """Another attempt counts towards the limit over all chats like a first one."""
        wait = self._limits.overall_wait()
        self._limits.take_overall()
        await asyncio.sleep(wait)

    async def _send(self, attempt: Attempt) -> Result | None:
        address, call = attempt.claimed.chat_sealed, attempt.call
        if call is None or isinstance(call, Rejected | Unreachable):
            return call
        if address is None:
            return Unreachable()
        try:
            return await self._channel.send(int(self._vault.open(address)), call)
        except Exception as error:
            return Rejected(type(error).__name__)

    def _again(self, tx: Tx, row_id: int, now: int) -> Attempt | None:
        claimed = claimed_messages.take_again(tx, row_id, self._term)
        return None if claimed is None else self._prepared(self._open_unit(tx, now), claimed)


def _sweep(tx: Tx, term: int, now: int) -> None:
    outbox.release_abandoned(tx, term)
    outbox.promote_due(tx, now)
    outbox.expire(tx, now)
