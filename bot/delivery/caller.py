"""Makes the calls of one recipient in their order, at the pace the messenger allows, and judges
what came of each."""

import asyncio

from bot.delivery.capacity import Capacity
from bot.delivery.channel import (
    CHANGING,
    Channel,
    EditMessage,
    Missing,
    Rejected,
    Result,
    Sent,
    Unfound,
    Unreachable,
    counted_as,
)
from bot.delivery.recording import Attempt, Made
from bot.delivery.retries import PAUSES, Finding, RetryPauses, judged
from bot.delivery.send_rates import SendRates
from bot.observability.counters import Counters
from bot.storage.vault import Vault

UNLIMITED = (*CHANGING, Rejected, Unreachable)


class Caller:
    """`arrived` is how many calls have arrived so far: whether anything does."""

    def __init__(
        self,
        vault: Vault,
        channel: Channel,
        limits: SendRates,
        places: Capacity,
        counters: Counters,
        pauses: RetryPauses = PAUSES,
    ) -> None:
        self._vault = vault
        self._channel = channel
        self._limits = limits
        self._places = places
        self._counters = counters
        self._pauses = pauses
        self.arrived = 0

    async def make(self, chain: list[Attempt], arrived: int) -> list[Made]:
        """Until one must be repeated, or there is nobody to reach.

        `arrived` is how many calls had arrived when the first of them was last tried.
        """
        made: list[Made] = []
        for attempt in chain:
            if made:
                await self.await_rate(attempt)
            found = await self._call(attempt, arrived)
            made.append((attempt, found))
            if isinstance(found, Unreachable | Unfound) or self.pause(attempt, found) is not None:
                break
        return made

    async def await_rate(self, attempt: Attempt) -> None:
        """What adds to a chat waits until the chat may have more; an edit adds nothing."""
        call, person_id = attempt.call, attempt.claimed.person_id
        if call is None or isinstance(call, UNLIMITED):
            return
        if wait := self._limits.chat_wait(person_id):
            await self._places.rest(wait)
        self._limits.take_chat(person_id)

    async def rest(self, seconds: float) -> None:
        """Rest before another attempt, which counts towards the limit over all chats as well."""
        await self._places.rest(seconds)
        wait = self._limits.overall_wait()
        self._limits.take_overall()
        await asyncio.sleep(wait)

    def pause(self, attempt: Attempt, found: Finding) -> float | None:
        """Until this call is made again; None if it is not, also where what it changes is gone."""
        if isinstance(found, Missing) and not isinstance(attempt.call, EditMessage):
            return None
        return self._pauses.after(found, attempt.failures)

    async def _call(self, attempt: Attempt, arrived: int) -> Finding:
        result = await self._send(attempt)
        self._counters.sends[counted_as(result)] += 1
        others_arrive = self.arrived > arrived
        self.arrived += isinstance(result, Sent)
        return judged(result, attempt.claimed.attempts, others_arrive=others_arrive)

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
