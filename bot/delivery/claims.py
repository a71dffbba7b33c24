"""Which messages are ours to deliver, each claimed with its call.

Some are found when the sender looks. An answer need not wait for that: it is claimed in the
transaction that writes it, or in the one that settles the message before it in its chat.
"""

import asyncio
from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from bot.delivery.capacity import Capacity
from bot.delivery.channel import Rejected, Unreachable
from bot.delivery.composing import MessageComposer
from bot.delivery.recording import Attempt
from bot.delivery.send_rates import SendRates
from bot.delivery.until_done import until_done
from bot.services.unit import OpenUnit, Unit
from bot.storage.engine.database import Database, DatabaseUnavailable, Tx
from bot.storage.queues import claimed_messages, outbox
from bot.storage.queues.claimed_messages import ClaimedMessage

MOST_ALONG = 4
"""Where more write at once, one look at all their messages is cheaper than a look for each."""

P = ParamSpec("P")
T = TypeVar("T")


class Claims:
    """Claims as many as have a place and the limit over all chats allows.

    `now` is the app's clock in UTC epoch seconds. `term` is 0 while we do not send.
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
        self._nobody_waits = False
        self._in_doubt = False
        self._under_way = 0

    async def begin(self) -> None:
        """From now on it is us who send."""
        self.term = await until_done(self._database, claimed_messages.begin_term)

    def end(self) -> None:
        """Claim nothing more."""
        self.term, self._nobody_waits = 0, False

    async def due(self) -> list[Attempt]:
        """The first message of each of the most urgent recipients."""
        if self._room <= 0:
            self._nobody_waits = False
        if self._places.free <= 0:
            return []
        if pause := self._limits.overall_wait():
            await asyncio.sleep(pause)
        limit = max(1, self._room)
        try:
            await self._settle_doubt()
            attempts = await self._database.run(self._claim, limit, self._now())
        except DatabaseUnavailable:
            self._in_doubt = True
            return []
        self._nobody_waits = len(attempts) < limit
        self._have(attempts)
        return attempts

    async def along(
        self,
        chat_key: str,
        work: Callable[Concatenate[Tx, P], T],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> tuple[T, Attempt | None]:
        """Run `work`; what it returns, and the next answer to this chat, if it is claimed with it.

        Nobody is overtaken: while others wait, or another transaction may be claiming for the same
        chat, nothing is. Raises what `Database.run` raises.
        """
        if not self._may_claim():
            return await self._database.run(work, *args, **kwargs), None

        now = self._now()

        def both(tx: Tx) -> tuple[T, Attempt | None]:
            done = work(tx, *args, **kwargs)
            return done, self._claim_answer(tx, chat_key, now) if tx.sole else None

        self._under_way += 1
        try:
            done, attempt = await self._database.run(both)
        except DatabaseUnavailable:
            self._in_doubt = True
            raise
        finally:
            self._under_way -= 1
        if attempt is not None:
            self._have([attempt])
        return done, attempt

    async def again(self, row_id: int) -> Attempt | None:
        """The same message for another attempt; None if it was closed in the meantime."""
        return await until_done(self._database, self._take_again, row_id, self._now())

    @property
    def _room(self) -> int:
        return self._limits.allowance(self._places.free) - self._under_way

    def _may_claim(self) -> bool:
        if not self.term or self._in_doubt or not self._nobody_waits:
            return False
        return self._under_way < MOST_ALONG and self._room > 0

    def _have(self, attempts: list[Attempt]) -> None:
        self._places.take([attempt.claimed.id for attempt in attempts])
        for _ in attempts:
            self._limits.take_overall()

    async def _settle_doubt(self) -> None:
        """A claim whose answer was lost may have taken rows that nobody delivers."""
        if self._in_doubt and not self._under_way:
            in_hand = frozenset(self._places.in_hand)
            await self._database.run(outbox.release_all_but, self.term, in_hand)
            self._in_doubt = False

    def _claim(self, tx: Tx, limit: int, now: int) -> list[Attempt]:
        found = claimed_messages.claim(tx, self.term, limit)
        unit = self._open_unit(tx, now)
        return [self._prepared(unit, claimed) for claimed in found]

    def _claim_answer(self, tx: Tx, chat_key: str, now: int) -> Attempt | None:
        claimed = claimed_messages.claim_answer(tx, self.term, chat_key)
        return None if claimed is None else self._prepared(self._open_unit(tx, now), claimed)

    def _take_again(self, tx: Tx, row_id: int, now: int) -> Attempt | None:
        claimed = claimed_messages.take_again(tx, row_id, self.term)
        return None if claimed is None else self._prepared(self._open_unit(tx, now), claimed)

    def _prepared(self, unit: Unit, claimed: ClaimedMessage) -> Attempt:
        if claimed.not_after is not None and claimed.not_after < unit.now:
            return Attempt(claimed, None)
        if claimed.chat_sealed is None or not claimed.reachable:
            return Attempt(claimed, Unreachable())
        try:
            return Attempt(claimed, self._composer.call(unit, claimed))
        except Exception as error:
            return Attempt(claimed, Rejected(type(error).__name__))
