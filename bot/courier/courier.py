"""The courier: claims rows, makes their calls, and settles what came of it.

A row counts as sent in the same transaction that keeps its message id. Where nobody can know
whether a call arrived (the process ended in between, or no answer came), it is made again.
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace

from bot.courier.channel import (
    CHANGING,
    Channel,
    Receipt,
    Refused,
    Sent,
    Unreachable,
    result,
)
from bot.courier.compose import Composer
from bot.courier.limits import Limits
from bot.courier.patience import patiently
from bot.courier.places import Places
from bot.courier.retries import PAUSES, Finding, Pauses, judged
from bot.courier.settling import Errand, report, settle
from bot.logs import facts
from bot.storage import delivery
from bot.storage.database import Database, DatabaseUnavailable, Tx
from bot.storage.delivery import Parcel
from bot.storage.vault import Vault
from bot.tally import Tally

log = logging.getLogger(__name__)

AT_ONCE = 64
SWEEP_SECONDS = 1.0
UNLIMITED = (*CHANGING, Refused, Unreachable)


class Courier:
    """Delivers what is due. `now` is the app's clock in UTC epoch seconds."""

    def __init__(
        self,
        database: Database,
        vault: Vault,
        composer: Composer,
        channel: Channel,
        limits: Limits,
        now: Callable[[], int],
        tally: Tally,
        pauses: Pauses = PAUSES,
    ) -> None:
        self._database = database
        self._vault = vault
        self._composer = composer
        self._channel = channel
        self._limits = limits
        self._now = now
        self._tally = tally
        self._pauses = pauses
        self._term = 0
        self._arrived = 0
        self._woken = asyncio.Event()
        self._places = Places(AT_ONCE, self.wake)
        self._in_doubt = False

    def wake(self) -> None:
        """Something was written to the outbox."""
        self._woken.set()

    async def sweep(self) -> None:
        """Let what has become due wait for delivery, and close what it is too late for."""
        await self._database.run(_sweep, self._term, self._now())
        self._tally.courier_looked()
        self._limits.forget_rested()
        self.wake()

    async def run(self) -> None:
        """Deliver until cancelled; calls that are being made then are still waited for."""
        self._term = await patiently(self._database, delivery.begin_term)
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
                while errands := await self._claim():
                    for errand in errands:
                        deliveries.create_task(self._deliver(errand))

    async def _sweep_often(self) -> None:
        while True:
            try:
                await self.sweep()
            except DatabaseUnavailable as problem:
                told = facts(problem=str(problem))
                log.error("database unavailable, messages wait", extra=told)
            await asyncio.sleep(SWEEP_SECONDS)

    async def _claim(self) -> list[Errand]:
        if self._places.free <= 0:
            return []
        if pause := self._limits.overall_wait():
            await asyncio.sleep(pause)
        try:
            await self._settle_doubt()
            limit = max(1, self._limits.allowance(self._places.free))
            errands = await self._database.run(self._claim_in, limit, self._now())
        except DatabaseUnavailable:
            self._in_doubt = True
            return []
        self._places.take([errand.parcel.id for errand in errands])
        for _ in errands:
            self._limits.take_overall()
        return errands

    async def _settle_doubt(self) -> None:
        """A claim whose answer was lost may have taken rows that nobody delivers."""
        if self._in_doubt:
            in_hand = frozenset(self._places.in_hand)
            await self._database.run(delivery.release_all_but, self._term, in_hand)
            self._in_doubt = False

    def _claim_in(self, tx: Tx, limit: int, now: int) -> list[Errand]:
        return [self._errand(tx, parcel, now) for parcel in delivery.claim(tx, self._term, limit)]

    def _errand(self, tx: Tx, parcel: Parcel, now: int) -> Errand:
        if parcel.not_after is not None and parcel.not_after < now:
            return Errand(parcel, None)
        if not parcel.reachable:
            return Errand(parcel, Unreachable())
        try:
            return Errand(parcel, self._composer.call(tx, parcel, now))
        except Exception as error:
            return Errand(parcel, Refused(type(error).__name__))

    async def _deliver(self, errand: Errand) -> None:
        try:
            current: Errand | None = replace(errand, arrived=self._arrived)
            while current is not None:
                current = await self._attempt(current)
        finally:
            self._places.leave(errand.parcel.id)

    async def _attempt(self, errand: Errand) -> Errand | None:
        """Make the call and settle its receipt; the same errand anew if it must be repeated."""
        await self._await_turn(errand)
        with self._places.call():
            found = await self._call(errand)
        arrived = self._arrived
        pause = self._pauses.after(found, errand.failures)
        if pause is None:
            return None
        await self._places.rest(pause)
        await self._queue_again()
        row_id, now = errand.parcel.id, self._now()
        again = await patiently(self._database, self._again, row_id, now)
        return again and replace(again, failures=errand.failures + 1, arrived=arrived)

    async def _call(self, errand: Errand) -> Finding:
        receipt = await self._send(errand)
        self._tally.sends[result(receipt)] += 1
        others_arrive = self._arrived > errand.arrived
        self._arrived += isinstance(receipt, Sent)
        found = judged(receipt, errand.parcel.attempts, others_arrive=others_arrive)
        await patiently(self._database, settle, errand, found, self._now())
        report(errand, found)
        return found

    async def _await_turn(self, errand: Errand) -> None:
        """What adds to a chat waits until the chat may have more; an edit adds nothing."""
        call, person_id = errand.call, errand.parcel.person_id
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

    async def _send(self, errand: Errand) -> Receipt | None:
        parcel, call = errand.parcel, errand.call
        if call is None or isinstance(call, Refused | Unreachable):
            return call
        try:
            return await self._channel.send(int(self._vault.open(parcel.chat_sealed)), call)
        except Exception as error:
            return Refused(type(error).__name__)

    def _again(self, tx: Tx, row_id: int, now: int) -> Errand | None:
        parcel = delivery.take_again(tx, row_id, self._term)
        return None if parcel is None else self._errand(tx, parcel, now)


def _sweep(tx: Tx, term: int, now: int) -> None:
    delivery.release_abandoned(tx, term)
    delivery.promote_due(tx, now)
    delivery.expire(tx, now)
