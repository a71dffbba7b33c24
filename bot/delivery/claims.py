"""Which messages are ours to deliver, each claimed with its call.

Some are found when the sender looks. What is written for somebody who waits for an answer need not
wait for that: it is taken along by the transaction that writes it, all of it in its order, or
claimed by the one that settles what was before it.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TypeVar

from bot.delivery.capacity import Capacity
from bot.delivery.channel import ADDING, Rejected, Unreachable
from bot.delivery.composing import MessageComposer
from bot.delivery.recording import Attempt
from bot.delivery.send_rates import SendRates
from bot.delivery.until_done import until_done
from bot.messages.payloads import Payload
from bot.services.unit import OpenUnit, Unit
from bot.storage.engine.database import Database, DatabaseUnavailable, Tx
from bot.storage.queues import claimed_messages, outbox
from bot.storage.queues.claimed_messages import ClaimedMessage

T = TypeVar("T")

Chain = list[Attempt]
"""What one recipient gets, one call after the other."""


class Claims:
    """Claims as much as has a place and the limit over all chats allows.

    `now` is the app's clock in UTC epoch seconds. `term` is 0 while we do not send; `more` tells
    that something may wait that nobody has claimed.
    """

    def __init__(
        self,
        database: Database,
        open_unit: OpenUnit,
        composer: MessageComposer,
        limits: SendRates,
        places: Capacity,
        now: Callable[[], int],
    ) -> None:
        self._database = database
        self._open_unit = open_unit
        self._composer = composer
        self._limits = limits
        self._places = places
        self._now = now
        self.term = 0
        self.more = True
        self._nobody_waits = False
        self._in_doubt = False
        self._under_way = 0

    async def begin(self) -> None:
        """From now on it is us who send."""
        self.term = await until_done(self._database, claimed_messages.begin_term)

    def end(self) -> None:
        """Claim nothing more."""
        self.term, self._nobody_waits = 0, False

    async def due(self) -> list[Chain]:
        """The first message of each of the most urgent recipients, each a chain of its own."""
        if self._room <= 0:
            self._nobody_waits = False
        if self._places.free <= 0:
            return []
        if pause := self._limits.overall_wait():
            await asyncio.sleep(pause)
        limit = max(1, self._room)
        self.more = False
        try:
            await self._settle_doubt()
            attempts, wait = await self._database.run(self._claim, limit, self._now())
        except DatabaseUnavailable:
            self._in_doubt = self.more = True
            return []
        self._nobody_waits = len(attempts) < limit or not wait
        self.more = self.more or wait
        return [self._have([attempt]) for attempt in attempts]

    async def along(self, work: Callable[[Unit], T]) -> tuple[T, Chain, bool]:
        """Run `work` in a unit; what it returns, what was taken along, whether something is left.

        Nobody is overtaken: while others wait, nothing is taken along. Raises what `Database.run`
        raises.
        """
        now, term = self._now(), self.term if self._may_claim() else 0

        def done_and_taken(tx: Tx) -> tuple[T, Chain, bool]:
            unit = self._open_unit(tx, now)
            unit.outbound.term = term
            done = work(unit)
            return done, self._taken_along(unit), unit.outbound.left

        if not term:
            return await self._database.run(done_and_taken)
        done, chain, left = await self._claiming(done_and_taken)
        return done, self._have(chain), left

    async def settling(self, settle: Callable[[Unit], None], person_id: int) -> tuple[Chain, bool]:
        """Settle what was sent, however long that takes; what follows, whether something is left.

        What follows is the next answer that waits for the same person.
        """
        now, claims = self._now(), self.more and self._may_claim()

        def settled(tx: Tx, *, claims: bool) -> tuple[Chain, bool]:
            unit = self._open_unit(tx, now)
            settle(unit)
            following = self._claim_answer(unit, person_id) if claims and tx.sole else []
            return following, unit.outbound.left

        if claims:
            with suppress(DatabaseUnavailable):
                following, left = await self._claiming(partial(settled, claims=True))
                return self._have(following), left
        return await until_done(self._database, settled, claims=False)

    async def again(self, row_id: int) -> Attempt | None:
        """The same message for another attempt; None if it was closed in the meantime."""
        return await until_done(self._database, self._take_again, row_id, self._now())

    @property
    def _room(self) -> int:
        return self._limits.allowance(self._places.free) - self._under_way

    def _may_claim(self) -> bool:
        return bool(self.term) and self._nobody_waits and not self._in_doubt and self._room > 0

    def _have(self, chain: Chain) -> Chain:
        if chain:
            self._places.take(attempt.claimed.id for attempt in chain)
        for _ in chain:
            self._limits.take_overall()
        return chain

    async def _claiming(self, work: Callable[[Tx], T]) -> T:
        """Run what may claim. What it has claimed is in doubt where its answer is lost."""
        self._under_way += 1
        try:
            return await self._database.run(work)
        except (DatabaseUnavailable, asyncio.CancelledError):
            self._in_doubt = True
            raise
        finally:
            self._under_way -= 1

    async def _settle_doubt(self) -> None:
        """A claim whose answer was lost may have taken rows that nobody delivers."""
        if self._in_doubt and not self._under_way:
            in_hand = frozenset(self._places.in_hand)
            await self._database.run(outbox.release_all_but, self.term, in_hand)
            self._in_doubt = False

    def _claim(self, tx: Tx, limit: int, now: int) -> tuple[list[Attempt], bool]:
        found = claimed_messages.claim(tx, self.term, limit)
        unit = self._open_unit(tx, now)
        return [self._prepared(unit, claimed) for claimed in found], claimed_messages.any_waits(tx)

    def _taken_along(self, unit: Unit) -> Chain:
        out, chain = unit.outbound, Chain()
        if not out.taken or out.person_id is None:
            return chain
        found = claimed_messages.taken_along(unit.tx, out.term, out.person_id)
        said = {number(): payload for number, payload in out.taken}
        for claimed in found:
            # What stands above a screen by then leaves it no longer the last message of the chat.
            if added := sum(isinstance(before.call, ADDING) for before in chain):
                claimed = replace(claimed, last_message=claimed.last_message + added)
            chain.append(self._prepared(unit, claimed, said.get(claimed.id)))
        return chain

    def _claim_answer(self, unit: Unit, person_id: int) -> Chain:
        claimed = claimed_messages.claim_answer(unit.tx, self.term, person_id)
        return [] if claimed is None else [self._prepared(unit, claimed)]

    def _take_again(self, tx: Tx, row_id: int, now: int) -> Attempt | None:
        claimed = claimed_messages.take_again(tx, row_id, self.term)
        return None if claimed is None else self._prepared(self._open_unit(tx, now), claimed)

    def _prepared(
        self, unit: Unit, claimed: ClaimedMessage, payload: Payload | None = None
    ) -> Attempt:
        if claimed.not_after is not None and claimed.not_after < unit.now:
            return Attempt(claimed, None)
        if claimed.chat_sealed is None or not claimed.reachable:
            return Attempt(claimed, Unreachable())
        try:
            return Attempt(claimed, self._composer.call(unit, claimed, payload))
        except Exception as error:
            return Attempt(claimed, Rejected(type(error).__name__))
