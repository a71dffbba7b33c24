"""The sender: makes the calls of the rows it has claimed, and settles what came of them.

A row counts as sent in the same transaction that keeps its message id. Where nobody can know
whether a call arrived (the process ended in between, or no answer came), it is made again.
"""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Concatenate, ParamSpec, TypeVar

from bot.delivery.capacity import Capacity
from bot.delivery.channel import (
    CHANGING,
    Channel,
    Rejected,
    Result,
    Sent,
    Unfound,
    Unreachable,
    counted_as,
)
from bot.delivery.claims import Claims
from bot.delivery.composing import MessageComposer
from bot.delivery.recording import Attempt, report, settle
from bot.delivery.retries import PAUSES, Finding, RetryPauses, judged
from bot.delivery.send_rates import SendRates
from bot.delivery.until_done import until_done
from bot.observability.counters import Counters
from bot.observability.logs import fields
from bot.services.unit import OpenUnit
from bot.storage.engine.database import Database, DatabaseUnavailable, Tx
from bot.storage.queues import outbox
from bot.storage.vault import Vault

log = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")

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
        clock_is_right: Callable[[], bool],
        counters: Counters,
        pauses: RetryPauses = PAUSES,
    ) -> None:
        self._database = database
        self._vault = vault
        self._open_unit = open_unit
        self._channel = channel
        self._limits = limits
        self._now = now
        self._clock_is_right = clock_is_right
        self._counters = counters
        self._pauses = pauses
        self._arrived = 0
        self._woken = asyncio.Event()
        self._places = Capacity(AT_ONCE, self.wake)
        self._claims = Claims(database, open_unit, composer, limits, self._places, now)
        self._deliveries: asyncio.TaskGroup | None = None

    def wake(self) -> None:
        """Something was written to the outbox."""
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

    async def along(
        self,
        chat_key: str,
        work: Callable[Concatenate[Tx, P], T],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Run `work`, which may write an answer to this chat, and deliver that at once if we can.

        Raises what `Database.run` raises.
        """
        done, attempt = await self._claims.along(chat_key, work, *args, **kwargs)
        if attempt is not None:
            self._start(attempt)
        return done

    async def _hand_out(self) -> None:
        async with asyncio.TaskGroup() as group:
            group.create_task(self._sweep_often())
            while True:
                await self._woken.wait()
                self._woken.clear()
                while attempts := await self._claims.due():
                    for attempt in attempts:
                        self._start(attempt)

    async def _sweep_often(self) -> None:
        while True:
            try:
                await self.sweep()
            except DatabaseUnavailable as problem:
                told = fields(problem=str(problem))
                log.error("database unavailable, messages wait", extra=told)
            await asyncio.sleep(SWEEP_SECONDS)

    def _start(self, attempt: Attempt) -> None:
        if self._deliveries is None:  # we have ceased to send; who sends next finds it
            self._places.leave(attempt.claimed.id)
        else:
            self._deliveries.create_task(self._deliver(attempt))

    async def _deliver(self, attempt: Attempt | None) -> None:
        while attempt is not None:
            attempt = await self._deliver_one(attempt)

    async def _deliver_one(self, attempt: Attempt) -> Attempt | None:
        """Call until it is settled; the next answer to the same chat, if that is ours by then."""
        try:
            current: Attempt | None = replace(attempt, arrived=self._arrived)
            following = None
            while current is not None:
                current, following = await self._attempt(current)
            return following
        finally:
            self._places.leave(attempt.claimed.id)

    async def _attempt(self, attempt: Attempt) -> tuple[Attempt | None, Attempt | None]:
        """Make the call and settle its result; the same attempt anew if it must be repeated, and
        what follows it."""
        await self._await_rate(attempt)
        with self._places.call():
            found, following = await self._call(attempt)
        arrived = self._arrived
        pause = self._pauses.after(found, attempt.failures)
        if pause is None or following is not None:
            return None, following
        await self._places.rest(pause)
        await self._queue_again()
        again = await self._claims.again(attempt.claimed.id)
        return again and replace(again, failures=attempt.failures + 1, arrived=arrived), None

    async def _call(self, attempt: Attempt) -> tuple[Finding, Attempt | None]:
        result = await self._send(attempt)
        self._counters.sends[counted_as(result)] += 1
        others_arrive = self._arrived > attempt.arrived
        self._arrived += isinstance(result, Sent)
        found = judged(result, attempt.claimed.attempts, others_arrive=others_arrive)
        following = await self._settled(attempt, found)
        report(attempt, found)
        return found, following

    async def _settled(self, attempt: Attempt, found: Finding) -> Attempt | None:
        """Keep what came of it, however long that takes; what follows in the same chat."""
        now, claimed = self._now(), attempt.claimed
        if claimed.followed and claimed.chat_key is not None:
            with suppress(DatabaseUnavailable):
                _, following = await self._claims.along(
                    claimed.chat_key, self._settle, attempt, found, now
                )
                return following
        await until_done(self._database, self._settle, attempt, found, now)
        return None

    def _settle(self, tx: Tx, attempt: Attempt, found: Finding, now: int) -> None:
        if isinstance(found, Unfound):
            due_at = now + self._pauses.until_search(attempt.claimed.attempts)
            outbox.put_off(tx, attempt.claimed.id, self._claims.term, due_at)
        settle(self._open_unit(tx, now), attempt, found)

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


def _sweep(tx: Tx, term: int, now: int | None) -> None:
    outbox.release_abandoned(tx, term)
    if now is not None:
        outbox.promote_due(tx, now)
        outbox.expire(tx, now)
