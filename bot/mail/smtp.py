"""Hands mails in at a server: over one connection, kept for a burst and closed when idle."""

import asyncio
import logging
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from email.message import EmailMessage

from aiosmtplib import SMTP, SMTPException

from bot.delivery.channel import Later, Locked, Rejected, Result, Sent, Unsure
from bot.mail import smtp_answers
from bot.mail.smtp_answers import Down, Finding
from bot.mail.smtp_url import Security, Server
from bot.observability.logs import fields

log = logging.getLogger(__name__)

START_TLS = {Security.TLS: False, Security.STARTTLS: True, Security.OFFERED: None}
MOST_DOUBLINGS = 10
FAILURES = (SMTPException, OSError, ValueError)


@dataclass(frozen=True, slots=True)
class SmtpTimeouts:
    """Seconds: how long each step may take, how long an idle connection stays, how long to rest.

    `busy` is for one mail the server would not take now. When the server as a whole cannot be
    used, the pause begins with `away` and doubles up to `longest_away`; `locked` is for one that
    will not have us until somebody changes a setting.
    """

    connect: float = 10.0
    command: float = 30.0
    text: float = 120.0
    idle: float = 10.0
    busy: float = 60.0
    away: float = 5.0
    longest_away: float = 60.0
    locked: float = 60.0


SMTP_TIMEOUTS = SmtpTimeouts()


class Smtp:
    """The way to people by mail. `clock` is monotonic, in seconds; `local_name` is said in EHLO."""

    def __init__(
        self,
        server: Server,
        local_name: str,
        clock: Callable[[], float],
        timeouts: SmtpTimeouts = SMTP_TIMEOUTS,
        trust: ssl.SSLContext | None = None,
    ) -> None:
        self._client = SMTP(
            hostname=server.host,
            port=server.port,
            username=server.user,
            password=server.password if server.user else None,
            local_hostname=local_name,
            timeout=timeouts.command,
            use_tls=server.security is Security.TLS,
            start_tls=START_TLS[server.security],
            tls_context=trust or server.trust(),
        )
        self._clock = clock
        self._timeouts = timeouts
        self._one_at_a_time = asyncio.Lock()
        self._used = asyncio.Event()
        self._failures = 0
        self._rests_until = clock()
        self._locked = False
        self._problem = ""

    async def run(self) -> None:
        """Say goodbye to the server whenever there was nothing to send for a while."""
        task = asyncio.current_task()
        try:
            # Until cancelled: wait_for, as the library uses it, swallows a cancellation that
            # arrives together with the server's answer.
            while task is not None and not task.cancelling():
                await self._used.wait()
                await self._wait_until_idle()
                async with self._one_at_a_time:
                    await self._say_goodbye()
        finally:
            self._client.close()

    async def send(self, message: EmailMessage) -> Result:
        """Hand in one mail; every way it can fail is a result."""
        async with self._one_at_a_time:
            wait = self._rests_until - self._clock()
            if wait > 0:
                return Locked() if self._locked else Later(wait)
            self._used.set()
            try:
                return self._answer(await self._deliver(message))
            except asyncio.CancelledError:
                # In the middle of a mail: nobody can say what the server expects next.
                self._client.close()
                raise

    async def _deliver(self, message: EmailMessage) -> Finding:
        kept = self._client.is_connected
        finding = await self._attempt(message)
        if kept and isinstance(finding, Down):
            # A kept connection had gone stale, which says nothing about the server now.
            return await self._attempt(message)
        return finding

    async def _attempt(self, message: EmailMessage) -> Finding:
        content, busy = message.as_bytes(), self._timeouts.busy
        try:
            await self._introduce(message)
        except FAILURES as problem:
            return await self._failed(problem, smtp_answers.before_text(problem, busy))
        try:
            await self._client.data(content, timeout=self._timeouts.text)
        except FAILURES as problem:
            return await self._failed(problem, smtp_answers.after_text(problem, busy))
        return Sent(None)

    async def _introduce(self, message: EmailMessage) -> None:
        if not self._client.is_connected:
            await self._client.connect(timeout=self._timeouts.connect)
        await self._client.mail(message["From"].addresses[0].addr_spec)
        await self._client.rcpt(message["To"].addresses[0].addr_spec)

    async def _failed(self, problem: Exception, finding: Finding) -> Finding:
        """Leave the connection fit for the next mail, or closed."""
        self._problem = smtp_answers.named(problem)
        if smtp_answers.is_sending_limit(problem):
            log.error("the mail server has had its fill", extra=fields(problem=self._problem))
        if isinstance(finding, Later | Rejected):
            with suppress(*FAILURES):
                await self._client.rset()
                return finding
        self._client.close()
        return finding

    def _answer(self, finding: Finding) -> Result:
        self._locked = isinstance(finding, Locked)
        match finding:
            case Down():
                return Later(self._rest(self._away()))
            case Unsure():
                self._rest(self._away())
            case Locked():
                self._rest(self._timeouts.locked)
            case _:
                self._failures = 0
        return finding

    def _rest(self, seconds: float) -> float:
        """Let no mail try for so long: each would wait in vain, or be one more wrong password."""
        if self._failures == 0:
            log.error("the mail server cannot be used", extra=fields(problem=self._problem))
        self._failures += 1
        self._rests_until = self._clock() + seconds
        return seconds

    def _away(self) -> float:
        doubled = self._timeouts.away * 2.0 ** min(self._failures, MOST_DOUBLINGS)
        return min(doubled, self._timeouts.longest_away)

    async def _wait_until_idle(self) -> None:
        while self._used.is_set():
            self._used.clear()
            await asyncio.sleep(self._timeouts.idle)

    async def _say_goodbye(self) -> None:
        with suppress(*FAILURES):
            if self._client.is_connected:
                await self._client.quit()
        self._client.close()
