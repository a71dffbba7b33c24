"""The mail sender: claims mails, hands them in one after the other, and settles what came of it.

A mailbox that takes nothing now rests without keeping the others from theirs, and its mails stay
in order. Where nobody can know whether a mail arrived, the same one goes again, under the same
Message-ID.
"""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Protocol

from bot.delivery.channel import Rejected, Result, Sent, Unsure, WrittenMail, counted_as
from bot.delivery.retries import PAUSES, Finding, RetryPauses, judged
from bot.delivery.until_done import until_done
from bot.observability.counters import Counters
from bot.observability.logs import fields
from bot.storage.engine.database import Database, DatabaseUnavailable, Tx
from bot.storage.queues import claimed_mails, outbox
from bot.storage.queues.claimed_mails import ClaimedMail
from bot.storage.queues.outbox_row import MAIL

log = logging.getLogger(__name__)

SWEEP_SECONDS = 1.0
LAST_MAIL_SECONDS = 5.0

Write = Callable[[ClaimedMail], WrittenMail | Rejected]
"""Makes the mail of a claimed row, always the same of the same row."""


class MailChannel(Protocol):
    """A way to people's mailboxes."""

    async def run(self) -> None:
        """Look after the connection until cancelled."""

    async def send(self, message: EmailMessage) -> Result:
        """Hand in one mail; every way it can fail is a result."""


@dataclass(frozen=True, slots=True)
class Rest:
    """A mailbox that takes nothing `until` (monotonic seconds), after `failures` in a row.

    `arrived` is how many mails had arrived elsewhere at the last of them.
    """

    until: float
    failures: int
    arrived: int


class MailSender:
    """Hands in what is due. `now` is the app's clock in UTC epoch seconds, `clock` monotonic."""

    def __init__(
        self,
        database: Database,
        write: Write,
        channel: MailChannel,
        now: Callable[[], int],
        clock: Callable[[], float],
        counters: Counters,
        pauses: RetryPauses = PAUSES,
    ) -> None:
        self._database = database
        self._write = write
        self._channel = channel
        self._now = now
        self._clock = clock
        self._counters = counters
        self._pauses = pauses
        self._term = 0
        self._arrived = 0
        self._rests: dict[str, Rest] = {}
        self._woken = asyncio.Event()
        self._in_doubt = False
        self._ending = False
        self._ended = asyncio.Event()

    def wake(self) -> None:
        """Something was written to the outbox."""
        self._woken.set()

    async def run(self) -> None:
        """Send until cancelled; the mail that is being handed in then is still waited for."""
        self._term = await until_done(self._database, claimed_mails.begin_term)
        self._counters.mails_begin()
        self._ending = False
        self._ended.clear()
        async with asyncio.TaskGroup() as group:
            group.create_task(self._channel.run())
            group.create_task(self._rounds())
            try:
                await asyncio.Event().wait()
            finally:
                await self._let_the_mail_end()

    async def _let_the_mail_end(self) -> None:
        self._ending = True
        self.wake()
        with suppress(TimeoutError):
            async with asyncio.timeout(LAST_MAIL_SECONDS):
                await self._ended.wait()

    async def _rounds(self) -> None:
        try:
            while not self._ending:
                self._woken.clear()
                while not self._ending and (claimed := await self._claim()):
                    await self._deliver(claimed)
                with suppress(TimeoutError):
                    async with asyncio.timeout(SWEEP_SECONDS):
                        await self._woken.wait()
        finally:
            self._ended.set()

    async def _claim(self) -> ClaimedMail | None:
        now = self._clock()
        resting = {mailbox for mailbox, rest in self._rests.items() if rest.until > now}
        try:
            await self._settle_doubt()
            return await self._database.run(claimed_mails.claim, self._term, resting)
        except DatabaseUnavailable as problem:
            self._in_doubt = True
            log.error("database unavailable, mails wait", extra=fields(problem=str(problem)))
            return None

    async def _settle_doubt(self) -> None:
        """A claim whose answer was lost may have taken a mail; between two mails none is ours."""
        if self._in_doubt:
            await self._database.run(outbox.release_all_but, self._term, (), MAIL)
            self._in_doubt = False

    async def _deliver(self, claimed: ClaimedMail) -> None:
        written = self._written(claimed)
        result = await self._send(written) if isinstance(written, WrittenMail) else written
        self._counters.mail_tried(counted_as(result))
        rested = self._rests.get(claimed.mailbox, Rest(0.0, 0, self._arrived))
        others_arrive = self._arrived > rested.arrived
        self._arrived += isinstance(result, Sent)
        found = judged(result, claimed.attempts, others_arrive=others_arrive)
        pause = self._pauses.after(found, rested.failures)
        if pause is None:
            self._rests.pop(claimed.mailbox, None)
        else:
            until = self._clock() + pause
            self._rests[claimed.mailbox] = Rest(until, rested.failures + 1, self._arrived)
        there = written if isinstance(written, WrittenMail) and _may_be_there(result) else None
        now = self._now()
        await until_done(self._database, _settle, claimed, there, found, self._term, now)
        if isinstance(found, Rejected):
            told = fields(mailbox=claimed.mailbox, reason=found.reason)
            log.error("a mail was refused", extra=told)

    def _written(self, claimed: ClaimedMail) -> WrittenMail | Rejected | None:
        """The mail of a row; None for one that comes too late."""
        if claimed.not_after is not None and claimed.not_after < self._now():
            return None
        try:
            return self._write(claimed)
        except Exception as error:
            return Rejected(type(error).__name__)

    async def _send(self, written: WrittenMail) -> Result:
        try:
            return await self._channel.send(written.message)
        except Exception as error:
            return Rejected(type(error).__name__)


def _may_be_there(result: Result | None) -> bool:
    return isinstance(result, Sent | Unsure)


def _settle(
    tx: Tx, claimed: ClaimedMail, there: WrittenMail | None, found: Finding, term: int, now: int
) -> None:
    """Keep what became of a claimed mail; `there` is the mail where it may have arrived."""
    if there is not None and (there.entry or claimed.entry):
        outbox.keep_entry(tx, claimed.id, there.entry, there.address_sealed)
    match found:
        case None:
            outbox.settle(tx, claimed.id, "expired", now)
        case Sent():
            outbox.settle(tx, claimed.id, "sent", now)
        case Rejected():
            outbox.settle(tx, claimed.id, "failed", now)
        case _:
            counted = isinstance(found, Unsure)
            outbox.put_back(tx, claimed.id, term, counted=counted)
